"""What time brings about, once each; what a new calendar moves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from zhicheng.base.errors import Refused, UnreadableInput
from zhicheng.faces.jobs.handlers import HANDLERS, JOBS_OF
from zhicheng.store import clock
from zhicheng.store.models import Case, CaseAlarm, CaseWork, City, LedgerEntry, Notice
from zhicheng.usecases import jobs
from zhicheng.usecases.case_alarms import announce_days_off, raise_alarms
from zhicheng.usecases.notices import see, set_address
from zhicheng.usecases.open_case import Filing, open_case
from zhicheng.usecases.policy import ANONYMOUS, MACHINE
from zhicheng.usecases.tick import tick

from .case_city import DAY, Desk

NEXT_YEAR = "{year: 2035, source: 国办发明电〔2034〕9号, rest: {2035-01-01: 元旦, 2035-01-02: 元旦, 2035-01-03: 元旦}, work: [2035-01-06]}"


@pytest.fixture
def on() -> Callable[[date], None]:
    """Set the training city's clock to a day."""

    def turn(day: date) -> None:
        City.objects.update(
            clock_start=datetime(day.year, day.month, day.day, 2, tzinfo=UTC), clock_set_at=datetime.now(UTC)
        )
        assert clock.today() == day

    return turn


def test_warning_and_overdue_are_raised_once_each(desk: Desk, on: Callable[[date], None]) -> None:
    case = desk.accepted()  # due 2024-07-08, warned of from 07-04
    seen = []
    for day in (
        date(2024, 7, 3),
        date(2024, 7, 4),
        date(2024, 7, 4),
        date(2024, 7, 8),
        date(2024, 7, 9),
        date(2024, 7, 20),
    ):
        on(day)
        seen.append(raise_alarms(MACHINE))

    assert seen == [0, 1, 0, 0, 1, 0]
    assert list(CaseAlarm.objects.values_list("kind", "due")) == [
        ("warning", date(2024, 7, 8)),
        ("overdue", date(2024, 7, 8)),
    ]
    assert LedgerEntry.objects.filter(act="case.overdue", subject=f"case:{case.number}").count() == 1
    told = Notice.objects.filter(kind="overdue")
    assert set(told.values_list("account", flat=True)) >= {desk.clerk.account, desk.head.account}
    assert told.first().text == f"{case.number} 查专利状态：承诺办结时限已于 2024-07-08 届满，超期"


def test_missed_days_bring_only_the_last_word(desk: Desk, on: Callable[[date], None]) -> None:
    desk.accepted()
    on(date(2024, 7, 31))

    assert raise_alarms(MACHINE) == 2
    assert not Notice.objects.filter(kind="warning").exists()


def test_clock_moved_by_a_suspension_warns_anew(desk: Desk, on: Callable[[date], None]) -> None:
    case = desk.accepted()
    on(date(2024, 7, 4))
    raise_alarms(MACHINE)
    desk.do(desk.head, case, "suspend", "force", remarks="台风", day=date(2024, 7, 4))
    desk.do(desk.head, case, "resume", day=date(2024, 7, 11))

    on(date(2024, 7, 15))
    assert raise_alarms(MACHINE) == 1
    assert CaseAlarm.objects.order_by("-pk").first().due == Case.objects.get().next_due == date(2024, 7, 15)


def test_closed_case_raises_nothing(desk: Desk, on: Callable[[date], None]) -> None:
    case = desk.accepted()
    desk.do(desk.head, case, "terminate", remarks="失联")
    on(date(2025, 1, 1))

    assert raise_alarms(MACHINE) == 0


def test_asked_unit_that_is_late_is_overdue_by_itself(desk: Desk, on: Callable[[date], None]) -> None:
    from zhicheng.base.calendar import Term

    case = desk.accepted()
    desk.do(desk.clerk, case, "countersign", signers=("unit:finance",), term=Term(2, "workday"))
    on(date(2024, 7, 4))

    assert raise_alarms(MACHINE) == 2
    assert {row.about for row in CaseAlarm.objects.all()} == {"answer", "item:4"} or CaseAlarm.objects.count() == 2
    assert (
        Notice.objects.filter(kind="overdue", account=desk.finance.account)
        .get()
        .text.endswith("会签答复已于 2024-07-03 届满，超期")
    )


