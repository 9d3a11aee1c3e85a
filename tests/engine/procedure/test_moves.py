"""Moves: what is listed, needed, produced; going back; what failed leaves the old case."""

import pytest

from zhicheng.base.errors import Conflict, Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, ActionFailed, Blocked, Lack


def test_move_carries_paper_notice_and_trail(desk):
    case = desk.to_review().case
    entry = case.trail[-1]

    assert (case.node, case.path) == ("review", ("received", "review"))
    assert (entry.act, entry.name, entry.source, entry.to) == ("move", "accept", "received", "review")
    assert (entry.produces, entry.notifies, entry.visibility) == (("受理通知书",), ("applicant",), "party")
    assert [(paper.kind, paper.entry) for paper in case.papers] == [("受理通知书", entry.n)]
    assert [(item.node, item.state) for item in case.items] == [("received", "done"), ("review", "open")]


def test_move_not_in_the_table_is_refused(desk):
    with pytest.raises(Refused, match="“收到”这一步不能办“准予”"):
        desk.move(desk.head, "grant")
    with pytest.raises(Refused, match="fly"):
        desk.move(desk.head, "fly")
    with pytest.raises(Refused, match="没有“jump”"):
        desk.do(desk.head, "jump")


def test_move_with_unknown_fact_is_blocked_as_unknown(desk):
    with pytest.raises(Blocked) as caught:
        desk.move(desk.officer, "accept")

    assert caught.value.lacks == (Lack("unknown", "材料齐全", "测试法第一条"),)
    assert "待核实：材料齐全（测试法第一条）" in str(caught.value)


def test_unknown_fact_does_not_count_as_no(desk):
    with pytest.raises(Blocked) as caught:
        desk.move(desk.officer, "ask")

    assert caught.value.lacks[0].kind == "unknown"


def test_move_with_contrary_fact_is_blocked_as_not_met(desk):
    desk.know(complete=False)

    with pytest.raises(Blocked) as caught:
        desk.move(desk.officer, "accept")

    assert caught.value.lacks == (Lack("not_met", "材料齐全，现为否", "测试法第一条"),)
    assert desk.move(desk.officer, "ask").node == "supplement"


def test_any_need_is_unknown_while_one_of_it_is(desk):
    desk.to_review().know(harmful=False)

    with pytest.raises(Blocked, match="待核实：以下任一：冷静期未满，2024-06-06 届满；紧急理由"):
        desk.move(desk.officer, "submit")
    assert desk.on("2024-06-06").move(desk.officer, "submit").node == "decision"


def test_minimum_cut_short_stays_short_however_late_one_asks(permit_yaml, desk):
    permit_yaml["clocks"]["rest"]["ends"] = "submit"
    permit_yaml["moves"]["grant"]["needs"] = [{"clock": "rest"}]
    desk.rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)
    desk.case = procedure.open_case(desk.rules, "1", desk.officer, desk.day)
    desk.to_decision()

    with pytest.raises(Blocked, match="不满足：冷静期未满，2024-06-06 届满"):
        desk.on("2024-12-31").move(desk.head, "grant")


def test_number_zero_is_a_known_answer(permit_yaml, desk):
    permit_yaml["moves"]["accept"]["needs"] = ["opinions"]
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)
    case = procedure.open_case(rules, "1", desk.officer, desk.day, {"opinions": 0})

    assert procedure.perform(rules, case, desk.officer, Act("move", "accept"), desk.day).node == "review"


def test_waiver_wants_a_reason_and_says_what_it_passed_over(desk):
    desk.know(complete=True, harmful=False)

    with pytest.raises(Blocked, match="理由"):
        desk.move(desk.officer, "skip")
    entry = desk.move(desk.officer, "skip", remarks="无害").trail[-1]
    assert (entry.details, entry.remarks, entry.person) == ({"waives": "review"}, "无害", "王五")


def test_failing_action_leaves_the_old_case(desk):
    before = desk.know(complete=True)

    with pytest.raises(ActionFailed, match="打印机缺纸"):
        procedure.perform(desk.rules, before, desk.officer, Act("move", "accept"), desk.day, action=_out_of_paper)

    assert desk.case is before
    assert before.node == "received"


def _out_of_paper(case):
    assert case.node == "review"
    raise OSError("打印机缺纸")


def test_ended_case_takes_no_further_act(desk):
    desk.move(desk.applicant, "give_up")

    with pytest.raises(Conflict, match="已办结：申请人撤回"):
        desk.know(complete=True)
    assert [run.stopped for run in desk.case.clocks] == [desk.day]
    assert desk.case.open_items() == []


