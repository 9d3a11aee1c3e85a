"""责任单位 for pages: what each unit owes under a version. Not here: which rows a person may see (all officials see all)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhicheng.base.errors import Missing
from zhicheng.store.models import Assignment, Commitment, Instrument, PlanVersion, Project, Target, Task, Unit


@dataclass
class Duty:
    """One task of one unit: its role there, and all that hangs on the task."""

    task: Task
    assignment: Assignment
    units: int
    targets: list[Target] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


@dataclass
class Share:
    """What one unit owes under the whole plan."""

    unit: Unit
    duties: list[Duty] = field(default_factory=list)

    @property
    def first(self) -> list[Duty]:
        """Tasks where it is named lead, or first where the text names no lead."""
        return [duty for duty in self.duties if duty.assignment.role in ("lead", "first")]

    @property
    def targets(self) -> int:
        return sum(len(duty.targets) for duty in self.duties)

    @property
    def instruments(self) -> int:
        return sum(len(duty.instruments) for duty in self.duties)

    @property
    def commitments(self) -> int:
        return sum(len(duty.commitments) for duty in self.duties)

    @property
    def clauses(self) -> frozenset[str]:
        """Keys of the clauses of its tasks."""
        return frozenset(duty.task.clause.key for duty in self.duties)

    def of_project(self, project: Project) -> list[Duty]:
        return [duty for duty in self.duties if duty.task.project_id == project.pk]


def projects(version: PlanVersion) -> list[Project]:
    """工程 in the order of the plan."""
    return list(version.projects.select_related("clause"))


def shares(version: PlanVersion) -> list[Share]:
    """Every unit with what it owes, in the order of the plan; seven queries whatever their number."""
    parts = _parts_by_clause(version)
    found = {unit.pk: Share(unit) for unit in version.units.prefetch_related("names")}
    tasks = version.tasks.select_related("clause", "project").prefetch_related("assignments")
    for task in tasks:
        assignments = list(task.assignments.all())
        for assignment in assignments:
            duty = Duty(task, assignment, len(assignments), **parts.get(task.clause_id, {}))
            found[assignment.unit_id].duties.append(duty)
    return list(found.values())


def share(version: PlanVersion, key: str) -> Share:
    """What the unit with this key owes. Raises Missing."""
    for each in shares(version):
        if each.unit.key == key:
            return each
    raise Missing(f"本版方案没有代号为“{key}”的责任单位", todo="从责任单位列表中选择")


def _parts_by_clause(version: PlanVersion) -> dict[int, dict[str, list[Any]]]:
    """Targets, instruments and commitments by the clause they stand in."""
    found: dict[int, dict[str, list[Any]]] = {}
    for name in ("targets", "instruments", "commitments"):
        for row in getattr(version, name).select_related("clause"):
            found.setdefault(row.clause_id, {}).setdefault(name, []).append(row)
    return found
