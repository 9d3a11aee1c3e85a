"""The compiler's stages in order and what they yield together. Not here: how a stage reads; the JSON of it (shape)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler import coverage, questions
from zhicheng.domain.plan.compiler.commitments import Commitment, commitments
from zhicheng.domain.plan.compiler.deadlines import Deadlines
from zhicheng.domain.plan.compiler.figures import figures
from zhicheng.domain.plan.compiler.funds import Fund, funds
from zhicheng.domain.plan.compiler.money import incentives, leads_in
from zhicheng.domain.plan.compiler.offers import Incentive
from zhicheng.domain.plan.compiler.outline import Section, outline
from zhicheng.domain.plan.compiler.pages import Document, frame_spans, split_pages
from zhicheng.domain.plan.compiler.paragraphs import Paragraph, split_paragraphs
from zhicheng.domain.plan.compiler.record import Record, read_record
from zhicheng.domain.plan.compiler.sentences import sentences
from zhicheng.domain.plan.compiler.tables import table_tasks
from zhicheng.domain.plan.compiler.targets import Target, targets
from zhicheng.domain.plan.compiler.tasks import Task, document_notes, find_tasks, owners
from zhicheng.domain.plan.compiler.units import UnitNote, UnitVocabulary


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One thing read, with its key (stable while its section keeps its number) and the key of that section."""

    key: str
    section: str | None
    label: str
    item: T


@dataclass(frozen=True, slots=True)
class Compiled:
    """All that was read from one text. Every span is characters of `text`; read and unread spans are the whole text.

    explained: targets as the explanation (解读) repeats them; they never count as the plan's.
    """

    text: str
    title: str
    documents: tuple[Document, ...]
    sections: tuple[Entry[Section], ...]
    tasks: tuple[Entry[Task], ...]
    incentives: tuple[Entry[Incentive], ...]
    targets: tuple[Entry[Target], ...]
    explained: tuple[Entry[Target], ...]
    commitments: tuple[Entry[Commitment], ...]
    funds: tuple[Entry[Fund], ...]
    record: Record
    questions: tuple[Entry[questions.Question], ...]
    read: tuple[Span, ...]
    unread: tuple[Span, ...]

    def to_json(self) -> dict[str, Any]:
        """The document of `zhicheng plan compile --json` (CONTRACT): English keys, amounts as JSON numbers of yuan."""
        from zhicheng.domain.plan.compiler.shape import to_json  # shape knows Compiled, so it is loaded on use

        return to_json(self)


def compile_text(text: str, *, units: UnitVocabulary | None = None) -> Compiled:
    """Read a whole page. Any text goes through; what is not understood is in `unread` or an open question."""
    vocabulary = units or UnitVocabulary()
    documents = split_pages(text, split_paragraphs(text))
    plans = [d for d in documents if d.kind == "plan"]
    title = next((d.title for d in [*plans, *documents] if d.title), "")
    readings = [
        _read_plan(text, d, d.title or title, vocabulary, f"d{i}." if i > 1 else "")
        for i, d in enumerate(plans, start=1)
    ]
    rows = () if any(r.tasks for r in readings) else _table_tasks(documents)
    explained = [
        reading
        for i, document in enumerate(d for d in documents if d.kind == "explanation")
        for reading in _read_plan(text, document, document.title, vocabulary, f"e{i + 1}.").targets
    ]
    record = read_record(documents)
    asked = [q for reading in readings for q in _questions(text, reading)]
    unread = _unread(text, documents, readings, record)
    return Compiled(
        text=text,
        title=title,
        documents=documents,
        sections=tuple(e for r in readings for e in r.sections),
        tasks=rows or tuple(e for r in readings for e in r.tasks),
        incentives=tuple(e for r in readings for e in r.incentives),
        targets=tuple(e for r in readings for e in r.targets),
        explained=tuple(explained),
        commitments=tuple(e for r in readings for e in r.commitments),
        funds=tuple(e for r in readings for e in r.funds),
        record=record,
        questions=_keyed_questions(asked, readings),
        read=coverage.unread(len(text), unread),
        unread=unread,
    )


