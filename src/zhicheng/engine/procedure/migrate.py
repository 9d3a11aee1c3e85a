"""Moving a running case to another version of its procedure by an explicit mapping. Not here: choosing versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhicheng.base.errors import Conflict
from zhicheng.engine.procedure.case import Actor, Blocked, Case, Entry, Lack
from zhicheng.engine.procedure.definition import Definition


def migrate(
    old: Definition, new: Definition, case: Case, states: Mapping[str, str], actor: Actor, reason: str, day: date
) -> Case:
    """The case under `new`, with an entry in its trail. states: old step → new step, for every step the case knows.

    Raises Conflict if the case is not under `old` or of another procedure, Blocked if the mapping leaves a step, a
    clock in hand or a fact of the case without a place in `new`, or if no reason is given.
    """
    if (case.definition, case.version) != (old.id, old.version) or old.id != new.id:
        raise Conflict("案件不在要改换的那个版本上", todo="核对案件的程序版本")
    if missing := _without_place(new, case, states, reason):
        raise Blocked("不能改用新版程序", missing, todo="补全对照表")
    entry = Entry(
        n=len(case.trail) + 1,
        day=day,
        person=actor.person,
        unit=actor.unit,
        act="migrate",
        name=new.version,
        source=case.node,
        to=states[case.node],
        remarks=reason,
        details={"from_version": old.version, "to_version": new.version},
    )
    return replace(
        case,
        version=new.version,
        node=states[case.node],
        path=tuple(states[name] for name in case.path),
        items=tuple(replace(item, node=states[item.node]) for item in case.items),
        returned=tuple(
            replace(
                each, source=states[each.source], to=states[each.to], path=tuple(states[name] for name in each.path)
            )
            for each in case.returned
        ),
        trail=(*case.trail, entry),
        before=None,
    )


def _without_place(new: Definition, case: Case, states: Mapping[str, str], reason: str) -> list[Lack]:
    known = {case.node, *case.path, *(item.node for item in case.items)}
    known |= {name for each in case.returned for name in (each.source, each.to, *each.path)}
    lost = [f"步骤“{name}”没有对应" for name in sorted(known) if states.get(name) not in new.states]
    running = {run.name for run in case.clocks if run.stopped is None}
    lost += [f"正在计算的期限“{name}”新版没有" for name in sorted(running - new.clocks.keys())]
    lost += [f"已登记的事实“{name}”新版没有" for name in sorted(case.facts.keys() - new.facts.keys())]
    hands = {item.role for item in case.open_items() if item.role}
    lost += [f"在办角色“{name}”新版没有" for name in sorted(hands - new.roles.keys())]
    lost += [] if reason.strip() else ["改用理由"]
    return [Lack("unknown", what) for what in lost]
