"""方案目录: reads plans/<city-years>/ into a Plan. Not here: the shape of the files (schema.py), places of quotes (places.py), writing (writing.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from zhicheng.base import datafile
from zhicheng.base.citation import Span
from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.domain.plan import schema
from zhicheng.domain.plan.labels import Labels
from zhicheng.domain.plan.likeness import folded
from zhicheng.domain.plan.model import (
    Assignment,
    Clause,
    Commitment,
    Confirmation,
    Fund,
    Institution,
    Instrument,
    Plan,
    Project,
    Question,
    Target,
    Task,
    Tier,
    Unit,
    UnitName,
    Upstream,
)
from zhicheng.domain.plan.places import Places, place_clauses, place_documents, place_outside

_P = TypeVar("_P", bound=BaseModel)


def load(directory: Path) -> Plan:
    """The plan of one folder, every quote at its place.

    Only source.txt and plan.yaml must be there; a file that is missing says nothing. Raises UnreadableInput (file,
    entry, what to do) or Missing.
    """
    return _Folder(Path(directory)).plan()


class _Folder:
    """One folder being read. `confirmed` gathers who confirmed which entry."""

    def __init__(self, directory: Path) -> None:
        if not directory.is_dir():
            raise Missing("没有这个方案目录", where=str(directory), todo="核对路径")
        self.directory = directory
        self.confirmed: dict[str, Confirmation] = {}
        self.text = datafile.read_text(directory / "source.txt")
        self.head = schema.entry_of(schema.PlanFile, datafile.read(directory / "plan.yaml"), "plan.yaml")
        self.sha256 = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        if self.sha256 != self.head.source.sha256:
            raise UnreadableInput(
                "source.txt 与登记的 sha256 不符，原文可能被改动",
                where="plan.yaml source",
                todo=f"恢复原文；确系换了原文的，改登记为 {self.sha256}",
            )
        self.documents = place_documents(self.head.documents, self.text, "plan.yaml")
        self.clauses = tuple(self._clauses())
        schema.refuse_twice([clause.key for clause in self.clauses], "plan.yaml clauses")
        schema.refuse_twice([clause.label for clause in self.clauses], "plan.yaml clauses")
        self.places = Places(self.text, Labels(self.documents, self.clauses))
        self.units = tuple(self._units())

    def plan(self) -> Plan:
        head = self.head
        self._note("plan", head)
        projects, tasks = self._projects()
        return Plan(
            key=head.key,
            title=head.title,
            subtitle=head.subtitle,
            city=head.city,
            issuer=head.issuer,
            drafting_unit=head.drafting_unit,
            period=head.period,
            text=self.text,
            sha256=self.sha256,
            documents=self.documents,
            clauses=self.clauses,
            units=self.units,
            projects=projects,
            tasks=tasks,
            targets=tuple(self._targets()),
            instruments=tuple(self._instruments(tasks)),
            commitments=tuple(self._commitments()),
            funds=tuple(self._funds()),
            institutions=tuple(self._institutions()),
            upstreams=tuple(self._upstreams()),
            questions=tuple(self._questions()),
            predecessor=head.predecessor,
            successor=head.successor,
            meta=dict(head.source.notes),
            outside=place_outside(head.outside, self.documents, self.text, "plan.yaml"),
            confirmed=self.confirmed,
        )

    # parts that carry the rest

    def _clauses(self) -> Iterator[Clause]:
        for part, document in zip(self.head.documents, self.documents, strict=True):
            yield from place_clauses(part, document, self.text, "plan.yaml")

    def _units(self) -> Iterator[Unit]:
        for part in self._entries("units.yaml", schema.UnitPart):
            names = tuple(UnitName(n.name, cast(Any, n.kind), n.since, n.until, n.confirmed) for n in part.names)
            yield Unit(part.key, part.name, cast(Any, part.kind), names, part.successor, part.note)

    def _projects(self) -> tuple[tuple[Project, ...], tuple[Task, ...]]:
        projects, tasks = [], []
        for part in self._entries("projects.yaml", schema.ProjectPart):
            where = f"projects.yaml {part.key}"
            projects.append(Project(part.key, self.places.clause(part.cites, where).key, part.title))
            tasks += [self._task(each, part.key) for each in part.tasks]
        schema.refuse_twice([task.key for task in tasks], "projects.yaml tasks")
        return tuple(projects), tuple(tasks)

    def _task(self, part: schema.TaskPart, project: str) -> Task:
        where = f"projects.yaml {part.key}"
        self._note(f"tasks {part.key}", part)
        clause = self.places.clause(part.cites, where)
        if folded(part.title) not in folded(clause.span.of(self.text)):
            raise UnreadableInput(f"条款里没有“{part.title}”", where=where, todo="照抄原文的标题，或改 cites")
        quotes = [part.responsible] if isinstance(part.responsible, str) else part.responsible
        named = [self.places.words(quote, clause.span, where) for quote in quotes] or [clause.span]
        return Task(part.key, project, clause.key, part.title, tuple(self._assignments(part, named, where)))

    def _assignments(self, part: schema.TaskPart, brackets: list[Span], where: str) -> Iterator[Assignment]:
        """The units in the order of the text, bracket by bracket.

        Where the text names no lead, the first-named is `first` (DESIGN 2.11).
        """
        named = [schema.AssignedPart(unit=each) if isinstance(each, str) else each for each in part.units]
        led = any(each.role == "lead" for each in named)
        at = 0
        for position, each in enumerate(named, 1):
            found = (self.text.find(each.unit, max(at, span.start), span.end) for span in brackets if at < span.end)
            start = next((place for place in found if place >= 0), -1)
            if start < 0:
                raise UnreadableInput(f"“{each.unit}”不在责任单位的文字里", where=where, todo="按原文先后照抄")
            at = start + len(each.unit)
            role = "first" if position == 1 and not led and each.role is None else each.role
            yield Assignment(self._unit_key(each.unit, where), position, role, Span(start, at))

    def _unit_key(self, name: str, where: str) -> str:
        for unit in self.units:
            if name == unit.name or any(name == known.name for known in unit.names):
                return unit.key
        raise UnreadableInput(f"units.yaml 里没有“{name}”", where=where, todo="在 units.yaml 登记这个名称")

    # parts with a quote

    def _targets(self) -> Iterator[Target]:
        for part, clause, span in self._placed("targets.yaml", schema.TargetPart):
            yield Target(
                key=part.key,
                clause=clause.key,
                span=span,
                indicator=part.indicator,
                comparator=part.comparator,
                value=part.value.number if part.value else None,
                unit=part.value.unit if part.value else None,
                deadline_year=part.by_year,
                period=part.every,
                base=part.base,
                owner=part.owner,
                source=part.source,
                measurable=cast(Any, part.measurable),
                reason=part.reason,
                formula=part.formula,
            )

    def _instruments(self, tasks: Iterable[Task]) -> Iterator[Instrument]:
        known = {task.key for task in tasks}
        by_clause = {task.clause: task.key for task in tasks}
        for file in sorted((self.directory / "incentives").glob("*.yaml")):
            where = f"incentives/{file.name}"
            part = schema.entry_of(schema.IncentivePart, datafile.read(file), where)
            clause, span = self._place("incentives", part, where)
            if part.task is not None and part.task not in known:
                raise UnreadableInput(f"没有任务“{part.task}”", where=where, todo="写 projects.yaml 里的任务编号")
            yield _instrument(part, clause, span, part.task or by_clause.get(clause.key))

    def _commitments(self) -> Iterator[Commitment]:
        for part, clause, span in self._placed("commitments.yaml", schema.CommitmentPart):
            yield Commitment(part.key, clause.key, span, part.kind, part.what, part.rhythm)

    def _funds(self) -> Iterator[Fund]:
        for part, clause, span in self._placed("funds.yaml", schema.FundPart):
            yield Fund(part.key, clause.key, span, part.name, part.size, part.firm)

    def _institutions(self) -> Iterator[Institution]:
        for part, clause, span in self._placed("institutions.yaml", schema.InstitutionPart):
            yield Institution(part.key, clause.key, span, part.name, part.kind, tuple(part.members), part.note)

    def _upstreams(self) -> Iterator[Upstream]:
        for part, clause, span in self._placed("upstream.yaml", schema.UpstreamPart):
            issued = part.issued
            yield Upstream(
                key=part.key,
                title=part.title,
                issuer=part.issuer,
                issued=issued.exact if issued else None,
                issued_note=part.issued_note or (issued.chinese if issued else ""),
                confirmed=part.date_confirmed,
                span=span,
                clause=clause.key,
                not_before=issued.first if issued else None,
                issued_text=str(issued) if issued else "",
            )

    def _questions(self) -> Iterator[Question]:
        for part, clause, span in self._placed("questions.yaml", schema.QuestionPart):
            yield Question(part.key, clause.key, span, part.text, part.to)

    # reading one file

    def _entries(self, name: str, model: type[_P]) -> list[_P]:
        path = self.directory / name
        if not path.exists():
            return []
        found = schema.entries_of(model, datafile.read(path), name)
        for part in found:
            self._note(f"{path.stem} {getattr(part, 'key', '')}", part)
        return found

    def _placed(self, name: str, model: type[_Q]) -> Iterator[tuple[_Q, Clause, Span]]:
        for part in self._entries(name, model):
            clause, span = self.places.quote(part.cites, part.quote, f"{name} {part.key}")
            yield part, clause, span

    def _place(self, group: str, part: schema.Placed, where: str) -> tuple[Clause, Span]:
        self._note(f"{group} {part.key}", part)
        return self.places.quote(part.cites, part.quote, where)

    def _note(self, entry: str, part: BaseModel) -> None:
        said = getattr(part, "confirmed", None)
        if isinstance(said, schema.ConfirmedPart):
            self.confirmed[entry] = Confirmation(said.by, said.on)


_Q = TypeVar("_Q", bound=schema.Placed)


def _instrument(part: schema.IncentivePart, clause: Clause, span: Span, task: str | None) -> Instrument:
    amount, quota = part.amount, part.quota_per_year
    return Instrument(
        key=part.key,
        clause=clause.key,
        task=task,
        span=span,
        name=part.name,
        name_en=part.name_en,
        kind=cast(Any, part.kind),
        who=part.who,
        what=part.what,
        ceiling=amount.fixed or amount.ceiling,
        fixed=amount.fixed is not None,
        rate=amount.rate,
        rate_base=amount.of,
        per=part.per,
        per_is_reading=part.per_is_reading,
        annual_cap=amount.annual_cap,
        annual_cap_per=amount.annual_cap_per,
        quota_per_year=int(quota.number) if quota else None,
        tiers=tuple(Tier(tier.label, tier.ceiling) for tier in amount.tiers if tier.ceiling),
        open=tuple(part.open),
        quota_unit=quota.unit if quota else None,
    )
