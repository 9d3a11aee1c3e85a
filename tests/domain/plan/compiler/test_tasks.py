"""Which places of a plan are tasks."""

from __future__ import annotations

from zhicheng.domain.plan.compiler import compile_text


def tasks(text: str) -> list[tuple[str, str, int]]:
    return [(e.label, e.item.title, len(e.item.units)) for e in compile_text(text).tasks]


def test_numbered_items_with_brackets_are_tasks_and_aims_are_not():
    text = (
        "某市行动方案\n一、总体要求\n（一）指导思想。坚持创新。\n（二）工作目标。到2025年取得成效。\n二、重点任务\n"
        "（一）甲工程。\n1.甲一。做事。（责任单位：市科技局）\n2.甲二。做事。（责任单位：市财政局、市教育局）\n"
        "（二）乙工程。\n1.乙一。做事。\n三、保障措施\n（一）加强领导。做好统筹。\n"
    )

    assert tasks(text) == [("方案 二(一)1", "甲一", 1), ("方案 二(一)2", "甲二", 2)]


def test_sibling_without_units_is_a_task_of_the_same_chapter():
    text = "一、任务\n（一）甲事。做事。（责任单位：市科技局）\n（二）乙事。做事。\n（三）丙事。做事。（责任单位：市财政局）\n"

    assert [t[1:] for t in tasks(text)] == [("甲事", 1), ("乙事", 0), ("丙事", 1)]


def test_bracket_behind_the_last_step_speaks_for_the_whole_item():
    text = "一、任务\n1.甲事。\n（1）先做。\n（2）再做。（责任单位：市科技局）\n2.乙事。\n（1）先做。\n（2）再做。（责任单位：市财政局）\n"

    assert [t[1:] for t in tasks(text)] == [("甲事", 1), ("乙事", 1)]


def test_each_unnumbered_paragraph_with_its_own_units_is_a_task():
    text = (
        "二、主要任务\n（一）夯实基础，形成合力。建立体系。做事。（市科技局牵头，市财政局参与）\n"
        "健全标准。做事。（市场监管局负责）推广技术。（市科技局指导）\n"
    )

    compiled = compile_text(text)

    assert [e.item.title for e in compiled.tasks] == ["建立体系", "健全标准"]
    assert [[u.name for u in e.item.units] for e in compiled.tasks] == [
        ["市科技局", "市财政局"],
        ["市场监管局", "市科技局"],
    ]


def test_unit_line_below_a_paragraph_belongs_to_it():
    text = "二、主要任务\n（一）夯实基础。\n建立体系。做事。\n（责任单位：市科技局）\n健全标准。做事。\n（责任单位：市财政局）\n"

    assert [t[1:] for t in tasks(text)] == [("建立体系", 1), ("健全标准", 1)]


def test_articles_with_several_brackets_stay_one_task():
    text = (
        "一、支持\n第一条 【鼓励创作】支持创作。（责任单位：区版权局）\n鼓励精品。\n支持评奖。（责任单位：区文化局）\n"
        "第二条 【扩大展演】支持展演。（责任单位：区文化局）\n二、环境\n第三条 完善服务。优化环境。\n三、附则\n第四条 本措施自印发之日起施行。\n"
    )

    assert [t[1:] for t in tasks(text)] == [("鼓励创作", 2), ("扩大展演", 1), ("完善服务", 0)]


def test_plan_without_any_unit_gives_the_leaves_of_its_work_chapters():
    text = "一、总体目标\n（一）总目标。发展。\n二、主要任务\n（一）甲事。做事。\n（二）乙事。做事。\n三、保障措施\n（一）领导。统筹。\n"

    assert [t[1] for t in tasks(text)] == ["甲事", "乙事"]


def test_table_of_duties_gives_a_task_a_row():
    text = "分工表\n序号\t工作任务\t牵头单位\t配合单位\n1\t加强保护\t市科技局\t市财政局、各区政府\n2\t促进运用\t市教育局\t\n"

    compiled = compile_text(text)

    assert [(e.item.title, [(u.name, u.role) for u in e.item.units]) for e in compiled.tasks] == [
        ("加强保护", [("市科技局", "lead"), ("市财政局", "support"), ("各区政府", "support")]),
        ("促进运用", [("市教育局", "lead")]),
    ]


def test_task_path_and_span_name_its_place():
    text = "二、主要任务\n（一）甲工程。\n1.甲一。做事。（责任单位：市科技局）\n2.甲二。做事。（责任单位：市财政局）\n"

    first = compile_text(text).tasks[0]

    assert first.item.path == ("二、主要任务", "(一)甲工程")
    assert first.item.span.of(text) == "1.甲一。做事。（责任单位：市科技局）"
    assert first.key == "task-2.1.1"


def test_plan_of_one_level_without_units_gives_its_items():
    text = "一、工作目标\n到2025年见效。\n二、加强保护\n做事。\n三、促进运用\n做事。\n四、组织领导\n统筹。\n"

    assert [t[1] for t in tasks(text)] == ["加强保护", "促进运用"]
