"""Opening a case: who may, what is asked, number, seats, entry, what the parties see."""

from datetime import date

import pytest

from zhicheng.base.errors import Missing, Refused, UnreadableInput
from zhicheng.engine.procedure import Blocked
from zhicheng.store import cases
from zhicheng.store.models import CaseEntry, CaseParty, CaseSeat, CaseWork, LedgerEntry, Notice, Outbox
from zhicheng.usecases.open_case import Contact, Filing, open_case, set_intake
from zhicheng.usecases.policy import ANONYMOUS

from .case_city import DAY, REQUEST, Desk


def test_filing_from_outside_goes_to_the_receiving_unit_with_number_entry_and_notice(desk: Desk) -> None:
    case = desk.file()

    assert (case.number, case.unit_key, case.node, case.holder) == (
        "FW2024-00001",
        "first-bureau",
        "submitted",
        "unit:first-bureau",
    )
    assert [(row.role, row.desk) for row in CaseSeat.objects.filter(case=case)] == [
        ("handler", "unit:first-bureau"), ("head", "unit:first-bureau"), ("window", "unit:first-bureau"),
    ]  # fmt: skip
    assert [(row.desk, row.kind) for row in CaseWork.objects.filter(case=case)] == [("unit:first-bureau", "handle")]
    assert {row.name: row.value for row in case.facts.all()} == REQUEST
    entry = LedgerEntry.objects.order_by("-number").first()
    assert (entry.act, entry.subject, entry.actor) == ("case.open", "case:FW2024-00001", None)
    assert Outbox.objects.filter(topic="case.opened").count() == 1
    assert set(Notice.objects.values_list("account", flat=True)) >= {desk.clerk.account, desk.head.account}


def test_numbers_run_by_kind_and_year(desk: Desk) -> None:
    numbers = [desk.file(day=day).number for day in (DAY, DAY, date(2025, 1, 2))]

    assert numbers == ["FW2024-00001", "FW2024-00002", "FW2025-00001"]


def test_ledger_holds_no_name_telephone_or_words_of_the_filer(desk: Desk) -> None:
    desk.accepted()

    whole = " ".join(f"{row.act} {row.subject} {row.detail} {row.cites}" for row in LedgerEntry.objects.all())
    assert all(words not in whole for words in ("周先生", "138", "检索三件"))
    assert CaseParty.objects.get().phone == "138-0000-0001"


def test_what_is_asked_must_be_said(desk: Desk) -> None:
    set_intake(desk.office, "service-request", "first-bureau")

    with pytest.raises(Blocked, match=r"事项说明.*姓名和电话"):
        open_case(ANONYMOUS, Filing("service-request", "查", {"service_kind": "search"}))
    with pytest.raises(UnreadableInput, match="事由"):
        open_case(ANONYMOUS, Filing("service-request", " ", REQUEST, contact=Contact("周", "1")))


def test_filing_where_nobody_receives_says_so(desk: Desk) -> None:
    with pytest.raises(Missing, match="尚未指定“服务事项”的受理单位"):
        open_case(ANONYMOUS, Filing("service-request", "查", REQUEST, contact=Contact("周", "1")))


def test_only_the_office_says_who_receives(desk: Desk) -> None:
    with pytest.raises(Refused, match="领导小组办公室"):
        set_intake(desk.clerk, "service-request", "first-bureau")


def test_official_files_at_the_counter_for_somebody(desk: Desk) -> None:
    filing = Filing("service-request", "来访", REQUEST, contact=Contact("周先生", "1", account=desk.firm.account))

    case = open_case(desk.clerk, filing)

    assert CaseSeat.objects.get(case=case, role="applicant").desk == f"account:{desk.firm.account}"


def test_procedure_without_opening_is_for_officials(desk: Desk) -> None:
    filing = Filing("major-decision", "方案决策", {}, seats={"legal": "finance"})
    with pytest.raises(Refused, match="由工作人员提交"):
        open_case(ANONYMOUS, filing)

    case = open_case(desk.clerk, filing)

    assert case.number == "AJ2024-00001"
    assert CaseSeat.objects.get(case=case, role="legal").desk == "unit:finance"


def test_case_read_back_equals_the_case_written(desk: Desk) -> None:
    case = desk.accepted()

    read = cases.read(cases.row(case.number))

    assert [(entry.n, entry.act, entry.to) for entry in read.trail] == [
        (1, "open", "submitted"), (2, "record", "submitted"), (3, "move", "handling"),
    ]  # fmt: skip
    assert [cases.entry(row) for row in CaseEntry.objects.filter(case=case).order_by("n")] == list(read.trail)
    assert read.facts["request"].value == REQUEST["request"]
