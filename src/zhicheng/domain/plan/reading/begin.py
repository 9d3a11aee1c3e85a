"""起读: the first reading of a compiled text, with everything the version in force already settled carried over.

A document or clause whose words did not change keeps its key and what people confirmed there; only the rest is to be
checked. Not here: reading the text (compiler/), what a person changes afterwards (correct.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.plan.compiler import Compiled
from zhicheng.domain.plan.compiler.outline import Section
from zhicheng.domain.plan.compiler.tasks import Task
from zhicheng.domain.plan.model import Document, Plan, Tier
from zhicheng.domain.plan.places import occurrences, stripped
from zhicheng.domain.plan.reading.fields import FIELDS, unset
from zhicheng.domain.plan.reading.keys import ALIKE, alike, keyed
from zhicheng.domain.plan.reading.model import NamedUnit, Piece, PieceKind, ReadClause, Reading, Unread
from zhicheng.domain.plan.reading.version import PARTS, moved

NAMES = {
    "plan": "方案", "explanation": "解读", "consultation": "意见采纳情况", "meeting": "会议消息", "notice": "通知", "annex": "附件",
}  # fmt: skip
FURNITURE = ("navigation", "footer")
KIN = 0.3  # share of a plan's titles a text must repeat to be a draft of the same plan
_SUM = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s*[百千万亿]*\s*元")  # money nobody read must not pass as narrative
_SAFEGUARDS = ("保障", "组织实施")


def begin(compiled: Compiled, before: Plan | None = None) -> Reading:
    """What the compiler read, as a reading a person can check.

    before: the version in force, if there is one; nothing of it is carried over into a text that is another plan.
    """
    text = compiled.text
    before = before if before is not None and same_plan(compiled, before) else None
    carried = list(_carried(text, before))
    taken = [document.span for document, _ in carried]
    documents = [document for document, _ in carried]
    clauses = [clause for _, own in carried for clause in own]
    for found in compiled.documents:
        span = stripped(text, found.span)
        if found.kind not in FURNITURE and span.start < span.end and not any(span.overlaps(each) for each in taken):
            document = _document(found.kind, span, documents)
            documents.append(document)
            clauses += _clauses(compiled, document, found.kind == "plan")
    documents.sort(key=lambda d: d.span)
    clauses.sort(key=lambda x: (x.span.start, x.level))
    clauses = _numbered(keyed(text, clauses, before))
    reading = Reading(
        text, compiled.title or (before.title if before else ""), tuple(documents), tuple(clauses), (),
        tuple(_unread(text, documents, before)), before,
    )  # fmt: skip
    reading = replace(
        reading, unread=tuple(sorted((*reading.unread, *_unread_inside(reading, compiled)), key=lambda u: u.span))
    )
    pieces = list(_carried_pieces(reading))
    pieces += list(_compiled_pieces(reading, compiled, list(pieces)))
    return replace(reading, pieces=tuple(sorted(pieces, key=lambda p: (p.span.start, p.span.end, p.kind))))


def same_plan(compiled: Compiled, before: Plan) -> bool:
    """Whether the text is a draft of this plan: a good part of its titled clauses, or a whole document, is there again."""
    plans = {d.key for d in before.documents if d.kind == "plan"}
    known = {fullwords(c.title) for c in before.clauses if c.document in plans and c.title}
    found = {fullwords(e.item.title) for e in compiled.sections}
    if known and len(known & found) >= KIN * len(known):
        return True
    return any(before.quote(d.span) in compiled.text for d in before.documents if d.key in plans)


def _carried(text: str, before: Plan | None) -> Iterator[tuple[Document, list[ReadClause]]]:
    """Documents of the version in force that stand word for word, once, in the new text."""
    for old in before.documents if before else ():
        assert before is not None
        found = occurrences(before.quote(old.span), text, Span(0, len(text)))
        if len(found) != 1:
            continue
        here = Span(found[0], found[0] + old.span.end - old.span.start)
        tasks = {task.clause: task for task in before.tasks}
        own = []
        for clause in before.clauses:
            if clause.document == old.key:
                span = moved(clause.span, old.span, here)
                units = tasks[clause.key].units if clause.key in tasks else ()
                named = tuple(
                    NamedUnit(
                        before.unit(u.unit).name, None if u.role == "first" else u.role, moved(u.span, old.span, here)
                    )
                    for u in units
                )
                own.append(
                    ReadClause(
                        clause.key, clause.document, clause.kind, clause.label, clause.number, clause.title,
                        clause.level, clause.parent, span, "task" if clause.key in tasks else None, named,
                        known=True, same=True, accepted=True,
                    )
                )  # fmt: skip
        yield Document(old.key, old.kind, old.title, here), own


def _document(kind: str, span: Span, others: Iterable[Document]) -> Document:
    taken = {d.key for d in others}
    key = next(k for k in (kind, *(f"{kind}-{n}" for n in range(2, 999))) if k not in taken)
    name = NAMES.get(kind, kind)
    return Document(key, kind, name if key == kind else f"{name}{key.rpartition('-')[2]}", span)


@dataclass
class _Start:
    """Where a clause of the plan opens, before its end is known."""

    at: int
    number: str
    title: str
    kind: str
    level: int
    parent: int | None  # index among starts
    task: Task | None = None


def _clauses(compiled: Compiled, document: Document, is_plan: bool) -> list[ReadClause]:
    """The clauses of one document; each ends where the next opens. A document beside the plan is one clause."""
    if not is_plan:
        return [
            ReadClause(f"{document.key}:0", document.key, "paragraph", document.title, "", "", 1, None, document.span)
        ]
    starts = _starts(compiled, document)
    keys = [f"{document.key}:{each.at}" for each in starts]
    ends = [each.at for each in starts[1:]] + [document.span.end]
    return [
        ReadClause(
            keys[place], document.key, each.kind, _label(document, starts, place), each.number, each.title,  # type: ignore[arg-type]
            each.level, None if each.parent is None else keys[each.parent],
            stripped(compiled.text, Span(each.at, ends[place])), "task" if each.task else None, _units(each.task),
        )
        for place, each in enumerate(starts)
    ]  # fmt: skip


def _starts(compiled: Compiled, document: Document) -> list[_Start]:
    """Openings in the order of the text: preamble, sections, and tasks that have no section of their own."""
    sections = [e.item for e in compiled.sections if document.span.start <= e.item.span.start < document.span.end]
    tasks = [e.item for e in compiled.tasks if document.span.start <= e.item.span.start < document.span.end]
    of_section = {t.section: t for t in tasks if t.section is not None and t.part == 0}
    holding = {s.parent for s in sections if s.index in of_section}
    opened: list[tuple[_Start, int | None, int | None]] = []  # start, own section, parent section
    if not sections or sections[0].span.start > document.span.start:
        opened.append((_Start(document.span.start, "", "", "preamble", 1, None), None, None))
    for s in sections:
        kind = _kind(s, sections, s.index in of_section, s.index in holding)
        opened.append(
            (
                _Start(s.span.start, s.number, s.title, kind, s.level + 1, None, of_section.get(s.index)),
                s.index,
                s.parent,
            )
        )
    at_section = {start.at for start, _, _ in opened}
    for t in tasks:
        if not (t.section is not None and t.part == 0) and t.span.start not in at_section:
            level = next((s.level + 2 for s in sections if s.index == t.section), 1)
            opened.append((_Start(t.span.start, t.number or "", t.title, "task", level, None, t), None, t.section))
    opened.sort(key=lambda each: each[0].at)
    place_of = {own: place for place, (_, own, _) in enumerate(opened) if own is not None}
    for start, _, parent in opened:
        start.parent = place_of.get(parent) if parent is not None else None
    return [start for start, _, _ in opened]


def _kind(section: Section, sections: list[Section], is_task: bool, holds_tasks: bool) -> str:
    if is_task:
        return "task"
    top = next((s for s in sections if s.heading == section.path[0]), section) if section.path else section
    if section.path and any(word in top.title for word in _SAFEGUARDS):
        return "safeguard"
    return "project" if holds_tasks and section.parent is not None else "section" if section.level == 0 else "paragraph"


def _label(document: Document, starts: list[_Start], place: int) -> str:
    """What people say: 方案 二(一)4."""
    words: list[str] = []
    at: int | None = place
    while at is not None:
        words.insert(
            0,
            starts[at].number.strip("、.．: ") or ("序言" if starts[at].kind == "preamble" else starts[at].title[:12]),
        )
        at = starts[at].parent
    return f"{document.title} {''.join(words)}"


def _units(task: Task | None) -> tuple[NamedUnit, ...]:
    return tuple(NamedUnit(u.name, u.role, u.span) for u in task.units) if task else ()


def _numbered(clauses: list[ReadClause]) -> list[ReadClause]:
    """Tasks as people count them: project.number."""
    projects: dict[str, int] = {}
    within: dict[str, int] = {}
    out = []
    for clause in clauses:
        if clause.task:
            holder = clause.parent or clause.key
            project = projects.setdefault(holder, len(projects) + 1)
            within[holder] = within.get(holder, 0) + 1
            clause = replace(clause, task=f"{project}.{within[holder]}")
        out.append(clause)
    return out


def _unread(text: str, documents: Iterable[Document], before: Plan | None) -> Iterator[Unread]:
    """Lines that are part of no document; one the version in force explained keeps its reason."""
    known: dict[str, list[str]] = {}
    for piece in before.outside if before else ():
        known.setdefault(piece.span.of(before.text if before else ""), []).append(piece.reason)
    at = 0
    for gap_end, following in [*((d.span.start, d.span.end) for d in documents), (len(text), len(text))]:
        for span in _lines(text, Span(at, max(at, gap_end))):
            reasons = known.get(span.of(text))
            yield Unread(span, reasons.pop(0) if reasons else "")
        at = max(at, following)


def _unread_inside(reading: Reading, compiled: Compiled) -> Iterator[Unread]:
    """Sums in a new or changed clause of the plan that no statement took up; its other words have their home in the clause."""
    plans = {d.key for d in reading.documents if d.kind == "plan"}
    for span in compiled.unread:
        clause = _clause_at(reading, span)
        if clause is not None and clause.document in plans and not clause.same:
            for line in _lines(reading.text, span):
                said = stripped_signs(reading.text, line)
                if _SUM.search(said.of(reading.text)):
                    yield Unread(said)


def stripped_signs(text: str, span: Span) -> Span:
    """The span without the signs that join it to its neighbours."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip("，,。；;、：: "))
    return Span(start, max(start, span.start + len(words.rstrip("，,；;、：: "))))


