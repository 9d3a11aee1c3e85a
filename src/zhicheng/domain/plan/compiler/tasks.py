"""任务: which sections (or paragraphs) are work to be done, and who answers. Not here: how units are read (units)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    r"^本(?:措施|办法|方案|意见|政策|计划|通知)(?:自|由)|总体(?:要求|目标|思路|考虑)|指导思想|基本(?:原则|情况|思路)|工作(?:原则|目标|要求|思路|步骤|机制|保障|基础)|(?:主要|发展|建设|行动|预期|试点|目标)目标|"
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
    """The tasks of one plan in text order: what names units, its siblings, or the work chapters where nothing does."""
    tree = _Tree(sections)
    owner = owners(paragraphs, sections)
    chosen = tree.with_units({at for place in notes if (at := owner[place]) is not None})
    chosen |= tree.siblings_without_units(chosen)
    if not notes:
        chosen = tree.of_work()
    tasks = [task for index in sorted(chosen) for task in _tasks_of(sections[index], paragraphs, notes)]
    tasks.extend(_unnumbered(paragraphs, notes, owner))
    return tuple(sorted(tasks, key=lambda task: task.span.start))


def owners(paragraphs: Sequence[Paragraph], sections: Sequence[Section]) -> tuple[int | None, ...]:
    """The deepest section of every paragraph."""
    owner: list[int | None] = [None] * len(paragraphs)
    for section in sections:
        for place in range(section.first, min(section.last, section.own_last)):
            owner[place] = section.index
    return tuple(owner)


class _Tree:
    """The sections with their families, to ask which of them are work."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.children: dict[int | None, list[Section]] = defaultdict(list)
        self.families: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
        for section in sections:
            self.children[section.parent].append(section)
            self.families[section.parent, section.kind].append(section)

    def ancestors(self, section: Section) -> Iterator[Section]:
        parent = section.parent
        while parent is not None:
            yield self.sections[parent]
            parent = self.sections[parent].parent

    def with_units(self, named: set[int]) -> set[int]:
        """Sections that name units themselves; a bracket behind the last of several steps speaks for all of them."""
        chosen = set(named)
        for index in sorted(named, reverse=True):
            section = self.sections[index]
            siblings = self.families[section.parent, section.kind]
            last = len(siblings) > 1 and siblings[-1].index == index
            if section.parent is None or not last or any(s.index in chosen for s in siblings[:-1]):
                continue
            parent = self.sections[section.parent]
            uncles = (s.index for s in self.families[parent.parent, parent.kind] if s.index != parent.index)
            if section.kind in _MINOR or any(uncle in named for uncle in uncles):
                chosen.discard(index)
                chosen.add(parent.index)
        return chosen

    def siblings_without_units(self, chosen: set[int]) -> set[int]:
        """Items of the same style and chapter as tasks are tasks too; an article is one in any chapter of work."""
        families = {(self.sections[i].parent, self.sections[i].kind) for i in chosen}
        articles = any(self.sections[i].kind == "article" for i in chosen)
        above = {a.index for i in chosen for a in self.ancestors(self.sections[i])}
        more = set()
        for section in self.sections:
            below = any(a.index in chosen for a in self.ancestors(section))
            if section.index in chosen or section.index in above or below or self._is_no_work(section):
                continue
            kin = (section.parent, section.kind) in families
            chapter = section.parent is None and section.kind in ("han", "chapter", "part")
            if (kin and not chapter) or (articles and section.kind == "article" and section.parent is not None):
                more.add(section.index)
        return more

    def of_work(self) -> set[int]:
        """Where no unit is named at all: the leaves below chapters of work; measures in articles hold no tasks."""
        if any(s.kind == "article" for s in self.sections):
            return set()
        chosen = set()
        flat = all(s.parent is None for s in self.sections)  # a plan of one level
        for section in self.sections:
            if section.kind in _MINOR or (section.parent is None and not flat):
                continue
            if any(_NOT_WORK.search(a.title) for a in self.ancestors(section)) or _NOT_WORK.search(section.title[:12]):
                continue
            if all(child.kind in _MINOR for child in self.children[section.index]):
                chosen.add(section.index)
        return chosen

    def _is_no_work(self, section: Section) -> bool:
        chapter = self.sections[section.parent].title if section.parent is not None else ""
        return bool(_NOT_WORK.search(chapter) or _NOT_WORK.search(section.title[:12]))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph with the lines behind it that hold nothing but its units."""

    first: int
    last: int
    notes: tuple[UnitNote, ...]


def _pieces(section: Section, paragraphs: Sequence[Paragraph], notes: dict[int, tuple[UnitNote, ...]]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for place in range(section.first, section.last):
        read = notes.get(place, ())
        if read and pieces and read[0].start <= 1 and read[-1].end >= len(paragraphs[place].text.rstrip("。 ")):
            before = pieces.pop()
            pieces.append(_Piece(before.first, place + 1, before.notes + read))
        else:
            pieces.append(_Piece(place, place + 1, read))
    return pieces


def _tasks_of(
    section: Section, paragraphs: Sequence[Paragraph], notes: dict[int, tuple[UnitNote, ...]]
) -> Iterator[Task]:
    """One task, or one for each paragraph where every paragraph names its own units."""
    pieces = _pieces(section, paragraphs, notes)
    full = [piece for piece in pieces if piece.notes]
    heading = len(paragraphs[section.first].text) < 80  # the first line may be a mere heading
    chapter = section.parent is None and section.kind in ("han", "chapter", "part") and not pieces[0].notes and heading
    each = (len(full) > 1 or chapter) and full and section.kind != "article"
    if each and all(piece.notes or (piece.first == section.first and heading) for piece in pieces):
        path = (*section.path, section.heading)
        for part, piece in enumerate(full, start=1):
            start = paragraphs[piece.first].folded.at(section.title_span.end) if piece.first == section.first else 0
            yield _paragraph_task(paragraphs, piece, start, path, section.index, part)
        return
    yield Task(
        number=section.number or None,
        path=section.path,
        title=section.title,
        title_span=section.title_span,
        units=_union([note for piece in full for note in piece.notes]),
        span=Span(section.span.start, paragraphs[section.last - 1].span.end),
        section=section.index,
    )


def _paragraph_task(
    paragraphs: Sequence[Paragraph], piece: _Piece, start: int, path: tuple[str, ...], section: int | None, part: int
) -> Task:
    paragraph = paragraphs[piece.first]
    text = paragraph.text
    while start < len(text) and text[start] in "。:;, 】":
        start += 1
    stop = title_end(text, start)
    own = piece.notes[0].span.start
    if paragraph.span.start <= own < paragraph.span.end:
        stop = max(start, min(stop, paragraph.folded.at(own)))
    return Task(
        number=None,
        path=path,
        title=text[start:stop],
        title_span=paragraph.folded.span(start, stop),
        units=_union(list(piece.notes)),
        span=Span(paragraph.folded.span(start, len(text)).start, paragraphs[piece.last - 1].span.end),
        section=section,
        part=part,
    )


def _unnumbered(
    paragraphs: Sequence[Paragraph], notes: dict[int, tuple[UnitNote, ...]], owner: Sequence[int | None]
) -> Iterator[Task]:
    """Paragraphs that name units outside every section are tasks of their own."""
    part = 0
    for place, read in notes.items():
        if owner[place] is None and read[0].start > 8:
            part += 1
            yield _paragraph_task(paragraphs, _Piece(place, place + 1, read), 0, (), None, part)


def _union(notes: Sequence[UnitNote]) -> tuple[UnitRef, ...]:
    """Units of several notes, each once; a role stated anywhere holds."""
    units: dict[str, UnitRef] = {}
    for note in notes:
        for unit in note.units:
            known = units.get(unit.name)
            if known is None or (known.role is None and unit.role):
                units[unit.name] = unit
    return tuple(units.values())
