"""What holds of every text: it goes through, quotes are its own characters, nothing is lost, twice is the same."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.compiler import compile_text, take_in

PIECES = [
    "一、",
    "（一）",
    "1.",
    "1．",
    "（1）",
    "第一条 ",
    "第 1 0 条",
    "①",
    "【标题】",
    "主要任务",
    "保障措施",
    "工作目标",
    "政策背景",
    "附件1",
    "\n",
    "\r\n",
    "\u3000\u3000",
    " ",
    "\t",
    "\xa0",
    "。",
    "；",
    "，",
    "、",
    "：",
    "（",
    "）",
    "(",
    ")",
    "《",
    "》",
    "“",
    "”",
    "责任单位：",
    "牵头单位:",
    "配合单位：",
    "市科技局",
    "市财政局",
    "各区、县级市",
    "A牵头，B参与",
    "负责",
    "等",
    "给予",
    "最高",
    "不超过",
    "奖励",
    "补贴",
    "资助",
    "每家企业",
    "每年",
    "年度",
    "累计",
    "分别",
    "的",
    "对",
    "按",
    "标准",
    "10万元",
    "三十万元",
    "10—20万元",
    "15万",
    "1亿元",
    "50%",
    "百分之五十",
    "5%—20%",
    "100 万美元",
    "元/亩",
    "20家",
    "8.1件",
    "到2024年",
    "2012年起5年内",
    "5年内",
    "达到",
    "以上",
    "新增",
    "基金",
    "规模",
    "营业收入",
    "择优",
    "符合条件",
    "一定",
    "蓝黄红",
    "2022年5月5日",
    "召开",
    "常务会议",
    "审议通过",
    "会签",
    "合法性审查",
    "征求意见",
    "•",
    "𠮷",
    "\u0000",
    "é",
    "²",
    "㈠",
    "⒈",
    "①②",
]
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
QUOTED = ("incentives", "targets", "commitments", "funds", "open_questions")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_goes_through_with_exact_quotes_and_nothing_lost(text):
    shaped = compile_text(text).to_json()

    for name in QUOTED:
        for item in shaped[name]:
            assert 0 <= item["start"] < item["end"] <= len(text)
            assert item["quote"] == text[item["start"] : item["end"]]
    for name in ("documents", "sections", "tasks"):
        for item in shaped[name]:
            assert 0 <= item["start"] <= item["end"] <= len(text)
    places = sorted([*shaped["read"], *shaped["unread"]], key=lambda s: s["start"])
    assert "".join(text[p["start"] : p["end"]] for p in places) == text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_documents_divide_the_text_and_keys_are_unique(text):
    shaped = compile_text(text).to_json()

    assert "".join(text[d["start"] : d["end"]] for d in shaped["documents"]) == text
    for name in (*QUOTED, "sections", "tasks"):
        keys = [item["key"] for item in shaped[name]]
        assert len(keys) == len(set(keys))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_compiling_twice_gives_the_same(text):
    assert compile_text(text).to_json() == compile_text(text).to_json()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"<html><p>",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xd0\xcf\x11\xe0",
            b"<table><tr><td>",
        ]
    ),
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode("utf-8", "ignore"))),
    st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.doc", "a"]),
)
def test_any_bytes_are_taken_in_or_refused_in_words(head, body, name):
    answer = _taken(head + body, name)

    if isinstance(answer, UnreadableInput):
        assert answer.where == name
        assert answer.todo
    else:
        assert answer.strip()


def _taken(data: bytes, name: str) -> str | UnreadableInput:
    try:
        return take_in(data, name).text
    except UnreadableInput as refused:
        return refused


def test_samples_keep_every_character():
    for path in sorted((Path(__file__).parent / "samples").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        shaped = compile_text(text).to_json()

        places = sorted([*shaped["read"], *shaped["unread"]], key=lambda s: s["start"])
        assert "".join(text[p["start"] : p["end"]] for p in places) == text, path.name