def test_tick_orders_one_digest_a_day_and_the_worker_mails_it(desk: Desk) -> None:
    set_address(desk.clerk, "wang@example.gov.cn")
    case = desk.file()
    assert tick(MACHINE)["digests_ordered"] == 1
    assert tick(MACHINE)["digests_ordered"] == 0

    jobs.relay(JOBS_OF)
    lease = jobs.lease_next("w", ["digest"])
    HANDLERS["digest"](lease)
    HANDLERS["digest"](lease)

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [(["wang@example.gov.cn"], "知城待办摘要：1 条")]
    assert case.number in mail.outbox[0].body


def test_seen_notices_are_not_mailed_and_no_address_is_no_mail(desk: Desk) -> None:
    set_address(desk.clerk, "wang@example.gov.cn")
    desk.file()
    assert see(desk.clerk) == 1
    assert tick(MACHINE)["digests_ordered"] == 0
    with pytest.raises(UnreadableInput, match="不是邮箱"):
        set_address(desk.clerk, "wang")
    with pytest.raises(Refused):
        set_address(ANONYMOUS, "a@b.cn")


def test_announcement_moves_open_clocks_and_tells(desk: Desk) -> None:
    day = date(2034, 12, 28)  # a Thursday; 2035 is not announced
    case = desk.accepted(day=day)
    row = Case.objects.get()
    assert (row.next_due, row.provisional) == (date(2035, 1, 5), True)
    Notice.objects.all().delete()

    counts = announce_days_off(desk.office, NEXT_YEAR)

    row.refresh_from_db()
    assert counts == {"announcements": 1, "cases": 1, "moved": 1}
    assert row.next_due == date(2035, 1, 8)  # 29 December, then 4, 5, the worked Saturday, and Monday
    assert CaseWork.objects.get().due == row.next_due
    assert (
        Notice.objects.filter(account=desk.clerk.account)
        .get()
        .text.startswith(f"{case.number} 查专利状态：承诺办结时限因放假安排由 2035-01-05 改为 2035-01-08")
    )
    assert announce_days_off(desk.office, NEXT_YEAR) == {"announcements": 0, "cases": 0, "moved": 0}


def test_announcement_moves_what_units_were_asked_but_not_a_day_set_by_hand(desk: Desk) -> None:
    day = date(2034, 12, 28)
    draft = {"draft_name": "管理办法", "draft_version": "第一稿"}
    case = open_case(desk.clerk, Filing("countersign", "管理办法会签", draft), day=day)
    desk.do(desk.clerk, case, "move", "circulate", facts={"draft_attached": True}, day=day)
    desk.do(desk.clerk, case, "countersign", signers=("unit:finance", "unit:districts"), day=day)
    first, second = CaseWork.objects.filter(kind="countersign").order_by("item")
    desk.do(desk.clerk, case, "postpone", item=second.item, until=date(2035, 1, 31), remarks="须上会", day=day)
    was = first.due

    announce_days_off(desk.office, NEXT_YEAR)

    asked = dict(CaseWork.objects.filter(kind="countersign").values_list("desk", "due"))
    assert asked["unit:finance"] > was
    assert asked["unit:districts"] == date(2035, 1, 31)
    texts = Notice.objects.filter(account=desk.finance.account, kind="moved").values_list("text", flat=True)
    assert any(f"会签答复因放假安排由 {was} 改为 {asked['unit:finance']}" in text for text in texts)


def test_who_may_not_load_a_calendar_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        announce_days_off(desk.clerk, NEXT_YEAR)


def test_reckoning_explains_itself_in_a_new_process(desk: Desk) -> None:
    desk.accepted()
    assert Case.objects.get().look_on == DAY + timedelta(3)
