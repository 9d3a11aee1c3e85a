"""Plan versions for pages: which is in force, and the plan it holds. Not here: writing one (usecases/adopt_plan)."""

from __future__ import annotations

from django.db.models import QuerySet

from zhicheng.base.errors import Missing
from zhicheng.domain.plan.model import Plan
from zhicheng.store import plans
from zhicheng.store.models import PlanVersion


def versions() -> QuerySet[PlanVersion]:
    """Every version, newest first, without the long text."""
    return PlanVersion.objects.order_by("-number").defer("text")


def current() -> PlanVersion:
    """The version in force: the newest that is no draft. Raises Missing in a city that has adopted none."""
    version = PlanVersion.objects.filter(draft=False).order_by("-number").first()
    if version is None:
        raise Missing("本市尚未入库任何方案", todo="由领导小组办公室入库方案")
    return version


def version(number: int) -> PlanVersion:
    """The version with this number; raises Missing."""
    found = PlanVersion.objects.filter(number=number).first()
    if found is None:
        raise Missing(f"没有第{number}版方案", todo="从版本列表中选择")
    return found


def plan_of(version: PlanVersion) -> Plan:
    """The whole plan of a version as immutable values, in a fixed number of queries."""
    return plans.read_version(version)
