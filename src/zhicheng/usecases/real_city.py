"""真实城市: open an empty city on its plan. Not here: a training city, its accounts."""

from __future__ import annotations

from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import City
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.record_decision import record_decision


def real_city(plan: Plan, record: DecisionRecord | None = None) -> City:
    """Open the city, adopt its plan, keep how it was decided. Running it again with the same folder changes nothing.

    Raises Conflict in a database that belongs to another city or to a training city.
    """
    city = open_city(MACHINE, name=plan.city, plan_key=plan.key)
    version = adopt_plan(MACHINE, plan)
    if record is not None:
        record_decision(MACHINE, record, version)
    return city
