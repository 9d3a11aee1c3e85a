"""A decision record as rows and back: nothing lost, nothing filled in, nothing changed afterwards."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from zhicheng.base.citation import Span
from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision import record as files
from zhicheng.domain.decision.model import DecisionRecord, Fact, Paper, Stage
from zhicheng.domain.plan import folder
from zhicheng.domain.plan.model import Plan
from zhicheng.store import decisions, plans
from zhicheng.store.models import Decision
from zhicheng.store.queries import decision as queries

pytestmark = pytest.mark.django_db
YANTAI = Path(__file__).resolve().parents[2] / "plans/yantai-2022-2024"
NOW = datetime(2024, 7, 1, tzinfo=UTC)


def _record(stages: int = 1) -> DecisionRecord:
    """A record with every kind of value, and with none."""
    facts = (
        Fact("initiation.date", when=PartialDate(2021, 9), clause="protect", span=Span(0, 4)),
        Fact("countersign.units", count=0, source="网页"),
        Fact("countersign.agreed", yes=False, note="并非全部", confirmed=False),
        Fact("initiation.undertaking_unit", text=""),
        Fact("countersign.named", items=("甲局", "乙局")),
        Fact("countersign.adopted"),
    )
    papers = (
        Paper("草案", "present"),
        Paper("会议记录", "internal", "内部记录"),
        Paper("报告", "missing", note="未见"),
    )
    names = ("initiation", "participation", "expert_argument")[:stages]
    return DecisionRecord(
        "某方案", "某市人民政府", ("cn",),
        tuple(
            Stage(name, name, None, name != "participation", "不涉及", "某局", True, Span(5, 7), facts, papers)
            for name in names
        ),
    )  # fmt: skip


def _write(plan: Plan, record: DecisionRecord, number: int = 1) -> Decision:
    version = plans.write_version(plan, number=number, at=NOW, by=None)
    return decisions.write_record(record, version, number=1, at=NOW, by=None)


def test_record_written_reads_back_the_same(small_plan: Plan) -> None:
    record = _record(stages=3)

    row = _write(small_plan, record)

    assert decisions.read_record(Decision.objects.get(pk=row.pk)) == record


def test_record_of_the_bundled_plan_reads_back_the_same() -> None:
    plan = folder.load(YANTAI)
    record = files.load(YANTAI, plan)

    row = _write(plan, record)

    assert decisions.read_record(row) == record


@pytest.mark.parametrize("stages", [1, 3])
def test_record_is_read_in_a_fixed_number_of_queries(
    small_plan: Plan, stages: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = _write(small_plan, _record(stages))

    with django_assert_num_queries(4):
        assert queries.record(row.version) == _record(stages)


def test_version_without_a_record_says_so(small_plan: Plan) -> None:
    assert queries.record(plans.write_version(small_plan, number=1, at=NOW, by=None)) is None


@pytest.mark.parametrize("table", ["decision", "decisionstage", "decisionfact", "decisionpaper"])
def test_recorded_rows_can_neither_be_changed_nor_removed(small_plan: Plan, table: str) -> None:
    _write(small_plan, _record())

    for statement in (f"DELETE FROM store_{table}", f"UPDATE store_{table} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
