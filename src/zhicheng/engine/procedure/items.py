"""Work items: 会签, 加签, 签署, 转办, 委托, 催办, 延期, and whether signatures suffice. Not here: moves between steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal

from zhicheng.base.calendar import due
from zhicheng.base.errors import Refused
from zhicheng.engine.procedure.act import Doing, Done, standing_for_act, standing_for_item
from zhicheng.engine.procedure.case import Case, Lack, WorkItem
from zhicheng.engine.procedure.clocks import Rules
from zhicheng.engine.procedure.definition import Countersign
from zhicheng.engine.procedure.points import raised, undisposed


@dataclass(frozen=True)
class Tally:
    """会签 counted on one day. silent: no answer yet; deemed: silent past the term where silence means agreement."""

    asked: int
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    silent: tuple[str, ...]
    deemed: tuple[str, ...]
    wanted: int
    carried: bool

    @property
    def answered(self) -> int:
        return len(self.agreed) + len(self.disagreed) + len(self.deemed)


def closed(case: Case, day: date, state: Literal["done", "void"] = "done") -> tuple[WorkItem, ...]:
    """All items with the open ones closed: handling as `state`, signatures nobody gave as void."""
    return tuple(
        replace(item, state=state if item.kind == "handle" else "void", closed=day) if item.state == "open" else item
        for item in case.items
    )


def tally(rules: Rules, case: Case, day: date) -> Tally | None:
    """The countersignatures asked since the case last came to the present step; None if none were asked."""
    rows = _round(case)
    if not rows:
        return None
    rule = rules.definition.states[case.node].countersign or Countersign()
    given = [item for item in rows if item.state == "done"]
    silent = [item for item in rows if item.state == "open"]
    deemed = [item for item in silent if rule.silence == "agree" and item.due is not None and day > item.due]
    agreed = [item.assignee for item in given if item.opinion != "disagree"]
    against = [item.assignee for item in given if item.opinion == "disagree"]
    for_it = len(agreed) + len(deemed)
    return Tally(
        asked=len(rows),
        agreed=tuple(agreed),
        disagreed=tuple(against),
        silent=tuple(item.assignee for item in silent if item not in deemed),
        deemed=tuple(item.assignee for item in deemed),
        wanted=_wanted(rule.quorum, len(rows)),
        carried={"any": True, "majority": for_it > len(against), "all": not against}[rule.carried],
    )


def _round(case: Case) -> list[WorkItem]:
    """The countersign items of the present stay; items of an earlier stay were closed when the case left."""
    arrived = max((item.id for item in case.items if item.kind == "handle" and item.node == case.node), default=0)
    return [
        item
        for item in case.items
        if item.kind == "countersign" and item.node == case.node and item.id > arrived and item.state != "void"
    ]


def _wanted(quorum: str, asked: int) -> int:
    return asked if quorum == "all" else min(asked, ceil(Fraction(quorum) * asked) if "/" in quorum else int(quorum))


def unsigned(rules: Rules, case: Case, day: date) -> list[Lack]:
    """What is missing in signatures at the present step: added signers always, countersigners by the state's rule."""
    out = [
        Lack("unknown", f"加签：{item.assignee}尚未签署")
        for item in case.open_items()
        if item.kind == "added" and item.node == case.node
    ]
    if rules.definition.states[case.node].disposed:
        out += undisposed(case)
    counted, rule = tally(rules, case, day), rules.definition.states[case.node].countersign
    if rule is not None and (asked := counted.asked if counted is not None else 0) < rule.at_least:
        out.append(Lack("not_met", f"会签：至少请 {rule.at_least} 个单位，已请 {asked} 个"))
    if counted is None:
        return out
    cites = rules.definition.cite(rule.articles, day) if rule is not None else ""
    if counted.answered < counted.wanted:
        left = f"会签：已答复 {counted.answered}/{counted.asked}，尚缺{'、'.join(counted.silent)}"
        out.append(Lack("unknown", left, cites))
    if not counted.carried:
        out.append(Lack("not_met", f"会签：{'、'.join(counted.disagreed)}不同意", cites))
    return out


def countersign(do: Doing) -> Done:
    """会签: ask several units at once; each gets its own item, with the state's term."""
    standing = standing_for_act(do, "countersign")
    rule = do.definition.states[do.case.node].countersign
    if rule is None:
        raise Refused(f"“{do.here}”这一步不设会签", todo="改用加签")
    asked = {item.assignee for item in _round(do.case)}
    signers = tuple(dict.fromkeys(name for name in do.act.signers if name not in asked))
    do.require("".join(signers), "会签单位（不与已请的重复）")
    term = do.act.term or rule.term
    ends = due(do.day, term, do.rules.calendar, speed=do.rules.speed).due if term is not None else None
    rows = [
        WorkItem(0, "countersign", do.case.node, do.day, assignee=name, asked_by=do.actor.person, due=ends)
        for name in signers
    ]
    return Done(do.case.adding_items(*rows), standing, remarks=do.act.remarks, notifies=signers)


