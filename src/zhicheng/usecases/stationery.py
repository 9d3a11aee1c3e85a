"""启用文种和版式: what the city writes papers with from now on. Not here: reading the folder (engine/papers/load)."""

from __future__ import annotations

from zhicheng.engine.chain import canonical, digest
from zhicheng.engine.papers.load import Stationery
from zhicheng.store import clock, ledger
from zhicheng.store.models import Stationery as Row
from zhicheng.usecases.policy import Person, require


def adopt_stationery(person: Person, stationery: Stationery) -> Row:
    """Put kinds, offices and sheet into use; the same content as now changes nothing. Papers issued before keep theirs."""
    require(person, "papers.stationery")
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
