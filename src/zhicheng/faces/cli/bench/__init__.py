"""`zhicheng bench`: what operations cost, as ratios taken in the same run. Not here: tests (they time nothing)."""

from __future__ import annotations

import click

from zhicheng.faces.cli.bench.cases import cases
from zhicheng.faces.cli.bench.compiler import plan
from zhicheng.faces.cli.bench.pages import pages

__all__ = ["bench"]


@click.group()
def bench() -> None:
    """性能：与同一次运行中的裸操作相比的倍数。"""


for measured in (plan, pages, cases):
    bench.add_command(measured)
