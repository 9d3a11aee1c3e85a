"""Who answers for a task, in the wordings of the genre."""

from __future__ import annotations

import pytest

from zhicheng.domain.plan.compiler import UnitVocabulary, compile_text


def read(note: str, vocabulary: UnitVocabulary | None = None) -> list[tuple[str, str | None]]:
    compiled = compile_text(f"二、主要任务\n（一）加强保护。开展工作。{note}\n", units=vocabulary)
    return [(u.name, u.role) for e in compiled.tasks for u in e.item.units]


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("(责任单位:市科技局、市财政局)", [("市科技局", None), ("市财政局", None)]),
        ("（责任单位：市科技局；完成时限：2023年12月底）", [("市科技局", None)]),
        ("〔责任部门：市商务局、海州海关〕", [("市商务局", None), ("海州海关", None)]),
        ("（负责部门：商务部、税务总局，适用范围：浙江自贸试验区）", [("商务部", None), ("税务总局", None)]),
        ("（负责部门：人民银行等部门）", [("人民银行", None)]),
        (
            "（牵头单位：市发展改革委，配合单位：市委组织部、各区、县级市）",
            [("市发展改革委", "lead"), ("市委组织部", "support"), ("各区、县级市", "support")],
        ),
        ("(主办单位:市知识产权局 协办单位:市教育局)", [("市知识产权局", "lead"), ("市教育局", "support")]),
        (
            "（市科技局牵头，市财政局、市教育局参与）",
            [("市科技局", "lead"), ("市财政局", "support"), ("市教育局", "support")],
        ),
        ("（市科技局、市财政局牵头负责）", [("市科技局", "lead"), ("市财政局", "lead")]),
        ("（市科技局指导，各县（市、区）人民政府负责落实）", [("市科技局", None), ("各县(市、区)人民政府", None)]),
        ("（市科技局、市财政局等按职责分工负责）", [("市科技局", None), ("市财政局", None)]),
        ("（市农业农村局按职责分工负责，2025年底前完成）", [("市农业农村局", None)]),
        ("（市科技局、市工信局等负责。列第一位者为牵头单位，下同）", [("市科技局", "lead"), ("市工信局", "support")]),
        ("责任单位：区市场监管局（牵头）、区财政局", [("区市场监管局", "lead"), ("区财政局", None)]),
        ("责任单位：市委宣传部（市版权局），各区人民政府", [("市委宣传部(市版权局)", None), ("各区人民政府", None)]),
        ("（责任单位：市住房和城乡建设局和各区县政府）", [("市住房和城乡建设局", None), ("各区县政府", None)]),
        (
            "（市知识产权局，各区人民政府、各开发区管委会）",
            [("市知识产权局", None), ("各区人民政府", None), ("各开发区管委会", None)],
        ),
        ("（责任领导：张三；责任单位：市科技局）", [("市科技局", None)]),
        ("（市财政局负责资金保障，市科技局负责项目管理）", [("市财政局", None), ("市科技局", None)]),
        ("（2019年底前完成，商务部、海关总署负责）", [("商务部", None), ("海关总署", None)]),
        ("（教育部、商务部等部门按职责分工负责，持续推进）", [("教育部", None), ("商务部", None)]),
        ("（各省级人民政府、国务院有关部门按职责分工负责）", [("各省级人民政府", None), ("国务院有关部门", None)]),
        ("（科技部等有关部门及有关地方政府负责）", [("科技部", None), ("有关地方政府", None)]),
        ("（市发展改革委、市财政局会同有关部门负责）", [("市发展改革委", None), ("市财政局", None)]),
        ("（责任单位：市科技局 市财政局 各区政府）", [("市科技局", None), ("市财政局", None), ("各区政府", None)]),
        ("（含专利、商标）", []),
        ("（以下简称《方案》）", []),
        ("（星级酒店）", []),
    ],
)
def test_units_are_read_with_the_role_the_text_gives(note, units):
    assert read(note) == units


def test_unit_without_a_telling_ending_is_known_by_the_vocabulary():
    vocabulary = UnitVocabulary({"开发区": "海州经济技术开发区管理委员会", "高新区": "海州高新区管理委员会"})

    assert read("（开发区、高新区）") == []
    assert read("（开发区、高新区）", vocabulary) == [("开发区", None), ("高新区", None)]


def test_unit_span_is_the_name_as_the_text_writes_it():
    text = "二、主要任务\n（一）加强保护。（责任单位：市科 技局、市财政局）\n"

    compiled = compile_text(text)

    (task,) = compiled.tasks
    assert [u.span.of(text) for u in task.item.units] == ["市科 技局", "市财政局"]
    assert [u.name for u in task.item.units] == ["市科技局", "市财政局"]


def test_first_unit_leads_only_from_the_place_that_says_so():
    text = (
        "一、任务\n（一）甲事。（市科技局、市财政局负责）\n（二）乙事。（市教育局、市公安局负责。列第一位者为牵头单位，下同）\n"
        "（三）丙事。（市商务局、市司法局负责）\n"
    )

    roles = [[u.role for u in e.item.units] for e in compile_text(text).tasks]

    assert roles == [[None, None], ["lead", "support"], ["lead", "support"]]
