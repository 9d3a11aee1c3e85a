"""A case as plain data."""

import json

import pytest

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.procedure import Case


def test_case_survives_json_with_all_its_parts(desk):
    desk.to_review()
    desk.do(desk.officer, "countersign", signers=("市财政局",))
    desk.do(desk.head, "extend", "decide", remarks="复杂")
    desk.do(desk.head, "suspend", "court")
    case = desk.case

    restored = Case.from_json(case.to_json())

    assert restored == case
    assert json.loads(case.to_json())["node"] == "review"


def test_withdrawable_state_survives_json_and_holds_no_past_of_its_own(desk):
    case = Case.from_json(desk.to_review().case.to_json())

    assert case == desk.case
    assert (case.before.node, case.before.trail, case.before.before) == ("received", (), None)


def test_only_the_last_move_can_be_taken_back_and_nothing_older_is_kept(desk):
    desk.know(complete=True, harmful=False, urgent_reason="汛期")
    desk.move(desk.officer, "accept")

    case = desk.move(desk.officer, "submit")

    assert (case.before.node, case.before.before, case.before.trail) == ("review", None, ())


@pytest.mark.parametrize("text", ["", "{}", '{"id": 1}', "[]"])
def test_what_is_no_case_is_refused(text):
    with pytest.raises(UnreadableInput, match="案件数据读不懂"):
        Case.from_json(text)
