"""The desk's values: no character lost between text and page, one anchor a piece, shares that add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.reading.begin import begin
from zhicheng.domain.plan.reading.correct import Correction, correct
from zhicheng.domain.plan.reading.model import Reading
from zhicheng.faces.web import desk
from zhicheng.faces.web.display import fullwidth


@pytest.fixture(scope="module")
def reading() -> Reading:
    plan = load(Path(__file__).parents[3] / "plans" / "yantai-2022-2024")
    return begin(compile_text(plan.text), plan)


def _shown(reading: Reading) -> str:
    found = []
    for sheet in desk.sheets(reading):
        found += [gap.text for gap in sheet.gaps]
        found += [run.text for block in sheet.blocks for line in block.lines for run in line.runs]
    return "".join("".join(found).split())


def test_every_sign_of_the_text_is_on_the_page_once_and_in_order(reading: Reading) -> None:
    assert _shown(reading) == "".join(fullwidth(reading.text).split()).replace("•", "")


@given(st.text(alphabet="一二三、.。,，(（)）1234甲乙局奖励最高万元每年 \n", max_size=200))
def test_any_text_is_shown_whole(text: str) -> None:
    reading = begin(compile_text(text))

    assert _shown(reading) == "".join(fullwidth(text).split())


def test_each_piece_has_one_anchor_in_the_text_and_leads_to_its_field(reading: Reading) -> None:
    runs = [
        run for sheet in desk.sheets(reading) for block in sheet.blocks for line in block.lines for run in line.runs
    ]
    anchors = [anchor for run in runs for anchor in (run.anchor, *run.anchors) if anchor]

    assert len(anchors) == len(set(anchors))
    assert {f"s-{desk.dom(piece.id)}" for piece in reading.pieces} <= set(anchors)


def test_shares_of_the_page_add_up(reading: Reading) -> None:
    parts = desk.parts(reading)

    assert abs(sum(part.width for part in parts) - 1000) < 0.2
    assert sum(part.signs for part in parts) == sum(not sign.isspace() for sign in reading.text)


def test_unset_money_says_so_and_a_typed_value_carries_its_reason(reading: Reading) -> None:
    unset = next(p for p in reading.pieces if p.kind == "incentive" and not any(p.values[n] for n in desk.AMOUNTS))
    typed = correct(reading, [Correction("set", unset.id, {"ceiling": "3万元"}, "按会议纪要")])

    assert desk.row(reading, unset).unset
    row = desk.row(typed, typed.piece(unset.id))
    assert not row.unset
    assert [(s.value, s.normal, s.typed) for s in row.shown if s.typed] == [("3万元", "30,000.00", "按会议纪要")]


def test_changes_against_the_version_in_force_are_counted_by_clause(reading: Reading) -> None:
    plan = reading.before
    text = plan.text.replace("8.1件", "9件", 1)

    changed = desk.changes(begin(compile_text(text), plan))

    assert [clause.key for clause in changed.changed] == ["goals"]
    assert (changed.new, changed.gone) == ((), ())


def test_zero_is_a_value_and_shown(reading: Reading) -> None:
    target = next(p for p in reading.pieces if p.kind == "target" and p.values["value"] is not None)
    zero = correct(reading, [Correction("set", target.id, {"value": "0"}, "按通知归零")])

    row = desk.row(zero, zero.piece(target.id))

    assert not row.unset
    assert "0" in [shown.value for shown in row.shown]
