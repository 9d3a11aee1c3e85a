"""中止, 恢复, 终止, 延长, 登记事实, and clocks of a running case."""

from datetime import date

import pytest

from zhicheng.base.calendar import Term
from zhicheng.base.errors import Conflict, Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Blocked


def test_suspension_stops_clock_and_resume_goes_on_where_it_stood(desk):
    desk.to_review()
    assert desk.due("decide") == date(2024, 7, 2)

    desk.on("2024-06-11").do(desk.head, "suspend", "court", remarks="（2024）初1号")
    assert procedure.view(desk.rules, desk.case, "decide", desk.day).state == "paused"
    with pytest.raises(Conflict, match="自 2024-06-11 起中止"):
        desk.move(desk.applicant, "give_up")
    case = desk.on("2024-06-25").do(desk.head, "resume")

    assert case.node == "review"
    assert [entry.act for entry in case.trail[-2:]] == ["suspend", "resume"]
    assert case.trail[-2].remarks == "等待判决：（2024）初1号"
    assert desk.due("decide") == date(2024, 7, 16)


def test_clock_that_counts_suspension_runs_on(desk):
    desk.to_review()
    desk.do(desk.head, "suspend", "court")

    assert desk.on("2024-06-20").due("rest") == date(2024, 6, 6)


def test_suspension_needs_a_ground_of_the_closed_list(desk):
    desk.to_review()

    with pytest.raises(Refused, match="从等待判决、其他中选择"):
        desk.do(desk.head, "suspend", "weather", remarks="下雨")


def test_resume_of_what_is_not_suspended_is_refused(desk):
    with pytest.raises(Refused, match="没有中止"):
        desk.do(desk.head, "resume")


def test_waiting_for_a_party_stops_the_clock_that_says_so(desk):
    desk.know(complete=False)
    desk.on("2024-06-04").move(desk.officer, "ask")
    assert procedure.view(desk.rules, desk.case, "docket", desk.day).state == "paused"

    desk.on("2024-06-17").move(desk.applicant, "supply")

    run = desk.case.run("docket")
    assert [(pause.since, pause.until, pause.reason) for pause in run.pauses] == [
        (date(2024, 6, 4), date(2024, 6, 17), "不计入：待补正")
    ]
    assert desk.due("docket") == date(2024, 6, 21)


def test_terminate_ends_case_items_and_clocks(desk):
    desk.to_review()
    with pytest.raises(Blocked, match="终止理由"):
        desk.do(desk.head, "terminate")
    case = desk.do(desk.head, "terminate", remarks="申请人注销")

    assert (case.node, case.open_items()) == ("ended", [])
    assert all(run.stopped for run in case.clocks)
    assert case.trail[-1].cites == "测试法第一条"


def test_suspended_case_may_be_terminated(desk):
    desk.to_review()
    desk.do(desk.head, "suspend", "court")

    case = desk.do(desk.head, "terminate", remarks="申请人注销")

    assert (case.node, case.suspension) == ("ended", None)


def test_extension_by_the_right_role_once(desk):
    desk.to_review()
    with pytest.raises(Refused, match="负责人可延长至多5个工作日，1 次"):
        desk.do(desk.officer, "extend", "decide", remarks="复杂")
    with pytest.raises(Refused):
        desk.do(desk.head, "extend", "decide", term=Term(6, "workday"), remarks="复杂")
    with pytest.raises(Blocked, match="延长理由"):
        desk.do(desk.head, "extend", "decide")

    desk.do(desk.head, "extend", "decide", remarks="复杂")

    assert desk.due("decide") == date(2024, 7, 9)
    with pytest.raises(Refused):
        desk.do(desk.head, "extend", "decide", remarks="还是复杂")


def test_clock_without_extension_rule_cannot_be_extended(desk):
    with pytest.raises(Refused, match="不得延长"):
        desk.do(desk.head, "extend", "docket", remarks="忙")
    with pytest.raises(Refused, match="没有这个正在计算的期限"):
        desk.do(desk.head, "extend", "decide", remarks="忙")


def test_clock_warns_ahead_and_turns_overdue(desk):
    desk.to_review()

    def state(day):
        return procedure.view(desk.rules, desk.case, "decide", date.fromisoformat(day)).state

    assert [state(day) for day in ("2024-06-26", "2024-06-27", "2024-07-02", "2024-07-03")] == [
        "running",
        "warning",
        "warning",
        "overdue",
    ]


