"""一条一条的意见: raised with a signature, disposed of, disclosed at one instant; later answers allowed by name."""

from datetime import date

import pytest

from zhicheng.base.errors import Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Blocked, Case

UNITS = ("市财政局", "市司法局", "市商务局")
ON_TWO = (("（一）4", "上限降为 80 万元"), ("（三）3", "写明利率口径"))


@pytest.fixture
def rules(permit_yaml, desk):
    permit_yaml["states"]["review"]["countersign"].update(at_least=2, quorum="2", carried="any")
    permit_yaml["states"]["decision"]["disposed"] = True
    permit_yaml["moves"]["grant"]["discloses"] = True
    permit_yaml["facts"]["harmful"]["protected"] = True
    permit_yaml["acts"] |= {"dispose": {"by": ["officer"]}, "postpone": {"by": ["head"]}}
    return procedure.Rules(procedure.Definition.model_validate(permit_yaml), desk.rules.calendar)


@pytest.fixture
def round_(desk, rules, other):
    """A case in decision with three opinions of two units, none disposed of."""
    desk.rules, desk.case = rules, procedure.open_case(rules, "1", desk.officer, desk.day)
    desk.to_review().know(harmful=False, urgent_reason="汛期")
    desk.know(desk.head, lawful="yes_")
    desk.do(desk.officer, "countersign", signers=UNITS)
    sign(desk, other, "市财政局", opinion="disagree", points=ON_TWO)
    sign(desk, other, "市司法局", opinion="remarks", remarks="总则写明依据")
    desk.move(desk.officer, "submit")
    return desk


def sign(desk, other, unit, **how):
    item = next(item for item in desk.case.open_items() if item.assignee == unit)
    return desk.do(other("某人", unit), "sign", item=item.id, **how)


def test_signature_brings_one_opinion_a_place_or_one_on_the_whole(round_):
    assert [(point.id, point.unit, point.about, point.text) for point in round_.case.points] == [
        (1, "市财政局", "（一）4", "上限降为 80 万元"),
        (2, "市财政局", "（三）3", "写明利率口径"),
        (3, "市司法局", "", "总则写明依据"),
    ]


def test_agreement_carries_no_opinions_and_opinions_need_words(desk, rules, other):
    desk.rules, desk.case = rules, procedure.open_case(rules, "1", desk.officer, desk.day)
    desk.to_review()
    desk.do(desk.officer, "countersign", signers=UNITS)

    with pytest.raises(Blocked, match="签“同意”不能带意见"):
        sign(desk, other, "市财政局", points=ON_TWO)
    with pytest.raises(Blocked, match="意见"):
        sign(desk, other, "市财政局", opinion="remarks", points=(("（一）4", " "),))


def test_too_few_units_asked_blocks(desk, rules, other):
    desk.rules, desk.case = rules, procedure.open_case(rules, "1", desk.officer, desk.day)
    desk.to_review().know(harmful=False, urgent_reason="汛期")
    with pytest.raises(Blocked, match="至少请 2 个单位，已请 0 个"):
        desk.move(desk.officer, "submit")
    desk.do(desk.officer, "countersign", signers=UNITS[:1])

    with pytest.raises(Blocked, match="至少请 2 个单位，已请 1 个"):
        desk.move(desk.officer, "submit")


def test_step_is_not_left_before_every_opinion_has_its_disposition(round_):
    with pytest.raises(Blocked, match="还有 3 条没有结论（市财政局、市司法局）"):
        round_.move(round_.head, "grant")
    round_.do(round_.officer, "dispose", "accepted", numbers=(1, 3), to="第4稿已改")
    with pytest.raises(Blocked, match="还有 1 条没有结论（市财政局）"):
        round_.move(round_.head, "grant")
    round_.do(round_.officer, "dispose", "declined", numbers=(2,), remarks="无依据")

    assert round_.move(round_.head, "grant").node == "granted"
    assert [(point.disposition, point.reason, point.change) for point in round_.case.points] == [
        ("accepted", "", "第4稿已改"),
        ("declined", "无依据", ""),
        ("accepted", "", "第4稿已改"),
    ]


