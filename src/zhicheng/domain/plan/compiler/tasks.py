"""任务: which sections (or paragraphs) are work to be done, and who answers. Not here: how units are read (units)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.outline import Section, title_end
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.units import UnitNote, UnitRef, UnitVocabulary, unit_notes


@dataclass(frozen=True, slots=True)
class Task:
    """One task. span: number to the end of its text; section: index into the outline (None for a table row)."""

    number: str | None
    path: tuple[str, ...]
    title: str
    title_span: Span
    units: tuple[UnitRef, ...]
    span: Span
    section: int | None
    part: int = 0  # n-th paragraph task of one section, 0 = the whole section


# Chapters whose items are not work: aims, principles, steps, safeguards — unless they name units.
_NOT_WORK = re.compile(
    r"总体(?:要求|目标|思路|考虑)|指导思想|基本(?:原则|情况|思路)|工作(?:原则|目标|要求|思路|步骤|机制|保障|基础)|(?:主要|发展|建设|行动|预期|试点|目标)目标|"
    r"^目标|总则|附则|背景|意义|现状|形势|(?:实施|工作|推进|试点)(?:步骤|进度|阶段)|(?:进度|时间|步骤)安排|(?:适用|实施|试点|支持)范围|"
    r"组织(?:领导|保障|实施|机制|推进)|保障(?:措施|机制|条件)|政策(?:兑现|保障)|其他|有关(?:要求|事项)|监督(?:管理|检查)|名词解释|申报(?:条件|程序|流程)"
)
_MINOR = ("arab_paren", "circled", "decimal")


def document_notes(paragraphs: Sequence[Paragraph], vocabulary: UnitVocabulary) -> dict[int, tuple[UnitNote, ...]]:
    """Unit notes by paragraph index, with 列第一位者为牵头单位 carried on to the notes it rules."""
    notes: dict[int, tuple[UnitNote, ...]] = {}
    ruled = any(
        "为牵头" in p.text and "下同" not in p.text and not unit_notes(p.folded, vocabulary) for p in paragraphs
    )
    for place, paragraph in enumerate(paragraphs):
        read = []
        for note in unit_notes(paragraph.folded, vocabulary):
            ruled = ruled or (note.first_leads and note.lasting)
            read.append(_first_leads(note) if ruled or note.first_leads else note)
        if read:
            notes[place] = tuple(read)
    return notes


def _first_leads(note: UnitNote) -> UnitNote:
    """列第一位者为牵头单位: the first unit leads, the rest support, unless the note says who leads."""
    if any(unit.role == "lead" for unit in note.units):
        return note
    units = tuple(replace(u, role=u.role or ("lead" if i == 0 else "support")) for i, u in enumerate(note.units))
    return replace(note, units=units)


def find_tasks(
    paragraphs: tuple[Paragraph, ...], sections: tuple[Section, ...], notes: dict[int, tuple[UnitNote, ...]]
) -> tuple[Task, ...]:
    """The tasks of one plan in text order."""
    owner = _owners(paragraphs, sections)
    chosen = _sections_with_units(sections, notes, owner)
    chosen |= _siblings_without_units(sections, chosen)
    if not chosen and not notes:
        chosen = _sections_of_work(sections)
    tasks: list[Task] = []
    for index in sorted(chosen):
        tasks.extend(_tasks_of(sections[index], paragraphs, notes))
    tasks.extend(_unnumbered(paragraphs, notes, owner))
    return tuple(sorted(tasks, key=lambda task: task.span.start))


def _owners(paragraphs: tuple[Paragraph, ...], sections: tuple[Section, ...]) -> list[int | None]:
    """The deepest section of every paragraph."""
    owner: list[int | None] = [None] * len(paragraphs)
    for section in sections:  # parents come before children, so the deepest writes last
        for place in range(section.first, section.last):
            owner[place] = section.index
    return owner


def _sections_with_units(
    sections: tuple[Section, ...], notes: dict[int, tuple[UnitNote, ...]], owner: list[int | None]
) -> set[int]:
    named = {owner[place] for place in notes if owner[place] is not None}
    chosen = {index for index in named if index is not None}
    for index in sorted(chosen, reverse=True):
        section = sections[index]
        siblings = [s for s in sections if s.parent == section.parent and s.kind == section.kind]
        alone = len(siblings) > 1 and siblings[-1].index == index and not any(s.index in chosen for s in siblings[:-1])
        if section.parent is None or not alone:
            continue
        parent = sections[section.parent]
        uncles = {s.index for s in sections if s.parent == parent.parent and s.kind == parent.kind} - {parent.index}
        if section.kind in _MINOR or uncles & chosen:
            chosen.discard(index)
            chosen.add(parent.index)
    return chosen


def _siblings_without_units(sections: tuple[Section, ...], chosen: set[int]) -> set[int]:
    """Items of the same style and chapter as tasks are tasks too; an article is one in any chapter of work."""
    families = {(sections[i].parent, sections[i].kind) for i in chosen}
    articles = any(sections[i].kind == "article" for i in chosen)
    has_child = {s.parent for s in sections}
    inside = {i for i in chosen for _ in ()}
    for index in chosen:  # sections below a task are its parts, not tasks
        inside |= {s.index for s in sections if s.first >= sections[index].first and s.last <= sections[index].last}
    more = set()
    for section in sections:
        if section.index in chosen or section.index in inside or _covers(section, sections, chosen):
            continue
        chapter = sections[section.parent].title if section.parent is not None else ""
        if _NOT_WORK.search(chapter) or _NOT_WORK.search(section.title[:12]):
            continue
        kin = (section.parent, section.kind) in families and (section.index not in has_child or section.kind != "han")
        if kin and section.parent is None and section.kind in ("han", "chapter", "part"):
            continue
        if kin or (articles and section.kind == "article" and section.parent is not None):
            more.add(section.index)
    return more


def _covers(section: Section, sections: tuple[Section, ...], chosen: set[int]) -> bool:
    return any(section.first <= sections[i].first and sections[i].last <= section.last for i in chosen)


def _sections_of_work(sections: tuple[Section, ...]) -> set[int]:
    """Where no unit is named at all: the leaves below chapters of work; measures in articles hold no tasks."""
    if any(s.kind == "article" for s in sections):
        return set()
    has_child = {s.parent for s in sections}
    chosen = set()
    for section in sections:
        way = [sections[i].title for i in _ancestors(section, sections)]
        if section.kind in _MINOR or not way or any(_NOT_WORK.search(title) for title in [*way, section.title[:12]]):
            continue
        minor_children = all(s.kind in _MINOR for s in sections if s.parent == section.index)
        if section.index not in has_child or minor_children:
            chosen.add(section.index)
    return chosen


def _ancestors(section: Section, sections: tuple[Section, ...]) -> list[int]:
    way = []
    parent = section.parent
    while parent is not None:
        way.append(parent)
        parent = sections[parent].parent
    return way


def _tasks_of(
    section: Section, paragraphs: tuple[Paragraph, ...], notes: dict[int, tuple[UnitNote, ...]]
) -> list[Task]:
    """One task, or one for each paragraph where every paragraph names its own units."""
    places = range(section.first, section.last)
    full = [place for place in places if place in notes]
    each = (
        len(full) > 1
        and section.kind != "article"
        and all(place in notes or (place == section.first and len(paragraphs[place].text) < 80) for place in places)
    )
    if not each:
        units = _union([note for place in full for note in notes[place]])
        last = paragraphs[section.last - 1].span.end
        return [
            Task(
                section.number or None,
                section.path,
                section.title,
                section.title_span,
                units,
                Span(section.span.start, last),
                section.index,
            )
        ]
    path = (*section.path, section.heading)
    tasks = []
    for part, place in enumerate(full, start=1):
        start = 0
        if place == section.first:
            start = paragraphs[place].folded.at(section.title_span.end)
        tasks.append(_paragraph_task(paragraphs[place], start, path, notes[place], section.index, part))
    return tasks


def _paragraph_task(
    paragraph: Paragraph, start: int, path: tuple[str, ...], notes: tuple[UnitNote, ...], section: int | None, part: int
) -> Task:
    text = paragraph.text
    while start < len(text) and text[start] in "。:;, 】":
        start += 1
    stop = title_end(text, start)
    if stop > notes[0].start > start:
        stop = notes[0].start
    return Task(
        None,
        path,
        text[start:stop],
        paragraph.folded.span(start, stop),
        _union(list(notes)),
        Span(paragraph.folded.span(start, len(text)).start, paragraph.span.end),
        section,
        part,
    )


def _unnumbered(
    paragraphs: tuple[Paragraph, ...], notes: dict[int, tuple[UnitNote, ...]], owner: list[int | None]
) -> list[Task]:
    """Paragraphs that name units outside every section are tasks of their own."""
    found = []
    for part, (place, read) in enumerate((p, n) for p, n in notes.items() if owner[p] is None):
        if read[0].start > 8:
            found.append(_paragraph_task(paragraphs[place], 0, (), read, None, part + 1))
    return found


def _union(notes: list[UnitNote]) -> tuple[UnitRef, ...]:
    """Units of several notes, each once; a role stated anywhere holds."""
    units: dict[str, UnitRef] = {}
    for note in notes:
        for unit in note.units:
            known = units.get(unit.name)
            if known is None or (known.role is None and unit.role):
                units[unit.name] = unit
    return tuple(units.values())
