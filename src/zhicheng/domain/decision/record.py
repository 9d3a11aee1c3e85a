"""决策记录的文件: reads decision.yaml of a plan folder. Not here: what the facts mean (model.py), what they prove (checks/)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import PlainValidator

from zhicheng.base import datafile
from zhicheng.base.citation import Span
from zhicheng.base.errors import UnreadableInput, ZhichengError
from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision.model import FACTS, STAGES, DecisionRecord, Fact, Paper, Stage
from zhicheng.domain.plan import schema
from zhicheng.domain.plan.labels import Labels
from zhicheng.domain.plan.model import Plan
from zhicheng.domain.plan.places import Places

PAPER_STATES = {"已公开": "present", "缺": "missing", "不公开": "internal", "待核实": "unknown"}
_UNKNOWN = ("待核实", None)


class _FactPart(schema.Part):
    fact: str
    value: Any = None
    cites: str | None = None
    quote: str | None = None
    source: str = ""
    note: str = ""
    confirmed: bool = True


class _PaperPart(schema.Part):
    name: str
    state: Annotated[str, PlainValidator(schema.one_of(PAPER_STATES))]
    ground: str = ""
    note: str = ""


class _StagePart(schema.Part):
    stage: str
    done: bool = False
    applies: bool = True
    reason: str = ""
    decided_by: str = ""
    facts: list[_FactPart] = []
    papers: list[_PaperPart] = []


class _RecordFile(schema.Entry):
    title: str
    organ: str
    laws: list[str]
    stages: list[_StagePart]


def load(directory: Path, plan: Plan) -> DecisionRecord:
    """The record of decision.yaml, its quotes at their places in the plan's source.

    Stages that the file leaves out are there, empty. Raises UnreadableInput (file, stage, fact, what to do) or Missing.
    """
    name = "decision.yaml"
    part = schema.entry_of(_RecordFile, datafile.read(Path(directory) / name), name)
    schema.refuse_twice([stage.stage for stage in part.stages], name)
    known = {rule.key for rule in STAGES}
    for stage in part.stages:
        if stage.stage not in known:
            raise UnreadableInput(f"不认识阶段“{stage.stage}”", where=name, todo=f"写：{'、'.join(sorted(known))}")
    places = Places(plan.text, Labels(plan.documents, plan.clauses))
    by_key = {stage.stage: stage for stage in part.stages}
    stages = tuple(_stage(rule.key, by_key.get(rule.key), plan, places) for rule in STAGES)
    return DecisionRecord(part.title, part.organ, tuple(part.laws), stages)


def _stage(key: str, part: _StagePart | None, plan: Plan, places: Places) -> Stage:
    rule = next(rule for rule in STAGES if rule.key == key)
    part = part or _StagePart(stage=key)
    if not part.applies and not (part.reason and part.decided_by):
        raise UnreadableInput(
            "不适用的阶段没有写理由和决定人", where=f"decision.yaml {key}", todo="写 reason 与 decided_by"
        )
    schema.refuse_twice([fact.fact for fact in part.facts], f"decision.yaml {key}")
    return Stage(
        key=key,
        title=rule.title,
        tab=rule.tab,
        applies=part.applies,
        reason=part.reason,
        decided_by=part.decided_by,
        done=part.done,
        heading=heading(rule.tab, plan),
        facts=tuple(_fact(fact, key, places) for fact in part.facts),
        papers=tuple(Paper(each.name, cast(Any, each.state), each.ground, each.note) for each in part.papers),
    )


def heading(tab: str | None, plan: Plan) -> Span | None:
    """The last place where the page has the stage's column name outside every document."""
    found = [piece.span for piece in plan.outside if tab and plan.quote(piece.span) == tab]
    return found[-1] if found else None


def _fact(part: _FactPart, stage: str, places: Places) -> Fact:
    where = f"decision.yaml {stage} {part.fact}"
    rule = FACTS.get(part.fact)
    if rule is None or rule.stage != stage:
        allowed = "、".join(each.key for each in FACTS.values() if each.stage == stage)
        raise UnreadableInput(f"本阶段没有“{part.fact}”这一项", where=where, todo=f"写：{allowed}")
    clause, span = _place(part, places, where)
    value: dict[str, Any] = {} if part.value in _UNKNOWN else _value(rule.kind, part.value, where)
    if value and span is None and not part.source:
        raise UnreadableInput("有值而没有出处", where=where, todo="写 cites 与 quote，或写 source")
    return Fact(
        part.fact, clause=clause, span=span, source=part.source, note=part.note, confirmed=part.confirmed, **value
    )


def _place(part: _FactPart, places: Places, where: str) -> tuple[str | None, Span | None]:
    if part.cites is None:
        return None, None
    clause = places.clause(part.cites, where)
    if part.quote is None:
        return clause.key, clause.span
    return clause.key, places.words(part.quote, clause.span, where)


def _value(kind: str, value: object, where: str) -> dict[str, Any]:
    """The value in the field of its kind; raises UnreadableInput for a value of another kind."""
    if kind == "date" and isinstance(value, str | int | date):
        try:
            return {"when": PartialDate.written(value)}
        except ZhichengError as error:
            raise UnreadableInput(error.what, where=where, todo=error.todo) from None
    if kind == "count" and isinstance(value, int) and not isinstance(value, bool):
        return {"count": value}
    if kind == "yes_no" and value in ("是", "否"):
        return {"yes": value == "是"}
    if kind == "text" and isinstance(value, str):
        return {"text": value}
    if kind == "list" and isinstance(value, list):
        return {"items": tuple(str(each) for each in value)}
    form = {"date": "日期", "count": "整数", "yes_no": "是 或 否", "text": "文字", "list": "清单"}[kind]
    raise UnreadableInput(f"“{value}”不是{form}", where=where, todo=f"写成{form}；不知道的写 待核实")
