"""读入核对台: a reading as the compile page shows it: text in runs on one side, clauses with what was read on the other.

Pure: from a Reading to values a template shows. Not here: queries, HTML, what a correction does (domain/plan/reading).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.plan.model import Document
from zhicheng.domain.plan.reading.fields import FIELDS, written
from zhicheng.domain.plan.reading.model import Field, Piece, ReadClause, Reading, Unread
from zhicheng.faces.web.desk_words import ACTS, AMOUNTS, CHOICES, FIELD_WORDS, KINDS
from zhicheng.faces.web.display import fullwidth


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one kind. anchor: element id on the first run of a piece; ref: the id at which the other side tells of it.

    asked: a question is open about them. anchors: ids of further pieces that begin here.
    """

    text: str
    kind: str = ""
    anchor: str = ""
    ref: str = ""
    asked: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One value of a piece: label, what it is, and its normal form where words were read as a number."""

    label: Any
    value: str
    normal: str = ""
    typed: str = ""  # the reason a person gave
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One piece beside its clause."""

    piece: Piece
    dom: str
    kind: Any
    quote: str
    shown: tuple[Shown, ...]
    unset: bool

    @property
    def title(self) -> str:
        values = self.piece.values
        return values.get("name") or values.get("indicator") or values.get("what") or values.get("text") or self.quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: where it starts, its runs; head where it carries the clause's number."""

    start: int
    runs: tuple[Run, ...]
    head: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One clause on both sides. asked: a person is asked to read it; gaps: its words that nothing was read from."""

    clause: ReadClause
    dom: str
    label: str
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    asked: bool

    @property
    def questions(self) -> int:
        return sum(row.piece.kind == "question" for row in self.rows)

    @property
    def stated(self) -> list[Row]:
        return [row for row in self.rows if row.piece.kind != "question"]

    @property
    def open_gaps(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.unread.reason]

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """What was read, by kind, for the closed row."""
        found: dict[str, int] = defaultdict(int)
        for row in self.rows:
            found[row.piece.kind] += 1
        return [(KINDS[kind], found[kind]) for kind in KINDS if found[kind] and kind != "question"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Unread words, and the clause they stand in, if any."""

    unread: Unread
    text: str
    start: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of the page with its clauses, or (document None) unread lines between two documents."""

    document: Document | None
    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]

    @property
    def open_gaps(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.unread.reason]

    @property
    def settled_gaps(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.unread.reason]

    @property
    def is_plan(self) -> bool:
        return self.document is not None and self.document.kind == "plan"


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the page, or the words between two, for the bar: x and width of 1000."""

    document: Document | None
    title: Any
    signs: int
    x: float
    width: float
    kind: str


def dom(identifier: str) -> str:
    """A piece's id as an element's: incentive:1364 → incentive-1364."""
    return "".join(sign if sign.isalnum() else "-" for sign in identifier)


def sheets(reading: Reading) -> list[Sheet]:
    """The whole page in the order of the text."""
    page, found, at = _Page(reading), [], 0
    for document in (*reading.documents, None):
        upto = document.span.start if document else len(reading.text)
        between = tuple(gap for gap in page.gaps[""] if at <= gap.start < upto)
        if between:
            found.append(Sheet(None, (), between))
        if document:
            own = (clause for clause in reading.clauses if clause.document == document.key)
            found.append(Sheet(document, tuple(page.block(document, clause) for clause in own), ()))
            at = document.span.end
    return found


