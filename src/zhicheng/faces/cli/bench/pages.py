"""`zhicheng bench pages`: each page against the bare read of the same rows, and its queries at one and ten times the plan."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from zhicheng.base.citation import Span
from zhicheng.base.errors import ZhichengError
from zhicheng.domain.plan import folder
from zhicheng.domain.plan.model import Plan
from zhicheng.faces.cli.bench.measure import medians
from zhicheng.faces.cli.city import bundled_plan, open_store
from zhicheng.faces.cli.output import json_option, print_json

PAGES = ("plan", "overview", "targets", "incentives", "units", "decision", "findings", "work")
TIMES = 10
_KEYS = ("key", "clause", "parent", "project", "unit", "task")


@click.command()
@click.option("--rounds", default=15, show_default=True)
@json_option
def pages(rounds: int, as_json: bool) -> None:
    """页面：查询次数是否恒定，用时是裸读同样数据的几倍。"""
    with empty_city():
        lines = _measure(rounds)
    if as_json:
        print_json(lines)
        return
    click.echo(f"{'页面':<12}{'倍数':>8}{'查询':>6}{f'查询×{TIMES}':>10}{f'用时×{TIMES}':>10}")
    for line in lines:
        click.echo(
            f"{line['page']:<14}{line['ratio']:>8.1f}{line['queries']:>8}{line['queries_10x']:>10}{line['growth']:>11.1f}"
        )


@contextmanager
def empty_city() -> Iterator[None]:
    """A store of its own under a temporary folder, thrown away afterwards."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["ZHICHENG_VAR"] = place
        os.environ.pop("ZHICHENG_DB", None)
        open_store()
        yield


def _measure(rounds: int) -> list[dict[str, Any]]:
    from zhicheng.usecases.adopt_plan import adopt_plan
    from zhicheng.usecases.check_plan import check_plan
    from zhicheng.usecases.policy import MACHINE
    from zhicheng.usecases.training_city import training_city

    plan = folder.load(bundled_plan())
    training_city(plan)
    once = {page: _page(page, rounds) for page in PAGES}
    check_plan(MACHINE, adopt_plan(MACHINE, scaled(plan, TIMES)))
    tenfold = {page: _page(page, max(3, rounds // 3)) for page in PAGES}
    return [
        {
            "page": page, "ratio": once[page]["seconds"] / once[page]["bare"], "queries": once[page]["queries"],
            "queries_10x": tenfold[page]["queries"], "growth": tenfold[page]["seconds"] / once[page]["seconds"],
            "seconds": once[page]["seconds"],
        }
        for page in PAGES
    ]  # fmt: skip


def _page(name: str, rounds: int) -> dict[str, Any]:
    """Seconds of the page, and of nothing but the SQL that reads its rows when nothing is remembered; and its statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from zhicheng.store.queries.plan import forget
    from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD

    client = Client(headers={"host": "127.0.0.1"})
    client.login(username="demo-office", password=DEMONSTRATION_PASSWORD)
    address = reverse(name)
    client.get(address)
    forget()
    with CaptureQueriesContext(connection) as cold:
        if client.get(address).status_code != 200:
            raise ZhichengError(f"页面 {name} 打不开", todo="先让它能打开再测")
    reads = [query["sql"] for query in cold.captured_queries if query["sql"].startswith("SELECT")]
    with CaptureQueriesContext(connection) as warm:
        client.get(address)
    queries = len(warm)  # taken now: the next request empties the log

    def bare() -> None:
        with connection.cursor() as cursor:
            for sql in reads:
                cursor.execute(sql.replace("%", "%%"))
                cursor.fetchall()

    taken = medians({"page": lambda: client.get(address), "bare": bare}, rounds)
    return {"seconds": taken["page"], "bare": taken["bare"], "queries": queries, "reads": len(reads)}


def scaled(plan: Plan, times: int) -> Plan:
    """The plan with every row `times` over, keys of its own and places moved along, in the same documents. For measuring only."""
    text = plan.text * times
    rows: dict[str, Any] = {
        field.name: tuple(_moved(row, i, i * len(plan.text)) for i in range(times) for row in getattr(plan, field.name))
        for field in dataclasses.fields(plan)
        if isinstance(getattr(plan, field.name), tuple) and field.name not in ("period", "documents")
    }
    return dataclasses.replace(plan, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **rows)


def _moved(value: Any, copy: int, by: int) -> Any:
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(_moved(one, copy, by) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.init}
    moved = {name: _moved(one, copy, by) for name, one in fields.items()}
    keyed = {name: f"{one}-x{copy}" for name, one in fields.items() if copy and name in _KEYS and isinstance(one, str)}
    if copy and "label" in fields:
        keyed["label"] = f"{fields['label']} x{copy}"
    return dataclasses.replace(value, **{**moved, **keyed})
