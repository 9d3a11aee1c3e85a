"""培训城市: a city to learn in, on a copy of a real plan, marked as such on every page (DESIGN 2.17).

Not here: the plan itself (handed in), invented figures of execution (demo build).
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.domain.plan.model import Plan
from zhicheng.store import accounts, ledger
from zhicheng.store.models import Account, City
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.check_plan import check_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE, ROLE_NAMES
from zhicheng.usecases.record_decision import record_decision

# Known to everybody, and therefore good for nothing but a training city; shown on its sign-in page.
DEMONSTRATION_PASSWORD = "zhicheng-peixun-2024"  # noqa: S105
KIND_OF_ROLE = {"enterprise": "enterprise", "agency": "agency"}
WITHOUT_UNIT = {"expert", "auditor", "enterprise", "agency"}


def training_city(plan: Plan, record: DecisionRecord | None = None) -> City:
    """Open a training city: adopt the plan, set the clock inside its last year, one demonstration account a role.

    record: how the plan was decided, where its folder says so. Running it again changes nothing.
    Raises Conflict in a database that belongs to a real city.
    """
    city = open_city(MACHINE, name=plan.city, plan_key=plan.key, clock_start=_middle_of_last_year(plan))
    version = adopt_plan(MACHINE, plan)
    if record is not None:
        record_decision(MACHINE, record, version)
    if not version.findings.exists():  # at once, so that the first page shows them; a real city's worker does it
        check_plan(MACHINE, version)
    with ledger.writing():
        for role in ROLE_NAMES:
            _demonstration_account(role, plan)
    return city


def _middle_of_last_year(plan: Plan) -> datetime:
    """1 July of the plan's last year, nine in the morning: most of the plan is past, its end still ahead."""
    return datetime(plan.period[1], 7, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def _demonstration_account(role: str, plan: Plan) -> None:
    username = f"demo-{role.replace('_', '-')}"
    if Account.objects.filter(username=username).exists():
        return
    account = Account.objects.create(
        username=username, name=f"示范·{ROLE_NAMES[role]}", kind=KIND_OF_ROLE.get(role, "official"),
        unit_key=_unit_for(role, plan), must_change_password=False, created_at=timezone.now(),
        password=make_password(DEMONSTRATION_PASSWORD),
    )  # fmt: skip
    accounts.set_roles(account, {role})
    ledger.append(None, "account.create", f"account:{account.pk}", after=accounts.state(account))


def _unit_for(role: str, plan: Plan) -> str:
    """A unit of this plan that such a person could come from; the plan alone decides, no city is named here."""
    if role in WITHOUT_UNIT:
        return ""
    areas = [u.key for u in plan.units if u.kind in ("area", "area_group")]
    if role == "district" and areas:
        return areas[0]
    finance = [u.key for u in plan.units if "财政" in u.name]
    if role == "finance" and finance:
        return finance[0]
    return _busiest_unit(plan)


def _busiest_unit(plan: Plan) -> str:
    """The unit named for most tasks, the first of them in the plan's order."""
    named = [a.unit for t in plan.tasks for a in t.units]
    return max((u.key for u in plan.units), key=named.count, default="")
