"""The picture and the numbered list of a procedure."""

import re

import pytest
from lxml import etree

from zhicheng.engine import procedure

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [node.text for node in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@pytest.mark.parametrize("definition", procedure.shipped(), ids=lambda each: f"{each.place}/{each.id}")
def test_drawing_shows_every_state_and_move_of_shipped_definitions(definition):
    found = texts(procedure.draw(definition).svg)

    assert {state.label for state in definition.states.values()} <= set(found)
    assert {move.label for move in definition.moves.values()} <= set(found)
    assert found[0] == definition.name


def test_drawing_needs_no_style_and_escapes_labels(permit_yaml):
    permit_yaml["states"]["review"]["label"] = "<审>&查"

    svg = procedure.draw(procedure.Definition.model_validate(permit_yaml)).svg

    assert "<审>&查" in texts(svg)
    assert "style" not in svg
    assert "<script" not in svg
    root = etree.fromstring(svg.encode())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "测试许可"


def test_boxes_do_not_overlap_and_lie_in_the_picture():
    for definition in procedure.shipped():
        root = etree.fromstring(procedure.draw(definition).svg.encode())
        _, _, width, height = map(float, root.get("viewBox").split())
        boxes = [
            tuple(float(box.get(key)) for key in ("x", "y", "width", "height"))
            for box in root.iter(f"{SVG}rect")
            if box.get("rx")
        ]
        assert len(boxes) == len(definition.states)
        for n, (x, y, w, h) in enumerate(boxes):
            assert x >= 0
            assert x + w <= width
            assert y + h <= height
            for x2, y2, w2, h2 in boxes[n + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
        for line in root.iter(f"{SVG}polyline"):
            points = [tuple(map(float, pair.split(","))) for pair in line.get("points").split()]
            assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_running_case_is_marked_by_sign_and_word(desk, permit):
    desk.to_decision().do(desk.head, "return", to="review", remarks="再看")

    found = procedure.draw(permit, desk.case)

    assert {"✓ 收到", "▶ 审查", "决定"} <= set(texts(found.svg))
    assert "经办人 · 当前步骤" in texts(found.svg)
    assert [re.search("已办|当前步骤", step) is not None for step in found.steps[:4]] == [True, False, True, False]


def test_suspended_case_says_so(desk, permit):
    desk.to_review().do(desk.head, "suspend", "court")

    found = procedure.draw(permit, desk.case)

    assert "‖ 审查" in texts(found.svg)
    assert "中止中" in found.steps[2]


def test_list_says_who_does_what_with_which_needs(permit):
    steps = procedure.draw(permit).steps

    assert steps[0] == (
        "1. 收到（经办人）：经办人“受理”到审查，须「材料齐全」；经办人“要求补正”到待补正，须「材料齐全为否」；"
        "经办人“不适用审查”到决定，须「材料齐全」「有害为否」「写明理由」；申请人“撤回申请”到申请人撤回。"
    )
    assert "须「有害为否」「冷静期（3日）或紧急理由」" in steps[2]
    assert steps[4] == "5. 准予（办结）。"
    assert steps[-1].startswith("各未办结的步骤另可：退回、")


def test_definition_with_unknown_names_can_still_be_drawn(permit_yaml):
    permit_yaml["states"]["review"]["holder"] = "king"
    permit_yaml["moves"]["submit"]["needs"] = ["unheard", {"clock": "unheard"}]

    found = procedure.draw(procedure.Definition.model_validate(permit_yaml))

    assert "须「unheard」「unheard」" in found.steps[2]


@pytest.mark.parametrize("definition", procedure.shipped(), ids=lambda each: f"{each.place}/{each.id}")
def test_shipped_definition_can_be_shown_in_english(definition):
    found = procedure.draw(definition, language="en")

    chinese = re.compile("[\u4e00-\u9fff]")
    assert [text for text in texts(found.svg) if chinese.search(text)] == []
    assert [step for step in found.steps if chinese.search(step)] == []
    assert len(found.steps) == len(definition.states) + 1
