"""Worked walks: every shipped one comes out as written; one that does not is told apart."""

from datetime import date

import pytest

from zhicheng.base import calendar
from zhicheng.base.errors import UnreadableInput
from zhicheng.engine import procedure

WALKS = [(each, walk) for each in procedure.shipped() for walk in procedure.shipped_walks(each)]
STEPS = """
walks:
  - name: 受理
    opened: 2024-06-03
    by: officer
    unit: 市科技局
    steps:
      - {day: 2024-06-04, by: officer, move: accept, refused: 材料齐全}
      - {day: 2024-06-04, by: officer, facts: {complete: true}}
      - {day: 2024-06-05, by: officer, move: accept, expect: review, due: {decide: 2024-07-04}}
"""


@pytest.mark.parametrize(("definition", "walk"), WALKS, ids=lambda each: getattr(each, "name", ""))
def test_shipped_walk_comes_out_as_written(definition, walk):
    assert procedure.simulate(definition, walk, calendar.national()).surprises == ()


def test_every_shipped_definition_has_a_walk():
    assert {definition.version for definition, _ in WALKS} == {each.version for each in procedure.shipped()}


def test_walk_tells_dates_people_papers_and_refusals(permit):
    [walk] = procedure.read_walks(STEPS, "walks.yaml")

    found = procedure.simulate(permit, walk, calendar.national()).as_json()

    assert found["surprises"] == []
    assert [step["result"] for step in found["steps"]] == ["refused", "done", "done"]
    assert found["steps"][0]["why"] == "“受理”还不能办；待核实：材料齐全（测试法第一条）"
    assert found["steps"][2] == {
        "n": 3,
        "day": "2024-06-05",
        "who": "经办人",
        "what": "受理",
        "result": "done",
        "why": "",
        "node": "review",
        "label": "审查",
        "produces": ["受理通知书"],
        "notifies": ["applicant"],
        "clocks": [
            {"name": "rest", "state": "running", "due": "2024-06-08"},
            {"name": "decide", "state": "running", "due": "2024-07-04"},
            {"name": "docket", "state": "stopped", "due": "2024-06-11"},
        ],
    }


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("expect: review", "expect: decision", "应到 decision，实际在 review"),
        ("2024-07-04", "2024-07-05", "期限 decide 应为 2024-07-05，实际 2024-07-04"),
        ("refused: 材料齐全", "expect: review", "应办成，实际被拒绝"),
        ("refused: 材料齐全", "refused: 无人", "应被拒绝并说明“无人”"),
    ],
)
def test_walk_with_wrong_expectation_is_a_surprise(permit, was, now, says):
    [walk] = procedure.read_walks(STEPS.replace(was, now), "walks.yaml")

    assert any(says in each for each in procedure.simulate(permit, walk, calendar.national()).surprises)


def test_walk_of_wrong_shape_is_refused_with_its_place():
    with pytest.raises(UnreadableInput, match=r"steps\.0\.day"):
        procedure.read_walks(STEPS.replace("{day: 2024-06-04, by: officer, move", "{by: officer, move"), "walks.yaml")


def test_decision_with_thirty_day_consultation_and_seven_working_days_of_review():
    """The dates of a real record: 2021-09-30 to 10-30, review complete on a worked Sunday."""
    definition, walk = next(row for row in WALKS if row[0].id == "major-decision")

    found = procedure.simulate(definition, walk, calendar.national())
    seen = {name: due for step in found.steps for name, _, due in step.clocks}

    assert seen["consultation"] == "2021-10-30"
    assert seen["review_time"] == "2022-04-24"
    assert found.case.run("consultation").start == date(2021, 9, 30)
