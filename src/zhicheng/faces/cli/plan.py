"""`zhicheng plan`: compile, lint, diff. Not here: how a text is read (domain/plan)."""

from __future__ import annotations

import click


@click.group()
def plan() -> None:
    """方案：读入、检查、比较。"""
