"""编译稿成方案: a compiled text as a draft Plan nobody has confirmed. Not here: the reading (reading/), writing into a folder (merge.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from zhicheng.base.citation import Span
from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.compiler import Compiled
from zhicheng.domain.plan.folder.writing import unique
from zhicheng.domain.plan.model import Commitment, Fund, Instrument, Outside, Plan, Question, Target, Upstream
from zhicheng.domain.plan.reading.begin import begin
from zhicheng.domain.plan.reading.version import Head, version

FURNITURE = "网页栏目或页脚（编译判断，待核对）"
_YEARS = re.compile(r"(20\d{2})\s*年?\s*(?:[—–\-－~～至到]{1,2})\s*(20\d{2})\s*年")
_CITY = re.compile(r"^\W*(?:关于印发|中共)?([\u4e00-\u9fff]{1,6}?(?:省|(?<!城)市|自治州|盟|区|县|旗))")
_COUNTED = re.compile(r"\s*([\u4e00-\u9fff])")

_Part = TypeVar("_Part", Target, Instrument, Commitment, Fund, Question, Upstream)


def draft_plan(compiled: Compiled, key: str = "draft") -> Plan:
    """The plan a compiled text says, all of it unconfirmed; what the text does not set is unset.

    Raises UnreadableInput for a text without words.
    """
    if not compiled.text.strip():
        raise UnreadableInput("文件里没有文字", todo="换一份有文字的文件")
    plan = version(begin(compiled), _head(compiled, key), "", date.min)
    plan = replace(
        plan,
        confirmed={},
        outside=tuple(Outside(each.span, each.reason or FURNITURE) for each in plan.outside),
        upstreams=tuple(_upstreams(compiled, plan)),
    )
    rhythms = {each.item.span: each.item.period for each in compiled.targets}
    return _told_apart(
        replace(
            plan,
            targets=tuple(_measured(each, rhythms.get(each.span)) for each in plan.targets),
            instruments=tuple(_counted(plan, each) for each in plan.instruments),
        )
    )


def _head(compiled: Compiled, key: str) -> Head:
    title = compiled.title
    city = _CITY.search(title)
    organiser = compiled.record.one("organiser")
    return Head(
        key=key,
        title=title or "未命名方案",
        subtitle="",
        city=city.group(1) if city else "",
        issuer="",
        drafting_unit=str(organiser.values.get("unit", "")) if organiser else "",
        period=_period(compiled),
        meta={},
    )


def _period(compiled: Compiled) -> tuple[int, int]:
    """The years in the title, else at the head of the text; (0, 0) where none are named."""
    for words in (compiled.title, compiled.text[:600]):
        match = _YEARS.search(words)
        if match and match.group(1) <= match.group(2):
            return int(match.group(1)), int(match.group(2))
    return 0, 0


def _upstreams(compiled: Compiled, plan: Plan) -> Iterator[Upstream]:
    for number, fact in enumerate(compiled.record.all("basis_document"), 1):
        clause = next((each for each in plan.clauses if fact.span.within(each.span)), None)
        if clause is None:
            continue
        yield Upstream(
            key=f"B{number:02d}",
            title=str(fact.values.get("title") or fact.span.of(plan.text)),
            issuer=str(fact.values.get("issuer") or ""),
            issued=None,
            issued_note="印发日期待核实",
            confirmed=False,
            span=fact.span,
            clause=clause.key,
        )


def _measured(each: Target, rhythm: str | None) -> Target:
    """The target with its rhythm. A number without its unit is no value: the question stays open."""
    each = replace(each, period="year" if rhythm == "year" else None)
    if each.period and each.value is not None and each.unit and each.measurable == "partly":
        each = replace(each, measurable="yes", reason="有数值，每年一次")
    if each.value is not None and not each.unit:
        return replace(each, value=None, measurable="no", reason=f"原文的数字{each.value:f}没有单位，待核对")
    return each


def _counted(plan: Plan, each: Instrument) -> Instrument:
    """The word that the text counts the quota with: 不超过20家 → 家."""
    if not each.quota_per_year or each.quota_unit:
        return each
    words = plan.quote(each.span)
    at = words.find(str(each.quota_per_year))
    match = _COUNTED.match(words, at + len(str(each.quota_per_year))) if at >= 0 else None
    return replace(each, quota_unit=match.group(1) if match else "个")


def _told_apart(plan: Plan) -> Plan:
    """Every part with words that stand once in its clause, so that the quote finds its place again; labels never twice."""
    spans = {clause.key: clause.span for clause in plan.clauses}

    def apart(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
        return tuple(
            replace(each, span=unique(plan.text, _inside(each.span, spans[each.clause]), spans[each.clause]))
            for each in parts
        )

    seen: dict[str, int] = {}
    clauses = []
    for clause in plan.clauses:
        seen[clause.label] = seen.get(clause.label, 0) + 1
        clauses.append(
            clause if seen[clause.label] == 1 else replace(clause, label=f"{clause.label}~{seen[clause.label]}")
        )
    return replace(
        plan,
        clauses=tuple(clauses),
        targets=apart(plan.targets),
        instruments=apart(plan.instruments),
        commitments=apart(plan.commitments),
        funds=apart(plan.funds),
        questions=apart(plan.questions),
        upstreams=apart(plan.upstreams),
    )


def _inside(span: Span, clause: Span) -> Span:
    return Span(max(span.start, clause.start), min(span.end, clause.end))
