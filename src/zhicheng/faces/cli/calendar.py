"""`zhicheng calendar`: legal days counted and explained. Not here: the counting (base/calendar)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from zhicheng.base import calendar as days
from zhicheng.base.calendar import Reckoning, Term
from zhicheng.faces.cli.city import db_option, open_store
from zhicheng.faces.cli.output import json_option, print_json


@click.group()
def calendar() -> None:
    """法定期日：逐日说明。"""


def _term(workdays: int | None, natural: int | None, months: int | None) -> Term:
    given = [(workdays, "workday"), (natural, "day"), (months, "month")]
    chosen = [Term(length, unit) for length, unit in given if length is not None]  # type: ignore[arg-type]
    if len(chosen) != 1:
        raise click.UsageError("--workdays、--days、--months 三者须且只须给一个")
    return chosen[0]


def _print(reckoning: Reckoning) -> None:
    click.echo(f"起算日 {reckoning.start}（当日不计），{reckoning.terms[0]}")
    for skip in reckoning.skipped:
        click.echo(f"  不计 {skip.day} {skip.why}")
    click.echo(f"届满 {reckoning.due}" + ("（暂定：所涉年度放假安排尚未公布）" if reckoning.provisional else ""))


@calendar.command()
@click.option("--start", required=True, type=click.DateTime(["%Y-%m-%d"]), help="起算日，当日不计")
@click.option("--workdays", type=int, help="工作日数")
@click.option("--days", "natural", type=int, help="自然日数")
@click.option("--months", type=int, help="月数")
@click.option("--stay", is_flag=True, help="末日为休息日时不顺延（最短期限，如公开征求意见）")
@click.option(
    "--announcement", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="新公布的放假安排（YAML）"
)
@json_option
def due(
    start: datetime,
    workdays: int | None,
    natural: int | None,
    months: int | None,
    stay: bool,
    announcement: Path | None,
    as_json: bool,
) -> None:
    """期限何日届满，每一天为何计或不计。"""
    known = days.national()
    if announcement is not None:
        known = known.announcing(*days.read_announcements(announcement.read_text("utf-8"), announcement.name))
    term = _term(workdays, natural, months)
    reckoning = days.due(start.date(), term, known, rest_day="stay" if stay else "forward")
    print_json(reckoning.as_json()) if as_json else _print(reckoning)


@calendar.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@db_option
@json_option
def announce(file: Path, as_json: bool) -> None:
    """载入新公布的放假安排：重算在办案件的期限，变了的告知有关的人。"""
    open_store()
    from zhicheng.usecases.case_alarms import announce_days_off
    from zhicheng.usecases.policy import MACHINE

    done = announce_days_off(MACHINE, file.read_text("utf-8"), file.name)
    if as_json:
        print_json(done)
    else:
        click.echo(f"新通知 {done['announcements']} 份；重算 {done['cases']} 件，期限变动 {done['moved']} 件")
