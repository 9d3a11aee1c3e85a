"""Walks (演算): worked cases as data, walked step by step with their dates. Not here: reading of files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from zhicheng.base.calendar import Calendar
from zhicheng.base.errors import ZhichengError
from zhicheng.engine.procedure.act import Act
from zhicheng.engine.procedure.case import Actor, Case, Opinion
from zhicheng.engine.procedure.clocks import Rules, views
from zhicheng.engine.procedure.definition import ACT_LABELS, Definition, Names, Scalar, WrittenTerm
from zhicheng.engine.procedure.perform import open_case, perform


class WalkStep(BaseModel):
    """One row: on which day who (a role, with unit and person if it matters) does what, and what should come of it.

    facts are recorded by the same person first. expect: the step reached. refused: words the refusal must hold.
    due: due days that must hold after the step, by clock; null = the clock stands still.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    by: Names = ()
    unit: str = ""
    person: str = ""
    facts: dict[str, Scalar] = {}
    move: str = ""
    act: str = ""
    name: str = ""
    to: str = ""
    signers: tuple[str, ...] = ()
    opinion: Opinion = "agree"
    item: int = 0
    points: tuple[tuple[str, str], ...] = ()
    numbers: tuple[int, ...] = ()
    term: WrittenTerm | None = None
    until: date | None = None
    remarks: str = ""
    expect: str = ""
    refused: str = ""
    due: dict[str, date | None] = {}


class Walk(BaseModel):
    """演算一例: a case from its opening to where the last step leaves it. speed: of a training city."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    opened: date
    by: Names
    unit: str = ""
    facts: dict[str, Scalar] = {}
    speed: int = 1
    steps: tuple[WalkStep, ...]


@dataclass(frozen=True)
class Walked:
    """One step as it went. result: done, or refused with `why`. clocks: name, state, due of all that have begun."""

    n: int
    day: date
    who: str
    what: str
    result: Literal["done", "refused"]
    node: str
    label: str
    why: str = ""
    produces: tuple[str, ...] = ()
    notifies: tuple[str, ...] = ()
    clocks: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Simulation:
    """A walked case. surprises: every expectation of the walk that did not come true; empty = as worked out."""

    name: str
    case: Case
    steps: tuple[Walked, ...]
    surprises: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The document of `procedure simulate --json`."""
        return {
            "name": self.name,
            "surprises": list(self.surprises),
            "steps": [
                {
                    "n": step.n,
                    "day": step.day.isoformat(),
                    "who": step.who,
                    "what": step.what,
                    "result": step.result,
                    "why": step.why,
                    "node": step.node,
                    "label": step.label,
                    "produces": list(step.produces),
                    "notifies": list(step.notifies),
                    "clocks": [{"name": name, "state": state, "due": due or None} for name, state, due in step.clocks],
                }
                for step in self.steps
            ],
        }


@dataclass
class _Walker:
    rules: Rules
    case: Case
    done: list[Walked] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def take(self, step: WalkStep) -> None:
        actor, why = _actor(step.by, step.unit, step.person), ""
        try:
            if step.facts:
                self.case = perform(self.rules, self.case, actor, Act("record", facts=step.facts), step.day)
            if step.move or step.act:
                self.case = perform(self.rules, self.case, actor, _act(step), step.day)
        except ZhichengError as error:
            why = error.what
        self._note(step, actor, why)
        self._compare(step, why)

    def _note(self, step: WalkStep, actor: Actor, why: str) -> None:
        entry, definition = self.case.trail[-1], self.rules.definition
        what = definition.moves[step.move].label if step.move in definition.moves else ACT_LABELS[step.act or "record"]
        self.done.append(
            Walked(
                n=len(self.done) + 1,
                day=step.day,
                who=_who(definition, actor),
                what=what,
                result="refused" if why else "done",
                node=self.case.node,
                label=definition.states[self.case.node].label,
                why=why,
                produces=() if why else entry.produces,
                notifies=() if why else entry.notifies,
                clocks=self._clocks(step.day),
            )
        )

    def _clocks(self, day: date) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (seen.name, seen.state, str(seen.due or "")) for seen in views(self.rules, self.case, day) if seen.reckoning
        )

    def _compare(self, step: WalkStep, why: str) -> None:
        place = f"第 {len(self.done)} 步（{step.day}）"
        if step.refused and step.refused not in why:
            self.surprises.append(f"{place}应被拒绝并说明“{step.refused}”，实际：{why or '办成了'}")
        if why and not step.refused:
            self.surprises.append(f"{place}应办成，实际被拒绝：{why}")
        if step.expect and step.expect != self.case.node:
            self.surprises.append(f"{place}应到 {step.expect}，实际在 {self.case.node}")
        now = {name: due for name, _, due in self._clocks(step.day)}
        for name, wanted in step.due.items():
            if now.get(name) != str(wanted or ""):
                self.surprises.append(f"{place}期限 {name} 应为 {wanted}，实际 {now.get(name)}")


def simulate(definition: Definition, walk: Walk, calendar: Calendar) -> Simulation:
    """Walk a worked case. Refusals do not stop the walk: they are part of the lesson."""
    rules = Rules(definition, calendar, walk.speed)
    actor = _actor(walk.by, walk.unit, "")
    walker = _Walker(rules, open_case(rules, walk.name, actor, walk.opened, walk.facts, walk.name))
    for step in walk.steps:
        walker.take(step)
    return Simulation(walk.name, walker.case, tuple(walker.done), tuple(walker.surprises))


def _actor(roles: tuple[str, ...], unit: str, person: str) -> Actor:
    """A walk that names no unit or person means: whoever has the role."""
    named = unit or "、".join(sorted(roles))
    return Actor(person or named, named, frozenset(roles))


def _act(step: WalkStep) -> Act:
    if step.move:
        return Act("move", step.move, remarks=step.remarks)
    return Act(
        step.act,
        step.name,
        step.to,
        step.remarks,
        item=step.item,
        opinion=step.opinion,
        signers=step.signers,
        term=step.term,
        until=step.until,
        points=step.points,
        numbers=step.numbers,
    )


def _who(definition: Definition, actor: Actor) -> str:
    roles = "、".join(definition.roles[role].label for role in sorted(actor.roles) if role in definition.roles)
    if not roles:
        return actor.unit
    return roles if actor.unit == "、".join(sorted(actor.roles)) else f"{actor.unit}（{roles}）"
