"""Opening a case and doing any act to it. Not here: what the single acts do (moves, items, halts).

An act returns a new case with one more entry in its trail, or raises and leaves the old one as it was. To try an act
without keeping the result is its preview: the last entry says what is produced and who is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from zhicheng.base.errors import Conflict, Refused
from zhicheng.engine.procedure import halts, items, moves, points
from zhicheng.engine.procedure.act import Act, Doing, Done, Standing
from zhicheng.engine.procedure.case import Actor, Blocked, Case, Entry
from zhicheng.engine.procedure.clocks import Rules, fire
from zhicheng.engine.procedure.definition import ACT_LABELS, Scalar

_ACTS: dict[str, Callable[[Doing], Done]] = {
    "move": moves.move,
    "return": moves.return_to,
    "straight_back": moves.straight_back,
    "withdraw": moves.withdraw,
    "countersign": items.countersign,
    "add_signer": items.add_signer,
    "sign": items.sign,
    "transfer": items.transfer,
    "delegate": items.delegate,
    "urge": items.urge,
    "postpone": items.postpone,
    "dispose": points.dispose,
    "suspend": halts.suspend,
    "resume": halts.resume,
    "terminate": halts.terminate,
    "extend": halts.extend,
    "exclude": halts.exclude,
    "include": halts.include,
    "record": halts.record,
}
_WHILE_SUSPENDED = {"resume", "terminate", "urge", "record"}


class ActionFailed(Blocked):
    """What had to succeed with the act (a paper, a message) failed; the case stays as it was."""


def open_case(
    rules: Rules, case_id: str, actor: Actor, day: date, facts: Mapping[str, Scalar] | None = None, source: str = ""
) -> Case:
    """A new case at the start of its procedure. Raises Blocked if the definition is not in force on `day`."""
    definition = rules.definition
    if not definition.holds_on(day):
        raise Blocked(f"“{definition.name}”的这一版本在 {day} 不施行", todo="选用当日施行的版本")
    case = Case(case_id, definition.id, definition.version, day, definition.start, (definition.start,))
    known = halts.checked_facts(definition, actor, facts or {}, source, day)
    case = fire(rules, replace(case, facts=known), ["open", definition.start], day)
    opening = Doing(rules, case, actor, Act("open"), day)
    told = {name: str(value) for name, value in (facts or {}).items()}
    return _noted(opening, Done(moves.enter(rules, case, day), Standing(""), remarks=source, details=told))


def perform(
    rules: Rules, case: Case, actor: Actor, act: Act, day: date, action: Callable[[Case], object] | None = None
) -> Case:
    """Do one act on the legal day `day`. action: what must succeed together with it; it is given the new case.

    Raises Refused (not in the table, or not this person), Conflict (other version, ended, suspended, out of order),
    Blocked (with what is missing) or ActionFailed. In each of these the old case still stands.
    """
    do = Doing(rules, case, actor, act, day)
    _check_case(do)
    new = _noted(do, _ACTS[act.kind](do))
    if action is not None:
        try:
            action(new)
        except Exception as error:
            raise ActionFailed(f"“{ACT_LABELS[act.kind]}”没有办成：{error}", todo="排除原因后重办") from error
    return new


def _check_case(do: Doing) -> None:
    case, definition = do.case, do.definition
    if do.act.kind not in _ACTS:
        raise Refused(f"没有“{do.act.kind}”这种办理", todo="从列出的办理中选择")
    if (case.definition, case.version) != (definition.id, definition.version):
        raise Conflict("案件按另一版本的程序办理", todo="用立案时的版本办理，或先按对照表改用新版")
    if definition.states[case.node].ends:
        raise Conflict(f"案件已办结：{do.here}", todo="如需再办，另立新案")
    if do.day < case.trail[-1].day:
        raise Conflict(f"办理日期 {do.day} 早于上一步 {case.trail[-1].day}", todo="核对日期")
    if case.suspension is not None and do.act.kind not in _WHILE_SUSPENDED:
        raise Conflict(f"案件自 {case.suspension.since} 起中止", todo="先恢复")


def _noted(do: Doing, done: Done) -> Case:
    """The new case with its entry. What can be withdrawn is kept without its own past."""
    entry = Entry(
        n=len(do.case.trail) + 1,
        day=do.day,
        person=do.actor.person,
        unit=do.actor.unit,
        act=do.act.kind,
        name=done.name,
        source=do.case.node if do.case.trail else "",
        to=done.case.node,
        role=done.standing.role,
        on_behalf_of=done.standing.on_behalf_of,
        remarks=done.remarks,
        cites=done.cites,
        produces=done.produces,
        notifies=done.notifies,
        visibility=done.visibility,
        details=dict(done.details),
    )
    before = do.case.before if done.keeps_undo else None
    if done.undoable:
        before = replace(do.case, trail=(), before=None)
    return replace(done.case, trail=(*do.case.trail, entry), before=before)
