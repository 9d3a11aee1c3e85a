"""The plan in figures: how many of each thing, split as people ask, project by project. Pure; not here: queries, HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhicheng.domain.plan.model import Instrument, Plan, Project, Target, Task

_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class TaskLine:
    """One task with the worst severity of its unanswered findings ("" = none) and their number."""

    task: Task
    worst: str
    findings: int


@dataclass(frozen=True)
class ProjectLine:
    """One project (工程), or with project None everything the plan says outside its projects."""

    project: Project | None
    tasks: tuple[TaskLine, ...]
    units: int
    targets: tuple[Target, ...]
    instruments: tuple[Instrument, ...]
    commitments: int
    questions: int
    findings: int

    @property
    def unset(self) -> int:
        return sum(each.amount_unset for each in self.instruments)


def project_lines(plan: Plan, findings: Mapping[str, Sequence[Any]], questions: Iterable[str]) -> list[ProjectLine]:
    """Every project, then what lies outside them. findings: unanswered ones by clause key; questions: clause keys of open ones."""
    asked = list(questions)
    lines = [_line(plan, project, _clauses(plan, project), findings, asked) for project in plan.projects]
    inside = {key for project in plan.projects for key in _clauses(plan, project)}
    # a finding may stand under no clause at all: what is absent from the record has no place in the text
    outside = ({clause.key for clause in plan.clauses} | set(findings)) - inside
    return [*lines, _line(plan, None, outside, findings, asked)]


def _clauses(plan: Plan, project: Project) -> set[str]:
    """The project's own clause and all below it."""
    found = {project.clause}
    while more := {clause.key for clause in plan.clauses if clause.parent in found} - found:
        found |= more
    return found


def _line(
    plan: Plan, project: Project | None, clauses: set[str], findings: Mapping[str, Sequence[Any]], asked: list[str]
) -> ProjectLine:
    tasks = [task for task in plan.tasks if task.clause in clauses]
    return ProjectLine(
        project=project,
        tasks=tuple(_task_line(task, findings.get(task.clause, ())) for task in tasks),
        units=len({assignment.unit for task in tasks for assignment in task.units}),
        targets=tuple(each for each in plan.targets if each.clause in clauses),
        instruments=tuple(each for each in plan.instruments if each.clause in clauses),
        commitments=sum(each.clause in clauses for each in plan.commitments),
        questions=sum(key in clauses for key in asked),
        findings=sum(len(found) for key, found in findings.items() if key in clauses),
    )


def _task_line(task: Task, found: Sequence[Any]) -> TaskLine:
    worst = min((each.severity for each in found), key=_RANK.__getitem__, default="")
    return TaskLine(task, worst, len(found))


@dataclass(frozen=True)
class Period:
    """Where a day stands in the plan's years. day: 1 on the first day; left: days still to come; past the end both say so."""

    days: int
    day: int
    left: int
    first: date
    last: date

    @property
    def share(self) -> int:
        """Permille of the period gone by, for drawing."""
        return max(0, min(1000, self.day * 1000 // self.days))


def period_on(plan: Plan, today: date) -> Period:
    first, last = date(plan.period[0], 1, 1), date(plan.period[1], 12, 31)
    return Period((last - first).days + 1, (today - first).days + 1, (last - today).days, first, last)
