"""What a person may do with a case today, and what is still missing. Not here: the doing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from zhicheng.base.errors import Refused, ZhichengError
from zhicheng.engine.procedure.act import Act, Doing, standing_for_act, standing_for_move
from zhicheng.engine.procedure.case import Actor, Case, Lack
from zhicheng.engine.procedure.clocks import Rules
from zhicheng.engine.procedure.definition import ACT_LABELS, GenericAct
from zhicheng.engine.procedure.moves import move_lacks
from zhicheng.engine.procedure.perform import perform


@dataclass(frozen=True)
class Offer:
    """One act that the table lists here. verdict: yes = can be done now; missing = allowed, but see lacks; no = see why.

    notifies: whom it would tell, known beforehand for moves.
    """

    kind: str
    name: str
    label: str
    verdict: Literal["yes", "missing", "no"]
    lacks: tuple[Lack, ...] = ()
    why: str = ""
    notifies: tuple[str, ...] = ()


def offers(rules: Rules, case: Case, actor: Actor, day: date) -> list[Offer]:
    """Every move and generic act of the present step, those the person can do first; none in an end state."""
    definition = rules.definition
    if definition.states[case.node].ends:
        return []
    found = [] if case.suspension is not None else [*_signatures(case, actor, day), *_moves(rules, case, actor, day)]
    for kind in definition.acts:
        if _sensible(case, kind):
            do = Doing(rules, case, actor, Act(kind), day)
            found.append(_offer(kind, ACT_LABELS[kind], partial(standing_for_act, do, kind)))
    order = {"yes": 0, "missing": 1, "no": 2}
    return sorted(found, key=lambda offer: order[offer.verdict])


def _signatures(case: Case, actor: Actor, day: date) -> list[Offer]:
    """签署 for every signature asked of this person; name is the item's number."""
    mine = [item for item in case.open_items() if item.kind != "handle" and item.held_by(actor, day)]
    return [Offer("sign", str(item.id), ACT_LABELS["sign"], "yes", notifies=(item.asked_by,)) for item in mine]


def _moves(rules: Rules, case: Case, actor: Actor, day: date) -> list[Offer]:
    out = []
    for name, move in rules.definition.moves.items():
        if case.node not in move.from_:
            continue
        do = Doing(rules, case, actor, Act("move", name), day)
        allowed = _offer(name, move.label, partial(standing_for_move, do, move))
        missing = tuple(move_lacks(rules, case, move, day))
        verdict = allowed.verdict if allowed.verdict == "no" or not missing else "missing"
        out.append(Offer("move", name, move.label, verdict, missing, allowed.why, move.notifies))
    return out


def _offer(name: str, label: str, ask: Callable[[], object]) -> Offer:
    try:
        ask()
    except Refused as refusal:
        return Offer(name, "", label, "no", why=refusal.what)
    return Offer(name, "", label, "yes")


def _sensible(case: Case, kind: GenericAct) -> bool:
    """Whether the act means anything in the present situation."""
    if case.suspension is not None:
        return kind in ("resume", "terminate", "urge")
    return {
        "resume": False,
        "straight_back": bool(case.returned) and case.returned[-1].to == case.node,
        "withdraw": case.before is not None,
        "return": len(case.path) > 1,
        "postpone": any(item.due is not None and item.kind != "handle" for item in case.open_items()),
        "dispose": bool(case.points) and case.disclosed is None,
    }.get(kind, True)


@dataclass(frozen=True)
class BulkResult:
    """One case of a bulk act: as it would become (`after`), or why it stays out."""

    before: Case
    after: Case | None
    why: str = ""
    lacks: tuple[Lack, ...] = ()


def in_bulk(
    rules_for: Callable[[Case], Rules], cases: Iterable[Case], actor: Actor, act: Callable[[Case], Act], day: date
) -> list[BulkResult]:
    """The same act tried on many cases, one result each; nothing is written: the same call is preview and execution."""
    out = []
    for case in cases:
        try:
            out.append(BulkResult(case, perform(rules_for(case), case, actor, act(case), day)))
        except ZhichengError as error:
            out.append(BulkResult(case, None, str(error), tuple(getattr(error, "lacks", ()))))
    return out