class _Page:
    """A reading sorted by clause once, so that each block is made without searching."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.shown = reading, fullwidth(reading.text)
        self.asked = {clause.key for clause in reading.to_accept}
        self.pieces: dict[str, list[Piece]] = defaultdict(list)
        self.gaps: dict[str, list[Gap]] = defaultdict(list)
        for piece in reading.pieces:
            self.pieces[piece.clause].append(piece)
        for gap in gaps(reading):
            self.gaps[gap.clause].append(gap)

    def block(self, document: Document, clause: ReadClause) -> Block:
        pieces, own_gaps = self.pieces[clause.key], self.gaps[clause.key]
        return Block(
            clause=clause,
            dom=dom(clause.key),
            label=short_label(document, clause),
            lines=tuple(_lines(self.reading.text, self.shown, clause, _marks(clause, pieces, own_gaps))),
            rows=tuple(row(self.reading, piece) for piece in pieces),
            gaps=tuple(own_gaps),
            asked=clause.key in self.asked,
        )


def gaps(reading: Reading) -> list[Gap]:
    """Every unread piece, with the clause it stands in."""
    return [
        Gap(
            piece, fullwidth(reading.quote(piece.span)), piece.span.start,
            next((c.key for c in reading.clauses if piece.span.start >= c.span.start and piece.span.end <= c.span.end), ""),
        )
        for piece in reading.unread
    ]  # fmt: skip


def short_label(document: Document, clause: ReadClause) -> str:
    return fullwidth(clause.label.removeprefix(document.title).strip() or clause.label)


def row(reading: Reading, piece: Piece) -> Row:
    shown = tuple(_shown(piece))
    unset = piece.kind == "incentive" and not any(piece.values[name] for name in AMOUNTS)
    unset |= (piece.kind == "target" and piece.values["value"] is None) or (
        piece.kind == "fund" and not piece.values["size"]
    )
    return Row(piece, dom(piece.id), KINDS[piece.kind], fullwidth(reading.quote(piece.span)), shown, unset)


def _shown(piece: Piece) -> Iterator[Shown]:
    for field in FIELDS[piece.kind]:
        value = piece.values[field.name]
        if (value is None or value is False or value in ((), "")) and field.name not in piece.typed:
            continue
        normal = f"{value.fen // 100:,}.{value.fen % 100:02d}" if isinstance(value, Money) else ""
        choice = field.kind in ("choice", "flag")
        words = str(CHOICES.get(value, value)) if field.kind == "choice" else written(field, value)
        words = str(_("是") if value else _("否")) if field.kind == "flag" else words or str(_("待定"))
        yield Shown(FIELD_WORDS[field.name], words, normal, piece.typed.get(field.name, ""), choice)


def inputs(piece: Piece, said: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """The fields of a piece's form: name, label, kind, what stands in it; said: what the person had typed."""
    made = []
    for field in FIELDS[piece.kind]:
        value = said[field.name] if said and field.name in said else written(field, piece.values[field.name])
        made.append(
            {
                "name": field.name,
                "label": FIELD_WORDS[field.name],
                "kind": field.kind,
                "value": value,
                "options": _options(field),
            }
        )
    return made


def _options(field: Field) -> list[tuple[str, Any]]:
    if field.kind == "flag":
        return [("是", _("是")), ("否", _("否"))]
    return (
        [(identifier, CHOICES[identifier]) for identifier in field.choices.values()] if field.kind == "choice" else []
    )


def parts(reading: Reading) -> list[Part]:
    """How the page is split: its documents and the unread words between them, as shares of all characters."""
    total = max(1, _signs(reading.text, Span(0, len(reading.text))))
    pieces: list[tuple[Document | None, Any, int, str]] = []
    at = 0
    for document in (*reading.documents, None):
        start = document.span.start if document else len(reading.text)
        between = _signs(reading.text, Span(at, start))
        if between:
            open_ = any(not u.reason and at <= u.span.start < start for u in reading.unread)
            pieces.append((None, _("未读") if open_ else _("不属方案"), between, "unread" if open_ else "outside"))
        if document:
            pieces.append(
                (
                    document,
                    document.title,
                    _signs(reading.text, document.span),
                    "plan" if document.kind == "plan" else "beside",
                )
            )
            at = document.span.end
    found, x = [], 0.0
    for document, title, signs, kind in pieces:
        width = signs * 1000 / total
        found.append(Part(document, title, signs, round(x, 2), round(width, 2), kind))
        x += width
    return found


def _signs(text: str, span: Span) -> int:
    return sum(not sign.isspace() for sign in span.of(text))


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    kind: str
    anchor: str
    ref: str


def _marks(clause: ReadClause, pieces: Iterable[Piece], gaps_: Iterable[Gap]) -> list[_Mark]:
    """Everything to be shown in a clause. Of two marks over one place the shorter wins: it is the more exact one."""
    own = dom(clause.key)
    marks = [_Mark(p.span, p.kind, f"s-{dom(p.id)}", f"f-{dom(p.id)}") for p in pieces]
    marks += [_Mark(u.span, "unit", f"s-{own}-{n}", f"u-{own}") for n, u in enumerate(clause.units)]
    marks += [_Mark(g.unread.span, "unread", f"n-{g.start}", f"w-{g.start}") for g in gaps_ if not g.unread.reason]
    return sorted(marks, key=lambda mark: mark.span.end - mark.span.start)