@pytest.mark.parametrize("name", ["partly", "declined"])
def test_partly_and_not_accepting_need_a_reason(round_, name):
    with pytest.raises(Blocked, match="采纳的理由"):
        round_.do(round_.officer, "dispose", name, numbers=(1,))
    assert round_.do(round_.officer, "dispose", name, numbers=(1,), remarks="依据").points[0].disposition == name


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"name": "perhaps", "numbers": (1,)}, "没有这种去向"),
        ({"name": "accepted", "numbers": (1, 9)}, "没有这条意见"),
        ({"name": "accepted"}, "没有选中意见"),
    ],
)
def test_bulk_disposition_is_all_or_nothing(round_, how, says):
    with pytest.raises(Refused, match=says):
        round_.do(round_.officer, "dispose", **how)
    assert all(point.disposition is None for point in round_.case.points)


def test_only_the_roles_named_dispose(round_, other):
    with pytest.raises(Refused, match="由经办人办理"):
        round_.do(other("某人", "市财政局"), "dispose", "accepted", numbers=(1,))


def test_disposition_may_change_until_disclosed_and_the_trail_keeps_both(round_):
    round_.do(round_.officer, "dispose", "declined", numbers=(1, 2, 3), remarks="甲")
    round_.do(round_.officer, "dispose", "accepted", numbers=(1,))

    entries = [entry for entry in round_.case.trail if entry.act == "dispose"]
    assert [(entry.name, entry.remarks, entry.details["points"]) for entry in entries] == [
        ("declined", "甲", "1、2、3"),
        ("accepted", "", "1"),
    ]


def test_units_see_their_own_without_result_and_all_at_the_one_instant(round_, other):
    finance, justice = other("某人", "市财政局"), other("某人", "市司法局")
    round_.do(round_.officer, "dispose", "declined", numbers=(1, 2, 3), remarks="甲")

    own = procedure.points_for(round_.case, finance, handles=False)
    assert [(point.id, point.disposition, point.reason) for point in own] == [(1, None, ""), (2, None, "")]
    assert procedure.points_for(round_.case, round_.officer, handles=True) == round_.case.points
    assert procedure.points_for(round_.case, other("某人", "市商务局"), handles=False) == ()

    done = round_.on("2024-06-20").move(round_.head, "grant")
    assert done.disclosed == date(2024, 6, 20)
    assert procedure.points_for(done, justice, handles=False) == done.points


def test_case_with_opinions_is_read_back_the_same(round_):
    assert Case.from_json(round_.case.to_json()) == round_.case


def test_postponed_signature_has_a_later_day_and_the_others_keep_theirs(desk, rules, other):
    desk.rules, desk.case = rules, procedure.open_case(rules, "1", desk.officer, desk.day)
    desk.to_review()
    desk.do(desk.officer, "countersign", signers=UNITS)
    later = date(2024, 6, 14)
    with pytest.raises(Refused, match="由负责人办理"):
        desk.do(desk.officer, "postpone", item=3, until=later, remarks="上会")
    with pytest.raises(Blocked, match="延期理由"):
        desk.do(desk.head, "postpone", item=3, until=later)
    with pytest.raises(Refused, match="须晚于原定的 2024-06-06"):
        desk.do(desk.head, "postpone", item=3, until=date(2024, 6, 6), remarks="上会")
    with pytest.raises(Refused, match="没有答复期限"):
        desk.do(desk.head, "postpone", until=later, remarks="上会")

    case = desk.do(desk.head, "postpone", item=3, until=later, remarks="上会")

    assert [item.due for item in case.open_items() if item.kind == "countersign"] == [later, *[date(2024, 6, 6)] * 2]
    assert case.trail[-1].notifies == ("市财政局",)
    assert procedure.tally(rules, case, date(2024, 6, 10)).deemed == UNITS[1:]


def test_offers_of_opinions_only_where_they_mean_something(desk, rules, round_):
    kinds = {offer.kind for offer in procedure.offers(rules, round_.case, round_.officer, round_.day)}
    assert "dispose" in kinds
    assert "postpone" not in kinds
    fresh = procedure.open_case(rules, "2", desk.officer, desk.day)
    assert "dispose" not in {offer.kind for offer in procedure.offers(rules, fresh, desk.officer, desk.day)}


def test_protected_facts_stay_out_of_facts_and_trail(round_):
    hidden = round_.rules.definition.protected_facts

    assert hidden == {"harmful"}
    assert "harmful" not in round_.case.facts_without(hidden)
    assert any("harmful" in entry.details for entry in round_.case.visible_trail("internal"))
    assert not any("harmful" in entry.details for entry in round_.case.visible_trail("internal", hidden))
    assert len(round_.case.visible_trail("internal", hidden)) == len(round_.case.trail)
