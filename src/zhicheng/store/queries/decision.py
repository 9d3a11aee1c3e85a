"""决策全过程 for pages: the newest record of a plan version. Not here: what it proves (domain/decision)."""

from __future__ import annotations

from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.store import decisions
from zhicheng.store.models import Decision, PlanVersion


def newest(version: PlanVersion) -> Decision | None:
    """The record as last recorded for this version of the plan; None where none was recorded."""
    return version.decisions.order_by("-number").first()


def record(version: PlanVersion) -> DecisionRecord | None:
    """The newest record, whole; four queries at most, whatever its size."""
    row = newest(version)
    return None if row is None else decisions.read_record(row)
