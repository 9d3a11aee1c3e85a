"""A city with the small plan, and people signed in to it. Not here: the plan itself (tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web.pages.attention import address
from zhicheng.store import accounts, clock
from zhicheng.store.models import Account, Finding, PlanVersion
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE


@pytest.fixture
def adopted(db: Any, small_plan: Plan) -> PlanVersion:
    """The small plan in force in a real city."""
    open_city(MACHINE, name=small_plan.city, plan_key=small_plan.key)
    return adopt_plan(MACHINE, small_plan)


@pytest.fixture
def enter(client: Client) -> Callable[..., Client]:
    """enter("office", unit="finance"): the test client, signed in with these roles."""

    def come_in(*roles: str, unit: str = "") -> Client:
        account = Account.objects.create(
            username="wang", name="王", created_at=clock.now(), must_change_password=False, unit_key=unit
        )
        accounts.set_roles(account, roles)
        client.force_login(account)
        return client

    return come_in


@pytest.fixture
def find(adopted: PlanVersion) -> Callable[..., list[Finding]]:
    """find(3, clause_key="strict"): that many findings on the version in force, in place of those before."""

    def found(number: int, **fields: Any) -> list[Finding]:
        Finding.objects.all().delete()
        values = {
            "rule": "P01",
            "severity": "warning",
            "verdict": "not_met",
            "clause_key": "strict",
            "start": 0,
            "end": 1,
        }
        return Finding.objects.bulk_create(
            Finding(
                **{
                    "version": adopted, "key": f"P01:{n}", "message": f"意见{n}", "message_en": f"remark {n}",
                    "checked_at": clock.now(), **values, **fields,
                },
            )
            for n in range(number)
        )  # fmt: skip

    return found


@pytest.fixture
def findings_page() -> str:
    """The address of the list of findings; skips where this site has none."""
    there = address("findings")
    if not there:
        pytest.skip("本站还没有检查意见的页面")
    return there
