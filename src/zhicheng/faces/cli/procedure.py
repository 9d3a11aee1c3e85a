"""`zhicheng procedure lint, draw, simulate`: look at a procedure before anybody runs it. Not here: the engine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from zhicheng.base import calendar
from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.engine import procedure as engine
from zhicheng.engine.procedure import Definition
from zhicheng.faces.cli.output import json_option, print_json

on_option = click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天施行的版本；默认最新")
place_option = click.option("--place", help="哪一级的程序，例如 cn 或 cn-shandong；默认全国的")


@click.group()
def procedure() -> None:
    """程序：检查、画图、演算。"""


def _find(name: str, place: str | None, on: datetime | None) -> Definition:
    """The definition in a file, or a shipped one by name, place and day."""
    if name.endswith((".yaml", ".yml")):
        file = Path(name)
        if not file.is_file():
            raise UnreadableInput("没有这个文件", where=name, todo="核对路径")
        return engine.read_definition(file.read_text("utf-8"), file.name)
    rows = [row for row in engine.shipped() if row.id == name and row.place == (place or "cn")]
    if on is not None:
        return engine.pick(rows, name, on.date(), (place or "cn",))
    if not rows:
        names = "、".join(sorted({f"{row.place} {row.id}" for row in engine.shipped()}))
        raise Missing(f"没有名为“{name}”的程序", todo=f"从这些中选择：{names}")
    return max(rows, key=lambda row: row.in_force or date.min)


@procedure.command()
@click.argument("name")
@place_option
@on_option
@json_option
def lint(name: str, place: str | None, on: datetime | None, as_json: bool) -> int:
    """未知的状态或角色、到不了的、走不出的、没有条文的时限、无人可为的行为。"""
    found = engine.lint(_find(name, place, on))
    if as_json:
        print_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            click.echo(f"{finding.severity:<8}{finding.rule} {finding.clause}  {finding.message}")
        click.echo(f"{len(found)} 条")
    return 1 if any(finding.severity == "error" for finding in found) else 0


@procedure.command()
@click.argument("name")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="把图写到这个文件")
@place_option
@on_option
@json_option
def draw(name: str, svg: Path | None, place: str | None, on: datetime | None, as_json: bool) -> None:
    """画成图（SVG），并列出同样内容的编号步骤。"""
    drawing = engine.draw(_find(name, place, on))
    if svg is not None:
        svg.write_text(drawing.svg, encoding="utf-8")
    if as_json:
        print_json({"svg": drawing.svg, "steps": list(drawing.steps)})
    else:
        click.echo("\n".join(drawing.steps))


@procedure.command()
@click.argument("name")
@click.option("--walk", help="只演算名称含有这些字的一例")
@place_option
@on_option
@json_option
def simulate(name: str, walk: str | None, place: str | None, on: datetime | None, as_json: bool) -> int:
    """按演算例逐步走一遍，每步注明日期、时限与结果；与所写预期不符即以 1 结束。"""
    definition = _find(name, place, on)
    walks = [each for each in engine.shipped_walks(definition) if not walk or walk in each.name]
    done = [engine.simulate(definition, each, calendar.national()) for each in walks]
    if as_json:
        print_json([each.as_json() for each in done])
    for each in () if as_json else done:
        click.echo(f"\n{each.name}")
        for step in each.steps:
            click.echo(f"  {step.n:>2} {step.day} {step.who} {step.what} → {step.label} {step.why}".rstrip())
        for surprise in each.surprises:
            click.echo(f"  ！不符：{surprise}")
    return 1 if any(each.surprises for each in done) else 0
