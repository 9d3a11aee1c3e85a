"""My work and the due-date pass read along an index, in its order, on each database: they cost what is due, not what exists."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet

from zhicheng.store.queries import cases

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)
DESK = "unit:first-bureau"
READS = {
    "work_at_desk": lambda: cases.at_desk(DESK, {"office"})[:50],
    "work_waited_for": lambda: cases.waited_for(DESK)[:50],
    "work_delegated": lambda: cases.delegated(DESK, DAY)[:50],
    "case_to_look_at": lambda: cases.to_look_at(DAY, 200),
    "notice_of_account": lambda: cases.unseen(7)[:8],
}


def _plan(rows: QuerySet) -> str:
    """How the database means to read these rows; a small table must not tempt PostgreSQL to read it whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    return rows.explain()


@pytest.mark.parametrize("index", READS)
def test_list_is_read_along_its_index_without_sorting(index: str) -> None:
    plan = _plan(READS[index]())

    assert index in plan or (index == "notice_of_account" and "notice_unseen" in plan), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


def test_counting_stops_at_many() -> None:
    plan = cases.at_desk(DESK, {"office"}).order_by()[: cases.MANY].explain()

    assert "work_at_desk" in plan or connection.vendor == "postgresql", plan
