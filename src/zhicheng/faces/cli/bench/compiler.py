"""`zhicheng bench plan`: the compiler's cost and its growth with the text."""

from __future__ import annotations

import re
from typing import Any

import click

from zhicheng.domain.plan.compiler import compile_text
from zhicheng.faces.cli.bench.measure import medians
from zhicheng.faces.cli.city import bundled_plan
from zhicheng.faces.cli.output import json_option, print_json

# What a hand-written single pass over the text would at least have to look for.
_SCAN = re.compile(
    r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+\.|最高|不超过|\d+(?:\.\d+)?[万亿]?元?|责任单位"
)


@click.command("plan")
@click.option("--rounds", default=7, show_default=True)
@json_option
def plan(rounds: int, as_json: bool) -> None:
    """编译器：1、10、100 倍长的文字各用多久，是同一文字一遍朴素扫描的几倍。"""
    page = (bundled_plan() / "source.txt").read_text("utf-8")
    lines = [_line(page, times, max(1, rounds // times)) for times in (1, 10, 100)]
    for line in lines:
        line["growth"] = line["seconds"] / lines[0]["seconds"] / line["times"]
    if as_json:
        print_json(lines)
        return
    click.echo(f"{'文字':>6}{'秒':>10}{'比扫描':>10}{'每字比 1×':>12}")
    for line in lines:
        click.echo(f"{line['times']:>6}×{line['seconds']:>11.3f}{line['ratio']:>12.0f}{line['growth']:>14.2f}")


def _line(page: str, times: int, rounds: int) -> dict[str, Any]:
    text = page * times
    taken = medians({"compile": lambda: compile_text(text), "scan": lambda: _SCAN.findall(text)}, rounds)
    return {"times": times, "seconds": taken["compile"], "ratio": taken["compile"] / taken["scan"]}
