"""Recording how a plan was decided: one record, one entry; a correction is a further record."""

from dataclasses import replace

import pytest

from zhicheng.base.errors import Refused
from zhicheng.domain.decision.model import DecisionRecord, Stage
from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Decision, LedgerEntry
from zhicheng.store.queries import decision as queries
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import Person
from zhicheng.usecases.record_decision import record_decision

pytestmark = pytest.mark.django_db
OFFICE = Person(account=7, roles=frozenset({"office"}))
RECORD = DecisionRecord(
    "某方案", "某市", ("cn",), (Stage("initiation", "决策启动", "决策启动", True, "", "", True, None, (), ()),)
)


def test_recording_writes_one_record_and_one_entry(small_plan: Plan) -> None:
    version = adopt_plan(OFFICE, small_plan)

    row = record_decision(OFFICE, RECORD, version)

    entry = LedgerEntry.objects.get(act="decision.record")
    assert (row.number, row.recorded_by, row.version) == (1, 7, version)
    assert (entry.actor, entry.subject, entry.detail["record"]) == (7, "plan:somewhere-2022-2024", 1)
    assert queries.record(version) == RECORD


def test_recording_the_same_again_changes_nothing(small_plan: Plan) -> None:
    version = adopt_plan(OFFICE, small_plan)

    assert record_decision(OFFICE, RECORD, version) == record_decision(OFFICE, RECORD, version)
    assert (Decision.objects.count(), LedgerEntry.objects.filter(act="decision.record").count()) == (1, 1)


def test_correction_is_a_further_record_that_counts_from_then_on(small_plan: Plan) -> None:
    version = adopt_plan(OFFICE, small_plan)
    record_decision(OFFICE, RECORD, version)

    corrected = replace(RECORD, organ="某市人民政府")
    second = record_decision(OFFICE, corrected, version)

    assert second.number == 2
    assert queries.record(version) == corrected


def test_others_than_the_office_are_refused(small_plan: Plan) -> None:
    version = adopt_plan(OFFICE, small_plan)

    with pytest.raises(Refused, match="领导小组办公室"):
        record_decision(Person(account=8, roles=frozenset({"expert"})), RECORD, version)