def test_act_before_the_last_one_is_refused(desk):
    with pytest.raises(Conflict, match="早于上一步"):
        desk.on("2024-06-02").know(complete=True)


def test_case_of_another_version_is_refused(desk, permit_yaml):
    permit_yaml["name"] = "新版"
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)

    with pytest.raises(Conflict, match="另一版本"):
        procedure.perform(rules, desk.case, desk.officer, Act("record", facts={"complete": True}), desk.day)


def test_definition_not_in_force_opens_no_case(desk):
    with pytest.raises(Blocked, match="不施行"):
        procedure.open_case(desk.rules, "2", desk.officer, desk.on("2026-01-01").day)


def test_return_goes_to_any_earlier_step_with_remarks(desk):
    desk.to_decision()

    with pytest.raises(Blocked, match="退回意见"):
        desk.do(desk.head, "return", to="received")
    with pytest.raises(Refused, match="从收到、审查中选择"):
        desk.do(desk.head, "return", to="supplement")
    case = desk.do(desk.head, "return", to="received", remarks="附件三看不清")

    assert (case.node, case.path) == ("received", ("received",))
    assert case.returned[0].remarks == "附件三看不清"
    assert case.trail[-1].notifies == ("officer",)
    assert case.trail[-1].remarks == "附件三看不清"
    assert [item.node for item in case.open_items()] == ["received"]


def test_straight_back_skips_the_steps_between(desk):
    desk.to_decision().do(desk.head, "return", to="received", remarks="附件三看不清")

    case = desk.do(desk.officer, "straight_back", remarks="已换")

    assert (case.node, case.path) == ("decision", ("received", "review", "decision"))
    assert case.returned == ()
    assert case.trail[-1].notifies == ("head",)


def test_returned_case_may_also_go_forward_step_by_step(desk):
    desk.to_decision().do(desk.head, "return", to="received", remarks="重来")

    desk.move(desk.officer, "accept")

    assert (desk.case.node, desk.case.returned) == ("review", ())
    with pytest.raises(Refused, match="不是退回来的"):
        desk.do(desk.officer, "straight_back")


def test_return_from_return_comes_back_one_by_one(desk):
    desk.to_decision()
    desk.do(desk.head, "return", to="review", remarks="一")
    desk.do(desk.officer, "return", to="received", remarks="二")

    assert desk.do(desk.officer, "straight_back").node == "review"
    assert desk.do(desk.officer, "straight_back").node == "decision"


def test_first_step_has_nothing_to_return_to(desk):
    with pytest.raises(Refused, match="没有更早的步骤"):
        desk.do(desk.officer, "return", to="received", remarks="x")


def test_withdraw_takes_back_ones_own_last_move(desk):
    before = desk.know(complete=True)
    desk.move(desk.officer, "accept")
    desk.do(desk.head, "urge")

    case = desk.do(desk.officer, "withdraw")

    assert (case.node, case.items, case.clocks, case.papers) == (before.node, before.items, before.clocks, ())
    assert [entry.act for entry in case.trail] == ["open", "record", "move", "urge", "withdraw"]
    assert case.trail[-1].notifies == ("applicant",)


def test_withdraw_is_refused_to_others_and_after_others_went_on(desk, other):
    desk.to_review()

    with pytest.raises(Refused, match="请 王五 撤回"):
        desk.do(desk.head, "withdraw")
    desk.know(desk.head, harmful=False)
    with pytest.raises(Refused, match="已有后续办理"):
        desk.do(desk.officer, "withdraw")


def test_final_move_cannot_be_withdrawn(permit_yaml, desk):
    permit_yaml["moves"]["accept"]["final"] = True
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)
    case = procedure.open_case(rules, "1", desk.officer, desk.day, {"complete": True})
    case = procedure.perform(rules, case, desk.officer, Act("move", "accept"), desk.day)

    with pytest.raises(Refused, match="不能撤回"):
        procedure.perform(rules, case, desk.officer, Act("withdraw"), desk.day)


def test_trail_shows_each_audience_its_part(desk):
    desk.to_decision().know(desk.head, lawful="yes_")
    case = desk.move(desk.head, "grant")

    assert [entry.name for entry in case.visible_trail("public")] == ["grant"]
    assert [entry.name for entry in case.visible_trail("party")] == ["accept", "grant"]
    assert case.visible_trail("internal") == list(case.trail)
