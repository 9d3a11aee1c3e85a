"""A plan goes into rows and comes back the same."""

import dataclasses
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan
from zhicheng.store import models, plans
from zhicheng.store.immutable import ImmutableRow, guarded_tables

pytestmark = pytest.mark.django_db


def _write(plan: Plan, number: int = 1) -> models.PlanVersion:
    return plans.write_version(plan, number=number, at=timezone.now(), by=None)


def test_plan_written_as_rows_reads_back_equal(small_plan: Plan) -> None:
    version = _write(small_plan)

    assert plans.read_version(models.PlanVersion.objects.get(pk=version.pk)) == small_plan


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in (Path(__file__).parents[2] / "plans").glob("*/plan.yaml"))
)
def test_every_bundled_plan_reads_back_equal(folder: Path) -> None:
    plan = load(folder)

    assert plans.read_version(models.PlanVersion.objects.get(pk=_write(plan).pk)) == plan


def test_reading_a_plan_costs_the_same_queries_for_more_rows(small_plan: Plan, django_assert_num_queries) -> None:
    more = dataclasses.replace(
        small_plan,
        tasks=small_plan.tasks + tuple(dataclasses.replace(small_plan.tasks[0], key=f"1.{n}") for n in range(3, 9)),
    )
    small, large = _write(small_plan), _write(more, 2)

    with django_assert_num_queries(16):
        plans.read_version(small)
    with django_assert_num_queries(16):
        plans.read_version(large)


def test_content_hash_changes_with_any_part(small_plan: Plan) -> None:
    other = dataclasses.replace(small_plan, questions=())

    assert plans.content_hash(other) != plans.content_hash(small_plan)
    assert plans.content_hash(dataclasses.replace(other, questions=small_plan.questions)) == plans.content_hash(
        small_plan
    )


def test_row_of_a_version_refuses_save_and_delete(small_plan: Plan) -> None:
    clause = _write(small_plan).clauses.first()

    clause.title = "改过的标题"
    with pytest.raises(ImmutableRow):
        clause.save()
    with pytest.raises(ImmutableRow):
        clause.delete()
    with pytest.raises(ImmutableRow):
        models.Clause.objects.update(title="改过的标题")
    with pytest.raises(ImmutableRow):
        models.Clause.objects.all().delete()


@pytest.mark.parametrize("table", ["store_planversion", "store_clause", "store_tier", "store_unitname"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_database_itself_refuses_to_change_a_version(small_plan: Plan, table: str, act: str) -> None:
    _write(small_plan)

    with pytest.raises(DatabaseError, match="immutable row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_every_immutable_table_has_its_triggers() -> None:
    acts = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}[connection.vendor]
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}

    assert found >= {f"{table}_no_{act}" for table in guarded_tables() for act in acts}
    assert len(guarded_tables()) == 29
