"""The JSON of `plan compile` (CONTRACT.md): keys in English, yuan and fractions as JSON numbers, quotes as written.

Not here: any reading. Keys named in the contract are always there; extra keys appear only where the text says something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.funds import Fund
from zhicheng.domain.plan.compiler.offers import Incentive
from zhicheng.domain.plan.compiler.record import Fact, Record
from zhicheng.domain.plan.compiler.targets import Target
from zhicheng.domain.plan.compiler.tasks import Task

if TYPE_CHECKING:
    from zhicheng.domain.plan.compiler.compiled import Compiled, Entry

Json = dict[str, Any]


def to_json(compiled: Compiled) -> Json:
    text = compiled.text
    return {
        "title": compiled.title,
        "documents": [{"kind": d.kind, "title": d.title, **_place(d.span)} for d in compiled.documents],
        "sections": [
            {
                "key": e.key,
                "label": e.label,
                "number": e.item.number,
                "title": e.item.title,
                "path": list(e.item.path),
                "level": e.item.level,
                "parent": e.section,
                **_place(e.item.span),
            }
            for e in compiled.sections
        ],
        "tasks": [_task(e) for e in compiled.tasks],
        "incentives": [_incentive(text, e) for e in compiled.incentives],
        "targets": [_target(text, e) for e in compiled.targets],
        "commitments": [
            {**_head(text, e), "kind": e.item.kind, "rhythm": e.item.rhythm, "firm": e.item.firm}
            for e in compiled.commitments
        ],
        "funds": [_fund(text, e) for e in compiled.funds],
        "decision": _decision(text, compiled.record),
        "open_questions": [
            {**_head(text, e), "trigger": e.item.trigger, "question": e.item.text} for e in compiled.questions
        ],
        "explanation": {"targets": [_target(text, e) for e in compiled.explained]},
        "read": [_place(s) for s in compiled.read],
        "unread": [_place(s) for s in compiled.unread],
    }


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def numbers(values: Iterable[Decimal]) -> list[int | float | None]:
    return [number(value) for value in values]


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _head(text: str, entry: Entry[Any]) -> Json:
    span: Span = entry.item.span
    return {"key": entry.key, "section": entry.section, "label": entry.label, "quote": span.of(text), **_place(span)}


def _task(entry: Entry[Task]) -> Json:
    task = entry.item
    return {
        "key": entry.key,
        "section": entry.section,
        "label": entry.label,
        "number": task.number,
        "path": list(task.path),
        "title": task.title,
        "units": [{"name": u.name, "role": u.role, **_place(u.span)} for u in task.units],
        **_place(task.span),
    }


def _incentive(text: str, entry: Entry[Incentive]) -> Json:
    offer = entry.item
    shaped = {
        **_head(text, entry),
        "max_amount_yuan": number(offer.maximum),
        "fixed": offer.fixed,
        "rate": number(max(offer.rates)) if offer.rates else None,
        "rates": numbers(offer.rates),
        "rate_base": offer.rate_base,
        "per": offer.per,
        "annual_cap_yuan": number(offer.yearly_cap),
        "kind": offer.kind,
    }
    if len(offer.amounts) > 1:
        shaped["range_yuan" if offer.is_range else "tiers_yuan"] = numbers(offer.amounts)
    said: Sequence[tuple[str, Any]] = (
        ("annual_pool_yuan", number(offer.pool)),
        ("total_cap_yuan", number(offer.total_cap)),
        ("max_count_per_year", offer.quota_per_year),
        ("max_count_total", offer.quota_total),
        ("threshold_yuan", number(offer.thresholds[0]) if offer.thresholds else None),
        ("thresholds_yuan", numbers(offer.thresholds) if len(offer.thresholds) > 1 else None),
        ("unit_rates_yuan", numbers(offer.unit_rates) or None),
        ("instalments_yuan", numbers(offer.instalments) or None),
        ("uncapped", offer.uncapped or None),
        ("unit_omitted", offer.bare_unit or None),
        ("who", offer.who.of(text) if offer.who else None),
    )
    return {**shaped, **{key: value for key, value in said if value is not None}}


def _target(text: str, entry: Entry[Target]) -> Json:
    aim = entry.item
    value: Any = number(aim.value)
    if aim.low is not None:
        value = [number(aim.low), number(aim.value)]
    shaped = {
        **_head(text, entry),
        "indicator": aim.indicator,
        "comparator": aim.comparator,
        "value": value,
        "unit": aim.unit,
        "deadline_year": aim.year,
        "period": aim.period,
    }
    said = {"deadline_inferred": aim.inferred or None, "base_year": aim.base_year}
    return {**shaped, **{key: value for key, value in said.items() if value is not None}}


def _fund(text: str, entry: Entry[Fund]) -> Json:
    fund = entry.item
    return {
        **_head(text, entry),
        "name": fund.name,
        "size_yuan": number(fund.size),
        "firm": fund.firm,
        "budget": fund.budget,
        "yearly": fund.yearly,
    }


_SINGLE = (
    "organiser",
    "planned_completion",
    "department_countersign",
    "public_participation",
    "expert_argument",
    "risk_assessment",
    "fair_competition_review",
    "legality_review",
    "collective_discussion",
    "publication",
    "execution_evaluation",
)


def _decision(text: str, record: Record) -> Json:
    """The record: one object a fact, null where the page states none; stages and basis documents as lists."""
    shaped: Json = {name: _fact(text, record.one(name)) for name in _SINGLE}
    shaped["stages"] = [_fact(text, fact) for fact in record.all("stage")]
    shaped["basis_documents"] = [_fact(text, fact) for fact in record.all("basis_document")]
    return shaped


def _fact(text: str, fact: Fact | None) -> Json | None:
    return None if fact is None else {**fact.values, "quote": fact.span.of(text), **_place(fact.span)}
