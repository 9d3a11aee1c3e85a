"""Reading a text in: what carries over from the version in force, what a person corrects, the version it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.base.money import Money
from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan
from zhicheng.domain.plan.reading.begin import begin
from zhicheng.domain.plan.reading.correct import Correction, correct
from zhicheng.domain.plan.reading.fields import FIELDS, field_of, parse, written
from zhicheng.domain.plan.reading.model import Reading, progress
from zhicheng.domain.plan.reading.stored import as_json, of_json
from zhicheng.domain.plan.reading.version import Head, head_of, version

TODAY = date(2024, 7, 1)
TEXT = """甲市知识产权行动方案
一、工作目标
到2030年,地理标志登记达到5件。
二、主要任务
(一)实施保护工程。
1.严格保护。对通过认定的企业,每家给予最高10万元奖励。(责任单位:甲局、财政局)
2.加强服务。建设公共服务平台。(责任单位:甲局牵头,乙局配合)
版权所有 甲市政府
"""


@pytest.fixture(scope="module")
def yantai() -> Plan:
    return load(Path(__file__).parents[4] / "plans" / "yantai-2022-2024")


@pytest.fixture
def reading() -> Reading:
    return begin(compile_text(TEXT))


def _only(reading: Reading, kind: str) -> str:
    return next(piece.id for piece in reading.pieces if piece.kind == kind)


def _changed(yantai: Plan, before: str, after: str) -> Reading:
    assert yantai.text.count(before) == 1
    return begin(compile_text(yantai.text.replace(before, after)), yantai)


def test_same_text_again_is_the_same_plan_to_the_last_value(yantai: Plan) -> None:
    again = begin(compile_text(yantai.text), yantai)

    assert version(again, head_of(yantai), "办公室", TODAY) == yantai
    assert progress(again).accepted == progress(again).clauses
    assert progress(again).unread == 0


def test_one_changed_sum_leaves_one_clause_to_check_and_keeps_every_key(yantai: Plan) -> None:
    changed = _changed(
        yantai, "进入省级培育项目的电商平台,每家给予最高10万元", "进入省级培育项目的电商平台,每家给予最高20万元"
    )

    waiting = [clause.key for clause in changed.to_accept if not clause.accepted]
    instrument = next(piece for piece in changed.pieces if piece.key == "I06")

    assert waiting == ["e-commerce-platforms"]
    assert instrument.values["ceiling"] == Money.yuan(200_000)
    assert instrument.values["name"] == "规范化电商平台奖励"
    assert {c.key for c in changed.clauses} == {c.key for c in yantai.clauses}


def test_new_clause_gets_a_new_key_and_moves_no_other(yantai: Plan) -> None:
    added = "4.试点数据登记。探索数据登记,每家给予最高5万元资助。(责任单位:市市场监管局、市大数据局)\n\n三、保障措施"
    changed = _changed(yantai, "三、保障措施", added)

    fresh = [clause for clause in changed.clauses if not clause.known]
    made = version(changed, head_of(yantai), "办公室", TODAY)

    assert [clause.title for clause in fresh] == ["试点数据登记"]
    assert {task.clause: task.key for task in yantai.tasks}.items() <= {
        task.clause: task.key for task in made.tasks
    }.items()
    assert made.instruments[:30] == tuple(
        replace(i, span=made.instruments[n].span) for n, i in enumerate(yantai.instruments)
    )
    assert made.instruments[30].key == "I31"
    assert made.units[-1].name == "市大数据局"


def test_first_reading_of_an_unknown_city_reads_tasks_money_and_units(reading: Reading) -> None:
    made = version(reading, Head("jia-2030", "方案", "", "甲市", "", "", (2028, 2030), {}), "办公室", TODAY)

    assert [(task.key, task.title) for task in made.tasks] == [("1.1", "严格保护"), ("1.2", "加强服务")]
    assert [(a.role, made.quote(a.span)) for a in made.tasks[1].units] == [("lead", "甲局"), ("support", "乙局")]
    assert made.instruments[0].ceiling == Money.yuan(100_000)
    assert made.targets[0].value == 5
    assert [clause.label for clause in made.clauses if clause.kind == "task"] == ["方案 二(一)1", "方案 二(一)2"]


def test_words_of_a_clause_have_their_home_there_but_a_sum_nobody_read_stays_unread() -> None:
    text = TEXT.replace("建设公共服务平台。", "坚持服务大局,围绕中心工作。注册资本须有300万元。建设公共服务平台。")

    found = begin(compile_text(text))

    assert [found.quote(u.span) for u in found.unread] == ["注册资本须有300万元。", "版权所有 甲市政府"]


def test_page_footer_is_unread_until_somebody_says_why(reading: Reading) -> None:
    footer = next(u for u in reading.unread if "版权所有" in reading.quote(u.span))

    settled = correct(reading, [Correction("excuse", str(footer.span.start), {}, "页脚，不属方案")])

    assert progress(reading).unread - progress(settled).unread == 1
    assert progress(settled).placed > progress(reading).placed


def test_unread_words_join_the_clause_before_them(reading: Reading) -> None:
    footer = next(u for u in reading.unread if "版权所有" in reading.quote(u.span))

    joined = correct(reading, [Correction("join", str(footer.span.start), {}, "是正文")])

    assert joined.quote(joined.clauses[-1].span).endswith("版权所有 甲市政府")
    assert not joined.clauses[-1].accepted


def test_typed_value_wins_with_its_reason_and_the_clause_wants_accepting_again(reading: Reading) -> None:
    money = _only(reading, "incentive")
    clause = reading.piece(money).clause
    accepted = correct(reading, [Correction("accept", clause, {})])

    typed = correct(accepted, [Correction("set", money, {"ceiling": "12万元"}, "按附件二")])

    assert typed.piece(money).values["ceiling"] == Money.yuan(120_000)
    assert typed.piece(money).typed == {"ceiling": "按附件二"}
    assert accepted.clause(clause).accepted
    assert not typed.clause(clause).accepted


def test_span_read_as_another_class_keeps_its_words_and_drops_foreign_values(reading: Reading) -> None:
    money = _only(reading, "incentive")
    start = reading.piece(money).span.start

    other = correct(reading, [Correction("class", money, {"kind": "commitment"}, "只是安排")])

    assert other.piece(money) is None
    assert other.piece(f"commitment:{start}").span == reading.piece(money).span
    assert other.piece(f"commitment:{start}").origin == "person"


def test_span_read_as_plain_words_is_nothing(reading: Reading) -> None:
    plain = correct(reading, [Correction("class", _only(reading, "incentive"), {"kind": "plain"}, "举例")])

    assert not [piece for piece in plain.pieces if piece.kind == "incentive"]


def test_words_shown_full_width_are_found_in_the_half_width_source(reading: Reading) -> None:
    money = reading.piece(_only(reading, "incentive"))

    moved = correct(
        reading, [Correction("bounds", money.id, {"quote": "认定的企业，每家给予最高10万元奖励"}, "对象不全")]
    )

    assert moved.quote(moved.pieces[[p.kind for p in moved.pieces].index("incentive")].span).startswith(
        "认定的企业,每家"
    )


def test_units_are_mended_in_the_order_of_the_text(reading: Reading) -> None:
    key = next(c.key for c in reading.clauses if c.title == "严格保护")

    mended = correct(reading, [Correction("units", key, {"units": "甲局（牵头）、财政局"}, "纪要已定")])

    assert [(u.name, u.role) for u in mended.clause(key).units] == [("甲局", "lead"), ("财政局", None)]
    with pytest.raises(UnreadableInput, match="不在本条文字里"):
        correct(reading, [Correction("units", key, {"units": "税务局"}, "补")])


@pytest.mark.parametrize("act", ["set", "class", "bounds", "read", "units", "excuse", "join"])
def test_change_without_reason_is_refused(reading: Reading, act: str) -> None:
    with pytest.raises(UnreadableInput, match="没有写理由"):
        correct(reading, [Correction(act, _only(reading, "incentive"), {"kind": "target"}, " ")])


def test_change_of_what_is_no_longer_there_is_a_conflict(reading: Reading) -> None:
    with pytest.raises(Conflict):
        correct(reading, [Correction("set", "incentive:99999", {"ceiling": "1万元"}, "改")])


def test_text_of_another_plan_takes_nothing_over(yantai: Plan) -> None:
    other = begin(compile_text(TEXT + "三、保障措施\n(一)加强组织领导和工作统筹。建立例会制度。\n"), yantai)

    assert other.before is None
    assert not any(clause.known for clause in other.clauses)


def test_sum_finer_than_a_fen_is_left_for_a_person() -> None:
    reading = begin(compile_text("一、奖励\n(一)对企业每件给予0.125元奖励。(责任单位:甲局)\n"))

    assert all(piece.values["ceiling"] is None for piece in reading.pieces if piece.kind == "incentive")


def test_reading_goes_through_its_kept_form_unchanged(reading: Reading, yantai: Plan) -> None:
    assert of_json(as_json(reading), reading.text, None) == reading
    again = begin(compile_text(yantai.text), yantai)
    assert of_json(as_json(again), again.text, yantai) == again


@pytest.mark.parametrize("kind", list(FIELDS))
def test_every_field_is_written_back_as_it_was_read(kind: str, yantai: Plan) -> None:
    for piece in begin(compile_text(yantai.text), yantai).pieces:
        if piece.kind == kind:
            for field in FIELDS[piece.kind]:
                assert parse(field, written(field, piece.values[field.name])) == piece.values[field.name]


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("ceiling", "10", "没有写明单位"),
        ("rate", "50", "不是比例"),
        ("tiers", "100万元", "看不出档次"),
        ("kind", "赏", "没有“赏”"),
    ],
)
def test_value_that_cannot_be_read_says_how_to_write_it(name: str, said: str, fault: str) -> None:
    with pytest.raises(UnreadableInput, match=fault):
        parse(field_of("incentive", name), said)


@given(st.text(max_size=400))
def test_any_text_can_be_read_in_and_every_sign_is_placed_or_unread(text: str) -> None:
    reading = begin(compile_text(text))

    assert of_json(as_json(reading), text, None) == reading
    assert all(0 <= piece.span.start < piece.span.end <= len(text) for piece in reading.pieces)
    covered = set()
    for span in [*(d.span for d in reading.documents), *(u.span for u in reading.unread)]:
        covered.update(range(span.start, span.end))
    left = "".join(sign for place, sign in enumerate(text) if place not in covered)
    assert not left.strip("•·*-●○ \t\r\n\u00a0\u3000\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\ufeff\u200b")
