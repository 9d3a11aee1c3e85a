"""提纲: the tree of numbered sections of one document. Not here: which sections are tasks (tasks)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section (or 【named】 one). start..end holds its children too; own_end is where the first child begins.

    title_span: the characters of the title alone. first..last: its paragraphs by index; own_last: where its first child
    begins.
    """

    index: int
    kind: str
    number: str
    ordinal: int
    title: str
    title_span: Span
    level: int
    parent: int | None
    path: tuple[str, ...]
    span: Span
    own_end: int
    first: int
    last: int
    own_last: int

    @property
    def heading(self) -> str:
        """Number and title as a path element: 一、工作目标, (一)实施…工程, 第一条 …"""
        gap = " " if self.number.startswith("第") and self.title else ""
        return f"{self.number}{gap}{self.title}"


_NAMED = re.compile(r"^[【\[〖]([^】\]〗]{2,40})[】\]〗]")
_RANK = ("part", "chapter", "node", "han")


def outline(paragraphs: tuple[Paragraph, ...], end: int) -> tuple[Section, ...]:
    """Sections of one document in text order; `end` closes the last.

    A style of number seen for the first time opens a level below the current one; a style already open closes what
    lies below it. So numbers may run on across chapters ((三) under 二、) and levels may be skipped.
    """
    opened: list[Section] = []  # the way from the top to the current section
    done: list[Section] = []
    for place, paragraph in enumerate(paragraphs):
        kind = _kind(paragraph)
        if kind is None:
            continue
        depth = _depth(opened, kind, paragraph)
        for section in opened[depth:]:
            done[section.index] = replace(
                done[section.index], span=Span(section.span.start, paragraph.span.start), last=place
            )
        opened = opened[:depth]
        if opened and done[opened[-1].index].own_end == end:
            done[opened[-1].index] = replace(done[opened[-1].index], own_end=paragraph.span.start, own_last=place)
        section = _section(paragraph, kind, opened, len(done), place, end, len(paragraphs))
        opened.append(section)
        done.append(section)
    return tuple(done)


def _kind(paragraph: Paragraph) -> str | None:
    if paragraph.numbering:
        return paragraph.numbering.kind
    return "named" if _NAMED.match(paragraph.text) else None


def _depth(opened: list[Section], kind: str, paragraph: Paragraph) -> int:
    """How many open sections stay open when a number of this style comes."""
    for depth, section in enumerate(opened):
        if section.kind == kind:
            return depth
    if kind in _RANK:  # 第一章 and 一、 never stand below a lesser style
        for depth, section in enumerate(opened):
            if section.kind not in _RANK or _RANK.index(section.kind) > _RANK.index(kind):
                return depth
    return len(opened)


def _section(
    paragraph: Paragraph, kind: str, opened: list[Section], index: int, place: int, end: int, last: int
) -> Section:
    number = paragraph.numbering.written if paragraph.numbering else ""
    start, stop = _title(paragraph)
    return Section(
        index=index,
        kind=kind,
        number=number,
        ordinal=paragraph.numbering.ordinal if paragraph.numbering else 0,
        title=paragraph.text[start:stop],
        title_span=paragraph.folded.span(start, stop),
        level=len(opened),
        parent=opened[-1].index if opened else None,
        path=tuple(s.heading for s in opened),
        span=Span(paragraph.span.start, end),
        own_end=end,
        first=place,
        last=last,
        own_last=last,
    )


_TITLE_END = re.compile(
    r"[。!?]|:$|;$|[(\[](?=[^()]{0,6}(?:责任|负责|牵头|配合|完成|主管|实施)(?:单位|部门|人|主体|时限))"
)


def _title(paragraph: Paragraph) -> tuple[int, int]:
    """Folded [start, end) of the title: 【…】, or up to the first full stop, or the whole line."""
    text = paragraph.text
    start = paragraph.numbering.length if paragraph.numbering else 0
    named = _NAMED.match(text[start:])
    if named:
        return start + named.start(1), start + named.end(1)
    return start, title_end(text, start)


def title_end(text: str, start: int) -> int:
    """Where a title that begins at folded `start` ends."""
    match = _TITLE_END.search(text, start + 1) if start < len(text) else None
    stop = match.start() if match else len(text)
    while stop > start and text[stop - 1] in " ,、:;":
        stop -= 1
    return stop
