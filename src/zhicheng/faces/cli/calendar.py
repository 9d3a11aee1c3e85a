"""`zhicheng calendar`: legal days counted and explained. Not here: the counting (base/calendar)."""

from __future__ import annotations

import click

from zhicheng.faces.cli.output import json_option


@click.group()
def calendar() -> None:
    """法定期日：逐日说明。"""


@calendar.command()
@json_option
def due(as_json: bool) -> None:
    """（占位）"""
