"""A clock as a strip of days and two or three sentences. Not here: the counting (domain/decision/clocks)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from zhicheng.domain.decision.clocks import Cell, Clock
from zhicheng.faces.web import wording

_WEEKDAYS = (
    pgettext_lazy("weekday", "一"),
    pgettext_lazy("weekday", "二"),
    pgettext_lazy("weekday", "三"),
    pgettext_lazy("weekday", "四"),
    pgettext_lazy("weekday", "五"),
    pgettext_lazy("weekday", "六"),
    pgettext_lazy("weekday", "日"),
)


@dataclass(frozen=True)
class Box:
    """One day of the strip: what stands in its three lines, its classes, and the same as a sentence for a screen reader."""

    day: str
    count: str
    name: Any
    classes: str
    spoken: str


def boxes(clock: Clock) -> list[Box]:
    """The days in order; the first is the day the term began, which does not count."""
    return [_box(cell, clock, index) for index, cell in enumerate(clock.cells)]


def _box(cell: Cell, clock: Clock, index: int) -> Box:
    with_month = index == 0 or cell.day.day == 1
    shown = f"{cell.day.month}/{cell.day.day}" if with_month or clock.term.unit == "workday" else str(cell.day.day)
    classes = [name for name, holds in (("first", index == 0), ("off", not cell.working), ("last", cell.last)) if holds]
    return Box(
        shown, "—" if cell.count is None else str(cell.count), day_name(cell), " ".join(classes), _spoken(cell, index)
    )


def day_name(cell: Cell) -> Any:
    """休 for a working weekday that is off, 班 for a weekend day that is worked, else the weekday."""
    weekend = cell.day.weekday() >= 5
    if cell.working and weekend:
        return gettext("班")
    return gettext("休") if not cell.working and not weekend else _WEEKDAYS[cell.day.weekday()]


def _spoken(cell: Cell, index: int) -> str:
    if index == 0:
        said = gettext("起算日，不计入")
    elif cell.count is None:
        said = gettext("不计")
    else:
        said = gettext("第 {n} 天").format(n=cell.count)
    return f"{cell.day.isoformat()} {said}"


def title(clock: Clock) -> str:
    """The clock in one line: the time shown against the least time."""
    term = wording.term(clock.term)
    words = {
        "exactly": gettext("恰好 {term}，踩在下限上"),
        "longer": gettext("{n} 天，不少于 {term}"),
        "shorter": gettext("只有 {n} 天，不足 {term}"),
        "unknown": gettext("无法计算：起始日期未记。倒推 {term} 如下"),
    }
    return words[clock.answer].format(term=term, n=clock.taken)


def sentences(clock: Clock) -> list[str]:
    """The rule, the odd days, and what follows: two to four sentences."""
    counted = gettext("只计工作日") if clock.term.unit == "workday" else gettext("以自然日计，休息日照算")
    found = [gettext("起算日 {day} 不计；{how}。").format(day=clock.start.isoformat(), how=counted)]
    found += [
        gettext("{day} 是周末，因调休上班，计为工作日。").format(day=cell.day.isoformat())
        for cell in clock.cells
        if clock.term.unit == "workday" and cell.working and cell.day.weekday() >= 5
    ]
    end = clock.cells[-1]
    if not end.working:
        words = gettext("最后一天 {day} 是休息日；征集期满即止，不因此缩短，是否顺延没有写明。")
        found.append(words.format(day=end.day.isoformat()))
    if clock.backwards:
        words = gettext("最晚应在 {day} 开始；晚于这一天即不足 {term}。")
        found.append(words.format(day=clock.start.isoformat(), term=wording.term(clock.term)))
    if clock.provisional:
        found.append(gettext("所涉年份的放假安排尚未公布，结果暂定。"))
    return found
