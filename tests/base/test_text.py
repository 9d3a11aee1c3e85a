"""Reading copies and numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.text import fold, han_number, number, typed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("第 1 0 条", "第10条"),
        ("10\xa0月\xa030\xa0日", "10月30日"),
        ("战略新 兴", "战略新兴"),
        ("（一）１０％，“好”", "(一)10%,“好”"),
        ("2022—2024年", "2022-2024年"),
        ("10～20万元", "10~20万元"),
        ("1 000 万元", "1000万元"),
        ("2022 2023", "2022 2023"),
        ("New York 2022 年", "New York 2022年"),
        ("任务\t单位", "任务\t单位"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_fold_reads_widths_blanks_and_dashes(written, read):
    assert fold(written).text == read


@given(st.text(max_size=200))
def test_fold_map_never_decreases_and_points_into_the_text(text):
    folded = fold(text)

    places = list(folded.back)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert len(places) == len(folded.text)


@given(st.text(max_size=60), st.data())
def test_fold_span_of_any_piece_lies_in_the_text(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))

    span = folded.span(start, end)

    assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10万", 100000),
        ("1.5亿", 150000000),
        ("三十万", 300000),
        ("1,000", 1000),
        ("两百", 200),
        ("五十三", 53),
        ("二〇二五", 2025),
        ("十", 10),
        ("3百万", 3000000),
        ("三点五万", 35000),
        ("5千万", 50000000),
    ],
)
def test_number_reads_arabic_and_chinese_numerals_with_scale(written, value):
    assert number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["百万", "万", "万一", ""])
def test_number_refuses_what_is_none(written):
    assert number(written) is None


@given(st.text(alphabet="零〇一二三四五六七八九十百千万亿两廿壹", max_size=12))
def test_han_number_never_fails(written):
    assert han_number(written) is None or isinstance(han_number(written), int)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" 第一行\r\n第二行\v第三行 ", "第一行\n第二行\n第三行"),
        ("甲\x00\x01乙\x7f\ud800", "甲乙"),
        ("100元\u202e001", "100元001"),
        ("\u200b\ufeff\u00ad", ""),
        ("\U00020000\ue000𬀩", "\U00020000\ue000𬀩"),
    ],
)
def test_typed_text_is_kept_without_what_nobody_sees(text: str, kept: str) -> None:
    assert typed(text) == kept
