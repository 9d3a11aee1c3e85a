"""Reads the national calendar of the library and announcements given as files. Not here: what the days mean."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from zhicheng.base import datafile
from zhicheng.base.calendar.days import Announcement, Calendar
from zhicheng.base.errors import UnreadableInput


class _AnnouncementFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    year: int
    source: str
    rest: dict[date, str]
    work: list[date] = []

    @model_validator(mode="after")
    def _days_of_its_year(self) -> _AnnouncementFile:
        if wrong := [day for day in [*self.rest, *self.work] if day.year != self.year]:
            raise ValueError(f"{wrong[0]} 不在 {self.year} 年")
        if both := set(self.rest) & set(self.work):
            raise ValueError(f"{min(both)} 既放假又上班")
        if wrong := [day for day in self.work if day.weekday() < 5]:
            raise ValueError(f"{wrong[0]} 本来就是工作日，不必写在 work 里")
        return self

    def announcement(self) -> Announcement:
        return Announcement(self.year, self.source, dict(self.rest), frozenset(self.work))


class _CalendarFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zone: str
    announced_from: date
    announced_through: date
    source: str
    announcements: list[_AnnouncementFile] = []


def read_announcements(text: str, where: str = "放假通知") -> tuple[Announcement, ...]:
    """Announcements from YAML: one or a list of {year, source, rest: {day: name}, work: [day]}."""
    try:
        found = datafile.parse(text, where)
        rows = found if isinstance(found, list) else [found]
        return tuple(_AnnouncementFile.model_validate(row).announcement() for row in rows)
    except ValidationError as error:
        raise _unreadable(error, where) from None


@cache
def national() -> Calendar:
    """The calendar of library/cn/calendar.yaml."""
    where = "library/cn/calendar.yaml"
    try:
        found = _CalendarFile.model_validate(datafile.parse((files("zhicheng") / where).read_text("utf-8"), where))
    except ValidationError as error:
        raise _unreadable(error, where) from None
    return Calendar(
        found.announced_from, found.announced_through, tuple(row.announcement() for row in found.announcements)
    )


def _unreadable(error: ValidationError, where: str) -> UnreadableInput:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return UnreadableInput(
        f"日历文件读不懂：{first['msg']}", where=f"{where} {place}".strip(), todo="按文件开头的写法改正"
    )
