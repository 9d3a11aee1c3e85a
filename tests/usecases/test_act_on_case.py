"""Acting on cases: each act kept whole, conflicts, sight, hands, bulk, the party's key."""

from datetime import date

import pytest

from zhicheng.base.errors import Conflict, Missing, Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, Blocked
from zhicheng.store import cases, procedures
from zhicheng.store.models import Case, CaseEntry, CaseWork, LedgerEntry, Notice, Outbox
from zhicheng.store.models.case import NEVER
from zhicheng.usecases.act_on_case import act_in_bulk, act_on_case, preview, preview_in_bulk, watch
from zhicheng.usecases.policy import ANONYMOUS
from zhicheng.usecases.standing import PartyKey

from .case_city import DAY, Desk, person


def test_accepting_starts_the_clock_tells_and_keeps_everything(desk: Desk) -> None:
    case = desk.file(desk.firm)
    Notice.objects.all().delete()

    done = desk.do(desk.clerk, case, "move", "accept", facts={"materials_complete": True})

    row = Case.objects.get()
    assert (row.node, row.next_due, row.look_on, row.revision) == ("handling", date(2024, 7, 8), date(2024, 7, 4), 3)
    assert done.told == ("申请人", "承办人（甲局）")
    told = set(Notice.objects.values_list("account", flat=True))
    assert {desk.firm.account, desk.head.account} <= told
    assert desk.clerk.account not in told
    entry = LedgerEntry.objects.order_by("-number").first()
    assert [each["name"] for each in entry.detail["entries"]] == ["", "accept"]
    assert Outbox.objects.filter(topic="paper.wanted").get().payload["paper"] == "受理通知书"


def test_act_with_something_missing_changes_nothing_and_says_what(desk: Desk) -> None:
    case, before = desk.file(), LedgerEntry.objects.count()

    with pytest.raises(Blocked, match="材料齐全"):
        desk.do(desk.clerk, case, "move", "accept")

    assert Case.objects.get().revision == 1
    assert LedgerEntry.objects.count() == before
    assert CaseEntry.objects.count() == 1


def test_facts_recorded_with_a_move_that_fails_are_not_kept(desk: Desk) -> None:
    case = desk.file()

    with pytest.raises(Blocked):
        desk.do(desk.clerk, case, "move", "ask_supplement", facts={"materials_complete": False})

    assert set(case.facts.values_list("name", flat=True)) == {"service_kind", "request"}


def test_second_person_acting_on_an_old_view_is_told_who_was_first(desk: Desk) -> None:
    case = desk.file()
    desk.do(desk.clerk, case, "record", facts={"materials_complete": True}, revision=1)

    with pytest.raises(Conflict, match=r"已由wang氏于 \d{4}-\d\d-\d\d \d\d:\d\d 办理“登记事实”"):
        desk.do(desk.head, case, "move", "accept", revision=1)


def test_strangers_do_not_learn_that_a_case_exists(desk: Desk) -> None:
    case = desk.file()

    for stranger in (desk.finance, desk.firm, person("tax", "unit_officer", unit="districts")):
        with pytest.raises(Missing, match="没有这个编号"):
            desk.do(stranger, case, "urge")


def test_role_of_a_seat_is_limited_to_its_kinds_of_account(desk: Desk) -> None:
    case = desk.accepted()

    with pytest.raises(Refused, match="由负责人办理"):
        desk.do(desk.clerk, case, "suspend", "reply")
    desk.do(desk.head, case, "suspend", "reply")

    row = Case.objects.get()
    assert (row.suspended, row.next_due, row.look_on) == (True, NEVER, NEVER)


def test_countersigning_units_get_items_and_answer(desk: Desk) -> None:
    case = desk.accepted()
    desk.do(desk.clerk, case, "countersign", signers=("unit:finance", "unit:districts"))

    [asked] = CaseWork.objects.filter(desk="unit:finance")
    assert (asked.kind, asked.waiting) == ("countersign", "unit:first-bureau")
    with pytest.raises(Blocked, match="尚缺财政局、各区"):
        desk.do(desk.clerk, case, "move", "give_answer", facts={"answer": "好"})
    desk.do(desk.finance, case, "sign", item=asked.item, opinion="remarks", remarks="写明费用")

    assert not CaseWork.objects.filter(desk="unit:finance").exists()
    assert desk.do(desk.finance, case, "record", facts={}).case.number == case.number  # still sees what it answered


def test_unknown_hands_are_refused(desk: Desk) -> None:
    case = desk.accepted()

    with pytest.raises(Refused, match="没有“nowhere”"):
        desk.do(desk.clerk, case, "transfer", to="unit:nowhere", remarks="不归我")


def test_transfer_delegation_and_return_move_the_item(desk: Desk) -> None:
    case = desk.accepted()
    desk.do(desk.clerk, case, "delegate", to=f"account:{desk.finance.account}", until=date(2024, 7, 3))
    assert CaseWork.objects.get().delegate == f"account:{desk.finance.account}"

    desk.do(desk.clerk, case, "transfer", to="unit:finance", remarks="属财政事项")
    assert Case.objects.get().holder == "unit:finance"

    desk.do(desk.finance, case, "return", to="submitted", remarks="不属本单位")
    row = Case.objects.get()
    assert (row.node, row.holder, row.next_due) == ("submitted", "unit:first-bureau", NEVER)