def _lines(text: str, gap: Span) -> Iterator[Span]:
    start = gap.start
    while start < gap.end:
        end = text.find("\n", start, gap.end)
        end = gap.end if end < 0 else end
        line = text[start:end]
        words = line.strip("•·*-●○ \t\r\u00a0\u3000")
        if words:
            at = start + line.index(words)
            yield Span(at, at + len(words))
        start = end + 1


def _carried_pieces(reading: Reading) -> Iterator[Piece]:
    """What people settled and whose words still stand in their clause."""
    clauses = {clause.key: clause for clause in reading.clauses if clause.known}
    for kind, part in _settled(reading.before):
        clause = clauses.get(part.clause)
        span = _still_there(reading, part, clause) if clause is not None else None
        if clause is not None and span is not None:
            values = {field.name: getattr(part, field.name) for field in FIELDS[kind]}
            yield Piece(f"{kind}:{span.start}:{part.key}", kind, clause.key, span, values, "plan", key=part.key)


def _settled(before: Plan | None) -> Iterator[tuple[PieceKind, Any]]:
    for kind, (name, _) in PARTS.items():
        for part in getattr(before, name) if before else ():
            yield kind, part


def _still_there(reading: Reading, part: Any, clause: ReadClause) -> Span | None:
    assert reading.before is not None
    if clause.same:
        return moved(part.span, reading.before.clause(part.clause).span, clause.span)
    found = occurrences(reading.before.quote(part.span), reading.text, clause.span)
    return Span(found[0], found[0] + part.span.end - part.span.start) if len(found) == 1 else None


