"""Law packs: which article binds on which day."""

from __future__ import annotations

from datetime import date

import pytest

from zhicheng.base.calendar.terms import Term
from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.law import LawPack, load_laws, read_law, said

OLD_AND_NEW = """
key: demo
title: 示例条例
in_force: 2020-01-01
until: 2023-12-31
confirmed: true
source: 示例
duties:
- {duty: reading, article: 第一条, says: 审读不少于5个工作日, term: 5 工作日}
- {duty: reading, article: 第二条, says: 另有说明, in_force: 2024-01-01, until: 2030-12-31, confirmed: false}
"""


@pytest.fixture
def pack() -> LawPack:
    return LawPack((read_law(OLD_AND_NEW, "cn", "demo.yaml"),))


@pytest.mark.parametrize(
    ("day", "articles"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["第一条"]),
        (date(2023, 12, 31), ["第一条"]),
        (date(2024, 1, 1), ["第二条"]),
    ],
)
def test_duty_binds_only_while_its_article_is_in_force(pack: LawPack, day: date, articles: list[str]) -> None:
    assert [article.number for article in pack.articles("reading", day)] == articles


def test_term_carries_its_unit_and_article(pack: LawPack) -> None:
    duty = pack.term("reading", date(2022, 1, 1))

    assert duty is not None
    assert (duty.term, duty.article.number) == (Term(5, "workday"), "第一条")
    assert pack.term("reading", date(2024, 6, 1)) is None


def test_later_law_is_told_apart_from_the_law_of_the_day(pack: LawPack) -> None:
    later = pack.since("reading", date(2022, 1, 1), date(2025, 1, 1))

    assert [duty.article.number for duty in later] == ["第二条"]
    assert said(duty.article for duty in later) == "《示例条例》第二条（待核实）"


def test_most_specific_level_speaks_first() -> None:
    pack = load_laws(("cn", "cn-shandong"))

    laws = [article.law for article in pack.articles("consultation_term", date(2021, 9, 30))]

    assert laws == ["山东省优化营商环境条例", "重大行政决策程序暂行条例"]


def test_fair_competition_of_2022_is_not_judged_by_the_regulation_of_2024() -> None:
    pack = load_laws(("cn",))

    assert [each.law for each in pack.articles("fair_competition_review", date(2022, 5, 5))] == [
        "公平竞争审查制度实施细则"
    ]
    assert not pack.articles("no_selective_reward", date(2022, 5, 5))
    assert pack.since("no_selective_reward", date(2022, 5, 5), date(2024, 8, 1))


def test_unknown_level_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="没有“mars”的法规包"):
        load_laws(("mars",))


def test_law_file_with_a_fault_names_field() -> None:
    with pytest.raises(UnreadableInput) as raised:
        read_law(OLD_AND_NEW.replace("says: 另有说明, ", ""), "cn", "demo.yaml")

    assert "demo.yaml duties.1.says" in raised.value.where