def _lines(text: str, shown: str, clause: ReadClause, marks: list[_Mark]) -> Iterator[Line]:
    inside = [mark for mark in marks if mark.span.overlaps(clause.span)]
    begun: set[str] = set()
    at, first = clause.span.start, True
    for line in clause.span.of(text).splitlines(keepends=True):
        kept = line.strip()
        if kept:
            start = at + line.index(kept[0])
            span = Span(start, start + len(kept))
            head = _heading_end(text, clause) if first else span.start
            runs = [_heading(shown, Span(span.start, head), inside, begun)] if head > span.start else []
            runs += _runs(shown, Span(head, span.end), inside, begun)
            yield Line(start, tuple(runs), first and head > span.start)
            first = False
        at += len(line)


def _heading(shown: str, span: Span, marks: Iterable[_Mark], begun: set[str]) -> Run:
    """Number and title as one run; what was read in them is anchored before it."""
    here = [mark for mark in marks if mark.span.overlaps(span)]
    begun.update(mark.anchor for mark in here)
    asked = any(mark.kind == "question" for mark in here)
    return Run(span.of(shown), "heading", asked=asked, anchors=tuple(mark.anchor for mark in here))


def _heading_end(text: str, clause: ReadClause) -> int:
    """Where number and title end; the start where the clause has neither."""
    at = clause.span.start
    for words in (clause.number, clause.title):
        while words and at < clause.span.end and text[at].isspace():
            at += 1
        if words and text.startswith(words, at):
            at += len(words)
    return at + 1 if text[at : at + 1] == "。" and at > clause.span.start else at


def _runs(shown: str, span: Span, marks: Iterable[_Mark], begun: set[str]) -> Iterator[Run]:
    here = [mark for mark in marks if mark.span.overlaps(span)]
    cuts = sorted(
        {span.start, span.end}
        | {max(m.span.start, span.start) for m in here}
        | {min(m.span.end, span.end) for m in here}
    )
    for start, end in pairwise(cuts):
        over = [mark for mark in here if mark.span.overlaps(Span(start, end))]
        if not over:
            yield Run(shown[start:end])
            continue
        stated = [mark for mark in over if mark.kind != "question"] or over
        fresh = [
            mark.anchor for mark in (stated[0], *(m for m in over if m is not stated[0])) if mark.anchor not in begun
        ]
        begun.update(fresh)
        own = stated[0].anchor if stated[0].anchor in fresh else ""
        yield Run(
            shown[start:end],
            stated[0].kind,
            own,
            stated[0].ref,
            any(mark.kind == "question" for mark in over),
            tuple(anchor for anchor in fresh if anchor != own),
        )


def start_of(reading: Reading, piece: Piece, quote: str) -> int:
    """Where these words, shown wide or not, begin in the piece's clause; the piece's own start where they are not."""
    clause = reading.clause(piece.clause)
    at = fullwidth(reading.text).find(fullwidth(quote), clause.span.start, clause.span.end)
    return at if at >= 0 else piece.span.start


def totals(reading: Reading) -> dict[str, int]:
    """What was read, counted: for the facts under the title."""
    plan = {d.key for d in reading.documents if d.kind == "plan"}
    units = {unit.name for clause in reading.clauses for unit in clause.units}
    found = {kind: sum(p.kind == kind for p in reading.pieces) for kind in KINDS}
    tasks = [c for c in reading.clauses if c.task]
    return {
        "signs": len(reading.text), "documents": len(reading.documents), "tasks": len(tasks), "units": len(units),
        "projects": len({c.parent for c in tasks}), "clauses": sum(c.document in plan for c in reading.clauses), **found,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version would change against the one in force, by clause."""

    new: tuple[ReadClause, ...]
    changed: tuple[ReadClause, ...]
    gone: tuple[Any, ...]
    same: int


def changes(reading: Reading) -> Changes:
    kept = {clause.key for clause in reading.clauses}
    return Changes(
        new=tuple(c for c in reading.clauses if not c.known),
        changed=tuple(c for c in reading.clauses if c.known and not c.same),
        gone=tuple(c for c in reading.before.clauses if c.key not in kept) if reading.before else (),
        same=sum(c.same for c in reading.clauses),
    )


def change_log(corrections: Iterable[dict[str, Any]], names: dict[int, str]) -> list[dict[str, Any]]:
    """Corrections as people read them, the last first."""
    return [
        {
            "act": ACTS.get(row["act"], row["act"]), "about": row["about"], "reason": row.get("reason", ""),
            "by": names.get(row.get("by") or 0, ""), "at": datetime.fromisoformat(row["at"]) if row.get("at") else None,
            "values": [(FIELD_WORDS.get(name, KINDS.get(name, name)), said) for name, said in row.get("values", {}).items()],
        }
        for row in reversed(list(corrections))
    ]  # fmt: skip
