"""读入件: the clauses of a text being read in and what was read out of them. All values are immutable.

Not here: reading the text (compiler/), what a person may change (correct.py), the plan it becomes (version.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import ClauseKind, Document, Plan, Role

PieceKind = Literal["target", "incentive", "commitment", "fund", "question"]
Origin = Literal["compiler", "plan", "person"]  # read by rule; carried over from the version in force; said by a person
FieldKind = Literal["text", "money", "rate", "decimal", "count", "year", "flag", "choice", "tiers"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value a piece may bear. name: as in domain/plan/model; choices: word of the text -> identifier."""

    name: str
    kind: FieldKind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing read out of the text. id: kind:start, the same as long as the draft lives, since its text never changes.

    values: by field name, None = the text does not say (待定). typed: fields a person set, with the reason of each.
    key: the permanent one where it is carried over from the version in force, else empty until it becomes part of one.
    """

    id: str
    kind: PieceKind
    clause: str
    span: Span
    values: Mapping[str, Any]
    origin: Origin = "compiler"
    typed: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""  # why a person says it is this kind of thing
    key: str = ""


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A responsible unit at its place in the text."""

    name: str
    role: Role | None
    span: Span


@dataclass(frozen=True, slots=True)
class ReadClause:
    """条款 being read. key: the permanent one where the version in force has this clause, else given anew.

    same: its own words are those of the version in force, so what people confirmed there still holds (and it is accepted).
    accepted: somebody has read it against the text.
    """

    key: str
    document: str
    kind: ClauseKind
    label: str
    number: str
    title: str
    level: int
    parent: str | None
    span: Span
    task: str | None = None  # 1.4
    units: tuple[NamedUnit, ...] = ()
    known: bool = False
    same: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """未读: words that are part of no document, or of a clause but of nothing read in it.

    reason: why that is right, empty while nobody has said.
    """

    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with everything read out of it so far. `before` is the version in force, whose keys and words carry over."""

    text: str
    title: str
    documents: tuple[Document, ...]
    clauses: tuple[ReadClause, ...]
    pieces: tuple[Piece, ...]
    unread: tuple[Unread, ...]
    before: Plan | None = None

    def clause(self, key: str) -> ReadClause:
        return next(c for c in self.clauses if c.key == key)

    def piece(self, identifier: str) -> Piece | None:
        return next((p for p in self.pieces if p.id == identifier), None)

    def of_clause(self, key: str) -> tuple[Piece, ...]:
        """Pieces of one clause in the order of the text."""
        return tuple(p for p in self.pieces if p.clause == key)

    def quote(self, span: Span) -> str:
        return span.of(self.text)

    @property
    def to_accept(self) -> tuple[ReadClause, ...]:
        """Clauses a person is asked to read: those of the plan with words of their own, beyond a bare heading."""
        plan = {d.key for d in self.documents if d.kind == "plan"}
        return tuple(c for c in self.clauses if c.document in plan and self._says_something(c))

    def _says_something(self, clause: ReadClause) -> bool:
        words = "".join(self.quote(clause.span).split())
        heading = "".join((clause.number + clause.title).split())
        return bool(clause.units) or len(words) > len(heading) + 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is. placed: characters of the text that are part of a clause or explained; of: all but blanks."""

    placed: int
    of: int
    accepted: int
    clauses: int
    questions: int
    unread: int

    @property
    def share(self) -> int:
        """Placed characters in whole percent; 100 only when every one is placed."""
        return 100 if self.placed >= self.of else min(99, self.placed * 100 // self.of)


def progress(reading: Reading) -> Progress:
    """Where the work stands: it may become a version once nothing is unread, whatever questions are open."""
    left = [piece for piece in reading.unread if not piece.reason]
    missing = sum(_signs(reading.quote(piece.span)) for piece in left)
    everything = _signs(reading.text)
    asked = reading.to_accept
    return Progress(
        placed=everything - missing,
        of=everything,
        accepted=sum(c.accepted for c in asked),
        clauses=len(asked),
        questions=sum(p.kind == "question" for p in reading.pieces),
        unread=len(left),
    )


def _signs(text: str) -> int:
    return sum(not sign.isspace() for sign in text)
