"""`zhicheng plan`: compile, lint, diff. Not here: how a text is read or checked (domain/plan, domain/decision)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.decision import checks, record, writing
from zhicheng.domain.decision.draft import draft_record
from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.domain.plan import folder, lint
from zhicheng.domain.plan.compiler import Compiled, compile_file
from zhicheng.domain.plan.diff import diff
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding
from zhicheng.faces.cli.output import json_option, print_json, read_input

_WEIGHT = {"error": 0, "warning": 1, "info": 2}
_WORD = {"error": "错误", "warning": "提醒", "info": "说明"}


@click.group()
def plan() -> None:
    """方案：读入、检查、比较。"""


def _compiled(name: str) -> Compiled:
    return compile_file(*read_input(name))


def _plan(name: str) -> Plan:
    """The plan of a folder as people confirmed it, or of a bare text as the compiler reads it."""
    return folder.load(Path(name)) if Path(name).is_dir() else folder.draft_plan(_compiled(name))


@plan.command("compile")
@click.argument("file")
@click.option("--into", type=click.Path(path_type=Path), help="把草稿写进这个方案目录；人已确认的条目一概不动")
@json_option
def compile_(file: str, into: Path | None, as_json: bool) -> None:
    """把一份文字（txt、html、docx、pdf，或 - 读标准输入）编译成结构。"""
    compiled = _compiled(file)
    differences = _write(compiled, into) if into is not None else []
    if as_json:
        print_json(compiled.to_json())
        return
    _print_compiled(compiled)
    for difference in differences:
        click.echo(f"  与目录不同：{difference}")


def _write(compiled: Compiled, into: Path) -> list[folder.Difference]:
    """Drafts into the folder; the record of the decision only where there is none yet."""
    differences = folder.write_draft(compiled, into)
    if not (into / "decision.yaml").exists():
        subject = folder.load(into)
        writing.dump(draft_record(compiled, subject), subject, into)
    return differences


def _print_compiled(compiled: Compiled) -> None:
    unread = sum(span.end - span.start for span in compiled.unread)
    click.echo(compiled.title or "（没有标题）")
    click.echo(
        f"  文件 {len(compiled.documents)} 份，任务 {len(compiled.tasks)} 项，资金条款 {len(compiled.incentives)} 条，"
        f"指标 {len(compiled.targets)} 项，承诺 {len(compiled.commitments)} 项，基金 {len(compiled.funds)} 只，"
        f"待答问题 {len(compiled.questions)} 个"
    )
    click.echo(f"  共 {len(compiled.text)} 字，未读 {unread} 字（{len(compiled.unread)} 段）")


@plan.command("lint")
@click.argument("source")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天判断逾期；默认今天")
@json_option
def lint_(source: str, as_of: datetime | None, as_json: bool) -> int:
    """方案文本与决策记录的检查。有“错误”即以 1 结束。"""
    found = _findings(source, as_of.date() if as_of else date.today())  # noqa: DTZ011  # the day at the person's desk
    if as_json:
        print_json([finding.as_json() for finding in found])
    else:
        _print_findings(found)
    return 1 if any(finding.severity == "error" for finding in found) else 0


def _findings(source: str, today: date) -> list[Finding]:
    subject, decided = _subject(source)
    found = lint.check(subject)
    if decided is not None:
        found += checks.check(decided, subject, today)
    return sorted(found, key=lambda finding: _WEIGHT[finding.severity])


def _subject(source: str) -> tuple[Plan, DecisionRecord | None]:
    """The plan and how it was decided: as a folder says, or as a bare page states it; None where it states nothing."""
    if Path(source).is_dir():
        subject = folder.load(Path(source))
        kept = (Path(source) / "decision.yaml").is_file()
        return subject, record.load(Path(source), subject) if kept else None
    compiled = _compiled(source)
    subject = folder.draft_plan(compiled)
    drafted = draft_record(compiled, subject)
    return subject, drafted if any(fact.known for fact in drafted.facts) else None


def _print_findings(found: list[Finding]) -> None:
    for finding in found:
        place = f"第 {finding.span.start} 字" if finding.span else "记录中没有"
        click.echo(f"{_WORD[finding.severity]} {finding.rule} {'、'.join(finding.cites)} {place}  {finding.message}")
        if finding.suggestion:
            click.echo(f"       建议：{finding.suggestion}")
    counts = Counter[str](finding.severity for finding in found)
    click.echo("，".join(f"{word} {counts[severity]}" for severity, word in _WORD.items()))


@plan.command("diff")
@click.argument("before")
@click.argument("after")
@json_option
def diff_(before: str, after: str, as_json: bool) -> None:
    """两个方案（目录或文件）逐条比较。"""
    if before == after == "-":
        raise UnreadableInput("两边不能都读标准输入", todo="至少一边写文件名")
    found = diff(_plan(before), _plan(after))
    if as_json:
        print_json(found.as_json())
        return
    words = {"added": "新增", "removed": "删去", "moved": "移动", "changed": "改动"}
    for change in found.clauses:
        clause = change.after or change.before
        click.echo(
            f"{words[change.kind]} {clause.label if clause else change.key} {clause.title if clause else ''}".rstrip()
        )
        for effect in change.effects:
            changed = "；".join(f"{field} {old or '无'} → {new or '无'}" for field, old, new in effect.fields)
            click.echo(f"       {effect.name}：{changed or words[effect.kind]}")
    click.echo(f"未变 {found.unchanged} 条")
