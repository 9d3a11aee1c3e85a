"""The plan as a document with a margin: its words in runs, and beside each clause what the plan ties to it.

Pure: from a Plan (and the findings a reader may see) to values a template shows. Not here: queries, HTML, what anything means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal, TypeVar

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import (
    Clause,
    Commitment,
    Fund,
    Institution,
    Instrument,
    Plan,
    Question,
    Role,
    Target,
    Task,
    Unit,
    Upstream,
)
from zhicheng.faces.web.display import fullwidth

MarkKind = Literal["", "money", "target", "open"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the plan of one kind. refs: keys of what they state, for showing text and margin together."""

    text: str
    kind: MarkKind = ""
    refs: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    span: Span
    kind: MarkKind
    ref: str


@dataclass(frozen=True, slots=True)
class Named:
    """A responsible unit of a task, in the order of the text. role: lead only where the text says so; else `first`."""

    unit: Unit
    role: Role | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """待答问题 of a clause, or of one instrument in it."""

    text: str
    quote: str
    to: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the tasks of one project hold together."""

    tasks: int
    instruments: int
    unset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as the page shows it. tail: the bracket that names the units, shown apart from the sentence."""

    clause: Clause
    label: str
    heading: str
    stop: str  # the full stop after the heading, kept for whoever copies the text
    paragraphs: tuple[tuple[Run, ...], ...]
    tail: str
    task: Task | None
    units: tuple[Named, ...]
    targets: tuple[Target, ...]
    instruments: tuple[Instrument, ...]
    commitments: tuple[Commitment, ...]
    funds: tuple[Fund, ...]
    institutions: tuple[Institution, ...]
    questions: tuple[OpenQuestion, ...]
    upstreams: tuple[Upstream, ...]
    findings: tuple[Any, ...]
    sums: Sums | None = None  # of a project: what its tasks hold together

    @property
    def name(self) -> str:
        """What a list of clauses calls it: its heading, else number and title; empty for a paragraph without either."""
        return self.heading or fullwidth(self.clause.number + self.clause.title)

    @property
    def first_unit(self) -> Named | None:
        return self.units[0] if self.units else None

    @property
    def other_units(self) -> int:
        return max(len(self.units) - 1, 0)

    @property
    def question_groups(self) -> list[list[OpenQuestion]]:
        """Questions that stand at one place of the text together, so that its words are quoted once."""
        return [list(group) for _, group in groupby(self.questions, key=lambda q: (q.quote, q.about, q.to))]

    @property
    def shown_questions(self) -> tuple[OpenQuestion, ...]:
        return self.questions[:2]

    @property
    def more_questions(self) -> int:
        return max(len(self.questions) - 2, 0)

    @property
    def shown_findings(self) -> tuple[Any, ...]:
        return self.findings[:2]

    @property
    def more_findings(self) -> int:
        return max(len(self.findings) - 2, 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """One line of totals over the plan itself; instrument_questions are settled with the instruments' own rules."""

    tasks: int
    targets: int
    targets_unset: int
    instruments: int
    instruments_unset: int
    units: int
    questions: int
    instrument_questions: int


def entries(plan: Plan, document: str, findings: Iterable[Any] = ()) -> list[Entry]:
    """Every clause of one document of the page, in its order. findings: remarks (clause_key, finding), the heaviest first in a margin."""
    parts = _Parts(plan, findings)
    return [parts.entry(clause) for clause in plan.clauses if clause.document == document]


def entry(plan: Plan, key: str, findings: Iterable[Any] = ()) -> Entry:
    """One clause; KeyError if the plan has none of this key."""
    return _Parts(plan, findings).entry(plan.clause(key))


def counts(plan: Plan) -> Counts:
    return Counts(
        tasks=len(plan.tasks),
        targets=len(plan.targets),
        targets_unset=sum(target.value is None for target in plan.targets),
        instruments=len(plan.instruments),
        instruments_unset=sum(instrument.amount_unset for instrument in plan.instruments),
        units=len(plan.units),
        questions=len(plan.questions),
        instrument_questions=sum(len(instrument.open) for instrument in plan.instruments),
    )


def neighbours(plan: Plan, key: str) -> tuple[Clause | None, Clause | None]:
    """The clause before and the clause after, within the same document."""
    here = plan.clause(key)
    row = [clause for clause in plan.clauses if clause.document == here.document]
    at = row.index(here)
    return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)


def short_label(plan: Plan, clause: Clause) -> str:
    """The label without its document's name: 二（一）4."""
    return fullwidth(clause.label.removeprefix(plan.document(clause.document).title).strip() or clause.label)


def marks(plan: Plan) -> list[Mark]:
    """What is underlined: money green, targets blue; a wave where the text leaves a value unset or a question stands alone."""
    found = [Mark(t.span, "open" if t.value is None else "target", t.key) for t in plan.targets]
    found += [Mark(i.span, "open" if i.amount_unset else "money", i.key) for i in plan.instruments]
    found += [Mark(f.span, "open" if f.size is None else "money", f.key) for f in plan.funds]
    taken = [mark.span for mark in found]
    found += [Mark(q.span, "open", q.key) for q in plan.questions if not any(q.span.overlaps(span) for span in taken)]
    return found


