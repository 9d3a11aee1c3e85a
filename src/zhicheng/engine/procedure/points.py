"""一条一条的意见 and their 去向: raised with a signature, disposed of one by one or many at once, who may see them when.

Not here: signatures and whether they suffice (items), the move that makes all known at one instant (moves).
"""

from __future__ import annotations

from dataclasses import replace

from zhicheng.base.errors import Refused
from zhicheng.engine.procedure.act import Doing, Done, standing_for_act
from zhicheng.engine.procedure.case import DISPOSITIONS, Actor, Blocked, Case, Lack, Point, WorkItem


def raised(do: Doing, item: WorkItem) -> list[Point]:
    """The single opinions a signature brings; words without a place speak of the whole. Raises Blocked for words missing."""
    written = [(about.strip(), text.strip()) for about, text in do.act.points]
    if do.act.opinion == "agree":
        if written:
            raise Blocked("签“同意”不能带意见", todo="改签“同意，另提意见”或“不同意”")
        return []
    if not written:
        do.require(do.act.remarks, "意见")
        written = [("", do.act.remarks.strip())]
    for _, text in written:
        do.require(text, "意见")
    first, unit = len(do.case.points) + 1, item.assignee or do.actor.unit
    return [Point(first + n, item.id, unit, about, text, do.day) for n, (about, text) in enumerate(written)]


def undisposed(case: Case) -> list[Lack]:
    """What is still without 去向, as one thing missing."""
    left = [point for point in case.points if point.disposition is None]
    if not left:
        return []
    units = "、".join(dict.fromkeys(point.unit for point in left))
    return [Lack("unknown", f"意见去向：还有 {len(left)} 条没有结论（{units}）")]


def dispose(do: Doing) -> Done:
    """处理意见: 采纳, 部分采纳 or 不采纳 of one opinion or of many at once; the two latter need a reason.

    May be changed until the opinions are disclosed; the trail keeps both.
    """
    standing = standing_for_act(do, "dispose")
    if do.case.disclosed is not None:
        raise Refused(f"意见去向已于 {do.case.disclosed} 公布", todo="有误的另行更正并说明")
    chosen = next((name for name in DISPOSITIONS if name == do.act.name), None)
    if chosen is None:
        raise Refused("没有这种去向", todo=f"从{'、'.join(DISPOSITIONS.values())}中选择")
    wanted = set(do.act.numbers)
    if not wanted or wanted - {point.id for point in do.case.points}:
        raise Refused("没有选中意见，或没有这条意见", todo="从意见去向表中选择")
    if chosen != "accepted":
        do.require(do.act.remarks, f"{DISPOSITIONS[chosen]}的理由")
    reason, change = do.act.remarks.strip(), do.act.to.strip()
    points = tuple(
        replace(point, disposition=chosen, reason=reason, change=change, disposed=do.day)
        if point.id in wanted
        else point
        for point in do.case.points
    )
    details = {"points": "、".join(map(str, sorted(wanted)))}
    return Done(replace(do.case, points=points), standing, name=chosen, remarks=reason, details=details)


def points_for(case: Case, actor: Actor, handles: bool) -> tuple[Point, ...]:
    """The single opinions somebody may see: the handling side all; others their own, its 去向 unsaid, until all are disclosed."""
    if handles or case.disclosed is not None:
        return case.points
    own = (point for point in case.points if actor.called(point.unit))
    return tuple(replace(point, disposition=None, reason="", change="", disposed=None) for point in own)
