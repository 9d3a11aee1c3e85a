"""发文字号: 机关代字〔年份〕序号号 (GB/T 9704-2012 7.2.5). Not here: which number is next (store/papers/serials)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"^(\S+?)〔([0-9]{4})〕([1-9][0-9]*)号$")


@dataclass(frozen=True, order=True, slots=True)
class Number:
    """One number: series (机关代字 with its 分类), year, serial from 1."""

    series: str
    year: int
    serial: int

    def __str__(self) -> str:
        """Year in full in hexagonal brackets; no 第, no leading zero."""
        return f"{self.series}〔{self.year}〕{self.serial}号"


def parse(text: str) -> Number | None:
    """The number a text is, or None for anything that is not written as the standard asks."""
    match = _WRITTEN.match(text)
    return Number(match.group(1), int(match.group(2)), int(match.group(3))) if match else None
