"""锚: the chain's head written down outside the database, one line a day. Not here: checking against it (usecases/audit).

A line is `day number hash`, e.g. `2024-07-01 318 sha256:9f…`. The file is plain text so that it can be printed, copied
to another disk, or given to a witness.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from zhicheng.base.errors import UnreadableInput


def anchor_file() -> Path:
    return Path(settings.ANCHORS) / "anchors.txt"


def newest_day() -> date | None:
    """The day of the last anchor; None where there is none."""
    return max((day for day, _, _ in _lines(anchor_file())), default=None)


def write(day: date, number: int, head: str) -> bool:
    """Append the day's line unless the file has one; on disk when this returns. True if a line was written."""
    file = anchor_file()
    if any(written >= day for written, _, _ in _lines(file)):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{day.isoformat()} {number} {head}\n")
        out.flush()
        os.fsync(out.fileno())
    return True


def read(file: Path | None = None) -> dict[int, str]:
    """Head by entry number; empty where no file was ever written. Raises UnreadableInput for a line that is no anchor."""
    return {number: head for _, number, head in _lines(file or anchor_file())}


def parse(lines: Iterable[str], where: str) -> dict[int, str]:
    """The same from lines that are already read."""
    return {number: head for _, number, head in _parsed(lines, where)}


def _lines(file: Path) -> Iterator[tuple[date, int, str]]:
    if file.exists():
        try:
            with file.open(encoding="utf-8") as lines:
                yield from _parsed(lines, str(file))
        except UnicodeDecodeError:
            raise UnreadableInput("锚文件不是文本", where=str(file), todo="用未改动的锚文件") from None


def _parsed(lines: Iterable[str], where: str) -> Iterator[tuple[date, int, str]]:
    for place, line in enumerate(lines, 1):
        try:
            day, number, head = line.split()
            yield date.fromisoformat(day), int(number), head
        except ValueError:
            raise UnreadableInput("锚文件有一行读不懂", where=f"{where} 第{place}行", todo="用未改动的锚文件") from None
