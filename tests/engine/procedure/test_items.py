"""会签, 加签, 签署, 转办, 委托, 催办."""

from datetime import date

import pytest

from zhicheng.base.errors import Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Blocked

UNITS = ("市财政局", "市司法局", "市商务局")


@pytest.fixture
def round_(desk):
    """A case in review, ready but for three countersignatures."""
    desk.to_review().know(harmful=False, urgent_reason="汛期")
    desk.do(desk.officer, "countersign", signers=UNITS)
    return desk


def sign(desk, other, unit, opinion="agree", remarks=""):
    item = next(item for item in desk.case.open_items() if item.assignee == unit)
    return desk.do(other("某人", unit), "sign", item=item.id, opinion=opinion, remarks=remarks)


def test_countersign_gives_each_unit_an_item_with_its_term(round_):
    rows = [item for item in round_.case.items if item.kind == "countersign"]

    assert [(item.assignee, item.due, item.asked_by) for item in rows] == [
        (unit, date(2024, 6, 6), "王五") for unit in UNITS
    ]
    assert round_.case.trail[-1].notifies == UNITS


def test_countersign_blocks_until_quorum_of_two_thirds(round_, other):
    sign(round_, other, "市财政局")

    with pytest.raises(Blocked, match="会签：已答复 1/3，尚缺市司法局、市商务局"):
        round_.move(round_.officer, "submit")
    sign(round_, other, "市司法局", "remarks", "写明年度")
    assert round_.move(round_.officer, "submit").node == "decision"
    assert [item.state for item in round_.case.items if item.kind == "countersign"] == ["done", "done", "void"]


def test_silence_counts_as_agreement_only_after_the_term(round_, other):
    sign(round_, other, "市财政局")

    assert procedure.tally(round_.rules, round_.case, date(2024, 6, 6)).deemed == ()
    found = procedure.tally(round_.rules, round_.case, date(2024, 6, 7))
    assert (found.deemed, found.silent, found.answered) == (("市司法局", "市商务局"), (), 3)
    assert round_.on("2024-06-07").move(round_.officer, "submit").node == "decision"


def test_silence_is_no_agreement_where_the_rule_does_not_say_so(permit_yaml, round_):
    permit_yaml["states"]["review"]["countersign"].update(silence="none", quorum="all")
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), round_.rules.calendar)

    found = procedure.tally(rules, round_.case, date(2024, 7, 1))

    assert (found.deemed, found.silent, found.wanted) == ((), UNITS, 3)


@pytest.mark.parametrize(("quorum", "wanted"), [("all", 3), ("2", 2), ("5", 3), ("1/2", 2), ("2/3", 2), ("1", 1)])
def test_quorum_is_a_number_a_share_or_all(permit_yaml, round_, quorum, wanted):
    permit_yaml["states"]["review"]["countersign"]["quorum"] = quorum
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), round_.rules.calendar)

    assert procedure.tally(rules, round_.case, round_.day).wanted == wanted


def test_disagreement_of_the_majority_blocks(round_, other):
    sign(round_, other, "市财政局", "disagree", "无预算")
    sign(round_, other, "市司法局", "disagree", "越权")

    with pytest.raises(Blocked, match="不满足：会签：市财政局、市司法局不同意"):
        round_.move(round_.officer, "submit")


@pytest.mark.parametrize(("carried", "passes"), [("any", True), ("majority", True), ("all", False)])
def test_single_disagreement_by_rule(permit_yaml, round_, other, carried, passes):
    sign(round_, other, "市财政局")
    sign(round_, other, "市司法局")
    sign(round_, other, "市商务局", "disagree", "不妥")
    permit_yaml["states"]["review"]["countersign"]["carried"] = carried
    rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), round_.rules.calendar)

    assert procedure.tally(rules, round_.case, round_.day).carried is passes


def test_tie_is_no_majority(desk, other):
    desk.to_review()
    desk.do(desk.officer, "countersign", signers=("市财政局", "市司法局"))
    sign(desk, other, "市财政局")
    sign(desk, other, "市司法局", "disagree", "越权")

    assert not procedure.tally(desk.rules, desk.case, desk.day).carried


