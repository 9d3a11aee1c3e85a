"""The ledger on its page: newest first by keyset, narrowed, verified against anchors, each entry to its object."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web.pages import ledger as page
from zhicheng.store import clock, ledger
from zhicheng.store.immutable import guard, unguard
from zhicheng.store.models import Account, LedgerEntry
from zhicheng.store.queries import ledger as rows
from zhicheng.usecases.audit import write_anchor
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.training_city import training_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_hashes(settings: LazySettings) -> None:
    """Twelve demonstration accounts a test: the real hash is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _city(_quick_hashes: None, small_plan: Plan, tmp_path: Path, settings: LazySettings) -> None:
    settings.ANCHORS = tmp_path
    training_city(small_plan)


def _auditor() -> Client:
    client = Client()
    client.force_login(Account.objects.get(username="demo-audit-admin"))
    return client


def _grow(n: int) -> None:
    with ledger.writing():
        for _ in range(n):
            ledger.append(None, "plan.check", "plan:somewhere-2022-2024")


def test_pages_follow_one_another_without_gap_or_overlap() -> None:
    _grow(2 * rows.SIZE)
    seen: list[int] = []
    before = None
    while True:
        found = rows.entries(rows.Wanted(), before=before)
        seen += [entry.number for entry in found.entries]
        if found.older is None:
            break
        before = found.older

    assert seen == list(range(LedgerEntry.objects.count(), 0, -1))
    back = rows.entries(rows.Wanted(), after=seen[-1])
    assert [e.number for e in back.entries] == list(range(rows.SIZE + 1, 1, -1))


def test_first_page_has_nothing_newer_and_a_last_page_nothing_older() -> None:
    found = rows.entries(rows.Wanted())

    assert (found.newer, found.older) == (None, None)


def test_page_costs_the_same_however_long_the_ledger() -> None:
    client = _auditor()
    client.get("/ledger/")
    with CaptureQueriesContext(connection) as short:
        client.get("/ledger/")
    _grow(3 * rows.SIZE)
    with CaptureQueriesContext(connection) as long:
        client.get("/ledger/")

    assert len(long) == len(short)


def test_entries_are_narrowed_by_act_day_and_unit() -> None:
    client, officer = _auditor(), Account.objects.get(username="demo-unit-officer")
    with ledger.writing():
        ledger.append(officer.pk, "finding.answer", "finding:P01:I02")
    today = clock.today()

    by_act = rows.entries(rows.Wanted(act="finding.answer")).entries
    by_unit = rows.entries(rows.Wanted(unit=officer.unit_key)).entries

    assert [e.subject for e in by_act] == ["finding:P01:I02"]
    assert [e.actor for e in by_unit] == [officer.pk]
    assert rows.entries(rows.Wanted(since=today, until=today)).entries
    assert not rows.entries(rows.Wanted(until=today - timedelta(days=1))).entries
    assert "没有记录" in client.get("/ledger/", {"since": (today + timedelta(days=1)).isoformat()}).content.decode()


def test_entry_leads_to_its_object() -> None:
    content = _auditor().get("/ledger/").content.decode()

    account = Account.objects.get(username="demo-office")
    assert f'href="/accounts/{account.pk}/"' in content


def test_whole_ledger_is_verified_against_the_machines_anchor() -> None:
    write_anchor(MACHINE)
    _grow(1)

    content = _auditor().post("/ledger/").content.decode()

    assert "逐笔相接" in content
    assert f"与锚相符到第 {LedgerEntry.objects.count() - 1} 笔" in content


def test_edited_entry_is_found_and_named() -> None:
    unguard(connection, ["store_ledgerentry"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_ledgerentry SET subject = 'plan:another' WHERE number = 2")
    guard(connection, ["store_ledgerentry"])

    assert "从第 2 笔起不再相接" in _auditor().post("/ledger/").content.decode()


def test_file_that_is_no_anchor_is_refused_beside_the_form() -> None:
    answer = _auditor().post("/ledger/", {"anchor": SimpleUploadedFile("anchors.txt", b"not an anchor\n")})

    assert answer.status_code == 400
    assert "锚文件有一行读不懂" in answer.content.decode()


def test_every_act_the_program_enters_has_a_word() -> None:
    source = Path(page.__file__).parents[3]
    written = "\n".join(file.read_text() for floor in ("usecases", "store") for file in (source / floor).rglob("*.py"))
    acts = set(
        re.findall(
            r'"((?:account|attachment|city|decision|draft|finding|question|password|plan|session|papers?|case|calendar)\.[a-z_]+)"',
            written,
        )
    )
    entered = {
        act for act in acts if re.search(rf'(?:append|_enter|_changing)\([^)]*"{re.escape(act)}"', written, re.S)
    }

    assert entered
    assert entered <= set(page.ACTS)


def test_narrowed_ledger_leaves_as_a_file_with_its_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _auditor()

    table = client.get("/ledger/export/csv/", {"act": "plan.adopt"}).content.decode("utf-8-sig")

    assert LedgerEntry.objects.get(act="plan.adopt").hash in table
    assert len(table.splitlines()) == 2
    monkeypatch.setattr(page, "EXPORTED", 3)
    assert client.get("/ledger/export/csv/").status_code == 400


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"since": "嗯"}])
def test_day_beyond_every_calendar_narrows_nothing(asked: dict[str, str]) -> None:
    assert _auditor().get("/ledger/", asked).status_code == 200