def test_clock_from_a_date_fact_cannot_be_computed_without_it(desk):
    desk.to_review()
    found = procedure.view(desk.rules, desk.case, "answer", desk.day)
    assert (found.state, found.due, found.missing) == ("unknown", None, "送达日期")

    desk.know(served_on="2024-06-05")

    assert desk.due("answer") == date(2024, 6, 20)


def test_clock_stops_at_its_end_event(desk):
    desk.to_decision().know(desk.head, lawful="yes_")
    desk.on("2024-06-10").move(desk.head, "grant")

    assert procedure.view(desk.rules, desk.case, "decide", date(2025, 1, 1)).state == "stopped"
    assert desk.case.run("decide").stopped == date(2024, 6, 10)


def test_training_city_clock_runs_faster(desk, permit):
    fast = procedure.Rules(permit, desk.rules.calendar, speed=10)
    desk.to_review()

    assert procedure.view(fast, desk.case, "decide", desk.day).due == date(2024, 6, 5)


def test_excluded_time_does_not_count_while_the_case_goes_on(desk):
    desk.to_review().know(harmful=False, urgent_reason="汛期")

    case = desk.on("2024-06-11").do(desk.officer, "exclude", "decide", to="appraisal", remarks="委托鉴定")
    assert (case.trail[-1].remarks, case.trail[-1].cites) == ("鉴定：委托鉴定", "测试法第一条")
    assert procedure.view(desk.rules, desk.case, "decide", desk.day).state == "paused"
    desk.on("2024-06-13").move(desk.officer, "submit")
    desk.on("2024-06-25").do(desk.officer, "include", "decide")

    found = procedure.view(desk.rules, desk.case, "decide", desk.day)
    assert (found.state, found.due) == ("running", date(2024, 7, 16))
    assert {skip.why for skip in found.reckoning.skipped if "鉴定" in skip.why} == {"不计入：鉴定：委托鉴定"}


def test_suspension_inside_excluded_time_does_not_end_it(desk):
    desk.to_review()
    desk.do(desk.officer, "exclude", "decide", to="notice")
    desk.do(desk.head, "suspend", "court")
    desk.do(desk.head, "resume")

    assert procedure.view(desk.rules, desk.case, "decide", desk.day).state == "paused"


def test_exclusion_by_listed_ground_and_role_only(desk):
    desk.to_review()

    with pytest.raises(Refused, match="从鉴定、公告中选择"):
        desk.do(desk.officer, "exclude", "decide", to="holiday")
    with pytest.raises(Refused, match="由经办人决定"):
        desk.do(desk.head, "exclude", "decide", to="notice")
    with pytest.raises(Refused, match="没有不计入的情形"):
        desk.do(desk.officer, "exclude", "rest", to="notice")
    with pytest.raises(Refused, match="没有停止计算"):
        desk.do(desk.officer, "include", "decide")
    desk.do(desk.officer, "exclude", "decide", to="notice")
    with pytest.raises(Refused, match="已因公告停止计算"):
        desk.do(desk.officer, "exclude", "decide", to="appraisal")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("complete", 1),
        ("complete", "true"),
        ("opinions", True),
        ("opinions", "3"),
        ("lawful", "maybe"),
        ("urgent_reason", " "),
        ("served_on", "2024-6-5"),
        ("served_on", "2024-02-30"),
    ],
)
def test_fact_of_the_wrong_kind_is_refused(desk, other, fact, value):
    with pytest.raises(Blocked, match="不合要求"):
        desk.know(desk.head, **{fact: value})


def test_fact_not_listed_or_not_ones_own_is_refused(desk, other):
    with pytest.raises(Refused, match="没有“colour”"):
        desk.know(colour="red")
    with pytest.raises(Refused, match="“意见”不由你登记"):
        desk.know(desk.officer, lawful="yes_")
    with pytest.raises(Refused, match="不由你登记"):
        desk.know(other("路人"), complete=True)


def test_fact_keeps_source_and_day_and_the_trail_keeps_both_values(desk):
    desk.do(desk.officer, "record", facts={"complete": False}, source="受理窗口")
    case = desk.on("2024-06-05").do(desk.officer, "record", facts={"complete": True}, source="补正材料")

    known = case.facts["complete"]
    assert (known.value, known.source, known.day) == (True, "补正材料", date(2024, 6, 5))
    assert [entry.details for entry in case.trail if entry.act == "record"] == [
        {"complete": "False"},
        {"complete": "True"},
    ]