def _table_tasks(documents: Sequence[Document]) -> tuple[Entry[Task], ...]:
    """Rows of tables of duties, where no running text names a task."""
    found = [task for d in documents if d.kind in ("plan", "annex") for task in table_tasks(d.paragraphs)]
    return tuple(Entry(f"task-row-{n}", None, f"表第{n}行", task) for n, task in enumerate(found, start=1))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one plan (or explanation) says."""

    document: Document
    prefix: str
    word: str
    sections: tuple[Entry[Section], ...]
    owner: tuple[int | None, ...]
    tasks: tuple[Entry[Task], ...]
    incentives: tuple[Entry[Incentive], ...]
    targets: tuple[Entry[Target], ...]
    commitments: tuple[Entry[Commitment], ...]
    funds: tuple[Entry[Fund], ...]
    notes: dict[int, tuple[UnitNote, ...]]


def _read_plan(text: str, document: Document, title: str, vocabulary: UnitVocabulary, prefix: str) -> _Reading:
    tree = outline(document.paragraphs, document.span.end)
    owner = owners(document.paragraphs, tree)
    notes = document_notes(document.paragraphs, vocabulary)
    word = _word(document, title)
    sections = _keyed_sections(tree, prefix, word)
    offers: list[tuple[int | None, Incentive]] = []
    aims: list[tuple[int | None, Target]] = []
    promised: list[tuple[int | None, Commitment]] = []
    pools: list[tuple[int | None, Fund]] = []
    strict = any(s.kind == "article" for s in tree)
    deadlines = Deadlines()
    lead, goal_before = "", False
    announcer: int | None = None  # the section of the last paragraph that announces a list
    for place, paragraph in enumerate(document.paragraphs):
        section = tree[at] if (at := owner[place]) is not None else None
        opens = section is not None and section.first == place
        start = _body_start(paragraph, section if opens else None)
        lead = leads_in(paragraph, lead)
        found = incentives(paragraph, start, lead)
        held = funds(paragraph, start)
        goal = section is not None and any("目标" in title for title in (*section.path, section.title))
        announced = announcer is not None and _stands_below(tree, at, announcer)
        deadlines.open_paragraph(goes_on=goal and goal_before, announced=announced)
        goal_before = goal
        taken = [o.span if o.conditional else o.core for o in found]
        aimed = targets(paragraph, start, deadlines, taken, goal=goal, strict=strict)
        if deadlines.close_paragraph(paragraph.text):
            announcer = at
        claimed = [*(o.span for o in found), *(a.span for a in aimed), *(f.span for f in held)]
        offers.extend((at, o) for o in found)
        aims.extend((at, a) for a in aimed)
        pools.extend((at, f) for f in held)
        preamble = bool(tree) and at is None
        promised.extend(
            (at, c)
            for c in ([] if preamble else commitments(paragraph, start))
            if not any(c.span.overlaps(s) for s in claimed)
        )
    return _Reading(
        document,
        prefix,
        word,
        sections,
        owner,
        tuple(_keyed_tasks(find_tasks(document.paragraphs, tree, notes), sections, prefix, word)),
        tuple(_keyed(offers, sections, "incentive", prefix, word)),
        tuple(_keyed(aims, sections, "target", prefix, word)),
        tuple(_keyed(promised, sections, "commitment", prefix, word)),
        tuple(_keyed(pools, sections, "fund", prefix, word)),
        notes,
    )


def _stands_below(tree: Sequence[Section], at: int | None, announcer: int) -> bool:
    """Whether a section is the announcing one or lies below it."""
    while at is not None and at != announcer:
        at = tree[at].parent
    return at is not None


def _body_start(paragraph: Paragraph, section: Section | None) -> int:
    """Folded place where content begins: after a title, behind the number where the first sentence is content itself.

    A line that is only a heading has none.
    """
    number = paragraph.numbering.length if paragraph.numbering else 0
    if section is None:
        return number
    after = paragraph.folded.at(section.title_span.end)
    while after < len(paragraph.text) and paragraph.text[after] in "】]〗。:":
        after += 1
    if len(section.title) > 30 or re.search(r"给予|予以|\d[^,。]{0,4}元|%|(?:奖励|补助|补贴|资助)\d", section.title):
        return number
    rest = re.sub(
        r"^[。;:,.]*[(【〔\[].*[)】〕\]]。?$", "", paragraph.text[after:]
    )  # behind a title there may be units alone
    if rest.strip("。;:,.!? "):
        return after
    said = re.search(r"给予|予以|[,;]|\d|[万亿]元|%", section.title) or paragraph.text.endswith(";")
    return number if said else len(paragraph.text)


# --- keys and labels ------------------------------------------------------------------------------------------------


def _word(document: Document, title: str) -> str:
    """What people call the document in a label: 方案, 措施, 意见 … as its title ends."""
    if document.kind == "explanation":
        return "解读"
    title = re.sub(r"[（(〔][^）)〕]*[）)〕]|》", "", title)
    for word in ("方案", "计划", "规划", "措施", "意见", "办法", "细则", "规定", "政策", "通知", "要点"):
        if title.endswith(word):
            return word
    return "方案"


def _keyed_sections(tree: Sequence[Section], prefix: str, word: str) -> tuple[Entry[Section], ...]:
    entries: list[Entry[Section]] = []
    seen: dict[str, int] = {}
    for section in tree:
        parent = entries[section.parent] if section.parent is not None else None
        step = str(section.ordinal) if section.number else f"n{section.index}"
        key = f"{parent.key}.{step}" if parent else f"{prefix}{step}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key = f"{key}~{seen[key]}"
        entries.append(Entry(key, parent.key if parent else None, _label(section, parent, word), section))
    return tuple(entries)


def _label(section: Section, parent: Entry[Section] | None, word: str) -> str:
    """方案 二(一)4; an article is known by its own number alone."""
    mark = section.number.rstrip("、.:) ") if section.kind in ("han", "arab", "decimal") else section.number
    if section.kind == "named":
        mark = f"【{section.title}】"
    if parent is None or section.kind in ("article", "part", "chapter"):
        return f"{word} {mark}"
    return parent.label + mark


def _keyed(
    items: Iterable[tuple[int | None, T]], sections: Sequence[Entry[Section]], name: str, prefix: str, word: str
) -> Iterable[Entry[T]]:
    counts: dict[str, int] = {}
    for at, item in items:
        home = sections[at] if at is not None else None
        place = home.key if home else f"{prefix}0"
        counts[place] = counts.get(place, 0) + 1
        yield Entry(f"{name}-{place}-{counts[place]}", home.key if home else None, home.label if home else word, item)


def _keyed_tasks(
    tasks: Iterable[Task], sections: Sequence[Entry[Section]], prefix: str, word: str
) -> Iterable[Entry[Task]]:
    loose = 0
    for task in tasks:
        home = sections[task.section] if task.section is not None else None
        if home is None:
            loose += 1
            yield Entry(f"task-{prefix}0-{loose}", None, word, task)
        elif task.part:
            yield Entry(f"task-{home.key}-{task.part}", home.key, f"{home.label}第{task.part}段", task)
        else:
            yield Entry(f"task-{home.key}", home.key, home.label, task)


# --- questions and coverage -------------------------------------------------------------------------------------------


def _questions(text: str, reading: _Reading) -> list[tuple[str, questions.Question]]:
    body = [p.span for p in reading.document.paragraphs]
    asked = [
        *questions.offer_questions(text, (e.item for e in reading.incentives)),
        *questions.target_questions(e.item for e in reading.targets),
        *questions.commitment_questions(e.item for e in reading.commitments),
        *questions.fund_questions(e.item for e in reading.funds),
        *questions.text_questions(text, body),
    ]
    return [(reading.prefix, q) for q in asked]


def _keyed_questions(
    asked: Iterable[tuple[str, questions.Question]], readings: Sequence[_Reading]
) -> tuple[Entry[questions.Question], ...]:
    """In text order; a question is known by its section and trigger."""
    homes: list[tuple[int, Entry[Section]]] = sorted(
        ((e.item.span.start, e) for r in readings for e in r.sections), key=lambda pair: pair[0]
    )
    entries: list[Entry[questions.Question]] = []
    counts: dict[str, int] = {}
    at = -1
    for prefix, question in sorted(asked, key=lambda pair: (pair[1].span, pair[1].trigger, pair[1].text)):
        while at + 1 < len(homes) and homes[at + 1][0] <= question.span.start:
            at += 1
        home = homes[at][1] if at >= 0 else None
        stem = f"question-{home.key if home else prefix + '0'}-{question.trigger}"
        counts[stem] = counts.get(stem, 0) + 1
        key = stem if counts[stem] == 1 else f"{stem}-{counts[stem]}"
        entries.append(Entry(key, home.key if home else None, home.label if home else "", question))
    return tuple(entries)


_NOTHING = " \t\r\n\f\v\u00a0\u3000\u200b\ufeff，,。.；;：:、！!？?（）()【】[]“”\"'‘’《》·•—-…"


def _unread(text: str, documents: Sequence[Document], readings: Sequence[_Reading], record: Record) -> tuple[Span, ...]:
    """Pieces of paragraphs that no stage took a statement from; signs and blanks alone count as read."""
    claimed = [f.span for f in record.facts]
    for reading in readings:
        claimed.extend(_claims(text, reading))
    for document in documents:
        if document.kind in ("navigation", "footer"):
            claimed.append(document.span)
        claimed.extend(frame_spans(document))
    claimed = list(coverage.merge(claimed))
    gaps: list[Span] = []
    at = 0
    for document in documents:
        for paragraph in document.paragraphs:
            while at < len(claimed) and claimed[at].end <= paragraph.span.start:
                at += 1
            upto = at
            while upto < len(claimed) and claimed[upto].start < paragraph.span.end:
                upto += 1
            for gap in coverage.without(paragraph.span, claimed[at:upto]):
                words = gap.of(text)
                if words.strip(_NOTHING):
                    begin = gap.start + len(words) - len(words.lstrip(_NOTHING))
                    gaps.append(Span(begin, gap.end))
    return coverage.merge(gaps)


def _claims(text: str, reading: _Reading) -> Iterable[Span]:
    """Headings, items, unit notes, and the words of tasks — but not a task's sentence whose figure nobody read."""
    for entry in reading.sections:
        start = entry.item.span.start
        yield Span(start, max(entry.item.title_span.end, start + len(entry.item.number)))
    items = [
        *(e.item.span for e in reading.incentives),
        *(e.item.span for e in reading.targets),
        *(e.item.span for e in reading.commitments),
        *(e.item.span for e in reading.funds),
    ]
    yield from items
    notes = [n.span for read in reading.notes.values() for n in read]
    yield from notes
    known = coverage.merge([*items, *notes])
    inside = _task_paragraphs(reading)
    at = 0
    for place, paragraph in enumerate(reading.document.paragraphs):
        if place not in inside:
            continue
        for sentence in sentences(paragraph.text):
            span = paragraph.folded.span(sentence.start, sentence.end)
            while at < len(known) and known[at].end <= span.start:
                at += 1
            near = [k for k in known[at : at + 40] if k.start < span.end]
            loose = any(
                f.kind in ("money", "percent")
                and not any(paragraph.folded.span(f.start, f.end).within(k) for k in near)
                for f in figures(sentence.text, sentence.start)
            )
            if not loose:
                yield span


def _task_paragraphs(reading: _Reading) -> set[int]:
    starts = [p.span.start for p in reading.document.paragraphs]
    inside: set[int] = set()
    for entry in reading.tasks:
        first = bisect_right(starts, entry.item.span.start) - 1
        inside.update(range(max(first, 0), bisect_left(starts, entry.item.span.end)))
    return inside
