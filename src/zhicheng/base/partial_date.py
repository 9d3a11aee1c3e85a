"""日期，写到哪算到哪: a date of which perhaps only the year or the month is known. Not here: counting of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from zhicheng.base.errors import UnreadableInput

_WRITTEN = re.compile(r"^\s*(\d{4})(?:\s*[-.年]\s*(\d{1,2}))?(?:\s*[-.月]\s*(\d{1,2}))?\s*[年月日]?\s*$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """2022, 2021-12 or 2021-11-05. Nothing is filled in: `exact` is None unless the day is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def written(cls, text: object) -> PartialDate:
        """A date as people write it in YAML; raises UnreadableInput."""
        if isinstance(text, date):
            return cls(text.year, text.month, text.day)
        match = _WRITTEN.match(str(text))
        if match is None:
            raise UnreadableInput(f"“{text}”不是日期", todo="写成 2021-11-05、2021-12 或 2022")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError:
            raise UnreadableInput(f"“{text}”不是历法上有的日期", todo="核对年月日") from None
        return cls(year or 0, month, day)

    @property
    def exact(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """As YAML takes it: 2022, 2021-12, 2021-11-05."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def chinese(self) -> str:
        """2022年, 2021年12月, 2021年11月5日."""
        return "".join(
            f"{part}{sign}" for part, sign in zip((self.year, self.month, self.day), "年月日", strict=True) if part
        )
