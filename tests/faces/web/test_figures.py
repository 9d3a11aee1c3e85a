"""The plan in figures: parts add up to the whole, whatever the plan."""

from dataclasses import dataclass
from datetime import date

import pytest

from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web.figures import period_on, project_lines


@dataclass
class _Found:
    severity: str


def test_lines_add_up_to_the_plan(small_plan: Plan) -> None:
    findings = {"strict": [_Found("info"), _Found("error")], "": [_Found("warning")]}

    lines = project_lines(small_plan, findings, [question.clause for question in small_plan.questions])

    assert sum(len(line.tasks) for line in lines) == len(small_plan.tasks)
    assert sum(len(line.targets) for line in lines) == len(small_plan.targets)
    assert sum(len(line.instruments) for line in lines) == len(small_plan.instruments)
    assert sum(line.commitments for line in lines) == len(small_plan.commitments)
    assert sum(line.questions for line in lines) == len(small_plan.questions)
    assert sum(line.findings for line in lines) == 3


def test_task_carries_its_worst_finding(small_plan: Plan) -> None:
    lines = project_lines(small_plan, {"strict": [_Found("info"), _Found("error"), _Found("warning")]}, [])

    strict, paper = lines[0].tasks
    assert (strict.worst, strict.findings) == ("error", 3)
    assert (paper.worst, paper.findings) == ("", 0)


def test_last_line_holds_what_no_project_holds(small_plan: Plan) -> None:
    line = project_lines(small_plan, {}, [])[-1]

    assert line.project is None
    assert line.tasks == ()


@pytest.mark.parametrize(
    ("today", "day", "left", "share"),
    [
        (date(2021, 12, 31), 0, 1096, 0),
        (date(2022, 1, 1), 1, 1095, 0),
        (date(2024, 7, 1), 913, 183, 833),
        (date(2024, 12, 31), 1096, 0, 1000),
        (date(2025, 1, 1), 1097, -1, 1000),
    ],
)
def test_period_counts_its_days(small_plan: Plan, today: date, day: int, left: int, share: int) -> None:
    period = period_on(small_plan, today)

    assert (period.days, period.day, period.left, period.share) == (1096, day, left, share)
