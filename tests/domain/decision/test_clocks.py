"""The clocks of a decision: day by day, forwards where both ends are known, backwards where the beginning is not."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from zhicheng.base import calendar
from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision.clocks import Clock, clocks
from zhicheng.domain.decision.model import STAGES, DecisionRecord, Fact, Stage
from zhicheng.engine.law import load_laws


def _clocks(**days: date) -> dict[str, Clock]:
    """Clocks of a record with these days; a key is written with __ for the dot."""
    facts = [
        Fact(key.replace("__", "."), when=PartialDate(day.year, day.month, day.day), source="x")
        for key, day in days.items()
    ]
    stages = tuple(
        Stage(rule.key, "", None, True, "", "", True, None, tuple(f for f in facts if f.rule.stage == rule.key), ())
        for rule in STAGES
    )
    return clocks(DecisionRecord("", "", ("cn",), stages), load_laws(("cn",)), calendar.national())


def _consultation(last: date) -> Clock:
    return _clocks(consultation__start=date(2021, 9, 30), consultation__end=last)["participation"]


@pytest.mark.parametrize(
    ("last", "answer", "taken"),
    [
        (date(2021, 10, 29), "shorter", 29),
        (date(2021, 10, 30), "exactly", 30),
        (date(2021, 10, 31), "longer", 31),
    ],
)
def test_consultation_is_measured_against_thirty_days(last: date, answer: str, taken: int) -> None:
    clock = _consultation(last)

    assert (clock.answer, clock.taken) == (answer, taken)


def test_natural_days_count_holidays_and_only_the_first_day_does_not() -> None:
    cells = _consultation(date(2021, 10, 30)).cells

    assert [cell.count for cell in cells] == [None, *range(1, 31)]
    assert not cells[1].working  # 国庆节
    assert (cells[-1].last, cells[-1].day.weekday()) == (True, 5)


def test_short_consultation_shows_the_days_it_lacked() -> None:
    clock = _consultation(date(2021, 10, 20))

    assert clock.end == date(2021, 10, 30)
    assert [cell.day for cell in clock.cells if cell.last] == [date(2021, 10, 20)]


def test_review_without_submission_is_counted_backwards() -> None:
    clock = _clocks(legality__passed=date(2022, 4, 24))["legality_review"]

    assert (clock.answer, clock.backwards, clock.taken) == ("unknown", True, None)
    assert clock.start == date(2022, 4, 14)
    assert [cell.day for cell in clock.cells if cell.count] == [
        date(2022, 4, day) for day in (15, 18, 19, 20, 21, 22, 24)
    ]


def test_review_with_both_days_counts_working_days_only() -> None:
    days = {"legality__submitted": date(2022, 4, 15), "legality__passed": date(2022, 4, 24)}

    clock = _clocks(**days)["legality_review"]

    assert (clock.answer, clock.taken) == ("shorter", 6)


def test_clock_needs_an_end_that_is_not_before_its_start() -> None:
    assert _clocks(consultation__start=date(2021, 9, 30)) == {}
    assert _clocks(consultation__start=date(2021, 9, 30), consultation__end=date(2021, 9, 1)) == {}


def test_cells_are_consecutive_days() -> None:
    cells = _consultation(date(2021, 11, 5)).cells

    assert all(later.day - earlier.day == timedelta(1) for earlier, later in pairwise(cells))
