"""`zhicheng backup, restore, audit, accounts`: keeping a city, proving its ledger, what only its machine may do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from zhicheng.base.errors import Missing
from zhicheng.domain.plan import folder
from zhicheng.faces.cli.city import bundled_plan, db_option, open_store, plan_option
from zhicheng.faces.cli.output import json_option, print_json

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@plan_option
@db_option
@json_option
def backup(file: Path, plan_dir: Path | None, as_json: bool) -> None:
    """把数据库、附件、方案目录、锚存成一个归档文件。"""
    open_store()
    from zhicheng.usecases.backup import backup as errand
    from zhicheng.usecases.policy import MACHINE

    done = errand(MACHINE, file, plan=plan_dir or _own_plan())
    print_json(done) if as_json else click.echo(f"已备份到 {done['file']}，校验值 {done['sha256']}")


def _own_plan() -> Path | None:
    """The bundled plan folder where it is this city's own; another city's folder has to be named."""
    from zhicheng.store.models import City

    found, city = bundled_plan(), City.objects.first()
    return found if city is not None and folder.load(found).key == city.plan_key else None


@click.command()
@click.argument("file", type=FILE)
@db_option
@json_option
def restore(file: Path, as_json: bool) -> None:
    """从归档恢复到一个空数据库，并核验留痕。"""
    open_store()
    from zhicheng.usecases.backup import restore as errand
    from zhicheng.usecases.policy import MACHINE

    verdict = errand(MACHINE, file)
    print_json(asdict(verdict)) if as_json else click.echo(f"已恢复，留痕 {verdict.entries} 条，核验通过")


@click.group()
def audit() -> None:
    """留痕核验。"""


@audit.command()
@click.option("--anchor", type=FILE, help="另存的锚文件；默认用本机的")
@db_option
@json_option
def verify(anchor: Path | None, as_json: bool) -> int:
    """逐条核验留痕，并与库外的锚比对。有一条不符即以 1 结束。"""
    open_store()
    from zhicheng.usecases.audit import verify_ledger
    from zhicheng.usecases.policy import MACHINE

    verdict = verify_ledger(MACHINE, anchor)
    if as_json:
        print_json(asdict(verdict))
    elif verdict.ok:
        click.echo(f"留痕 {verdict.entries} 条，完好；已与锚比对至第 {verdict.anchored_through} 条")
    else:
        click.echo(f"留痕从第 {verdict.first_bad} 条起不可信（共 {verdict.entries} 条）")
    return 0 if verdict.ok else 1


@click.group()
def accounts() -> None:
    """账号：只能在服务器上办的事。"""


@accounts.command()
@click.argument("username")
@db_option
def reset(username: str) -> None:
    """重置一个账号（包括管理员）的口令，给出只显示一次的一次性口令。"""
    open_store()
    from zhicheng.store.models import Account
    from zhicheng.usecases.accounts import reset_password
    from zhicheng.usecases.policy import MACHINE

    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Missing("没有这个账号", where=username, todo="核对用户名")
    click.echo(reset_password(MACHINE, account.pk)[1])
