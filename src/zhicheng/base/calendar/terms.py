"""Lengths of legal terms as people write them (7 工作日, 30 日, 3 月). Not here: when one ends."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhicheng.base.errors import UnreadableInput

Unit = Literal["workday", "day", "month", "year"]

_NAMES: dict[Unit, str] = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
_UNITS: dict[str, Unit] = {
    "工作日": "workday",
    "日": "day",
    "天": "day",
    "自然日": "day",
    "月": "month",
    "年": "year",
}
_LONGEST: dict[Unit, int] = {"workday": 36_500, "day": 36_500, "month": 1_200, "year": 100}
_WRITTEN = re.compile(r"^\s*([0-9]+)\s*个?\s*(工作日|自然日|日|天|月|年)\s*$")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time in one unit. Days without 工作日 are natural days."""

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.length <= _LONGEST[self.unit]:
            raise UnreadableInput(
                f"期限“{self}”超出可算的范围", todo=f"写 1 至 {_LONGEST[self.unit]} 之间的{_NAMES[self.unit]}"
            )

    @classmethod
    def written(cls, text: str) -> Term:
        """A term as YAML has it: 30 工作日, 15 日, 3 月, 1 年. A bare number is refused (DESIGN 2.3)."""
        match = _WRITTEN.match(str(text))
        if match is None:
            raise UnreadableInput(f"“{text}”不是写明单位的期限", todo="写成例如 7 工作日、30 日、3 月")
        return cls(int(match.group(1)), _UNITS[match.group(2)])

    def natural_days(self, start: date) -> int:
        """How many days after `start` the term runs; for months and years by the calendar. Not for working days."""
        if self.unit == "workday":
            raise ValueError("working days have no fixed number of natural days")
        if self.unit == "day":
            return self.length
        return (add_months(start, self.length * (12 if self.unit == "year" else 1)) - start).days

    def faster(self, speed: int) -> Term:
        """The term with its number divided, rounded up, for the training city's short notices."""
        return Term(-(-self.length // speed), self.unit)

    def __str__(self) -> str:
        return f"{self.length}{_NAMES[self.unit]}"


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); in a month too short for it, that month's last day (民法典第202条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def merged(terms: list[Term]) -> list[Term]:
    """Neighbours of one unit as one term, so that 3 月 + 1 月 from 11-30 is 03-30 and not 03-28."""
    out: list[Term] = []
    for term in terms:
        if out and out[-1].unit == term.unit:
            out[-1] = Term(out[-1].length + term.length, term.unit)
        else:
            out.append(term)
    return out
