"""A plan as rows and back: write_version() and read_version() are each other's inverse.

Not here: permission, ledger (usecases/adopt_plan); reads for pages (queries/plans).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from django.db import models

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.plan import model as m
from zhicheng.store import models as rows

_R = TypeVar("_R", bound=models.Model)


def content_hash(plan: m.Plan) -> str:
    """SHA-256 over everything the plan says, text included; equal plans have equal hashes."""
    spelled = json.dumps(asdict(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(spelled.encode()).hexdigest()


def write_version(plan: m.Plan, *, number: int, at: datetime, by: int | None, draft: bool = False) -> rows.PlanVersion:
    """All rows of one version. Must run inside a transaction; KeyError where the plan names a key it does not hold."""
    version = rows.PlanVersion.objects.create(
        number=number, plan_key=plan.key, title=plan.title, subtitle=plan.subtitle, city=plan.city, issuer=plan.issuer,
        drafting_unit=plan.drafting_unit, first_year=plan.period[0], last_year=plan.period[1], text=plan.text,
        text_sha256=plan.sha256, content_sha256=content_hash(plan), predecessor=plan.predecessor,
        successor=plan.successor, meta=plan.meta,
        outside=[{"start": o.span.start, "end": o.span.end, "reason": o.reason} for o in plan.outside],
        confirmed={entry: {"by": c.by, "on": c.on.isoformat()} for entry, c in plan.confirmed.items()},
        adopted_at=at, adopted_by=by, draft=draft,
    )  # fmt: skip
    documents = _by_key(
        rows.Document(version=version, position=i, kind=d.kind, title=d.title, **_place(d))
        for i, d in enumerate(plan.documents)
    )
    clauses = _write_clauses(version, plan, documents)
    units = _write_units(version, plan)
    tasks = _write_tasks(version, plan, clauses, units)
    _write_instruments(version, plan, clauses, tasks)
    _write_other_parts(version, plan, clauses)
    return version


def _place(part: Any) -> dict[str, Any]:
    return {"key": part.key, "start": part.span.start, "end": part.span.end}


def _insert(made: Iterable[_R]) -> list[_R]:
    objects = list(made)
    return type(objects[0])._default_manager.bulk_create(objects) if objects else []


def _by_key(made: Iterable[_R]) -> dict[str, _R]:
    return {row.key: row for row in _insert(made)}  # type: ignore[attr-defined]


def _write_clauses(
    version: rows.PlanVersion, plan: m.Plan, documents: dict[str, rows.Document]
) -> dict[str, rows.Clause]:
    """Level by level, since a parent must be a row before its children."""
    written: dict[str, rows.Clause] = {}
    numbered = sorted(enumerate(plan.clauses), key=lambda pair: pair[1].level)
    for _, level in groupby(numbered, key=lambda pair: pair[1].level):
        written |= _by_key(
            rows.Clause(
                version=version, position=i, label=c.label, document=documents[c.document], kind=c.kind,
                number=c.number, title=c.title, level=c.level,
                parent=None if c.parent is None else written[c.parent], **_place(c),
            )
            for i, c in level
        )  # fmt: skip
    return written


def _write_units(version: rows.PlanVersion, plan: m.Plan) -> dict[str, rows.Unit]:
    units = _by_key(
        rows.Unit(version=version, key=u.key, position=i, name=u.name, kind=u.kind, successor=u.successor, note=u.note)
        for i, u in enumerate(plan.units)
    )
    _insert(
        rows.UnitName(
            unit=units[u.key], position=i, name=n.name, kind=n.kind, since=n.since, until=n.until,
            confirmed=n.confirmed,
        )
        for u in plan.units
        for i, n in enumerate(u.names)
    )  # fmt: skip
    return units


def _write_tasks(
    version: rows.PlanVersion, plan: m.Plan, clauses: dict[str, rows.Clause], units: dict[str, rows.Unit]
) -> dict[str, rows.Task]:
    projects = _by_key(
        rows.Project(version=version, key=p.key, position=i, clause=clauses[p.clause], title=p.title)
        for i, p in enumerate(plan.projects)
    )
    tasks = _by_key(
        rows.Task(
            version=version, key=t.key, position=i, project=projects[t.project], clause=clauses[t.clause],
            title=t.title,
        )
        for i, t in enumerate(plan.tasks)
    )  # fmt: skip
    _insert(
        rows.Assignment(
            task=tasks[t.key], unit=units[a.unit], position=a.position, role=a.role, start=a.span.start,
            end=a.span.end,
        )
        for t in plan.tasks
        for a in t.units
    )  # fmt: skip
    return tasks


def _write_instruments(
    version: rows.PlanVersion, plan: m.Plan, clauses: dict[str, rows.Clause], tasks: dict[str, rows.Task]
) -> None:
    instruments = _by_key(
        rows.Instrument(
            version=version, position=i, clause=clauses[x.clause], task=None if x.task is None else tasks[x.task],
            name=x.name, name_en=x.name_en, kind=x.kind, who=x.who, what=x.what, ceiling_fen=_fen(x.ceiling),
            fixed=x.fixed, rate=x.rate, rate_base=x.rate_base, per=x.per, per_is_reading=x.per_is_reading,
            annual_cap_fen=_fen(x.annual_cap), annual_cap_per=x.annual_cap_per, quota_per_year=x.quota_per_year, quota_unit=x.quota_unit,
            open=list(x.open), **_place(x),
        )
        for i, x in enumerate(plan.instruments)
    )  # fmt: skip
    _insert(
        rows.Tier(instrument=instruments[x.key], position=i, label=t.label, ceiling_fen=t.ceiling.fen)
        for x in plan.instruments
        for i, t in enumerate(x.tiers)
    )


def _write_other_parts(version: rows.PlanVersion, plan: m.Plan, clauses: dict[str, rows.Clause]) -> None:
    _insert(
        rows.Target(
            version=version, position=i, clause=clauses[t.clause], indicator=t.indicator, comparator=t.comparator,
            value=None if t.value is None else str(t.value), unit=t.unit, deadline_year=t.deadline_year,
            period=t.period, base=t.base, owner=t.owner, source=t.source, measurable=t.measurable, reason=t.reason,
            formula=t.formula, **_place(t),
        )
        for i, t in enumerate(plan.targets)
    )  # fmt: skip
    _insert(
        rows.Commitment(
            version=version, position=i, clause=clauses[c.clause], kind=c.kind, what=c.what, rhythm=c.rhythm,
            **_place(c),
        )
        for i, c in enumerate(plan.commitments)
    )  # fmt: skip
    _insert(
        rows.Fund(
            version=version, position=i, clause=clauses[f.clause], name=f.name, size_fen=_fen(f.size), firm=f.firm,
            **_place(f),
        )
        for i, f in enumerate(plan.funds)
    )  # fmt: skip
    _insert(
        rows.Institution(
            version=version, position=i, clause=clauses[n.clause], name=n.name, kind=n.kind, members=list(n.members),
            note=n.note, **_place(n),
        )
        for i, n in enumerate(plan.institutions)
    )  # fmt: skip
    _insert(
        rows.Upstream(
            version=version, position=i, title=u.title, issuer=u.issuer, issued=u.issued, issued_note=u.issued_note,
            confirmed=u.confirmed, clause=clauses[u.clause] if u.clause else None, not_before=u.not_before, issued_text=u.issued_text, **_place(u),
        )
        for i, u in enumerate(plan.upstreams)
    )  # fmt: skip
    _insert(
        rows.Question(version=version, position=i, clause=clauses[q.clause], text=q.text, to=q.to, **_place(q))
        for i, q in enumerate(plan.questions)
    )


def read_version(version: rows.PlanVersion) -> m.Plan:
    """The plan this version holds, whole; a fixed number of queries whatever its size."""
    return m.Plan(
        key=version.plan_key, title=version.title, subtitle=version.subtitle, city=version.city,
        issuer=version.issuer, drafting_unit=version.drafting_unit, period=(version.first_year, version.last_year),
        text=version.text, sha256=version.text_sha256, predecessor=version.predecessor, successor=version.successor,
        meta=version.meta,
        outside=tuple(m.Outside(Span(o["start"], o["end"]), o["reason"]) for o in version.outside),
        confirmed={
            entry: m.Confirmation(c["by"], date.fromisoformat(c["on"])) for entry, c in version.confirmed.items()
        },
        documents=tuple(m.Document(d.key, d.kind, d.title, _span(d)) for d in version.documents.all()),
        clauses=tuple(_clause(c) for c in version.clauses.select_related("document", "parent")),
        units=tuple(_unit(u) for u in version.units.prefetch_related("names")),
        projects=tuple(m.Project(p.key, p.clause.key, p.title) for p in version.projects.select_related("clause")),
        tasks=tuple(
            m.Task(t.key, t.project.key, t.clause.key, t.title, tuple(_assignment(a) for a in t.assignments.all()))
            for t in version.tasks.select_related("project", "clause").prefetch_related("assignments__unit")
        ),
        targets=tuple(_target(t) for t in version.targets.select_related("clause")),
        instruments=tuple(
            _instrument(x) for x in version.instruments.select_related("clause", "task").prefetch_related("tiers")
        ),
        commitments=tuple(
            m.Commitment(c.key, c.clause.key, _span(c), c.kind, c.what, c.rhythm)
            for c in version.commitments.select_related("clause")
        ),
        funds=tuple(
            m.Fund(f.key, f.clause.key, _span(f), f.name, f.size, f.firm) for f in version.funds.select_related("clause")
        ),
        institutions=tuple(
            m.Institution(n.key, n.clause.key, _span(n), n.name, n.kind, tuple(n.members), n.note)
            for n in version.institutions.select_related("clause")
        ),
        upstreams=tuple(
            m.Upstream(
                u.key, u.title, u.issuer, u.issued, u.issued_note, u.confirmed, _span(u),
                u.clause.key if u.clause else "", u.not_before, u.issued_text,
            )
            for u in version.upstreams.select_related("clause")
        ),
        questions=tuple(
            m.Question(q.key, q.clause.key, _span(q), q.text, q.to) for q in version.questions.select_related("clause")
        ),
    )  # fmt: skip


def _fen(money: Money | None) -> int | None:
    return None if money is None else money.fen


def _span(row: Any) -> Span:
    return Span(row.start, row.end)


def _clause(c: rows.Clause) -> m.Clause:
    return m.Clause(
        c.key, c.label, c.document.key, c.kind, c.number, c.title, c.level,  # type: ignore[arg-type]
        None if c.parent is None else c.parent.key, _span(c),
    )  # fmt: skip


def _unit(u: rows.Unit) -> m.Unit:
    names = tuple(m.UnitName(n.name, n.kind, n.since, n.until, n.confirmed) for n in u.names.all())  # type: ignore[arg-type]
    return m.Unit(u.key, u.name, u.kind, names, u.successor, u.note)  # type: ignore[arg-type]


def _assignment(a: rows.Assignment) -> m.Assignment:
    return m.Assignment(a.unit.key, a.position, a.role, _span(a))  # type: ignore[arg-type]


def _target(t: rows.Target) -> m.Target:
    return m.Target(
        t.key, t.clause.key, _span(t), t.indicator, t.comparator, None if t.value is None else Decimal(t.value), t.unit,
        t.deadline_year, t.period, t.base, t.owner, t.source, t.measurable, t.reason, t.formula,  # type: ignore[arg-type]
    )  # fmt: skip


def _instrument(x: rows.Instrument) -> m.Instrument:
    return m.Instrument(
        x.key, x.clause.key, None if x.task is None else x.task.key, _span(x), x.name, x.name_en,
        x.kind, x.who, x.what, x.ceiling, x.fixed, x.rate, x.rate_base, x.per,  # type: ignore[arg-type]
        x.per_is_reading, x.annual_cap, x.annual_cap_per, x.quota_per_year,
        tuple(m.Tier(t.label, t.ceiling) for t in x.tiers.all()), tuple(x.open), x.quota_unit,
    )  # fmt: skip