def _compiled_pieces(reading: Reading, compiled: Compiled, carried: list[Piece]) -> Iterator[Piece]:
    """What the compiler read in clauses that are new or changed, where nothing settled still stands.

    A part of the version in force that was only reworded keeps its key, and what no text says of it (name, base, owner).
    """
    gone = [(kind, part) for kind, part in _settled(reading.before) if part.key not in {p.key for p in carried}]
    for kind, span, values in _read(compiled):
        clause = _clause_at(reading, span)
        if clause is None or clause.same or any(p.kind == kind and p.span.overlaps(span) for p in carried):
            continue
        said = {name: value.strip() or None if isinstance(value, str) else value for name, value in values.items()}
        piece = Piece(f"{kind}:{span.start}", kind, clause.key, span, {**unset(kind), **said})
        old = _reworded(reading, piece, gone)
        if old is not None:
            gone.remove((kind, old))
            kept = {name: getattr(old, name) for name in _BESIDE_THE_TEXT[kind]}
            piece = replace(piece, key=old.key, values={**piece.values, **kept})
        yield piece


_BESIDE_THE_TEXT: dict[PieceKind, tuple[str, ...]] = {
    "target": ("base", "owner", "source"), "incentive": ("name", "what"), "commitment": (), "fund": (), "question": (),
}  # fmt: skip


