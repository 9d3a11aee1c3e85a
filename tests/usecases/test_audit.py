"""The ledger as kept: chained entry by entry, tampering found up to the last anchor, days in Shanghai."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from zhicheng.base.errors import Refused, UnreadableInput
from zhicheng.engine.chain import link
from zhicheng.store import anchors, clock, ledger
from zhicheng.store.immutable import ImmutableRow, guard, unguard
from zhicheng.store.models import LedgerEntry
from zhicheng.usecases.audit import verify_ledger, write_anchor
from zhicheng.usecases.policy import MACHINE, Person
from zhicheng.usecases.tick import tick

pytestmark = pytest.mark.django_db
TABLE = "store_ledgerentry"
SLIER = {
    "sqlite": [f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}"],
    "postgresql": [f"TRUNCATE {TABLE}"],
}  # what changes rows without an UPDATE or a DELETE


@pytest.fixture(autouse=True)
def anchor_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.ANCHORS = tmp_path
    return tmp_path


def _act(count: int) -> None:
    for n in range(count):
        with ledger.writing():
            ledger.append(n, "plan.adopt", f"plan:{n}", cites="方案 一", detail={"n": n, "字": "𠮷"}, after={"n": n})


def _tamper(statement: str, *values: object) -> None:
    """What somebody with the database's own password could do."""
    unguard(connection, [TABLE])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    guard(connection, [TABLE])


def _rewrite(number: int, act: str) -> None:
    """Forge one entry and compute the chain anew from there, as a skilled forger would."""
    previous = None
    for row in list(LedgerEntry.objects.order_by("number")):
        if row.number == number:
            row.act = act
        if row.number >= number:
            row.previous = previous or row.previous
            row.hash = link(row.number, ledger.content(row), row.previous)
            _tamper(
                f"UPDATE {TABLE} SET act = %s, previous = %s, hash = %s WHERE number = %s",
                row.act, row.previous, row.hash, row.number,
            )  # fmt: skip
        previous = row.hash


def test_untouched_ledger_verifies_through_its_anchor() -> None:
    _act(5)
    assert write_anchor(MACHINE)
    _act(2)

    verdict = verify_ledger(MACHINE)

    assert (verdict.entries, verdict.ok, verdict.first_bad, verdict.anchored_through) == (7, True, None, 5)


def test_edited_entry_is_found() -> None:
    _act(5)
    _tamper(f"UPDATE {TABLE} SET act = 'nothing' WHERE number = 3")

    assert verify_ledger(MACHINE).first_bad == 3


@pytest.mark.parametrize("field", ["at", "actor", "act", "subject", "cites", "detail", "before", "after", "previous"])
def test_every_field_is_covered_by_the_chain(field: str) -> None:
    _act(3)
    forged = {"at": "2020-01-01 00:00:00+00:00", "actor": 77, "detail": '{"n": 5}'}.get(field, "forged")
    _tamper(f"UPDATE {TABLE} SET {field} = %s WHERE number = 2", forged)

    assert verify_ledger(MACHINE).first_bad == 2


def test_removed_entry_is_found() -> None:
    _act(5)
    _tamper(f"DELETE FROM {TABLE} WHERE number = 2")

    assert verify_ledger(MACHINE).first_bad == 2


def test_rewritten_ledger_is_found_by_the_anchor_kept_elsewhere(anchor_folder: Path) -> None:
    _act(4)
    write_anchor(MACHINE)
    copy = anchor_folder / "printed.txt"
    copy.write_text(anchors.anchor_file().read_text())
    _act(1)
    _rewrite(2, "forged")

    assert verify_ledger(MACHINE, copy).first_bad == 4
    anchors.anchor_file().unlink()
    assert verify_ledger(MACHINE).ok  # without any anchor nobody could tell: that is what anchors are for


def test_ledger_cut_off_before_the_anchor_is_found() -> None:
    _act(4)
    write_anchor(MACHINE)
    _tamper(f"DELETE FROM {TABLE} WHERE number > 2")

    assert verify_ledger(MACHINE).first_bad == 3


def test_anchor_is_written_once_a_day_of_shanghai() -> None:
    with time_machine.travel(datetime(2024, 6, 30, 15, 0, tzinfo=UTC), tick=False):
        _act(1)
        assert tick(MACHINE)["anchors_written"] == 1
        assert tick(MACHINE)["anchors_written"] == 0
    with time_machine.travel(datetime(2024, 6, 30, 16, 30, tzinfo=UTC), tick=False):
        _act(1)
        assert tick(MACHINE)["anchors_written"] == 1

    assert clock.day_of(LedgerEntry.objects.get(number=2).at) == date(2024, 7, 1)
    days = [line.split()[0] for line in anchors.anchor_file().read_text().splitlines()]
    assert days == ["2024-06-30", "2024-07-01"]


def test_empty_ledger_has_nothing_to_anchor() -> None:
    assert not write_anchor(MACHINE)
    assert verify_ledger(MACHINE).ok


def test_damaged_or_missing_anchor_file_is_named(anchor_folder: Path) -> None:
    bad = anchor_folder / "bad.txt"
    bad.write_text("2024-07-01 不是数 sha256:0\n")

    with pytest.raises(UnreadableInput, match="读不懂"):
        verify_ledger(MACHINE, bad)
    with pytest.raises(UnreadableInput, match="没有这个锚文件"):
        verify_ledger(MACHINE, anchor_folder / "none.txt")


def test_ledger_chained_with_sm3_verifies(settings: LazySettings) -> None:
    _act(2)
    settings.CHAIN_ALGORITHM = "sm3"
    _act(2)

    assert LedgerEntry.objects.get(number=4).hash.startswith("sm3:")
    assert verify_ledger(MACHINE).ok


def test_entry_refuses_change_by_model_and_by_database() -> None:
    _act(1)
    entry = LedgerEntry.objects.get()

    with pytest.raises(ImmutableRow):
        entry.save()
    with pytest.raises(ImmutableRow):
        entry.delete()
    for statement in (f"UPDATE {TABLE} SET act = 'x'", f"DELETE FROM {TABLE}", *SLIER[connection.vendor]):
        with pytest.raises(DatabaseError, match="immutable row"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_only_auditors_read_the_ledger() -> None:
    with pytest.raises(Refused):
        verify_ledger(Person(account=1, roles=frozenset({"system_admin"})))
    assert verify_ledger(Person(account=1, roles=frozenset({"auditor"}))).ok


def test_verifying_holds_few_entries_in_memory(django_assert_num_queries) -> None:
    _act(3)

    with django_assert_num_queries(1):
        entries = ledger.stream()
        assert next(entries).number == 1
        entries.close()


@pytest.mark.django_db(transaction=True)
def test_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        ledger.append(1, "plan.adopt", "plan:x")