def test_opinion_other_than_agreement_needs_words(round_, other):
    with pytest.raises(Blocked, match="意见"):
        sign(round_, other, "市财政局", "disagree")


def test_only_the_unit_asked_may_sign_and_only_once(round_, other):
    item = next(item for item in round_.case.open_items() if item.assignee == "市财政局")

    with pytest.raises(Refused, match="不在你手里"):
        round_.do(other("某人", "市司法局"), "sign", item=item.id)
    sign(round_, other, "市财政局")
    with pytest.raises(Refused, match="已办结"):
        round_.do(other("某人", "市财政局"), "sign", item=item.id)
    with pytest.raises(Refused, match="没有这件待办"):
        round_.do(other("某人", "市财政局"), "sign", item=99)


def test_unit_asked_twice_is_asked_once(round_):
    with pytest.raises(Blocked, match="会签单位"):
        round_.do(round_.officer, "countersign", signers=("市财政局",))


def test_new_stay_at_the_step_starts_a_new_round(round_, other):
    for unit in UNITS:
        sign(round_, other, unit)
    round_.move(round_.officer, "submit")
    round_.do(round_.head, "return", to="review", remarks="再征求一次")

    assert procedure.tally(round_.rules, round_.case, round_.day) is None


def test_partys_withdrawal_does_not_wait_for_signatures(round_):
    assert round_.move(round_.applicant, "give_up").node == "gone"


def test_step_without_countersign_rule_refuses_it(desk, permit_yaml):
    permit_yaml["acts"]["countersign"].pop("in")
    desk.rules = procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)
    desk.case = procedure.open_case(desk.rules, "1", desk.officer, desk.day)

    with pytest.raises(Refused, match="不设会签"):
        desk.do(desk.officer, "countersign", signers=UNITS)


def test_added_signer_blocks_until_signed(desk, other):
    desk.know(complete=True)
    desk.do(desk.officer, "add_signer", to="李工")

    with pytest.raises(Blocked, match="加签：李工尚未签署"):
        desk.move(desk.officer, "accept")
    desk.do(other("李工", "专家库"), "sign", item=desk.case.open_items()[-1].id)
    assert desk.move(desk.officer, "accept").node == "review"


def test_transfer_gives_the_step_to_another_alone(desk, other):
    desk.know(complete=True)
    with pytest.raises(Blocked, match="转办理由"):
        desk.do(desk.officer, "transfer", to="孙七")
    desk.do(desk.officer, "transfer", to="孙七", remarks="出差")

    assert desk.case.trail[-1].notifies == ("孙七",)
    with pytest.raises(Refused, match="已转由 孙七 办理"):
        desk.move(desk.officer, "accept")
    assert desk.move(other("孙七", "市科技局"), "accept").trail[-1].role == "officer"


def test_head_may_transfer_what_is_in_anothers_hands(desk, other):
    desk.do(desk.head, "transfer", to="孙七", remarks="分工调整")

    assert desk.case.open_items()[0].assignee == "孙七"


def test_delegate_acts_for_the_assignee_until_the_day(desk, other):
    deputy = other("孙七", "市科技局")
    desk.know(complete=True)
    desk.do(desk.officer, "delegate", to="孙七", until=date(2024, 6, 10))

    with pytest.raises(Refused, match="由经办人办理"):
        desk.on("2024-06-11").move(deputy, "accept")
    desk.on("2024-06-10")
    entry = desk.move(deputy, "accept").trail[-1]
    assert (entry.person, entry.on_behalf_of) == ("孙七", "经办人")


def test_delegator_may_still_act(desk):
    desk.know(complete=True)
    desk.do(desk.officer, "delegate", to="孙七")

    assert desk.move(desk.officer, "accept").trail[-1].on_behalf_of == ""


def test_urge_counts_and_tells_those_who_wait(round_, other):
    sign(round_, other, "市财政局")
    case = round_.do(round_.head, "urge")

    assert case.trail[-1].notifies == ("officer", "市司法局", "市商务局")
    assert [item.urged for item in case.open_items()] == [1, 1, 1]
    one = case.open_items()[-1].id
    assert round_.do(round_.head, "urge", item=one).trail[-1].notifies == ("市商务局",)
