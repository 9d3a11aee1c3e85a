"""启用文种和版式: what the city writes papers with from now on. Not here: reading the folder (engine/papers/load)."""

from __future__ import annotations

from dataclasses import replace

from zhicheng.domain.plan.model import Plan, Unit
from zhicheng.engine.chain import canonical, digest
from zhicheng.engine.papers.kind import Office
from zhicheng.engine.papers.load import Stationery
from zhicheng.store import clock, ledger
from zhicheng.store.models import Stationery as Row
from zhicheng.usecases.policy import Person, require


def adopt_stationery(person: Person, stationery: Stationery, plan: Plan | None = None) -> Row:
    """Put kinds, offices and sheet into use; the same content as now changes nothing. Papers issued before keep theirs.

    plan: its units become offices too, without 机关代字 until the city's folder names one.
    """
    require(person, "papers.stationery")
    if plan is not None:
        stationery = replace(stationery, offices=(*stationery.offices, *_units(plan, stationery)))
    content = stationery.plain()
    sha256 = digest(canonical(content), "sha256").removeprefix("sha256:")
    with ledger.writing():
        newest = Row.objects.order_by("-pk").first()
        if newest is not None and newest.sha256 == sha256:
            return newest
        row = Row.objects.create(sha256=sha256, content=content, adopted_at=clock.now(), adopted_by=person.account)
        ledger.append(
            person.account, "papers.stationery", f"stationery:{row.pk}", detail={"kinds": len(stationery.kinds)},
            before={"sha256": newest.sha256} if newest else None, after={"sha256": sha256},
        )  # fmt: skip
    return row


def _units(plan: Plan, stationery: Stationery) -> list[Office]:
    """The plan's units that are not offices yet, under their full names; groups of areas sign nothing."""
    known = {office.key for office in stationery.offices}
    return [
        Office(key=unit.key, name=_full_name(unit), source="方案责任单位", confirmed=False)
        for unit in plan.units
        if unit.key not in known and unit.kind != "area_group"
    ]


def _full_name(unit: Unit) -> str:
    return next((name.name for name in unit.names if name.kind == "official"), unit.name)
