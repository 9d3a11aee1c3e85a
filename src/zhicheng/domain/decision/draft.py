"""决策记录的草稿: what a compiled page says of how its plan was decided. Not here: reading the page (plan/compiler)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhicheng.base.citation import Span
from zhicheng.base.errors import ZhichengError
from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision.model import FACTS, STAGES, DecisionRecord, Fact, Stage
from zhicheng.domain.decision.record import heading
from zhicheng.domain.plan.compiler import Compiled
from zhicheng.domain.plan.folder.writing import unique
from zhicheng.domain.plan.model import Plan

# Name in the compiled record, value in it, fact of ours.
_READ: tuple[tuple[str, str, str], ...] = (
    ("organiser", "unit", "initiation.undertaking_unit"),
    ("planned_completion", "date", "initiation.planned_completion"),
    ("department_countersign", "date", "countersign.date"),
    ("department_countersign", "count", "countersign.units"),
    ("department_countersign", "named", "countersign.named"),
    ("department_countersign", "all_agreed", "countersign.agreed"),
    ("department_countersign", "opinions_adopted", "countersign.adopted"),
    ("public_participation", "from", "consultation.start"),
    ("public_participation", "to", "consultation.end"),
    ("public_participation", "opinions", "consultation.opinions"),
    ("expert_argument", "date", "experts.date"),
    ("expert_argument", "changes_requested", "experts.changes_requested"),
    ("risk_assessment", "date", "risk.date"),
    ("fair_competition_review", "done", "fair_competition.done"),
    ("fair_competition_review", "date", "fair_competition.date"),
    ("legality_review", "date", "legality.passed"),
    ("legality_review", "reviewer", "legality.reviewer"),
    ("legality_review", "opinions_adopted", "legality.adopted"),
    ("collective_discussion", "date", "meeting.date"),
    ("collective_discussion", "meeting", "meeting.name"),
    ("collective_discussion", "chair", "meeting.chair"),
    ("collective_discussion", "reporter", "meeting.reporter"),
    ("collective_discussion", "decision", "meeting.word"),
    ("publication", "date", "publication.date"),
    ("publication", "number", "publication.number"),
    ("execution_evaluation", "date", "evaluation.date"),
)
_ASKED = (
    "initiation.date",
    "consultation.draft_published",
    "experts.signed",
    "legality.submitted",
    "publication.number",
)
"""Facts every record is asked for, unknown until somebody says them."""


def draft_record(compiled: Compiled, plan: Plan, laws: tuple[str, ...] = ("cn",)) -> DecisionRecord:
    """The record a page states, each fact at its place; what it does not state has no value."""
    facts = {fact.key: fact for fact in _facts(compiled, plan)}
    for key in _ASKED:
        facts.setdefault(key, Fact(key))
    stages = []
    for rule in STAGES:
        own = tuple(facts[key] for key in FACTS if key in facts and FACTS[key].stage == rule.key)
        held = any(fact.known and fact.key not in _BESIDE for fact in own)
        stages.append(Stage(rule.key, rule.title, rule.tab, True, "", "", held, heading(rule.tab, plan), own, ()))
    return DecisionRecord(plan.title, plan.issuer or "待核实", laws, tuple(stages))


_BESIDE = {"fair_competition.done", "fair_competition.date"}  # said in the legality report, proves no legality review


def _facts(compiled: Compiled, plan: Plan) -> Iterator[Fact]:
    for name, value, key in _READ:
        found = compiled.record.one(name)
        if found is None or found.values.get(value) is None:
            continue
        clause = next((each for each in plan.clauses if each.span.start <= found.span.start < each.span.end), None)
        said = _value(key, found.values[value])
        if not said:
            continue
        if clause is None:
            yield Fact(key, source=f"页面栏目外的文字：{found.span.of(plan.text)}", **said)
            continue
        inside = Span(found.span.start, min(found.span.end, clause.span.end))
        yield Fact(key, clause=clause.key, span=unique(plan.text, inside, clause.span), **said)


def _value(key: str, value: Any) -> Mapping[str, Any]:
    """The value in the field of the fact's kind; nothing for what does not fit."""
    kind = FACTS[key].kind
    if kind == "date":
        try:
            return {"when": PartialDate.written(value)}
        except ZhichengError:
            return {}
    if kind == "count" and isinstance(value, int):
        return {"count": value}
    if kind == "yes_no" and isinstance(value, bool):
        return {"yes": value}
    if kind == "list":
        return {"items": tuple(str(each) for each in value)}
    if kind == "text":
        return {"text": "、".join(map(str, value)) if isinstance(value, list) else str(value)}
    return {}
