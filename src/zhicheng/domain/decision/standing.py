"""阶段的状况: how a stage of the decision stands on a day, seen from the record. Not here: what the law says of it (checks/)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from zhicheng.domain.decision.model import STAGES, DecisionRecord, Fact, Stage, evaluation_overdue

State = Literal[
    "done", "unverified", "lacking", "undated", "empty", "overdue", "not_due", "running", "upcoming", "not_applicable"
]


@dataclass(frozen=True, slots=True)
class Standing:
    """A stage on a day. proved: its day is shown.

    done: proved and whole; unverified: proved, some facts unknown; lacking: proved, papers missing; undated: held, no
    day shown; empty: nothing shows it was held; overdue: `days` past; not_due: the plan still runs; running: begun, its
    end still ahead; upcoming: its day lies after the day asked for.
    """

    state: State
    proved: bool
    days: int = 0


def standing(record: DecisionRecord, stage: Stage, period_end: int, on: date) -> Standing:
    """How `stage` stands on the day `on`. period_end: the plan's last year."""
    first, last = first_day(stage), _last_day(stage)
    if stage.applies and first is not None and first > on:
        return Standing("upcoming", False)
    if stage.applies and first is not None and last is not None and last > on:
        return Standing("running", False)
    if stage.state == "empty" and stage.key == "evaluation":
        days = evaluation_overdue(record, period_end, on)
        return Standing("overdue", False, days) if days else Standing("not_due", False)
    if stage.state == "empty" and (record.day("meeting.date") or on) > on:
        return Standing("upcoming", False)  # the decision itself lies ahead: nothing is wanting yet
    if stage.state != "done":
        return Standing({"done_undated": "undated"}.get(stage.state, stage.state), False)  # type: ignore[arg-type]
    if missing_papers(stage):
        return Standing("lacking", True)
    return Standing("done" if all(fact.known for fact in stage.facts) else "unverified", True)


def missing_papers(stage: Stage) -> tuple[str, ...]:
    """Names of papers that should be there and are not."""
    return tuple(paper.name for paper in stage.papers if paper.state == "missing")


def first_day(stage: Stage) -> date | None:
    """The earliest day the record proves for the stage itself; background dates do not count."""
    dated_by = next(rule for rule in STAGES if rule.key == stage.key).dated_by
    days = [fact.date for fact in stage.facts if fact.key in dated_by and fact.date]
    return min(days, default=None)


def as_known_on(fact: Fact, on: date) -> Fact:
    """The fact as a reader of the day `on` could have it: a date still ahead is not shown."""
    ahead = fact.when is not None and fact.when.first > on
    return replace(fact, when=None, note="", span=None, clause=None) if ahead else fact


def _last_day(stage: Stage) -> date | None:
    """The end of a stage that lasts, where the record gives one."""
    return max((fact.date for fact in stage.facts if fact.key.endswith(".end") and fact.date), default=None)
