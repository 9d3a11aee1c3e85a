"""Writing of official documents: levels, dates, title lines, slips; numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.engine.papers.number import Number, parse
from zhicheng.engine.papers.text import Run, chinese_day, level, runs, slips, title_lines


def test_day_has_no_padding() -> None:
    assert chinese_day(date(2026, 1, 5)) == "2026年1月5日"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [("一、总体要求", 1), ("十二、附则", 1), ("（一）建账", 2), ("(三)建账", 2), ("1.建账", 3), ("（1）建账", 4), ("建账", 0), ("一是建账", 0)],
)  # fmt: skip
def test_level_is_told_by_its_numeral(paragraph: str, expected: int) -> None:
    assert level(paragraph) == expected


def test_heading_face_ends_with_its_first_sentence() -> None:
    assert runs("一、总体要求") == (Run("hei", "一、总体要求"),)
    assert runs("（一）建账。一项一档。") == (Run("kai", "（一）建账。"), Run("fangsong", "一项一档。"))
    assert runs("1.建账。一项一档。") == (Run("fangsong", "1.建账。一项一档。"),)


@given(st.text(alphabet="一二三四、。（）1.知识产权", max_size=60))
def test_runs_keep_every_character(paragraph: str) -> None:
    assert "".join(run.text for run in runs(paragraph)) == paragraph


def test_title_breaks_at_meaning() -> None:
    lines = title_lines("澜河市商务局关于印发《茶艺与老街振兴办法》任务分工的通知", 20, ("澜河市商务局", "任务分工"))

    assert lines == ("澜河市商务局关于印发", "《茶艺与老街振兴办法》", "任务分工的通知")


def test_title_break_of_the_drafter_stands() -> None:
    assert title_lines("关于某事\n的通知", 20) == ("关于某事", "的通知")


def test_title_without_a_place_to_break_is_cut_full() -> None:
    assert title_lines("A" * 45, 20) == ("A" * 20, "A" * 20, "A" * 5)


@given(st.text(alphabet="关于印发《》知识产权的通知（）、12", min_size=1, max_size=90))
def test_title_lines_fit_and_lose_nothing(title: str) -> None:
    lines = title_lines(title, 20, ("知识产权",))

    assert "".join(lines) == title
    assert all(len(line) <= 20 for line in lines)


@pytest.mark.parametrize(
    ("paragraph", "message", "right"),
    [
        ("一.总体要求", "第一层次序数写“一、”", ""),
        ("（一）、建账", "第二层次序数后不加顿号", ""),
        ("1、建账", "第三层次序数写“1.”", ""),
        ("（1）、建账", "第四层次序数后不加顿号", ""),
        ("于2026年01月05日前", "年月日不编虚位", ""),
        ("澜商发[2026]1号", "发文字号的年份用六角括号〔〕，不加“第”", ""),
        ("澜商发〔2026〕第1号", "发文字号不加“第”，不编虚位", ""),
        ("澜商发〔2026〕01号", "发文字号不加“第”，不编虚位", ""),
        ("请落实,并报送", "中文里用全角标点", "，"),
    ],
)
def test_slip_is_said(paragraph: str, message: str, right: str) -> None:
    assert [(slip.message, slip.right) for slip in slips(paragraph)] == [(message, right)]


@pytest.mark.parametrize(
    "paragraph",
    ["一、总体要求", "（一）建账。", "1.建账", "于2026年10月15日前", "澜商发〔2026〕1号", "比例为1:2，见 http://a.cn"],
)
def test_right_writing_has_no_slip(paragraph: str) -> None:
    assert slips(paragraph) == ()


def test_number_is_written_as_the_standard_asks() -> None:
    assert str(Number("澜商函", 2026, 1)) == "澜商函〔2026〕1号"


@given(st.integers(1, 99999), st.integers(1949, 2999))
def test_number_reads_back(serial: int, year: int) -> None:
    number = Number("澜商函", year, serial)
    assert parse(str(number)) == number


@pytest.mark.parametrize(
    "text", ["澜商[2026]1号", "澜商〔2026〕01号", "澜商〔2026〕第1号", "澜商〔26〕1号", "〔2026〕1号", ""]
)
def test_number_written_otherwise_is_none(text: str) -> None:
    assert parse(text) is None
