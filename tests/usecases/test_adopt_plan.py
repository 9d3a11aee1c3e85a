"""Adopting a plan: one version, one entry, one announcement; never twice."""

import dataclasses
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from zhicheng.base.errors import Conflict, Refused, UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Clause, LedgerEntry, Outbox, PlanVersion
from zhicheng.store.queries import plans
from zhicheng.usecases.adopt_plan import adopt_plan, adopt_version, write
from zhicheng.usecases.policy import MACHINE, Person

pytestmark = pytest.mark.django_db
OFFICE = Person(account=7, roles=frozenset({"office"}))


def test_adopting_writes_version_entry_and_announcement(small_plan: Plan) -> None:
    version = adopt_plan(OFFICE, small_plan, cites="方案 一")

    entry = LedgerEntry.objects.get()
    assert (version.number, version.adopted_by) == (1, 7)
    assert plans.plan_of(plans.current()) == small_plan
    assert (entry.actor, entry.act, entry.subject, entry.cites) == (
        7,
        "plan.adopt",
        "plan:somewhere-2022-2024",
        "方案 一",
    )
    assert entry.detail["content_sha256"] == version.content_sha256
    assert list(Outbox.objects.values_list("topic", "payload")) == [("plan.adopted", {"version": 1})]


def test_adopting_the_same_plan_again_changes_nothing(small_plan: Plan) -> None:
    first = adopt_plan(OFFICE, small_plan)
    again = adopt_plan(MACHINE, small_plan)

    assert again == first
    assert (PlanVersion.objects.count(), LedgerEntry.objects.count(), Outbox.objects.count()) == (1, 1, 1)


def test_adopting_a_changed_plan_makes_the_next_version(small_plan: Plan) -> None:
    adopt_plan(OFFICE, small_plan)
    second = adopt_plan(OFFICE, dataclasses.replace(small_plan, subtitle="修订"))

    assert second.number == 2
    assert plans.current() == second
    assert plans.version(1).subtitle == ""


def test_plan_that_names_a_missing_clause_is_refused_whole(small_plan: Plan) -> None:
    broken = dataclasses.replace(small_plan, projects=(dataclasses.replace(small_plan.projects[0], clause="nowhere"),))

    with pytest.raises(UnreadableInput, match="nowhere"):
        adopt_plan(OFFICE, broken)
    assert not PlanVersion.objects.exists()
    assert not Clause.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_unit_officer_may_not_adopt(small_plan: Plan) -> None:
    with pytest.raises(Refused, match="领导小组办公室"):
        adopt_plan(Person(account=3, roles=frozenset({"unit_officer"})), small_plan)


def test_draft_version_is_kept_and_never_in_force(small_plan: Plan) -> None:
    adopted = adopt_plan(MACHINE, small_plan)
    with transaction.atomic():
        draft = write(MACHINE, replace(small_plan, title="某市方案（修订）"), draft=True)

    assert (draft.number, draft.draft) == (2, True)
    assert plans.current() == adopted
    assert adopt_plan(MACHINE, small_plan) == adopted


def test_version_stays_immutable_after_the_table_was_rebuilt(small_plan: Plan) -> None:
    adopt_plan(MACHINE, small_plan)

    with pytest.raises(DatabaseError, match="immutable row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE store_planversion SET title = 'x'")


def test_draft_version_is_put_in_force_as_it_stands(small_plan: Plan) -> None:
    adopt_plan(MACHINE, small_plan)
    with transaction.atomic():
        draft = write(MACHINE, replace(small_plan, title="某市方案（修订）"), draft=True)

    made = adopt_version(OFFICE, draft.number, "第8次常务会议")

    assert plans.current() == made
    assert (made.number, made.draft, made.content_sha256) == (3, False, draft.content_sha256)
    assert LedgerEntry.objects.last().cites == "第8次常务会议"


def test_draft_version_without_citation_or_twice_adopted_is_refused(small_plan: Plan) -> None:
    adopted = adopt_plan(MACHINE, small_plan)
    with transaction.atomic():
        draft = write(MACHINE, replace(small_plan, title="某市方案（修订）"), draft=True)

    with pytest.raises(UnreadableInput, match="依据"):
        adopt_version(OFFICE, draft.number, " ")
    with pytest.raises(Conflict, match="不是草案版"):
        adopt_version(OFFICE, adopted.number, "第8次常务会议")
    with pytest.raises(Refused):
        adopt_version(Person(account=8, roles=frozenset({"reviewer"})), draft.number, "第8次常务会议")
