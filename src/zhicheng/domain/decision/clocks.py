"""期限，一天一天说清: the legal terms of a decision's stages, laid out day by day. Not here: verdicts (checks/), drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhicheng.base.calendar import Calendar, Reckoning, Term, due, latest_start
from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.engine.law import Duty, LawPack

Answer = Literal["exactly", "longer", "shorter", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a clock. count: its number in the term, None where it does not count. why: name of a day off or worked."""

    day: date
    count: int | None
    working: bool
    why: str
    last: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """One term of one stage. answer: the time shown against the least time of the law; unknown where a date is missing.

    backwards: counted back from the end, since the record does not show the beginning; then `cells` begin with the
    latest day on which it could lawfully have begun. taken: days (or working days) shown, None where unknown.
    """

    stage: str
    term: Term
    duties: tuple[Duty, ...]
    answer: Answer
    backwards: bool
    taken: int | None
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]
    provisional: bool

    @property
    def start(self) -> date:
        return self.cells[0].day

    @property
    def end(self) -> date:
        return self.cells[-1].day


def clocks(record: DecisionRecord, laws: LawPack, calendar: Calendar) -> dict[str, Clock]:
    """The clocks the record lets us lay out, by stage key: the consultation's days, the legality review's working days."""
    found = (
        _clock(
            "participation", "consultation_term", record, ("consultation.start", "consultation.end"), laws, calendar
        ),
        _clock("legality_review", "legality_term", record, ("legality.submitted", "legality.passed"), laws, calendar),
    )
    return {clock.stage: clock for clock in found if clock is not None}


def _clock(
    stage: str, name: str, record: DecisionRecord, ends: tuple[str, str], laws: LawPack, calendar: Calendar
) -> Clock | None:
    start, end = record.day(ends[0]), record.day(ends[1])
    day = start or end
    duties = tuple(duty for duty in laws.duties(name, day) if duty.term) if day else ()
    if not duties or end is None or (start is not None and end < start):
        return None
    if start is None:
        return _backwards(stage, duties, end, calendar)
    return _forwards(stage, duties, (start, end), calendar)


def _term(duties: tuple[Duty, ...]) -> Term:
    """The term of the most specific law."""
    term = duties[0].term
    assert term is not None
    return term


def _forwards(stage: str, duties: tuple[Duty, ...], ends: tuple[date, date], calendar: Calendar) -> Clock:
    """From the day it began to the day it ended, or to the day the term was complete, whichever is later."""
    term, (start, end) = _term(duties), ends
    counted = due(start, term, calendar, rest_day="stay")
    least = counted.nominal or end
    last = max(end, least)
    days = [start + timedelta(n) for n in range((last - start).days + 1)]
    taken = sum(_counts(term, day, calendar) for day in days[1:] if day <= end)
    answer: Answer = "exactly" if end == least else "longer" if end > least else "shorter"
    cells = _cells(days, term, end, calendar)
    return Clock(stage, term, duties, answer, False, taken, cells, counted.notes, counted.provisional)


def _backwards(stage: str, duties: tuple[Duty, ...], end: date, calendar: Calendar) -> Clock:
    term = _term(duties)
    counted: Reckoning = latest_start(end, term, calendar)
    days = [counted.start + timedelta(n) for n in range((end - counted.start).days + 1)]
    cells = _cells(days, term, end, calendar)
    return Clock(stage, term, duties, "unknown", True, None, cells, counted.notes, counted.provisional)


def _counts(term: Term, day: date, calendar: Calendar) -> bool:
    return term.unit != "workday" or calendar.working(day)


def _cells(days: list[date], term: Term, last: date, calendar: Calendar) -> tuple[Cell, ...]:
    cells, number = [], 0
    for day in days:
        known = calendar.day(day)
        counts = day != days[0] and _counts(term, day, calendar)
        number += counts
        cells.append(Cell(day, number if counts else None, known.working, known.name, day == last))
    return tuple(cells)
