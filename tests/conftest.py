"""What every test shares. Not here: fixtures of one subject."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.plan import model as m

# shared machines stall now and then: a property is right or wrong, never late
settings.register_profile("house", deadline=None)
settings.load_profile("house")

TEXT = "某市方案\n一、保护\n1. 严格保护。每家奖励最高10万元。（责任单位：甲局、财政局、各区）\n2. 发布白皮书。\n解读：共3条。"


@pytest.fixture
def small_plan() -> m.Plan:
    """An invented plan of an invented city, with one of everything a plan may hold."""

    def at(words: str) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words))

    return m.Plan(
        key="somewhere-2022-2024", title="某市方案", subtitle="", city="某市", issuer="某市人民政府", drafting_unit="甲局",
        period=(2022, 2024), text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        documents=(
            m.Document("plan", "plan", "方案", Span(0, TEXT.index("解读"))),
            m.Document("explanation", "explanation", "解读", at("解读：共3条。")),
        ),
        clauses=(
            m.Clause("protect", "方案 一", "plan", "section", "一、", "保护", 1, None, at("一、保护")),
            m.Clause("strict", "方案 一1", "plan", "task", "1.", "严格保护", 2, "protect", at("1. 严格保护。")),
            m.Clause("paper", "方案 一2", "plan", "task", "2.", "白皮书", 2, "protect", at("2. 发布白皮书。")),
        ),
        units=(
            m.Unit("first-bureau", "甲局", "department", (m.UnitName("某市甲局", "official", date(2019, 1, 1)),)),
            m.Unit("finance", "财政局", "department", (), "treasury", "2025年并入"),
            m.Unit("districts", "各区", "area_group"),
        ),
        projects=(m.Project("1", "protect", "保护工程"),),
        tasks=(
            m.Task(
                "1.1", "1", "strict", "严格保护",
                (
                    m.Assignment("first-bureau", 1, "first", at("甲局")),
                    m.Assignment("finance", 2, None, at("财政局")),
                    m.Assignment("districts", 3, "support", at("各区")),
                ),
            ),
            m.Task("1.2", "1", "paper", "发布白皮书", (m.Assignment("first-bureau", 1, "lead", at("甲局")),)),
        ),
        targets=(
            m.Target(
                "T1", "strict", at("共3条"), "条数", ">=", Decimal("8.10"), "条", 2024, "year", None, None, None, "partly", "无基数", "年末数"
            ),
        ),
        instruments=(
            m.Instrument(
                "I01", "strict", "1.1", at("最高10万元"), "保护奖励", "Reward", "reward", "企业", "获认定", Money.yuan(100000), False,
                5000, "费用", "企业", True, Money.yuan(1000000), "企业", 20,
                (m.Tier("国家级", Money.yuan(100000)), m.Tier("省级", Money.yuan(50000))), ("年度怎么算",), "家",
            ),
            m.Instrument(
                "I02", "paper", None, at("白皮书"), "表彰", "Honour", "commendation", "个人", "突出", None, False, None, None, None,
                False, None, None, None,
            ),
        ),
        commitments=(m.Commitment("C1", "paper", at("发布白皮书"), "white_paper", "发布白皮书", "每年"),),
        funds=(m.Fund("F1", "strict", at("奖励"), "奖励基金", None, False),),
        institutions=(m.Institution("N1", "protect", at("保护"), "领导小组", "group", ("甲局", "财政局")),),
        upstreams=(m.Upstream("U1", "某省规划", "某省", None, "未注明", False, at("某市方案"), "protect", date(2021, 12, 1), "2021-12"),),
        questions=(m.Question("Q1", "strict", at("每家"), "每家按年还是按次？", "甲局"),),
        meta={"来源": "虚构"}, outside=(m.Outside(at("共3条"), "页脚"),),
        confirmed={"targets T1": m.Confirmation("张三", date(2024, 1, 2))},
    )  # fmt: skip


@pytest.fixture(autouse=True, scope="session")
def _emptying_lifts_the_guards() -> Iterator[None]:
    """Tests that commit (live server, several connections) end by emptying the database, which its triggers refuse."""
    from django.db import connection

    from zhicheng.store.immutable import guard, guarded_tables, unguard

    empty = TransactionTestCase._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        unguard(connection, guarded_tables())
        try:
            empty(case)
        finally:
            guard(connection, guarded_tables())

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = empty
