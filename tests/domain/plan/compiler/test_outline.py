"""Numbers of every style, width and order make one tree."""

from __future__ import annotations

import pytest

from zhicheng.domain.plan.compiler.outline import outline
from zhicheng.domain.plan.compiler.paragraphs import split_paragraphs


def tree(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in outline(split_paragraphs(text), len(text))]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("一、工作目标", "一、", "工作目标"),
        ("二 、支持范围", "二、", "支持范围"),
        ("（一）实施工程。做事。", "(一)", "实施工程"),
        ("(十二) 实施工程", "(十二)", "实施工程"),
        ("㈠实施工程", "(一)", "实施工程"),
        ("1.严格保护。做事。", "1.", "严格保护"),
        ("１．严格保护。做事。", "1.", "严格保护"),
        ("12、严格保护", "12、", "严格保护"),
        ("（3）严格保护", "(3)", "严格保护"),
        ("③严格保护", "③", "严格保护"),
        ("第一章 总则", "第一章", "总则"),
        ("第 1 0 条 鼓励创新。做事。", "第10条", "鼓励创新"),
        ("第二十条 【完善服务】优化环境。", "第二十条", "完善服务"),
        ("第二部分 主要任务", "第二部分", "主要任务"),
        ("1.2 严格保护", "1.2", "严格保护"),
        ("【严格保护】做事。", "", "严格保护"),
        ("第三条 鼓励支持做大做强：", "第三条", "鼓励支持做大做强"),
        ("1.加强保护（责任单位：市科技局）", "1.", "加强保护"),
    ],
)
def test_heading_is_known_by_its_number(line, number, title):
    assert tree(line) == [(0, number, title)]


@pytest.mark.parametrize(
    "line", ["1.5亿元用于建设", "2022年5月5日", "一是加强领导", "10万元", "第二条规定的情形", "一"]
)
def test_line_that_only_begins_like_a_number_is_no_heading(line):
    assert tree(line) == []


def test_levels_follow_the_order_in_which_styles_appear():
    text = "一、甲\n（一）乙\n1.丙\n（1）丁\n2.戊\n（二）己\n二、庚\n1.辛\n"

    assert [(level, title) for level, _, title in tree(text)] == [
        (0, "甲"),
        (1, "乙"),
        (2, "丙"),
        (3, "丁"),
        (2, "戊"),
        (1, "己"),
        (0, "庚"),
        (1, "辛"),
    ]


def test_numbers_that_run_on_across_chapters_stay_below_their_chapter():
    text = "一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊\n三、己\n第一条 庚\n四、辛\n第二条 壬\n"

    paths = [s.path for s in outline(split_paragraphs(text), len(text))]

    assert paths == [(), ("一、甲",), ("一、甲",), (), ("二、丁",), (), ("三、己",), (), ("四、辛",)]


def test_section_holds_its_children_and_ends_where_the_next_begins():
    text = "一、甲\n话。\n（一）乙\n二、丙\n"

    first, child, last = outline(split_paragraphs(text), len(text))

    assert first.span.of(text) == "一、甲\n话。\n（一）乙\n"
    assert text[first.span.start : first.own_end] == "一、甲\n话。\n"
    assert child.span.of(text) == "（一）乙\n"
    assert last.span.of(text) == "二、丙\n"


def test_hard_wrapped_lines_are_one_paragraph():
    body = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党的二十大精神，深入实施知识产权强国战略，加快建设知识产权强市。"
    wrapped = "\n".join(body[i : i + 20] for i in range(0, len(body), 20))
    text = "\n".join(["一、总体要求", wrapped, "（一）" + wrapped, wrapped, "二、任务", wrapped])

    texts = [p.text for p in split_paragraphs(text)]

    assert texts[1] == body.replace("，", ",")
    assert texts[2].startswith("(一)")
    assert len(texts) == 6


def test_headings_inside_one_endless_line_are_found():
    items = "".join(f"{n}.做好第{n}件事。" + "要认真组织，抓好落实，" * 20 + "取得成效。" for n in (1, 2, 3))
    line = f"某市工作方案一、总体目标到2025年取得成效。二、主要任务（一）甲工程。{items}（二）乙工程。开展工作。"

    found = [(level, number) for level, number, _ in tree(line)]

    assert found == [(0, "一、"), (0, "二、"), (1, "(一)"), (2, "1."), (2, "2."), (2, "3."), (1, "(二)")]