def test_withdrawing_restores_the_step_and_keeps_the_trail(desk: Desk) -> None:
    case = desk.accepted()

    desk.do(desk.clerk, case, "withdraw")

    row = Case.objects.get()
    assert (row.node, row.revision, row.next_due) == ("submitted", 4, NEVER)


def test_terminated_case_is_closed_with_nothing_left_to_do(desk: Desk) -> None:
    case = desk.accepted()

    desk.do(desk.head, case, "terminate", remarks="申请人失联")

    row = Case.objects.get()
    assert (row.state_kind, row.closed_on, row.look_on, row.holder) == ("terminated", DAY, NEVER, "")
    assert not CaseWork.objects.exists()


def test_party_with_a_key_acts_without_an_account(desk: Desk) -> None:
    case = desk.accepted()
    desk.do(desk.clerk, case, "move", "give_answer", facts={"answer": "均有效"})
    key = PartyKey(case.number, "applicant")

    with pytest.raises(Refused, match="需要先登录"):
        desk.do(ANONYMOUS, case, "move", "rate", facts={"rating": "good"})
    desk.do(ANONYMOUS, case, "move", "rate", facts={"rating": "good"}, key=key)

    assert Case.objects.get().node == "archiving"


def test_key_of_one_case_opens_no_other(desk: Desk) -> None:
    mine, other = desk.accepted(), desk.accepted()

    with pytest.raises(Missing):
        desk.do(ANONYMOUS, other, "urge", key=PartyKey(mine.number, "applicant"))


def test_whole_way_restored_at_every_step(desk: Desk) -> None:
    case, key = desk.file(), None
    key = PartyKey(case.number, "applicant")
    way = [
        (desk.clerk, "move", "ask_supplement", {"facts": {"materials_complete": False, "supplement_list": "专利号"}}),
        (ANONYMOUS, "move", "supply", {"facts": {"supplied": "已补"}, "key": key}),
        (desk.clerk, "move", "accept", {"facts": {"materials_complete": True}}),
        (desk.head, "extend", "answer", {"remarks": "须外询"}),
        (desk.head, "suspend", "force", {"remarks": "台风"}),
        (desk.head, "resume", "", {}),
        (desk.clerk, "return", "", {"to": "submitted", "remarks": "主体有误"}),
        (desk.clerk, "straight_back", "", {}),
        (desk.clerk, "move", "give_answer", {"facts": {"answer": "均有效"}}),
        (ANONYMOUS, "move", "rate_badly", {"facts": {"rating": "bad"}, "key": key}),
        (desk.clerk, "move", "rectify", {"facts": {"rectification": "已回访"}}),
        (desk.clerk, "move", "archive", {"facts": {"filed": True}}),
    ]
    for by, kind, name, how in way:
        desk.do(by, case, kind, name, **how)
        procedures.version.cache_clear()  # as a new process would begin
        read = cases.read(cases.row(case.number))
        assert procedure.Case.from_json(read.to_json()) == read
        assert len(read.trail) == cases.row(case.number).revision

    assert cases.row(case.number).state_kind == "success"
    assert LedgerEntry.objects.filter(act="case.act").count() == len(way)


def test_preview_says_whom_it_tells_and_writes_nothing(desk: Desk) -> None:
    case = desk.file()
    acts = (Act("record", facts={"materials_complete": True}), Act("move", "accept"))

    seen = preview(desk.clerk, case.number, *acts)

    assert seen.told == ("申请人", "承办人（甲局）")
    assert Case.objects.get().revision == 1


def test_bulk_goes_one_by_one_and_leaves_out_what_cannot_go(desk: Desk) -> None:
    good, bad, stale = desk.accepted(), desk.file(), desk.accepted()
    desk.do(desk.clerk, stale, "record", facts={"answer": "旧"})

    def pause(_: Case) -> list[Act]:
        return [Act("suspend", "reply")]

    lines = preview_in_bulk(desk.head, [good.number, bad.number, stale.number], pause)
    assert [line.goes for line in lines] == [True, False, True]
    assert "不能中止" in lines[1].why
    desk.do(desk.clerk, stale, "record", facts={"answer": "新"})
    done = act_in_bulk(desk.head, [(line.number, line.revision) for line in lines if line.goes], pause)

    assert [(line.number, line.goes) for line in done] == [(good.number, True), (stale.number, False)]
    assert "wang氏" in done[1].why
    assert Case.objects.filter(suspended=True).count() == 1


def test_watcher_is_told(desk: Desk) -> None:
    case = desk.file()
    watch(desk.office, case.number)

    act_on_case(desk.clerk, case.number, Act("record", facts={"materials_complete": True}))

    assert Notice.objects.filter(account=desk.office.account).exists()
