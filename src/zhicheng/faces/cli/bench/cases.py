"""`zhicheng bench cases`: my work and the due-date pass with few and with very many open cases. Not here: tests of the plans."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import click

from zhicheng.domain.plan import folder
from zhicheng.faces.cli.bench.pages import empty_city
from zhicheng.faces.cli.city import bundled_plan
from zhicheng.faces.cli.output import json_option, print_json

FEW, DUE = 1_000, 20
WHAT = {"page": "待办页", "tick": f"到期检查（{DUE} 件到期）", "idle": "到期检查（没有到期）"}
# One open case laid down n times more, due on days spread over the year after next: SQLite, in one statement a table.
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
TABLES = {
    "store_case": (
        "id",
        {
            "number": "'FW2099-' || i", "year": "2099", "serial": "i", "demonstration": "0",
            "next_due": "date(%(first)s, '+' || (i %% 360) || ' days')", "look_on": "date(%(first)s, '+' || (i %% 360) || ' days')",
        },
    ),
    "store_caseseat": ("case_id", {}),
    "store_casework": ("case_id", {"due": "date(%(first)s, '+' || (i %% 360) || ' days')"}),
}  # fmt: skip


@click.command()
@click.option("--open", "many", default=200_000, show_default=True, help="在办案件数")
@click.option("--rounds", default=9, show_default=True)
@json_option
def cases(many: int, rounds: int, as_json: bool) -> None:
    """案件：在办案件从一千件到二十万件，待办页和到期检查的用时是几倍（应接近 1）。"""
    with empty_city():
        lines = _measure(many, rounds)
    if as_json:
        print_json(lines)
        return
    click.echo(f"{'倍数':>6}{FEW:>10} 件{many:>10} 件{'查询':>6}")
    for line in lines:
        few, lot = line["seconds_few"] * 1000, line["seconds_many"] * 1000
        click.echo(f"{line['growth']:>8.2f}{few:>9.1f} ms{lot:>9.1f} ms{line['queries']:>8}  {WHAT[line['what']]}")


def _measure(many: int, rounds: int) -> list[dict[str, Any]]:
    from zhicheng.usecases.demonstration_cases import demonstration_cases
    from zhicheng.usecases.training_city import training_city

    training_city(folder.load(bundled_plan()))
    demonstration_cases()
    _lay_down(1, FEW)
    few = _take(rounds)
    _lay_down(FEW + 1, many)
    lot = _take(rounds)
    return [
        {
            "what": what, "growth": lot[what]["seconds"] / few[what]["seconds"], "seconds_few": few[what]["seconds"],
            "seconds_many": lot[what]["seconds"], "queries": lot[what]["queries"], "queries_few": few[what]["queries"],
            "open": many,
        }
        for what in WHAT
    ]  # fmt: skip


def _lay_down(first: int, last: int) -> None:
    """Copies number first to last of one open case of the demonstration, with its seats and its work."""
    from django.db import connection, transaction

    from zhicheng.store import clock
    from zhicheng.store.models import Case

    template = Case.objects.get(number="FW2024-00002")
    start = (clock.today() + timedelta(400)).isoformat()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (key, changed) in TABLES.items():
            columns = _columns(cursor, table)
            taken = [_value(column, key, changed, start) for column in columns if column != "id" or key == "id"]
            named = ", ".join(f'"{column}"' for column in columns if column != "id" or key == "id")
            chosen = ", ".join(taken)
            where = f"{table}.{key} = {template.pk}"
            # every part is a name of our own tables or a number
            insert = f"INSERT INTO {table} ({named}) SELECT {chosen} FROM {table}, n WHERE {where}"  # noqa: S608
            cursor.execute(NUMBERS % (first, last) + insert)
        cursor.execute("ANALYZE")


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608  # a table of ours
    return [row[0] for row in cursor.description]


def _value(column: str, key: str, changed: dict[str, str], start: str) -> str:
    if column == key:
        return "1000000 + i"
    if column in changed:
        return changed[column].replace("%(first)s", f"'{start}'").replace("%%", "%")
    return f'"{column}"'


def _take(rounds: int) -> dict[str, dict[str, float]]:
    from django.test import Client

    from zhicheng.usecases.case_alarms import raise_alarms
    from zhicheng.usecases.policy import MACHINE
    from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD

    client = Client(headers={"host": "127.0.0.1"})
    client.login(username="demo-unit-officer", password=DEMONSTRATION_PASSWORD)
    return {
        "page": _timed(lambda: client.get("/work/"), lambda: None, rounds),
        "tick": _timed(lambda: raise_alarms(MACHINE), _make_due, rounds),
        "idle": _timed(lambda: raise_alarms(MACHINE), lambda: None, rounds),
    }


def _make_due() -> None:
    """A few cases nobody has looked at become due for a look today; their snapshot warns of its real day."""
    from zhicheng.store import clock
    from zhicheng.store.models import Case

    fresh = Case.objects.filter(year=2099, alarms__isnull=True).order_by("pk").values_list("pk", flat=True)[:DUE]
    Case.objects.filter(pk__in=list(fresh)).update(look_on=clock.today())


def _timed(run: Callable[[], Any], prepare: Callable[[], None], rounds: int) -> dict[str, float]:
    """Median seconds, each run prepared anew outside the clock; and its statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    prepare()
    run()  # what is read once and then remembered is not counted
    prepare()
    with CaptureQueriesContext(connection) as statements:
        run()
    queries, seconds = len(statements), []
    for _ in range(rounds):
        prepare()
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return {"seconds": statistics.median(seconds), "queries": queries}
