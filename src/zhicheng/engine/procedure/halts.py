"""中止, 恢复, 终止, 延长期限, and recording of facts (登记事实). Not here: how clocks count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhicheng.base.errors import Refused
from zhicheng.engine.procedure.act import Doing, Done, Standing, standing_for_act
from zhicheng.engine.procedure.case import Actor, Blocked, Case, ClockRun, Known, Suspension
from zhicheng.engine.procedure.clocks import stand_still
from zhicheng.engine.procedure.definition import ACT_LABELS, Clock, Definition, GenericAct, Scalar, fits
from zhicheng.engine.procedure.items import closed
from zhicheng.engine.procedure.moves import enter


def suspend(do: Doing) -> Done:
    """中止: the case stands where it is; clocks that do not count it stand still."""
    standing = standing_for_act(do, "suspend")
    reason = _ground(do, "suspend")
    halted = replace(do.case, suspension=Suspension(do.day, reason))
    return _halted(do, "suspend", standing, stand_still(do.rules, halted, do.day), reason)


def resume(do: Doing) -> Done:
    """恢复: the case goes on where it stood, its clocks with it."""
    standing = standing_for_act(do, "resume")
    if do.case.suspension is None:
        raise Refused("案件没有中止", todo="按下一步办理")
    again = stand_still(do.rules, replace(do.case, suspension=None), do.day)
    return _halted(do, "resume", standing, again, do.act.remarks)


def terminate(do: Doing) -> Done:
    """终止: the case ends without a result, on a ground or for a reason given."""
    standing = standing_for_act(do, "terminate")
    reason = _ground(do, "terminate")
    end = do.definition.acts["terminate"].to or do.case.node
    over = replace(do.case, node=end, path=(*do.case.path, end), items=closed(do.case, do.day, "void"))
    return _halted(do, "terminate", standing, enter(do.rules, over, do.day), reason)


def _ground(do: Doing, kind: GenericAct) -> str:
    """The ground in words; one of the closed list where the definition has one."""
    grounds = do.definition.acts[kind].grounds
    if grounds and do.act.name not in grounds:
        raise Refused(f"{ACT_LABELS[kind]}须选法定事由", todo=f"从{'、'.join(grounds.values())}中选择")
    reason = "：".join(filter(None, [grounds.get(do.act.name, ""), do.act.remarks.strip()]))
    do.require(reason, f"{ACT_LABELS[kind]}理由")
    return reason


def _halted(do: Doing, kind: GenericAct, standing: Standing, case: Case, reason: str) -> Done:
    rule = do.definition.acts[kind]
    cites = do.definition.cite(rule.articles, do.day)
    return Done(case, standing, name=do.act.name, remarks=reason, cites=cites, notifies=rule.notifies)


def extend(do: Doing) -> Done:
    """延长 a running clock by a rule of its own that this role may use and that is not used up."""
    run, clock = _running(do)
    do.require(do.act.remarks, "延长理由")
    number, role = _extension(do, clock, run)
    rule = clock.extensions[number]
    term = do.act.term or rule.at_most
    longer = replace(run, extensions=(*run.extensions, term), used=(*run.used, number))
    return Done(
        do.case.with_run(run, longer),
        Standing(role),
        name=do.act.name,
        remarks=do.act.remarks,
        cites=do.definition.cite(rule.articles, do.day),
        details={"term": str(term)},
    )


def exclude(do: Doing) -> Done:
    """不计入期限 from today, on a ground (`to`) of the clock's closed list; the case itself goes on."""
    run, clock = _running(do)
    rule = clock.excluded
    standing = _standing_for_exclusion(do, clock)
    if rule is None or do.act.to not in rule.grounds:
        grounds = "、".join(rule.grounds.values()) if rule is not None else ""
        raise Refused("不计入期限须选法定事由", todo=f"从{grounds}中选择")
    if run.excluded:
        raise Refused(f"“{clock.label}”已因{run.excluded}停止计算", todo="先恢复计算")
    reason = "：".join(filter(None, [rule.grounds[do.act.to], do.act.remarks.strip()]))
    case = stand_still(do.rules, do.case.with_run(run, replace(run, excluded=reason)), do.day)
    cites = do.definition.cite(rule.articles, do.day)
    return Done(case, standing, name=do.act.name, remarks=reason, cites=cites, details={"ground": do.act.to})


def include(do: Doing) -> Done:
    """恢复计算: today counts again."""
    run, clock = _running(do)
    standing = _standing_for_exclusion(do, clock)
    if not run.excluded:
        raise Refused(f"“{clock.label}”没有停止计算", todo="从停止计算的期限中选择")
    case = stand_still(do.rules, do.case.with_run(run, replace(run, excluded="")), do.day)
    return Done(case, standing, name=do.act.name, remarks=do.act.remarks)


def _running(do: Doing) -> tuple[ClockRun, Clock]:
    run, clock = do.case.run(do.act.name), do.definition.clocks.get(do.act.name)
    if run is None or clock is None or run.stopped is not None:
        raise Refused("没有这个正在计算的期限", todo="从正在计算的期限中选择")
    return run, clock


def _standing_for_exclusion(do: Doing, clock: Clock) -> Standing:
    if clock.excluded is None:
        raise Refused(f"“{clock.label}”没有不计入的情形", todo="按规则办理")
    roles = sorted(do.actor.roles & set(clock.excluded.by))
    if not roles:
        raise Refused(f"由{do.role_names(clock.excluded.by)}决定不计入期限", todo="请有权的一方办理")
    return Standing(roles[0])


def _extension(do: Doing, clock: Clock, run: ClockRun) -> tuple[int, str]:
    """Which extension rule applies, and in which role; the first that fits."""
    for number, rule in enumerate(clock.extensions):
        roles = sorted(do.actor.roles & set(rule.by))
        term = do.act.term or rule.at_most
        fits_rule = term.unit == rule.at_most.unit and term.length <= rule.at_most.length
        if roles and fits_rule and run.used.count(number) < rule.times:
            return number, roles[0]
    allowed = "；".join(
        f"{do.role_names(rule.by)}可延长至多{rule.at_most}，{rule.times} 次" for rule in clock.extensions
    )
    raise Refused(f"“{clock.label}”不能这样延长", todo=f"按规则办理（{allowed or '本期限不得延长'}）")


def record(do: Doing) -> Done:
    """登记事实 into the case's snapshot; a later value replaces the former one, the trail keeps both."""
    known = checked_facts(do.definition, do.actor, do.act.facts, do.act.source, do.day)
    told = {name: str(value) for name, value in do.act.facts.items()}
    case = replace(do.case, facts={**do.case.facts, **known})
    return Done(case, Standing(""), remarks=do.act.source, details=told)


def checked_facts(
    definition: Definition, actor: Actor, facts: Mapping[str, Scalar], source: str, day: date
) -> dict[str, Known]:
    """Facts ready for the snapshot; raises Refused for an unlisted fact or a person who may not record it."""
    for name, value in facts.items():
        fact = definition.facts.get(name)
        if fact is None:
            raise Refused(f"程序里没有“{name}”这项事实", todo="从程序列出的事实中选择")
        if not actor.roles & (set(fact.by) or definition.roles.keys()):
            raise Refused(f"“{fact.label}”不由你登记", todo="请有权的一方登记")
        if not fits(fact, value):
            raise Blocked(f"“{fact.label}”的值“{value}”不合要求", todo="按该项的种类填写")
    return {name: Known(value, source or actor.unit, day) for name, value in facts.items()}
