"""Display changes the look of words, never their length or the stored text."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.money import Money
from zhicheng.faces.web import display


@given(st.text())
def test_fullwidth_any_text_keeps_every_offset(text):
    shown = display.fullwidth(text)
    assert len(shown) == len(text)
    assert all(a == b or a in ",:;()?!" for a, b in zip(text, shown, strict=True))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("国家战略,建设强市;制定", "国家战略，建设强市；制定"),
        ("(责任单位:市市场监管局)", "（责任单位：市市场监管局）"),
        ("约1,000,000元", "约1,000,000元"),
        ("通过(PCT)途径", "通过（PCT）途径"),
        ("见http://a.cn/b?c=1", "见http://a.cn/b?c=1"),
        ("达到85分;万人", "达到85分；万人"),
        ("4·26周(2022—2024年)", "4·26周（2022—2024年）"),
    ],
)
def test_fullwidth_widens_signs_of_chinese_only(stored, shown):
    assert display.fullwidth(stored) == shown


@pytest.mark.parametrize(
    ("language", "sum_", "shown"),
    [
        ("zh-hans", Money.yuan(100_000), "10万元"),
        ("en", Money.yuan(100_000), "¥100,000"),
        ("en", Money.yuan("0.50"), "¥0.50"),
        ("zh-hans", None, "待定"),
        ("en", None, "unset"),
    ],
)
def test_money_reads_as_an_office_writes_it_and_unset_is_no_zero(language, sum_, shown):
    with translation.override(language):
        assert display.money(sum_) == shown


def test_day_shortly_after_midnight_in_shanghai_is_the_new_day():
    assert display.day(datetime(2024, 6, 30, 16, 30, tzinfo=UTC)) == "2024-07-01"
    assert display.day(date(2024, 6, 30)) == "2024-06-30"


def test_unset_day_says_so():
    with translation.override("zh-hans"):
        assert display.day(None) == "日期未记"
