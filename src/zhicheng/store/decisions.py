"""A decision record as rows and back: write_record() and read_record() are each other's inverse.

Not here: permission, ledger (usecases/record_decision); reads for pages (queries/decision).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from zhicheng.base.citation import Span
from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision import model as m
from zhicheng.store import models as rows


def content_hash(record: m.DecisionRecord) -> str:
    """SHA-256 over everything the record says; equal records have equal hashes."""
    spelled = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def write_record(
    record: m.DecisionRecord, version: rows.PlanVersion, *, number: int, at: datetime, by: int | None
) -> rows.Decision:
    """All rows of one record. Must run inside a transaction."""
    decision = rows.Decision.objects.create(
        version=version, number=number, title=record.title, organ=record.organ, laws=list(record.laws),
        content_sha256=content_hash(record), recorded_at=at, recorded_by=by,
    )  # fmt: skip
    for position, stage in enumerate(record.stages):
        _write_stage(decision, position, stage)
    return decision


def _write_stage(decision: rows.Decision, position: int, stage: m.Stage) -> None:
    row = rows.DecisionStage.objects.create(
        decision=decision, position=position, key=stage.key, title=stage.title, tab=stage.tab, applies=stage.applies,
        reason=stage.reason, decided_by=stage.decided_by, done=stage.done, **_ends(stage.heading),
    )  # fmt: skip
    rows.DecisionFact.objects.bulk_create(
        rows.DecisionFact(
            stage=row, position=i, key=fact.key, when=None if fact.when is None else str(fact.when), count=fact.count,
            yes=fact.yes, text=fact.text, items=None if fact.items is None else list(fact.items),
            clause_key=fact.clause, source=fact.source, note=fact.note, confirmed=fact.confirmed, **_ends(fact.span),
        )
        for i, fact in enumerate(stage.facts)
    )  # fmt: skip
    rows.DecisionPaper.objects.bulk_create(
        rows.DecisionPaper(stage=row, position=i, name=each.name, state=each.state, ground=each.ground, note=each.note)
        for i, each in enumerate(stage.papers)
    )


def _ends(span: Span | None) -> dict[str, int | None]:
    return {"start": None if span is None else span.start, "end": None if span is None else span.end}


def read_record(decision: rows.Decision) -> m.DecisionRecord:
    """The record of these rows, whole; three queries whatever its size."""
    stages = decision.stages.prefetch_related("facts", "papers")
    return m.DecisionRecord(decision.title, decision.organ, tuple(decision.laws), tuple(_stage(row) for row in stages))


def _stage(row: rows.DecisionStage) -> m.Stage:
    return m.Stage(
        key=row.key, title=row.title, tab=row.tab, applies=row.applies, reason=row.reason, decided_by=row.decided_by,
        done=row.done, heading=_span(row), facts=tuple(_fact(each) for each in row.facts.all()),
        papers=tuple(m.Paper(p.name, p.state, p.ground, p.note) for p in row.papers.all()),  # type: ignore[arg-type]
    )  # fmt: skip


def _fact(row: rows.DecisionFact) -> m.Fact:
    return m.Fact(
        key=row.key, when=None if row.when is None else PartialDate.written(row.when), count=row.count, yes=row.yes,
        text=row.text, items=None if row.items is None else tuple(row.items), clause=row.clause_key, span=_span(row),
        source=row.source, note=row.note, confirmed=row.confirmed,
    )  # fmt: skip


def _span(row: Any) -> Span | None:
    return None if row.start is None or row.end is None else Span(row.start, row.end)
