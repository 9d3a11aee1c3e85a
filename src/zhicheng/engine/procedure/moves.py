"""Moves of the table, and going back: 办理, 退回, 直送, 撤回. Not here: signatures and hands (items), halts (halts)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zhicheng.base.errors import Refused
from zhicheng.engine.procedure.act import Doing, Done, standing_for_act, standing_for_move
from zhicheng.engine.procedure.case import Blocked, Case, Lack, Paper, Return, WorkItem
from zhicheng.engine.procedure.clocks import Rules, fire, stand_still, stop_all
from zhicheng.engine.procedure.definition import Move
from zhicheng.engine.procedure.items import closed, unsigned
from zhicheng.engine.procedure.needs import lacks


def enter(rules: Rules, case: Case, day: date) -> Case:
    """Arrive at `case.node`: an end stops all clocks; elsewhere the holder gets a work item."""
    state = rules.definition.states[case.node]
    if state.ends:
        return replace(stop_all(case, day), suspension=None, returned=())
    if state.holder is not None:
        case = case.adding_items(WorkItem(0, "handle", case.node, day, role=state.holder))
    return stand_still(rules, case, day)


def move(do: Doing) -> Done:
    """A move of the table, its needs met and its reason given."""
    wanted = do.definition.moves.get(do.act.name)
    if wanted is None or do.case.node not in wanted.from_:
        name = wanted.label if wanted is not None else do.act.name
        raise Refused(f"“{do.here}”这一步不能办“{name}”", todo="从列出的下一步里选择")
    standing = standing_for_move(do, wanted)
    missing = move_lacks(do.rules, do.case, wanted, do.day)
    if (wanted.reason or wanted.waives) and not do.act.remarks.strip():
        missing.append(Lack("unknown", "理由"))
    if missing:
        raise Blocked(f"“{wanted.label}”还不能办", missing, todo="补齐后再办")
    return Done(
        _moved(do, wanted),
        standing,
        name=do.act.name,
        remarks=do.act.remarks,
        cites=do.definition.cite(wanted.articles, do.day),
        produces=wanted.produces,
        notifies=wanted.notifies,
        visibility=wanted.visibility,
        details={"waives": wanted.waives} if wanted.waives else {},
        undoable=not wanted.final,
    )


def move_lacks(rules: Rules, case: Case, wanted: Move, day: date) -> list[Lack]:
    """What the move still needs, outstanding signatures first."""
    signatures = [] if wanted.despite_items else unsigned(rules, case, day)
    return [*signatures, *lacks(rules, case, wanted.needs, day)]


def _moved(do: Doing, wanted: Move) -> Case:
    entry = len(do.case.trail) + 1
    there = replace(
        do.case,
        node=wanted.to,
        path=(*do.case.path, wanted.to),
        items=closed(do.case, do.day),
        papers=(*do.case.papers, *(Paper(kind, do.day, entry) for kind in wanted.produces)),
        returned=tuple(each for each in do.case.returned if each.to != do.case.node),
        disclosed=do.day if wanted.discloses else do.case.disclosed,
    )
    return enter(do.rules, fire(do.rules, there, [do.act.name, wanted.to], do.day), do.day)


def return_to(do: Doing) -> Done:
    """退回 to any earlier step of the path, with remarks."""
    standing, case, target = standing_for_act(do, "return"), do.case, do.act.to
    if target not in case.path[:-1] or target == case.node:
        earlier = dict.fromkeys(do.definition.states[name].label for name in case.path[:-1] if name != case.node)
        raise Refused("只能退回已办过的步骤", todo=f"从{'、'.join(earlier) or '（没有更早的步骤）'}中选择")
    do.require(do.act.remarks, "退回意见")
    back = replace(
        case,
        node=target,
        path=case.path[: case.path.index(target) + 1],
        items=closed(case, do.day, "void"),
        returned=(*case.returned, Return(case.node, target, do.act.remarks, case.path)),
    )
    told = do.definition.states[target].holder
    rule = do.definition.acts["return"]
    notifies = tuple(dict.fromkeys([*([told] if told else []), *rule.notifies]))
    return Done(enter(do.rules, back, do.day), standing, remarks=do.act.remarks, notifies=notifies)


def straight_back(do: Doing) -> Done:
    """直送: after a return, straight back to the step that returned it."""
    standing, case = standing_for_act(do, "straight_back"), do.case
    if not case.returned or case.returned[-1].to != case.node:
        raise Refused("本步骤不是退回来的", todo="按下一步办理")
    if missing := unsigned(do.rules, case, do.day):
        raise Blocked("“直送退回步骤”还不能办", missing, todo="补齐后再办")
    came = case.returned[-1]
    back = replace(case, node=came.source, path=came.path, items=closed(case, do.day), returned=case.returned[:-1])
    told = do.definition.states[came.source].holder
    return Done(
        enter(do.rules, back, do.day), standing, remarks=do.act.remarks, notifies=(told,) if told is not None else ()
    )


def withdraw(do: Doing) -> Done:
    """撤回 one's own last move, while nobody has gone on with it and it is not final."""
    standing, case = standing_for_act(do, "withdraw"), do.case
    if case.before is None:
        raise Refused("上一步不能撤回：已有后续办理，或办出即生效", todo="请求退回")
    own = next(entry for entry in reversed(case.trail) if entry.act == "move")
    if own.person != do.actor.person:
        raise Refused("只能撤回自己办出的上一步", todo=f"请 {own.person} 撤回")
    old = replace(case.before, trail=case.trail)
    return Done(old, standing, name=own.name, remarks=do.act.remarks, notifies=own.notifies)
