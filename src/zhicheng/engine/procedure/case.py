"""A running case (案件) as plain data: step, work items, clocks, papers, facts, trail. Not here: what may be done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from zhicheng.base.calendar import Pause, Term
from zhicheng.base.errors import UnreadableInput, ZhichengError
from zhicheng.engine.procedure.definition import Scalar, Visibility

ItemKind = Literal["handle", "countersign", "added"]
Opinion = Literal["agree", "remarks", "disagree"]
OPINIONS: dict[Opinion, str] = {"agree": "同意", "remarks": "同意，另提意见", "disagree": "不同意"}
Disposition = Literal["accepted", "partly", "declined"]
DISPOSITIONS: dict[Disposition, str] = {"accepted": "采纳", "partly": "部分采纳", "declined": "不采纳"}


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps an act from being done. unknown: nobody has said yet (待核实); not_met: known, and not so."""

    kind: Literal["unknown", "not_met"]
    what: str
    cites: str = ""

    def __str__(self) -> str:
        sign = "待核实" if self.kind == "unknown" else "不满足"
        return f"{sign}：{self.what}" + (f"（{self.cites}）" if self.cites else "")


class Blocked(ZhichengError):
    """The act is listed and the person may do it, but something is missing; `lacks` says what. Nothing was changed."""

    def __init__(self, what: str, lacks: Iterable[Lack] = (), *, where: str = "", todo: str = "") -> None:
        self.lacks = tuple(lacks)
        super().__init__("；".join([what, *map(str, self.lacks)]), where=where, todo=todo)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: person, unit, and the roles they have in this case."""

    person: str
    unit: str
    roles: frozenset[str]

    def called(self, name: str) -> bool:
        return bool(name) and name in (self.person, self.unit)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """待办. One row: what one unit or person has to do at one step; key `id` within the case.

    assignee: a person or unit; empty = anyone with `role`. delegate: acts for the assignee until `delegate_until`.
    """

    id: int
    kind: ItemKind
    node: str
    opened: date
    role: str = ""
    assignee: str = ""
    delegate: str = ""
    delegate_until: date | None = None
    asked_by: str = ""
    due: date | None = None
    state: Literal["open", "done", "void"] = "open"
    closed: date | None = None
    opinion: Opinion | None = None
    text: str = ""
    urged: int = 0

    def delegated_to(self, actor: Actor, day: date) -> bool:
        return actor.called(self.delegate) and (self.delegate_until is None or day <= self.delegate_until)

    def held_by(self, actor: Actor, day: date) -> bool:
        mine = actor.called(self.assignee) if self.assignee else self.role in actor.roles
        return self.state == "open" and (mine or self.delegated_to(actor, day))


@dataclass(frozen=True, slots=True)
class Point:
    """一条意见 of one signer on one place of the draft, and its 去向; key `id` within the case.

    item: the signature it came with; about: the place it speaks of, empty = the whole. change: what the next draft says.
    """

    id: int
    item: int
    unit: str
    about: str
    text: str
    day: date
    disposition: Disposition | None = None
    reason: str = ""
    change: str = ""
    disposed: date | None = None


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One run of a clock; the newest run of a name counts. stopped: the day its end event came.

    used: which extension rules of the clock were used, by number, one for each of `extensions`.
    excluded: the ground on which it does not count at present, apart from step and suspension.
    """

    name: str
    start: date
    stopped: date | None = None
    extensions: tuple[Term, ...] = ()
    used: tuple[int, ...] = ()
    pauses: tuple[Pause, ...] = ()
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as known in this case: value, who or what said so, and the day it was recorded."""

    value: Scalar
    source: str
    day: date


@dataclass(frozen=True, slots=True)
class Paper:
    """文书 produced by a move; entry = number of the trail entry."""

    kind: str
    day: date
    entry: int


@dataclass(frozen=True, slots=True)
class Return:
    """An open 退回: the step it came from, where the case went, the path to restore on the straight way back."""

    source: str
    to: str
    remarks: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """中止: since when and why; the case stands at its node meanwhile."""

    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail (经过). n counts from 1; act is the kind, name the move, clock, state or fact concerned."""

    n: int
    day: date
    person: str
    unit: str
    act: str
    name: str
    source: str
    to: str
    role: str = ""
    on_behalf_of: str = ""
    remarks: str = ""
    cites: str = ""
    produces: tuple[str, ...] = ()
    notifies: tuple[str, ...] = ()
    visibility: Visibility = "internal"
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One case. definition, version: the procedure it was opened under, and stays under until migrated.

    path: the steps from the start to `node`, without those taken back. before: the case as it was before the last
    move, kept as long as that move can be withdrawn (its own trail and before are left out). disclosed: the day on
    which the opinions and what became of them were made known to all who were asked.
    """

    id: str
    definition: str
    version: str
    opened: date
    node: str
    path: tuple[str, ...]
    facts: dict[str, Known] = field(default_factory=dict)
    items: tuple[WorkItem, ...] = ()
    clocks: tuple[ClockRun, ...] = ()
    papers: tuple[Paper, ...] = ()
    returned: tuple[Return, ...] = ()
    suspension: Suspension | None = None
    trail: tuple[Entry, ...] = ()
    before: Case | None = None
    points: tuple[Point, ...] = ()
    disclosed: date | None = None

    def open_items(self) -> list[WorkItem]:
        return [item for item in self.items if item.state == "open"]

    def item(self, number: int) -> WorkItem | None:
        return next((item for item in self.items if item.id == number), None)

    def run(self, clock: str) -> ClockRun | None:
        return next((run for run in reversed(self.clocks) if run.name == clock), None)

    def with_run(self, old: ClockRun, new: ClockRun) -> Case:
        return replace(self, clocks=tuple(new if run is old else run for run in self.clocks))

    def with_item(self, changed: WorkItem) -> Case:
        return replace(self, items=tuple(changed if item.id == changed.id else item for item in self.items))

    def adding_items(self, *items: WorkItem) -> Case:
        """Further items; their ids are given here."""
        first = len(self.items) + 1
        return replace(self, items=(*self.items, *(replace(item, id=first + n) for n, item in enumerate(items))))

    def visible_trail(self, to: Visibility, hidden: frozenset[str] = frozenset()) -> list[Entry]:
        """The trail as the public, a party, or the office (internal) may see it; hidden: facts left out of its details."""
        seen = {"public": {"public"}, "party": {"public", "party"}, "internal": {"public", "party", "internal"}}[to]
        return [_without(entry, hidden) for entry in self.trail if entry.visibility in seen]

    def facts_without(self, hidden: frozenset[str]) -> dict[str, Known]:
        """The facts for somebody who may not see some of them (a definition's protected_facts)."""
        return {name: known for name, known in self.facts.items() if name not in hidden}

    def to_json(self) -> str:
        return _ADAPTER.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Case:
        """The very case that was written; raises UnreadableInput for anything else."""
        try:
            return _ADAPTER.validate_json(text)
        except ValidationError as error:
            raise UnreadableInput(f"案件数据读不懂：{error.errors()[0]['msg']}", todo="从备份恢复该案件") from None


def _without(entry: Entry, hidden: frozenset[str]) -> Entry:
    kept = {name: value for name, value in entry.details.items() if name not in hidden}
    return entry if len(kept) == len(entry.details) else replace(entry, details=kept)


_ADAPTER: TypeAdapter[Case] = TypeAdapter(Case)