def add_signer(do: Doing) -> Done:
    """加签: one more person or unit has to sign before the step can be left."""
    standing = standing_for_act(do, "add_signer")
    do.require(do.act.to, "加签人")
    ends = due(do.day, do.act.term, do.rules.calendar, speed=do.rules.speed).due if do.act.term is not None else None
    row = WorkItem(0, "added", do.case.node, do.day, assignee=do.act.to, asked_by=do.actor.person, due=ends)
    return Done(do.case.adding_items(row), standing, name=do.act.to, remarks=do.act.remarks, notifies=(do.act.to,))


def sign(do: Doing) -> Done:
    """签署意见 on an item of one's own (or as delegate); disagreement and remarks need words, place by place or as a whole."""
    item = _item(do)
    if item.kind == "handle":
        raise Refused("本步骤由经办人办理，不是签署", todo="从列出的下一步里选择")
    standing = standing_for_item(item, do)
    found = raised(do, item)
    signed = replace(item, state="done", closed=do.day, opinion=do.act.opinion, text=do.act.remarks)
    return Done(
        replace(do.case.with_item(signed), points=(*do.case.points, *found)),
        standing,
        name=item.kind,
        remarks=do.act.remarks,
        notifies=(item.asked_by,) if item.asked_by else (),
        details={"item": str(item.id), "opinion": do.act.opinion},
    )


def transfer(do: Doing) -> Done:
    """转办: the item goes to another person or unit for good, with a reason."""
    item = _item(do)
    standing = standing_for_act(do, "transfer")
    do.require(do.act.to, "转办对象")
    do.require(do.act.remarks, "转办理由")
    changed = replace(item, assignee=do.act.to, delegate="", delegate_until=None)
    told = (do.act.to, *do.definition.acts["transfer"].notifies)
    return Done(do.case.with_item(changed), standing, name=do.act.to, remarks=do.act.remarks, notifies=told)


def delegate(do: Doing) -> Done:
    """委托: another acts for the assignee, until a day if one is given; the assignee may still act."""
    item = _item(do)
    standing = standing_for_act(do, "delegate")
    do.require(do.act.to, "受托人")
    changed = replace(item, delegate=do.act.to, delegate_until=do.act.until)
    told = (do.act.to, *do.definition.acts["delegate"].notifies)
    return Done(do.case.with_item(changed), standing, name=do.act.to, remarks=do.act.remarks, notifies=told)


def urge(do: Doing) -> Done:
    """催办 those with open items: one item, or all."""
    standing = standing_for_act(do, "urge")
    waiting = [item for item in do.case.open_items() if do.act.item in (0, item.id)]
    if not waiting:
        raise Refused("没有待办可催", todo="核对待办编号")
    case = do.case
    for item in waiting:
        case = case.with_item(replace(item, urged=item.urged + 1))
    told = tuple(dict.fromkeys(item.delegate or item.assignee or item.role for item in waiting))
    return Done(case, standing, remarks=do.act.remarks, notifies=told, keeps_undo=True)


def postpone(do: Doing) -> Done:
    """批准延期答复: a signature asked for may come until a later day, with a reason; the others' day stays."""
    item = _item(do)
    standing = standing_for_act(do, "postpone")
    if item.due is None:
        raise Refused("这件待办没有答复期限", todo="从有期限的会签、加签中选择")
    if do.act.until is None or do.act.until <= item.due:
        raise Refused(f"延期须晚于原定的 {item.due}", todo="填写新的答复日期")
    do.require(do.act.remarks, "延期理由")
    told = (item.assignee, *do.definition.acts["postpone"].notifies)
    details = {"item": str(item.id), "until": do.act.until.isoformat()}
    case = do.case.with_item(replace(item, due=do.act.until))
    return Done(case, standing, name=item.assignee, remarks=do.act.remarks, notifies=told, details=details)


def _item(do: Doing) -> WorkItem:
    """The open item the act speaks of; without a number, the handling of the present step."""
    item = do.case.item(do.act.item) if do.act.item else do.handling()
    if item is None or item.state != "open":
        raise Refused("没有这件待办，或已办结", todo="核对待办编号")
    return item