def runs(text: str, span: Span, marks_: Sequence[Mark]) -> tuple[Run, ...]:
    """`span` of `text` cut where marks begin and end; where several lie over one place, money goes before target before wave."""
    inside = [mark for mark in marks_ if mark.span.overlaps(span)]
    cuts = sorted(
        {span.start, span.end}
        | {max(mark.span.start, span.start) for mark in inside}
        | {min(mark.span.end, span.end) for mark in inside}
    )
    order = {"money": 0, "target": 1, "open": 2, "": 3}
    result = []
    for start, end in pairwise(cuts):
        here = sorted((m for m in inside if m.span.overlaps(Span(start, end))), key=lambda mark: order[mark.kind])
        result.append(Run(text[start:end], here[0].kind if here else "", " ".join(mark.ref for mark in here)))
    return tuple(result)


_WEIGHT = {"error": 0, "warning": 1, "info": 2}
_T = TypeVar("_T")


def _by_clause(items: Iterable[_T]) -> dict[str, list[_T]]:
    grouped: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        grouped[item.clause].append(item)  # type: ignore[attr-defined]
    return grouped


class _Parts:
    """A plan sorted by clause once, so that each entry is found without searching."""

    def __init__(self, plan: Plan, findings: Iterable[Any]) -> None:
        self.plan = plan
        self.shown = fullwidth(plan.text)
        self.marks = marks(plan)
        self.tasks = {task.clause: task for task in plan.tasks}
        self.units = {unit.key: unit for unit in plan.units}
        self.targets = _by_clause(plan.targets)
        self.instruments = _by_clause(plan.instruments)
        self.commitments = _by_clause(plan.commitments)
        self.funds = _by_clause(plan.funds)
        self.institutions = _by_clause(plan.institutions)
        self.questions = _by_clause(plan.questions)
        self.upstreams = _by_clause(plan.upstreams)
        self.projects = {project.clause: project.key for project in plan.projects}
        self.findings: dict[str, list[Any]] = defaultdict(list)
        for remark in sorted(findings, key=lambda remark: _WEIGHT.get(remark.finding.severity, 3)):
            self.findings[remark.clause_key].append(remark)

    def entry(self, clause: Clause) -> Entry:
        task = self.tasks.get(clause.key)
        heading, stop, body = self._heading(clause)
        tail = self._tail(task, body)
        instruments = tuple(self.instruments[clause.key])
        return Entry(
            clause=clause,
            label=short_label(self.plan, clause),
            heading=heading,
            stop=stop,
            paragraphs=self._paragraphs(Span(body.start, tail.start)),
            tail=tail.of(self.shown).strip(),
            task=task,
            units=tuple(Named(self.units[a.unit], a.role) for a in task.units) if task else (),
            targets=tuple(self.targets[clause.key]),
            instruments=instruments,
            commitments=tuple(self.commitments[clause.key]),
            funds=tuple(self.funds[clause.key]),
            institutions=tuple(self.institutions[clause.key]),
            questions=self._questions(self.questions[clause.key], instruments),
            upstreams=tuple(self.upstreams[clause.key]),
            findings=tuple(self.findings[clause.key]),
            sums=self._sums(clause),
        )

    def _sums(self, clause: Clause) -> Sums | None:
        project = self.projects.get(clause.key)
        if project is None:
            return None
        tasks = [task for task in self.plan.tasks if task.project == project]
        held = [instrument for task in tasks for instrument in self.instruments[task.clause]]
        return Sums(len(tasks), len(held), sum(instrument.amount_unset for instrument in held))

    def _heading(self, clause: Clause) -> tuple[str, str, Span]:
        """Heading as shown, the stop after it, and what is left as body. A clause whose number and title do not open its text is all body."""
        text, at = self.plan.text, clause.span.start
        for part in (clause.number, clause.title):
            while part and at < clause.span.end and text[at].isspace():
                at += 1
            if part and not text.startswith(part, at):
                return "", "", clause.span
            at += len(part)
        heading = self.shown[clause.span.start : at].strip()
        stop = "。" if text.startswith("。", at) else ""
        return heading, stop, Span(at + len(stop), clause.span.end)

    def _tail(self, task: Task | None, body: Span) -> Span:
        """From the bracket before the first unit to the end of the clause; empty where no unit is named."""
        named = [a.span.start for a in task.units if a.span.within(body)] if task else []
        if not named:
            return Span(body.end, body.end)
        first = min(named)
        bracket = max(self.plan.text.rfind("(", body.start, first), self.plan.text.rfind("（", body.start, first))
        return Span(bracket if bracket >= 0 else first, body.end)

    def _paragraphs(self, span: Span) -> tuple[tuple[Run, ...], ...]:
        found, at = [], span.start
        for line in span.of(self.plan.text).splitlines(keepends=True):
            kept = line.strip()
            if kept:
                start = at + line.index(kept[0])
                found.append(runs(self.shown, Span(start, start + len(kept)), self.marks))
            at += len(line)
        return tuple(found)

    def _questions(self, asked: Iterable[Question], instruments: Iterable[Instrument]) -> tuple[OpenQuestion, ...]:
        own = [OpenQuestion(q.text, fullwidth(self.plan.quote(q.span)), q.to) for q in asked]
        of_money = [
            OpenQuestion(text, fullwidth(self.plan.quote(i.span)), "", i.key) for i in instruments for text in i.open
        ]
        return tuple(own + of_money)
