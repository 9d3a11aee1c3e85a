"""A draft version is read and compared, and is never the plan in force."""

import dataclasses

import pytest

from zhicheng.domain.plan.model import Plan
from zhicheng.store import ledger
from zhicheng.store.queries import plan as pages
from zhicheng.store.queries import plans
from zhicheng.usecases.adopt_plan import adopt_plan, write
from zhicheng.usecases.policy import MACHINE


@pytest.mark.django_db
def test_newer_draft_version_does_not_come_into_force(small_plan: Plan) -> None:
    adopted = adopt_plan(MACHINE, small_plan)
    with ledger.writing():
        draft = write(MACHINE, dataclasses.replace(small_plan, subtitle="草案"), draft=True)

    assert plans.versions().first() == draft
    assert plans.current() == adopted
    assert pages.in_force() == (adopted, small_plan)
