"""An axis of true dates with labels that do not overlap (时间轴), as numbers a template draws. Pure; not here: what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from unicodedata import east_asian_width

WIDTH = 1232
_MARGIN = 8
_LINE = 18  # height of one line of a label
_ROW = 2 * _LINE + 12  # one label of two lines with air
_SIGN, _LATIN = 14.0, 8.0  # widths of a Chinese sign and of a Latin letter at the label's size, generously
_LATE = 0.3  # share of the axis given to what comes long after the last event
_BREAK = timedelta(days=120)


@dataclass(frozen=True)
class Event:
    """Something on the axis. end: the last day of a stretch; exact: the very day is known; alarm: drawn in red."""

    start: date
    title: str
    detail: str
    end: date | None = None
    exact: bool = True
    alarm: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Label:
    """A drawn event: x of its mark, right end of a stretch, and where its two lines stand."""

    event: Event
    x: float
    x2: float | None
    text_x: float
    text_y: float
    stem_y: float
    end_anchored: bool

    @property
    def width(self) -> float:
        """Of a stretch; at least three pixels, so that it is seen."""
        return 0 if self.x2 is None else max(3, round(self.x2 - self.x, 1))


@dataclass(frozen=True)
class Axis:
    """Everything the template draws. y: of the line; ticks: x and words; breaks: x of the break in scale, if there is one."""

    width: int
    height: int
    y: int
    labels: tuple[Label, ...]
    ticks: tuple[tuple[float, str], ...]
    breaks: float | None
    period: tuple[float, float] | None


@dataclass
class _Scale:
    """Days to pixels; days long after the last event are drawn closer together, after a marked break."""

    first: date
    last: date
    dense_end: date

    @property
    def broken(self) -> bool:
        return self.last - self.dense_end > _BREAK

    @property
    def turn(self) -> float:
        return WIDTH * (1 - _LATE) if self.broken else WIDTH - _MARGIN

    def x(self, day: date) -> float:
        if day <= self.dense_end or not self.broken:
            end = self.dense_end if self.broken else self.last
            whole = max(1, (end - self.first).days)
            return round(_MARGIN + (self.turn - _MARGIN) * max(0, (day - self.first).days) / whole, 1)
        whole = max(1, (self.last - self.dense_end).days)
        return round(self.turn + (WIDTH - _MARGIN - self.turn) * (day - self.dense_end).days / whole, 1)


@dataclass
class _Rows:
    """Where labels already stand: rows above (odd) and below (even) the line, nearest first."""

    taken: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def place(self, left: float, right: float) -> int:
        row = 1
        while any(left < used_right and used_left < right for used_left, used_right in self.taken.get(row, [])):
            row += 1
        self.taken.setdefault(row, []).append((left, right))
        return row

    def depth(self, below: bool) -> int:
        return max(((row + 1) // 2 for row in self.taken if (row % 2 == 0) == below), default=0)


def layout(events: Iterable[Event], until: date, period: tuple[date, date] | None = None) -> Axis | None:
    """The axis from the first event to `until` or the last event, whichever is later; None without events.

    period: a stretch drawn along the line (the plan's years), cut to the axis.
    """
    ordered = sorted(events, key=lambda event: (event.start, event.end or event.start))
    if not ordered:
        return None
    newest = max(event.end or event.start for event in ordered)
    dense = max((event.end or event.start for event in ordered if event.end is None or not event.alarm), default=newest)
    first = ordered[0].start - timedelta(days=10)
    scale = _Scale(first, max(newest, until) + timedelta(days=10), dense + timedelta(days=20))
    rows = _Rows()
    placed = [(event, *_sideways(event, scale)) for event in ordered]
    numbered = [(event, x, left, flip, rows.place(left, left + _width(event))) for event, x, left, flip in placed]
    y = 24 + rows.depth(below=False) * _ROW
    height = y + 34 + rows.depth(below=True) * _ROW
    labels = tuple(_label(event, x, flip, row, y, scale) for event, x, _left, flip, row in numbered)
    return Axis(
        WIDTH, height, y, labels, tuple(_ticks(scale)), scale.turn if scale.broken else None, _stretch(period, scale)
    )


def _sideways(event: Event, scale: _Scale) -> tuple[float, float, bool]:
    """x of the mark, left edge of its label, and whether the label is turned to the left for want of room."""
    x = scale.x(event.start)
    flip = x + _width(event) > WIDTH - _MARGIN
    return x, x - _width(event) if flip else x - 4, flip


def _width(event: Event) -> float:
    return 10 + max(map(_length, (event.title, event.detail)))


def _length(words: str) -> float:
    return sum(_SIGN if east_asian_width(sign) in "WF" else _LATIN for sign in words)


def _label(event: Event, x: float, flip: bool, row: int, y: int, scale: _Scale) -> Label:
    level = (row + 1) // 2
    below = row % 2 == 0
    text_y = y + 30 + (level - 1) * _ROW + _LINE if below else y - 14 - (level - 1) * _ROW - _LINE
    stem_y = text_y - _LINE + 4 if below else text_y + _LINE + 4
    x2 = None if event.end is None else scale.x(event.end)
    return Label(event, x, x2, x, text_y, stem_y, flip)


def _ticks(scale: _Scale) -> Iterable[tuple[float, str]]:
    """Quarters in the dense part, half-years after the break."""
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= scale.last:
        step_ok = month in (1, 4, 7, 10) if day <= scale.dense_end else month in (1, 7)
        if step_ok and day >= scale.first and abs(scale.x(day) - scale.turn) > 30 and scale.x(day) < WIDTH - 30:
            yield scale.x(day), f"{year}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _stretch(period: tuple[date, date] | None, scale: _Scale) -> tuple[float, float] | None:
    if period is None or period[0] > scale.last:
        return None
    left, right = scale.x(max(period[0], scale.first)), scale.x(min(period[1], scale.last))
    return left, round(right - left, 1)
