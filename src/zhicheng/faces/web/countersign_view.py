"""会签表: units by projects of the plan in force, with what each answered, and what blocks the next step.

Not here: single opinions (case_view.point_lines), the page's address and its form (pages/countersign.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhicheng.domain.plan.model import Plan
from zhicheng.engine.procedure import Point, WorkItem, points_for
from zhicheng.faces.web.case_view import Seen, handles, withheld
from zhicheng.store import desks
from zhicheng.store.queries import plan as plans

STATES: dict[str, tuple[Any, str, str]] = {
    "agree": (_("同意"), "ok", "check"),
    "remarks": (_("同意，有意见"), "yellow", "triangle"),
    "disagree": (_("不同意"), "red", "cross"),
    "late": (_("逾期未复"), "red", "clock"),
    "postponed": (_("已批延期"), "none", "clock"),
    "waiting": (_("未复"), "none", "clock"),
}


@dataclass(frozen=True)
class Cell:
    """A unit at a project. kind: none (not named, nothing said), agree, points (n of them), waiting (n clauses)."""

    kind: str
    n: int = 0
    against: bool = False


@dataclass(frozen=True)
class Line:
    """One unit asked: its answer, its cells, how many of its opinions have a result."""

    item: WorkItem
    name: str
    state: str
    cells: tuple[Cell, ...]
    points: int
    disposed: int

    @property
    def word(self) -> Any:
        return STATES[self.state][0]

    @property
    def colour(self) -> str:
        return STATES[self.state][1]

    @property
    def shape(self) -> str:
        return STATES[self.state][2]

    @property
    def day(self) -> date | None:
        """When it answered; the last day while it has not."""
        return self.item.closed if self.item.state == "done" else self.item.due


def lines(seen: Seen) -> list[Line]:
    """The units asked and not withdrawn, in the order asked; before 公布 an asked unit sees only its own."""
    asked = [
        item for item in seen.case.items if item.kind == "countersign" and (item.state != "void" or _last(seen, item))
    ]
    if withheld(seen):
        asked = [item for item in asked if seen.who.called(item.assignee)]
    named, plan = desks.names(item.assignee for item in asked), plans.in_force()[1]
    points = points_for(seen.case, seen.who, handles(seen))
    postponed = {entry.details.get("item") for entry in seen.case.trail if entry.act == "postpone"}
    return [
        _line(item, named.get(item.assignee, item.assignee), plan, [p for p in points if p.item == item.id],
              _state(item, seen.today, str(item.id) in postponed))
        for item in asked
    ]  # fmt: skip


def _last(seen: Seen, item: WorkItem) -> bool:
    """An item that lapsed when the round was closed without its answer: shown still, as never answered."""
    return item.closed is not None and not any(
        other.assignee == item.assignee and other.id > item.id for other in seen.case.items if other.kind == item.kind
    )


def _state(item: WorkItem, today: date, postponed: bool) -> str:
    if item.opinion is not None:
        return item.opinion
    if item.state == "void" or (item.due is not None and today > item.due):
        return "late"
    return "postponed" if postponed else "waiting"


def _line(item: WorkItem, name: str, plan: Plan, points: list[Point], state: str) -> Line:
    unit = item.assignee.removeprefix("unit:")
    cells = tuple(_cell(plan, project.key, unit, points, state) for project in plan.projects)
    disposed = sum(point.disposition is not None for point in points)
    return Line(item, name, state, cells, len(points), disposed)


def _cell(plan: Plan, project: str, unit: str, points: list[Point], state: str) -> Cell:
    here = [point for point in points if _project(plan, point.about) == project]
    if here:
        return Cell("points", len(here), state == "disagree")
    named = sum(any(a.unit == unit for a in task.units) for task in plan.tasks if task.project == project)
    if not named:
        return Cell("none")
    return Cell("agree", named) if state in ("agree", "remarks", "disagree") else Cell("waiting", named)


def _project(plan: Plan, about: str) -> str:
    """The project whose task an opinion's place names, as its key (1.4) or as people label it (（一）4); "" for none."""
    said = _bare(about)
    if not said:
        return ""
    labels = {clause.key: clause.label for clause in plan.clauses}
    for task in plan.tasks:
        if said == _bare(task.key) or _bare(labels.get(task.clause, "")).endswith(said):
            return task.project
    return ""


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in "（）()　 .．")


def counts(found: list[Line]) -> Iterator[tuple[Any, str, str, int]]:
    """How many units stand how: word, colour, shape, number; only what occurs."""
    tally = Counter(line.state for line in found)
    yield from ((*STATES[state], tally[state]) for state in STATES if tally[state])
