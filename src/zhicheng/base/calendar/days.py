"""Which days are worked (工作日、调休、放假), year by year. Not here: the counting of terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

_ZONE = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = "一二三四五六日"


def legal_day(moment: datetime) -> date:
    """The day on which something happened in China; `moment` must know its zone (ValueError else)."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no legal day")
    return moment.astimezone(_ZONE).date()


@dataclass(frozen=True, slots=True)
class Day:
    """One day. name: 星期六, 国庆节, 调休上班 …; announced: False where the State Council has not spoken yet (推定)."""

    date: date
    working: bool
    name: str
    announced: bool


@dataclass(frozen=True)
class Announcement:
    """One notice on the days off of a year. rest: every day off by name; work: weekend days that are worked."""

    year: int
    source: str
    rest: Mapping[date, str]
    work: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """The working days of the country.

    announced_from, announced_through: the years the `holidays` library is trusted for. A later announcement stands
    alone (weekdays are worked but for its own days); one for a trusted year amends that year day by day.
    """

    announced_from: date
    announced_through: date
    announcements: tuple[Announcement, ...] = ()
    _years: dict[int, tuple[Day, ...]] = field(default_factory=dict, compare=False, repr=False)

    def day(self, day: date) -> Day:
        """The day by the calendar; a whole year is worked out at its first question and kept."""
        year = self._years.get(day.year)
        if year is None:
            year = self._years[day.year] = self._whole_year(day.year)
        return year[day.toordinal() - year[0].date.toordinal()]

    def working(self, day: date) -> bool:
        return self.day(day).working

    def announcing(self, *more: Announcement) -> Calendar:
        """This calendar after further announcements; later ones win over earlier ones, day by day."""
        return replace(self, announcements=(*self.announcements, *more), _years={})

    def _whole_year(self, year: int) -> tuple[Day, ...]:
        trusted = self.announced_from.year <= year <= self.announced_through.year
        notices = [notice for notice in self.announcements if notice.year == year]
        announced = trusted or bool(notices)
        rest, work = ({}, set()) if notices and not trusted else _from_library(year)
        for notice in notices:
            rest = {day: name for day, name in rest.items() if day not in notice.work} | dict(notice.rest)
            work = (work - notice.rest.keys()) | notice.work
        first = date(year, 1, 1)
        return tuple(
            _day(first + timedelta(n), rest, work, announced) for n in range((date(year, 12, 31) - first).days + 1)
        )


def _day(day: date, rest: Mapping[date, str], work: set[date], announced: bool) -> Day:
    weekday = f"星期{_WEEKDAYS[day.weekday()]}"
    if day in work:
        return Day(day, True, "调休上班", announced)
    if day in rest:
        return Day(day, False, rest[day], announced)
    return Day(day, day.weekday() < 5, weekday, announced)


def _from_library(year: int) -> tuple[dict[date, str], set[date]]:
    found = holidays.country_holidays("CN", years=year, language="zh_CN", expand=False)
    # the library keeps worked weekend days of the neighbouring years in the same set
    return dict(found), {day for day in found.weekend_workdays if day.year == year}