def _reworded(reading: Reading, piece: Piece, gone: list[tuple[PieceKind, Any]]) -> Any:
    """The settled part of the same clause and kind whose words are most like these, if they are alike at all."""
    best, likeness = None, ALIKE
    for kind, part in gone:
        if kind == piece.kind and part.clause == piece.clause and reading.before is not None:
            ratio = alike(reading.before.quote(part.span), reading.quote(piece.span))
            if ratio >= likeness:
                best, likeness = part, ratio
    return best


def _clause_at(reading: Reading, span: Span) -> ReadClause | None:
    return next((x for x in reading.clauses if x.span.start <= span.start < x.span.end), None)


def _read(compiled: Compiled) -> Iterator[tuple[PieceKind, Span, dict[str, Any]]]:
    text = compiled.text
    for t in (e.item for e in compiled.targets):
        yield "target", t.span, {
            "indicator": t.indicator, "comparator": t.comparator, "value": t.value, "unit": t.unit, "deadline_year": t.year,
        }  # fmt: skip
    for i in (e.item for e in compiled.incentives):
        yield "incentive", i.span, _incentive(i, text)
    for f in (e.item for e in compiled.funds):
        yield "fund", f.span, {"name": f.name, "size": _money(f.size), "firm": f.firm}
    for p in (e.item for e in compiled.commitments):
        yield "commitment", p.span, {"kind": p.kind, "what": fullwords(p.span.of(text)), "rhythm": p.rhythm}
    for q in (e.item for e in compiled.questions):
        yield "question", q.span, {"text": q.text}


def fullwords(words: str) -> str:
    """Words of the text without the blanks a page put into them."""
    return "".join(words.split())


# What the compiler tells apart and the plan's model does not (yet).
_KINDS = {"rent_subsidy": "subsidy", "support": "grant", "overall_cap": "grant"}


_WHO = re.compile(r"^(?:对于?|给)")


def _incentive(i: Any, text: str) -> dict[str, Any]:
    several = len(i.amounts) > 1 and not i.is_range
    ceiling = max(i.amounts) if i.amounts else None
    return {
        "kind": _KINDS.get(i.kind, i.kind), "who": _WHO.sub("", i.who.of(text)) if i.who else None, "ceiling": _money(ceiling),
        "fixed": i.fixed, "rate": int(max(i.rates) * 10_000) if i.rates else None, "rate_base": i.rate_base,
        "per": i.per, "annual_cap": _money(i.yearly_cap), "quota_per_year": i.quota_per_year,
        "tiers": tuple(Tier(f"第{n}档", sum_) for n, a in enumerate(i.amounts, 1) if (sum_ := _money(a))) if several else (),
    }  # fmt: skip


def _money(amount: Decimal | None) -> Money | None:
    """The sum; None where there is none, or where it is no whole number of fen and a person must look."""
    return None if amount is None or amount * 100 % 1 else Money.yuan(amount)
