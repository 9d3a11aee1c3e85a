"""任务分工表: tasks given as the rows of a table, cells parted by tabs. Not here: tasks in running text (tasks)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.outline import title_end
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.tasks import Task
from zhicheng.domain.plan.compiler.units import Role, UnitRef, listed_units

_TITLES = (
    "具体任务",
    "重点任务",
    "工作任务",
    "主要任务",
    "任务名称",
    "任务",
    "具体举措",
    "举措",
    "措施",
    "工作事项",
    "事项",
    "工作内容",
    "内容",
    "项目",
)
_UNITS: tuple[tuple[str, Role | None], ...] = (
    (r"牵头(?:责任)?(?:单位|部门)|主办单位|主责单位|牵头", "lead"),
    (r"配合(?:单位|部门)|协办单位|参与单位|协同单位|配合", "support"),
    (r"(?:责任|负责|落实|实施|承办)(?:单位|部门|主体)", None),
)


@dataclass(frozen=True, slots=True)
class _Columns:
    titles: tuple[int, ...]
    units: tuple[tuple[int, Role | None], ...]


def table_tasks(paragraphs: Sequence[Paragraph]) -> tuple[Task, ...]:
    """Rows below a header that names a task column and a unit column; a merged title cell holds for the rows below it."""
    return tuple(_rows(paragraphs))


def _rows(paragraphs: Sequence[Paragraph]) -> Iterator[Task]:
    columns: _Columns | None = None
    carried = ""
    for paragraph in paragraphs:
        cells = _cells(paragraph)
        header = _columns([text for text, _ in cells]) if len(cells) > 1 else None
        if header or len(cells) < 2:
            columns, carried = header, ""
            continue
        if columns is None:
            continue
        task, carried = _task(paragraph, cells, columns, carried)
        if task:
            yield task


def _cells(paragraph: Paragraph) -> list[tuple[str, int]]:
    """(text, folded start) of each cell of a row."""
    cells, start = [], 0
    for text in paragraph.text.split("\t"):
        cells.append((text, start))
        start += len(text) + 1
    return cells


def _columns(cells: list[str]) -> _Columns | None:
    units = tuple((at, role) for at, cell in enumerate(cells) for words, role in _UNITS if re.fullmatch(words, cell))
    titles = tuple(at for name in _TITLES for at, cell in enumerate(cells) if cell == name)
    return _Columns(titles, units) if units and titles else None


def _task(
    paragraph: Paragraph, cells: list[tuple[str, int]], columns: _Columns, carried: str
) -> tuple[Task | None, str]:
    counted = re.fullmatch(r"\d{1,3}|[一二三四五六七八九十]{1,3}", cells[0][0]) is not None
    # a row short of cells lacks its first ones (merged with the row above), unless it opens with its own number
    shift = 0 if counted else min(0, len(cells) - 1 - max(*columns.titles, *(at for at, _ in columns.units)))
    filled = [at + shift for at in columns.titles if 0 <= at + shift < len(cells) and cells[at + shift][0]]
    if not filled:
        return None, carried
    text, start = cells[filled[0]]
    stop = title_end(text, 0)
    units: list[UnitRef] = []
    for at, role in columns.units:
        if 0 <= at + shift < len(cells):
            chunk, offset = cells[at + shift]
            units.extend(listed_units(paragraph.folded, chunk, offset, role))
    number = cells[0][0] if counted else None
    task = Task(
        number,
        (carried,) if carried else (),
        text[:stop],
        paragraph.folded.span(start, start + stop),
        tuple(units),
        Span(paragraph.span.start, paragraph.span.end),
        None,
    )
    return task, carried
