"""Kinds of paper: what is missing is said, the words come out as given, a city lays its own on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.papers import DATA, DAY, OFFICE, STATIONERY, kind, sheet
from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.papers.compose import Fault, checked, compose, remarks, uncertain
from zhicheng.engine.papers.load import read_kind, stationery

LANHE = Path(__file__).parents[2] / "plans" / "lanhe-2026-2028"


def test_first_set_is_shipped() -> None:
    assert {k.name for k in STATIONERY.kinds} == {
        "通知", "函", "征求意见公告", "受理通知书", "不予受理通知书", "补正通知书", "督办单",
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(DATA))
def test_each_required_field_left_out_is_named(key: str) -> None:
    of_kind = kind(key)
    required = [name for name, field in of_kind.fields.items() if field.required]

    for name in required:
        rest = {k: v for k, v in DATA[key].items() if k != name}
        assert Fault(name, f"缺“{of_kind.fields[name].label}”") in checked(of_kind, rest)
    assert checked(of_kind, DATA[key]) == []
    assert [fault.field for fault in checked(of_kind, {})] == required


def test_everything_missing_is_refused_in_one_message() -> None:
    with pytest.raises(UnreadableInput, match="缺“事由”；缺“主送机关”；缺“正文”"):
        compose(kind("notice"), OFFICE, {}, DAY, None)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("received", "2026年1月4日", "不是日期"),
        ("received", "2026-02-30", "不是日期"),
        ("basis", "第十二条", "要写明法规名称和条款"),
        ("phone", "不详", "不是电话号码"),
        ("matter", "一\n二", "只能写一行"),
    ],
)
def test_unreadable_value_is_said(field: str, value: str, message: str) -> None:
    (fault,) = checked(kind("acceptance"), {**DATA["acceptance"], field: value})
    assert fault.field == field
    assert message in fault.message


def test_unknown_field_is_a_fault() -> None:
    assert checked(kind("notice"), {**DATA["notice"], "secret": "x"})[0].message == "通知没有“secret”这一栏"


def test_consultation_of_thirty_days_passes_and_of_less_needs_its_reason() -> None:
    short = {**DATA["consultation"], "closes": "2026-02-03"}

    assert checked(kind("consultation"), DATA["consultation"]) == []
    (fault,) = checked(kind("consultation"), short)
    assert "只有29日，少于30日（《重大行政决策程序暂行条例》第十四条至第十八条）" in fault.message
    assert checked(kind("consultation"), {**short, "shorter_reason": "情况紧急"}) == []


def test_sheet_says_what_was_given() -> None:
    notice = sheet("notice")

    assert notice.mark == "澜河市商务局文件"
    assert notice.number == "澜商发〔2026〕1号"
    assert notice.addressee == "各街道办事处、市政府有关部门："
    assert notice.attachments == ("任务分工表", "进展情况报送表（2026年度）")
    assert (notice.signature, notice.date) == ("澜河市商务局", "2026年1月5日")
    assert notice.copies == "市委办公室、市政协办公室。"
    assert (notice.printer, notice.printed) == ("澜河市商务局办公室", "2026年1月5日")


def test_line_of_an_empty_optional_field_is_left_out() -> None:
    plain = sheet("acceptance", materials="", due="", duties="")

    words = ["".join(run.text for run in runs) for runs in plain.body]
    assert [w[:4] for w in words] == ["你（单位", "联系人：", "特此通知"]
    assert sheet("notice", copies="", note="", attachments="").attachments == ()


def test_draft_leaves_its_serial_open() -> None:
    assert sheet("letter", None).number == "澜商函〔2026〕　号"


def test_slips_are_remarks_not_faults() -> None:
    data = {**DATA["notice"], "text": "请落实,并报送。"}

    assert [(label, slip.right) for label, slip in remarks(kind("notice"), data)] == [("正文", "，")]
    assert checked(kind("notice"), data) == []


def test_article_not_in_force_on_the_day_is_uncertain() -> None:
    assert uncertain(kind("consultation"), DAY) == ()
    assert uncertain(kind("consultation"), DAY.replace(year=2019, month=8)) == (
        "《重大行政决策程序暂行条例》第十四条至第十八条",
    )


def test_city_lays_its_own_over_the_library() -> None:
    own = stationery(LANHE)

    assert own.kind("letter").series == "函"
    assert own.kind("letter").fields["contact"].required
    assert own.kind("letter").fields["text"] == kind("letter").fields["text"]
    assert own.kind("minutes").name == "会议纪要"
    assert [office.code for office in own.offices] == ["澜商"]
    assert own.kind("notice").version == kind("notice").version
    assert own.kind("letter").version != kind("letter").version


def test_sheet_that_would_fetch_a_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "sheet.typ").write_text('#import "@preview/cuti:0.2.1": fakebold')

    with pytest.raises(UnreadableInput, match="引用了网上的软件包"):
        stationery(tmp_path)


def test_version_survives_a_round_through_json() -> None:
    for of_kind in STATIONERY.kinds:
        assert read_kind(of_kind.plain(), "").version == of_kind.version


def test_kind_that_names_a_field_it_lacks_is_refused() -> None:
    rows = {**kind("notice").plain(), "title": "{nothing}"}

    with pytest.raises(UnreadableInput, match="没有这些栏目：nothing"):
        read_kind(rows, "papers/notice.yaml")


def test_every_law_in_the_fixed_words_stands_in_the_articles() -> None:
    import re

    for of_kind in STATIONERY.kinds:
        named = {law for line in of_kind.lines() for law in re.findall(r"《([^》{]+(?:条例|法|办法))》", line)}
        assert named <= {row.law for row in of_kind.articles.values()}, of_kind.key
