"""开通城市: the one row that says whose database this is. Not here: the plan, the accounts."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from zhicheng.base.errors import Conflict
from zhicheng.store import ledger
from zhicheng.store.models import City
from zhicheng.usecases.policy import Person, require


def open_city(person: Person, *, name: str, plan_key: str, clock_start: datetime | None = None) -> City:
    """Open this database for one city; with clock_start it is a training city whose clock begins there.

    Opening the same city again changes nothing; another one raises Conflict.
    """
    require(person, "city.open")
    kind = "real" if clock_start is None else "training"
    with ledger.writing():
        city = City.objects.first()
        if city is not None:
            if (city.kind, city.plan_key) != (kind, plan_key):
                raise Conflict(f"本库已属于“{city.name}”（{city.get_kind_display()}）", todo="另用一个数据库")
            return city
        real = timezone.now()
        city = City.objects.create(
            pk=1, name=name, kind=kind, plan_key=plan_key, opened_at=real, clock_start=clock_start,
            clock_set_at=real if clock_start else None,
        )  # fmt: skip
        state = {"kind": kind, "plan": plan_key}
        ledger.append(person.account, "city.open", f"city:{plan_key}", detail=state, after=state)
    return city
