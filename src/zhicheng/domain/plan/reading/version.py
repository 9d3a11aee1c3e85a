"""成版: a reading as a Plan. What nobody said stays unset; what people confirmed before keeps its key and its words.

Not here: writing it (usecases), checking it (domain/plan/lint).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import (
    Assignment,
    Clause,
    Commitment,
    Confirmation,
    Fund,
    Instrument,
    Measurable,
    Outside,
    Plan,
    Project,
    Question,
    Target,
    Task,
    Unit,
)
from zhicheng.domain.plan.reading.model import NamedUnit, Piece, PieceKind, ReadClause, Reading

_P = TypeVar("_P", Target, Instrument, Commitment, Fund, Question)


@dataclass(frozen=True, slots=True)
class Head:
    """What a version says of itself and no clause can: given by the person who makes it."""

    key: str
    title: str
    subtitle: str
    city: str
    issuer: str
    drafting_unit: str
    period: tuple[int, int]
    meta: Mapping[str, str]


def head_of(before: Plan) -> Head:
    """The head of the version in force, as the proposal for the next."""
    return Head(
        before.key, before.title, before.subtitle, before.city, before.issuer, before.drafting_unit, before.period,
        before.meta,
    )  # fmt: skip


def version(reading: Reading, head: Head, by: str, today: date) -> Plan:
    """The plan a reading says. by, today: who vouches for the accepted clauses, and when."""
    return _Version(reading, head).plan(by, today)


class _Version:
    """One version being put together."""

    def __init__(self, reading: Reading, head: Head) -> None:
        self.reading, self.head, self.before = reading, head, reading.before
        self.units = _Units(self.before)
        self.keys = {kind: _Keys(prefix, _parts(self.before, kind)) for kind, (_, prefix) in PARTS.items()}

    def plan(self, by: str, today: date) -> Plan:
        reading, head = self.reading, self.head
        projects = tuple(self._projects())
        tasks = tuple(self._tasks(projects))
        parts: dict[str, Any] = {PARTS[kind][0]: tuple(self._parts(kind, tasks)) for kind in PARTS}
        clauses = tuple(self._clauses())
        return Plan(
            key=head.key, title=head.title, subtitle=head.subtitle, city=head.city, issuer=head.issuer,
            drafting_unit=head.drafting_unit, period=head.period, text=reading.text,
            sha256=hashlib.sha256(reading.text.encode()).hexdigest(), documents=reading.documents, clauses=clauses,
            projects=projects, tasks=tasks, units=tuple(self.units.all), meta=dict(head.meta),
            institutions=tuple(self._unchanged("institutions")), upstreams=tuple(self._unchanged("upstreams")),
            predecessor=self.before.predecessor if self.before else None,
            successor=self.before.successor if self.before else None,
            outside=tuple(Outside(piece.span, piece.reason) for piece in reading.unread if not self._inside(piece.span)),
            confirmed=self._confirmed(tasks, parts, by, today), **parts,
        )  # fmt: skip

    def _inside(self, span: Span) -> bool:
        return any(span.within(document.span) for document in self.reading.documents)

    def _clauses(self) -> Iterator[Clause]:
        for c in self.reading.clauses:
            yield Clause(c.key, c.label, c.document, c.kind, c.number, c.title, c.level, c.parent, c.span)

    def _projects(self) -> Iterator[Project]:
        """The clauses that hold tasks, in order; numbered 1, 2, 3 …"""
        holding = dict.fromkeys(c.parent or c.key for c in self.reading.clauses if c.task)
        known = {p.clause: p.title for p in self.before.projects} if self.before else {}
        for number, key in enumerate(holding, 1):
            yield Project(str(number), key, known.get(key) or self.reading.clause(key).title)

    def _tasks(self, projects: Iterable[Project]) -> Iterator[Task]:
        project_of = {p.clause: p.key for p in projects}
        for c in self.reading.clauses:
            if c.task:
                units = tuple(self._assignments(c))
                yield Task(c.task, project_of[c.parent or c.key], c.key, c.title, units)

    def _assignments(self, clause: ReadClause) -> Iterator[Assignment]:
        led = any(unit.role == "lead" for unit in clause.units)
        for position, unit in enumerate(clause.units, 1):
            role = "first" if position == 1 and not led and unit.role is None else unit.role
            yield Assignment(self.units.key(unit), position, role, unit.span)

    def _parts(self, kind: PieceKind, tasks: tuple[Task, ...]) -> Iterator[Any]:
        """Parts in the order of the version in force, then those it does not have, in the order of the text."""
        task_of = {task.clause: task.key for task in tasks}
        order = {part.key: place for place, part in enumerate(_parts(self.before, kind))}
        pieces = [p for p in self.reading.pieces if p.kind == kind]
        for piece in sorted(pieces, key=lambda p: order.get(p.key, len(order))):
            yield self._part(piece, task_of.get(piece.clause))

    def _part(self, piece: Piece, task: str | None) -> Any:
        """The part a piece becomes: the confirmed one with what changed, or a new one with what is known."""
        key = piece.key or self.keys[piece.kind].next()
        values = {**piece.values, "key": key, "clause": piece.clause, "span": piece.span}
        old = _old(self.before, piece)
        if piece.kind == "incentive":
            values["task"] = old.task if old is not None and piece.origin == "plan" else task
        if old is not None:
            return replace(old, **values)
        return _NEW[piece.kind](values, self.reading.quote(piece.span))

    def _unchanged(self, name: str) -> Iterator[Any]:
        """Parts of the version in force whose clause is the same in this text, at their new place."""
        shifts = {c.key: c for c in self.reading.clauses if c.same}
        for part in getattr(self.before, name) if self.before else ():
            clause = shifts.get(part.clause)
            if clause is not None and self.before is not None:
                yield replace(part, span=moved(part.span, self.before.clause(clause.key).span, clause.span))

    def _confirmed(
        self, tasks: Iterable[Task], parts: Mapping[str, Any], by: str, today: date
    ) -> dict[str, Confirmation]:
        """Who vouches for each entry: whoever did before where nothing changed, else the person who accepted its clause."""
        earlier = self.before.confirmed if self.before else {}
        groups = {"tasks": tasks, **{_ENTRY.get(name, name): rows for name, rows in parts.items()}}
        said = {entry: who for entry, who in earlier.items() if entry.split()[0] not in groups}
        clauses = {c.key: c for c in self.reading.clauses}
        carried = {p.key for p in self.reading.pieces if p.origin == "plan"}
        for group, rows in groups.items():
            for row in rows:
                entry, clause = f"{group} {row.key}", clauses[row.clause]
                if entry in earlier and (row.key in carried or (group == "tasks" and clause.same)):
                    said[entry] = earlier[entry]
                elif clause.accepted:
                    said[entry] = Confirmation(by, today)
        return said


PARTS: dict[PieceKind, tuple[str, str]] = {
    "target": ("targets", "T"),
    "incentive": ("instruments", "I"),
    "commitment": ("commitments", "C"),
    "fund": ("funds", "F"),
    "question": ("questions", "Q"),
}
_ENTRY = {"instruments": "incentives"}


def _parts(before: Plan | None, kind: PieceKind) -> tuple[Any, ...]:
    return getattr(before, PARTS[kind][0]) if before else ()


def _old(before: Plan | None, piece: Piece) -> Any:
    return next((part for part in _parts(before, piece.kind) if part.key == piece.key), None) if piece.key else None


def moved(span: Span, from_: Span, to: Span) -> Span:
    """A span of a clause at the same words of the clause elsewhere."""
    return Span(span.start - from_.start + to.start, span.end - from_.start + to.start)


class _Keys:
    """Gives new keys of one kind: the next number after all that were ever given."""

    def __init__(self, prefix: str, known: Iterable[Any]) -> None:
        self.prefix = prefix
        numbers = [int(m.group(1)) for part in known if (m := re.fullmatch(rf"{prefix}(\d+)", part.key))]
        self.last = max(numbers, default=0)

    def next(self) -> str:
        self.last += 1
        return f"{self.prefix}{self.last:02d}"


class _Units:
    """Units of the version: those known before, and new ones as the text names them."""

    def __init__(self, before: Plan | None) -> None:
        self.all: list[Unit] = list(before.units) if before else []
        self.by_name = {name: unit.key for unit in self.all for name in (unit.name, *(n.name for n in unit.names))}

    def key(self, named: NamedUnit) -> str:
        if named.name not in self.by_name:
            key = f"unit-{hashlib.sha256(named.name.encode()).hexdigest()[:8]}"
            kind: Any = (
                "area_group" if named.name.startswith("各") else "court" if "法院" in named.name else "department"
            )
            self.all.append(Unit(key, named.name, kind))
            self.by_name[named.name] = key
        return self.by_name[named.name]


def measurable(value: Any, deadline: int | None, comparator: str | None) -> tuple[Measurable, str]:
    """Whether a target can be measured as written, and why: needs a number, a day and, for growth, a base."""
    if value is None:
        return "no", "没有写数值"
    if deadline is None:
        return "partly", "没有写期限"
    if comparator in ("growth>=", "increase by", "increase by >="):
        return "partly", "没有写起算的基数"
    return "yes", "有数值和期限"


def _target(v: dict[str, Any], quote: str) -> Target:
    if v["base"] and v["comparator"] in ("growth>=", "increase by", "increase by >="):
        state: tuple[Measurable, str] = (
            ("yes", "有数值、期限和基数") if v["value"] is not None else ("no", "没有写数值")
        )
    else:
        state = measurable(v["value"], v["deadline_year"], v["comparator"])
    v = {**v, "indicator": v["indicator"] or quote, "comparator": v["comparator"] or ""}
    return Target(**v, period=None, measurable=state[0], reason=state[1])


def _instrument(v: dict[str, Any], quote: str) -> Instrument:
    v = {**v, "name": v["name"] or quote, "who": v["who"] or "", "what": v["what"] or "", "kind": v["kind"] or "reward"}
    return Instrument(**v, name_en="", per_is_reading=False)


def _commitment(v: dict[str, Any], quote: str) -> Commitment:
    return Commitment(**{**v, "kind": v["kind"] or "mechanism", "what": v["what"] or quote})


def _fund(v: dict[str, Any], quote: str) -> Fund:
    return Fund(**{**v, "name": v["name"] or quote})


def _question(v: dict[str, Any], quote: str) -> Question:
    return Question(**{**v, "text": v["text"] or f"“{quote}”指什么？", "to": v["to"] or ""})


_NEW: dict[PieceKind, Any] = {
    "target": _target,
    "incentive": _instrument,
    "commitment": _commitment,
    "fund": _fund,
    "question": _question,
}
