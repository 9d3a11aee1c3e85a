"""One act as data, what it leaves behind, and who may do it. Not here: what each act does (moves, acts, items)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhicheng.base.calendar import Term
from zhicheng.base.errors import Refused
from zhicheng.engine.procedure.case import Actor, Blocked, Case, Lack, Opinion, WorkItem
from zhicheng.engine.procedure.clocks import Rules
from zhicheng.engine.procedure.definition import ACT_LABELS, HOLDER, Definition, GenericAct, Move, Scalar, Visibility


@dataclass(frozen=True)
class Act:
    """What somebody wants to do. name: the move, clock or ground; to: a step, person or unit; the rest as the kind asks.

    Kinds: move, record (facts, source), sign (item, opinion, remarks, points: place and words of each single opinion),
    dispose (numbers of single opinions, name of the disposition, reason in remarks, change in to), postpone (item, until),
    extend (name, term, remarks), exclude (name, to) and include (name) of a clock, and the other generic acts.
    """

    kind: str
    name: str = ""
    to: str = ""
    remarks: str = ""
    item: int = 0
    opinion: Opinion = "agree"
    signers: tuple[str, ...] = ()
    term: Term | None = None
    until: date | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    source: str = ""
    points: tuple[tuple[str, str], ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Doing:
    """An act about to be done: by whom, to which case, under which rules, on which legal day."""

    rules: Rules
    case: Case
    actor: Actor
    act: Act
    day: date

    @property
    def definition(self) -> Definition:
        return self.rules.definition

    @property
    def here(self) -> str:
        """The label of the present step."""
        return self.definition.states[self.case.node].label

    def handling(self) -> WorkItem | None:
        """The open item of whoever handles the present step."""
        mine = [item for item in self.case.open_items() if item.kind == "handle" and item.node == self.case.node]
        return mine[-1] if mine else None

    def role_names(self, keys: tuple[str, ...]) -> str:
        roles = self.definition.roles
        return "、".join(roles[key].label if key in roles else "本步骤经办人" for key in keys)

    def require(self, text: str, what: str) -> None:
        """Raises Blocked if a text that must be given is empty."""
        if not text.strip():
            raise Blocked(f"“{ACT_LABELS[self.act.kind]}”还不能办", [Lack("unknown", what)], todo=f"填写{what}")


@dataclass(frozen=True)
class Standing:
    """In which role somebody acts, and for whom (委托)."""

    role: str
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Done:
    """The case after an act, and what its entry in the trail says. undoable: the act can be withdrawn."""

    case: Case
    standing: Standing
    name: str = ""
    remarks: str = ""
    cites: str = ""
    produces: tuple[str, ...] = ()
    notifies: tuple[str, ...] = ()
    visibility: Visibility = "internal"
    details: Mapping[str, str] = field(default_factory=dict)
    undoable: bool = False
    keeps_undo: bool = False


def standing_for_item(item: WorkItem, do: Doing) -> Standing:
    """Raises Refused unless the item is in the actor's hands, as assignee or as delegate."""
    if not item.held_by(do.actor, do.day):
        raise Refused("这件待办不在你手里", todo=f"请 {item.assignee or do.role_names((item.role,))} 办理")
    behalf = (item.assignee or do.role_names((item.role,))) if _only_as_delegate(item, do) else ""
    return Standing(item.role, behalf)


def _only_as_delegate(item: WorkItem, do: Doing) -> bool:
    mine = do.actor.called(item.assignee) if item.assignee else item.role in do.actor.roles
    return not mine and item.delegated_to(do.actor, do.day)


def standing_for_act(do: Doing, kind: GenericAct) -> Standing:
    """Who may do a generic act here; raises Refused with the reason in people's words."""
    rule, label = do.definition.acts.get(kind), ACT_LABELS[kind]
    if rule is None:
        raise Refused(f"本程序没有“{label}”", todo="按下一步办理")
    if rule.in_ and do.case.node not in rule.in_:
        raise Refused(f"“{do.here}”这一步不能{label}", todo="按下一步办理")
    if roles := sorted(do.actor.roles & set(rule.by)):
        return Standing(roles[0])
    item = do.case.item(do.act.item) if do.act.item else do.handling()
    if HOLDER in rule.by and item is not None and item.held_by(do.actor, do.day):
        return standing_for_item(item, do)
    raise Refused(f"“{label}”由{do.role_names(rule.by)}办理", todo="请有权的一方办理")


def standing_for_move(do: Doing, move: Move) -> Standing:
    """By role, or by holding the step's item; a step handed over to somebody is theirs alone in that role."""
    item = do.handling()
    if item is not None and item.role in move.by and item.held_by(do.actor, do.day):
        return standing_for_item(item, do)
    roles = do.actor.roles & set(move.by)
    if item is not None and item.assignee and item.role in roles:
        roles -= {item.role}
        if not roles:
            raise Refused(f"“{move.label}”已转由 {item.assignee} 办理", todo=f"请 {item.assignee} 办理")
    if not roles:
        raise Refused(f"“{move.label}”由{do.role_names(move.by)}办理", todo="请有权的一方办理")
    return Standing(min(roles))
