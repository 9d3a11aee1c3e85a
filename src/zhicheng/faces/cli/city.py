"""`zhicheng run, serve, work, tick, demo`: opening a city and keeping it going. Not here: what the pages and jobs do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import django
from django.core.management import call_command

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.decision import record
from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.domain.plan import folder
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.papers import load as papers
from zhicheng.faces.cli.output import json_option, print_json
from zhicheng.faces.cli.supervisor import Family, jobs_command, require_free, wait_until_served, web_command

THREADS = 4
_PACKAGE = Path(__file__).resolve().parents[2]


def bundled_plan() -> Path:
    """The plan folder that comes with the product: beside the sources, or inside the installed package."""
    for root in (_PACKAGE.parents[1] / "plans", _PACKAGE / "plans"):
        if found := sorted(root.glob("*/plan.yaml")):
            return found[0].parent
    raise UnreadableInput("找不到随产品附带的方案目录", todo="用 --plan 指定方案目录")


def _point_at(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    if url:
        os.environ["ZHICHENG_DB"] = url
    return url


db_option = click.option(
    "--db",
    callback=_point_at,
    is_eager=True,
    expose_value=False,
    help="数据库地址，例如 sqlite:////var/zc/city.sqlite3",
)
plan_option = click.option("--plan", "plan_dir", type=click.Path(path_type=Path), help="方案目录；默认用随产品附带的")
host_option = click.option("--host", default="127.0.0.1", show_default=True)
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))


def open_store() -> None:
    """Connect to the city's database and bring its tables up to date."""
    os.umask(0o077)  # names, telephones and password hashes lie in what this and its children write: for its owner only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _read(plan_dir: Path) -> tuple[Plan, DecisionRecord | None]:
    """The plan of a folder, and how it was decided where the folder says so."""
    plan = folder.load(plan_dir)
    return plan, record.load(plan_dir, plan) if (plan_dir / "decision.yaml").exists() else None


def _training(plan_dir: Path | None) -> None:
    open_store()
    from zhicheng.usecases.demonstration_cases import demonstration_cases
    from zhicheng.usecases.training_city import training_city  # tables can be named only once the store is open
    from zhicheng.usecases.training_papers import training_papers

    plan, decided = _read(plan_dir or bundled_plan())
    training_city(plan, decided)
    _stationery(plan, plan_dir or bundled_plan())
    training_papers(
        papers.samples(plan_dir or bundled_plan())
    )  # before the cases, whose steps bring papers of their own
    demonstration_cases()


def _stationery(plan: Plan, plan_dir: Path) -> None:
    """Put the papers of the plan folder into use, and say what this machine prints them in."""
    from zhicheng.usecases.policy import MACHINE
    from zhicheng.usecases.stationery import adopt_stationery

    adopt_stationery(MACHINE, papers.stationery(plan_dir), plan)


def say_fonts() -> None:
    """Which fonts papers are printed in; a machine without Chinese fonts is told so before anybody needs a paper."""
    from zhicheng.store.papers import fonts

    found = fonts.of_this_machine()
    click.echo(f"  {found.said()}" if found.usable else f"\n  注意：{found.said()}", err=not found.usable)


def _welcome(host: str, port: int) -> None:
    from zhicheng.usecases.policy import ROLE_NAMES
    from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD

    click.echo(f"\n  知城·培训城市（示范数据）  http://{host}:{port}/\n")
    click.echo(f"  示范账号（口令均为 {DEMONSTRATION_PASSWORD}）：")
    for role, name in ROLE_NAMES.items():
        click.echo(f"    demo-{role.replace('_', '-'):<18}{name}")
    click.echo("\n  按 Ctrl-C 结束。\n")


@click.command()
@host_option
@port_option
@plan_option
@db_option
def run(host: str, port: int, plan_dir: Path | None) -> None:
    """打开培训城市：网页、后台与到期检查一起启动、一起结束。"""
    require_free(host, port)
    _training(plan_dir)
    with Family() as family:
        family.start(web_command(host, port, THREADS))
        family.start(jobs_command("work"))
        if wait_until_served(host, port):
            say_fonts()
            _welcome(host, port)
        code = family.wait()
    sys.exit(code)


@click.command()
@host_option
@port_option
@plan_option
@db_option
def serve(host: str, port: int, plan_dir: Path | None) -> None:
    """提供网页服务。空库加 --plan 即开通真实城市。"""
    require_free(host, port)
    open_store()
    _open_real_city(plan_dir)
    with Family() as family:
        family.start(web_command(host, port, THREADS))
        if wait_until_served(host, port):
            say_fonts()
            click.echo(f"知城 http://{host}:{port}/")
        code = family.wait()
    sys.exit(code)


def _open_real_city(plan_dir: Path | None) -> None:
    from zhicheng.store.models import Account, City
    from zhicheng.usecases.accounts import first_administrators
    from zhicheng.usecases.policy import MACHINE
    from zhicheng.usecases.real_city import real_city

    if plan_dir is not None:
        plan, decided = _read(plan_dir)
        real_city(plan, decided)
        _stationery(plan, plan_dir)
    elif not City.objects.exists():
        todo = "加 --plan 方案目录 开通真实城市，或用 zhicheng demo build 开通培训城市"
        raise UnreadableInput("这个数据库还没有开通城市", todo=todo)
    if not Account.objects.exists():
        click.echo("首批管理员（一次性口令只显示这一次，首次登录须更换）：")
        for account, password in first_administrators(MACHINE):
            click.echo(f"  {account.username:<18}{password}")


def _jobs(*arguments: str) -> None:
    open_store()
    command = jobs_command(*arguments)
    os.execv(command[0], command)  # noqa: S606  # the job face takes this process over: faces import nothing of one another


@click.command()
@db_option
def work() -> None:
    """后台：办理排队的工作。"""
    _jobs("work")


@click.command()
@db_option
@json_option
def tick(as_json: bool) -> None:
    """到期检查一遍；重复执行不产生重复结果。"""
    _jobs("tick", *(["--json"] if as_json else []))


@click.group()
def demo() -> None:
    """培训城市。"""


@demo.command()
@plan_option
@db_option
@json_option
def build(plan_dir: Path | None, as_json: bool) -> None:
    """建立培训城市：方案副本、示范账号，全部标明示范数据。"""
    _training(plan_dir)
    from zhicheng.store.models import Account, City

    city = City.objects.get()
    if as_json:
        print_json({"city": city.name, "kind": city.kind, "accounts": Account.objects.count()})
    else:
        click.echo(f"培训城市已就绪：{city.name}")
