"""When a term ends and why, day by day (期限计算). Not here: where terms come from, what follows a missed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from zhicheng.base.calendar.days import Calendar
from zhicheng.base.calendar.terms import Term, add_months, merged
from zhicheng.base.errors import UnreadableInput

RestDay = Literal["forward", "stay"]
"""What happens when the last day is a day off: the end moves on to the next working day, or stays where it is."""

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Pause:
    """停止计算: days from `since` up to but without `until` do not count; until None = still so. reason: 中止：等待判决 …"""

    since: date
    until: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise UnreadableInput(f"停止计算自 {self.since} 起却在 {self.until} 恢复", todo="核对两个日期")

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, with the reason in people's words."""

    day: date
    why: str


@dataclass(frozen=True)
class Reckoning:
    """A term counted out.

    nominal: the last counted day; due: nominal, or the working day it moved on to; None while a pause is open, when
    `remaining` says what is still to be counted (in days of the running part). provisional: some day decided that no
    announcement covers yet. terms: the term and its extensions.
    """

    start: date
    terms: tuple[Term, ...]
    due: date | None
    nominal: date | None
    provisional: bool
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    remaining: int = 0
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The document of `calendar due --json`."""
        return {
            "start": self.start.isoformat(),
            "term": "，延长".join(map(str, self.terms)),
            "due": self.due and self.due.isoformat(),
            "provisional": self.provisional,
            "counted": [day.isoformat() for day in self.counted],
            "skipped": [{"day": skip.day.isoformat(), "why": skip.why} for skip in self.skipped],
            "nominal": self.nominal and self.nominal.isoformat(),
            "remaining": self.remaining,
            "notes": list(self.notes),
        }


@dataclass
class _Count:
    """A count under way: stands on `day`, has counted and skipped what lies behind it."""

    calendar: Calendar
    pauses: Sequence[Pause]
    day: date
    counted: list[date] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    provisional: bool = False

    def rest(self, day: date) -> str | None:
        """The name of a day off, None for a working day; notes that a day not announced was asked for."""
        found = self.calendar.day(day)
        self.provisional |= not found.announced
        return None if found.working else self.name(day)

    def name(self, day: date) -> str:
        found = self.calendar.day(day)
        return found.name if found.announced else f"{found.name}（推定）"

    def paused(self, day: date) -> str | None:
        for pause in self.pauses:
            if pause.covers(day):
                return pause.reason or "停止计算"
        return None

    def stopped(self) -> bool:
        """Whether an open pause keeps the count from ever going on."""
        return any(pause.until is None and pause.since <= self.day + _DAY for pause in self.pauses)

    def advance(self, needed: int, workdays: bool) -> int:
        """Count `needed` further days; returns how many are left because of an open pause."""
        while needed and not self.stopped():
            self.day += _DAY
            why = self.paused(self.day) or (self.rest(self.day) if workdays else None)
            if why is None:
                self.counted.append(self.day)
                needed -= 1
            else:
                self.skipped.append(Skipped(self.day, why))
        return needed

    def move_on(self) -> bool:
        """From a last day that is off, or paused, to the next day that is neither; False if an open pause forbids."""
        while self.paused(self.day) or self.rest(self.day):
            if self.day not in self.counted[-1:]:
                self.skipped.append(Skipped(self.day, self.paused(self.day) or self.rest(self.day) or ""))
            if self.stopped():
                return False
            self.day += _DAY
        return True


def due(
    start: date,
    term: Term,
    calendar: Calendar,
    *,
    rest_day: RestDay = "forward",
    extensions: Sequence[Term] = (),
    pauses: Sequence[Pause] = (),
    speed: int = 1,
) -> Reckoning:
    """When a term that began on `start` ends. The start day itself is not counted.

    rest_day: "stay" for minimum periods such as public comment, which are complete on their last day whatever day it
    is. extensions run on from the unmoved end. speed: a training city counts every part as 1/speed, rounded up.
    Raises UnreadableInput for a speed below 1 or an end past the year 9999.
    """
    if speed < 1:
        raise UnreadableInput(f"加速倍数 {speed} 小于 1", todo="写 1（不加速）或更大的整数")
    count = _Count(calendar, pauses, start)
    try:
        return _count_out([term, *extensions], count, rest_day, speed)
    except (OverflowError, ValueError):
        raise UnreadableInput(f"自 {start} 起 {term} 超出公历可表示的范围", todo="核对起算日和期限") from None


def _count_out(terms: list[Term], count: _Count, rest_day: RestDay, speed: int) -> Reckoning:
    start, left = count.day, 0
    for term in merged(terms):
        workdays = term.unit == "workday"
        needed = term.length if workdays else term.natural_days(count.day)
        left = count.advance(-(-needed // speed), workdays)
        if left:
            break
    nominal = None if left else count.day
    end = count.day if nominal and (rest_day == "stay" or count.move_on()) else None
    return Reckoning(
        start=start,
        terms=tuple(terms),
        due=end,
        nominal=nominal,
        provisional=count.provisional,
        counted=tuple(count.counted),
        skipped=tuple(count.skipped),
        remaining=left,
        notes=(
            f"起算日 {start} 不计入，期限为{'，延长'.join(map(str, terms))}。",
            *([f"培训城市：期限按 1/{speed} 计，不足一日按一日。"] if speed > 1 else []),
            *_end_notes(nominal, end, count, rest_day),
        ),
    )


def _end_notes(nominal: date | None, end: date | None, count: _Count, rest_day: RestDay) -> list[str]:
    """What was done about the last day, as sentences."""
    notes: list[str] = []
    if nominal is None or end is None:
        notes.append("正在停止计算，恢复后才能算出期满日。")
    elif end != nominal:
        notes.append(f"最后一日 {nominal} 为{count.name(nominal)}，顺延至 {end}。")
    elif rest_day == "stay" and not count.calendar.working(nominal):
        notes.append(f"最后一日 {nominal} 为{count.name(nominal)}，按本期限的规则不顺延。")
    if count.provisional:
        notes.append("所涉年份的放假安排尚未公布（待国务院办公厅公布），结果暂定。")
    return notes


def latest_start(end: date, term: Term, calendar: Calendar) -> Reckoning:
    """Counting backwards: the last day on which `term` may begin so that it is complete on `end` at the latest.

    The answer's `start` is that day; it need not be a working day itself. Seven working days complete on 2022-04-24,
    a Sunday worked for the Labour Day holiday, begin on 2022-04-14 at the latest.
    """
    start = end
    if term.unit == "workday":
        left = term.length
        while left:
            left -= calendar.working(start)
            start -= _DAY
    elif term.unit == "day":
        start = end - timedelta(term.length)
    else:
        months = term.length * (12 if term.unit == "year" else 1)
        start = add_months(end, -months)
        while add_months(start + _DAY, months) <= end:
            start += _DAY
    return due(start, term, calendar, rest_day="stay")
