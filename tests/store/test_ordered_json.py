"""JSON whose order says something comes back in that order, on every database."""

from __future__ import annotations

import dataclasses

import pytest

from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import PlanVersion
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE

pytestmark = pytest.mark.django_db


def test_notes_of_a_plan_keep_their_order(small_plan: Plan) -> None:
    notes = {"来源": "一", "a": "二", "页面日期": "三", "B": "四", "aa": "五"}

    version = adopt_plan(MACHINE, dataclasses.replace(small_plan, meta=notes))

    assert list(PlanVersion.objects.get(pk=version.pk).meta.items()) == list(notes.items())
