"""Aims in the wordings of the genre."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhicheng.domain.plan.compiler import compile_text


def read(sentence: str, *, title: str = "主要任务") -> list[tuple]:
    compiled = compile_text(f"二、{title}\n（一）开展工作。{sentence}\n")
    return [(t.item.indicator, t.item.comparator, t.item.value, t.item.unit, t.item.year) for t in compiled.targets]


D = Decimal


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("到2025年，满意度达到85分以上。", [("满意度", ">=", D(85), "分", 2025)]),
        ("到2025年底，有效发明专利量突破2万件。", [("有效发明专利量", ">", D(2), "万件", 2025)]),
        ("2023年6月底前，建成工作站10个。", [("工作站", "=", D(10), "个", 2023)]),
        ("融资金额年均增长15%以上。", [("融资金额", "growth>=", D(15), "%", None)]),
        ("研发投入占地区生产总值比重提高到3.0％。", [("研发投入占地区生产总值比重", ">=", D(3), "%", None)]),
        ("优势企业新增40家。", [("优势企业", "increase by", D(40), "家", None)]),
        ("市场主体新增80家以上。", [("市场主体", "increase by >=", D(80), "家", None)]),
        ("总动力稳定在11亿千瓦左右。", [("总动力", "about", D(11), "亿千瓦", None)]),
        ("失业率控制在4%以内。", [("失业率", "<=", D(4), "%", None)]),
        ("办案周期缩短至20天以内。", [("办案周期", "<=", D(20), "天", None)]),
        ("单位能耗下降13.5%。", [("单位能耗", "decrease by", D("13.5"), "%", None)]),
        ("有效注册量由12万件增加到18万件。", [("有效注册量", ">=", D(18), "万件", None)]),
        (
            "花生种植、收获机械化率分别达到65%和55%。",
            [("花生种植机械化率", ">=", D(65), "%", None), ("花生收获机械化率", ">=", D(55), "%", None)],
        ),
        (
            "到2025年，培育示范企业10家、优势企业50家以上。",
            [("示范企业", "=", D(10), "家", 2025), ("优势企业", ">=", D(50), "家", 2025)],
        ),
        (
            "选拔100名正职后备人才、200名副职后备人才。",
            [("正职后备人才", "=", D(100), "名", None), ("副职后备人才", "=", D(200), "名", None)],
        ),
        ("到2025年，质押融资登记金额100亿元。", [("质押融资登记金额", "=", D(100), "亿元", 2025)]),
        (
            "2023年、2024年，专利量分别达到100件和120件。",
            [("专利量", ">=", D(100), "件", 2023), ("专利量", ">=", D(120), "件", 2024)],
        ),
        (
            "专利量2025年达到100件，2030年达到300件。",
            [("专利量", ">=", D(100), "件", 2025), ("专利量", ">=", D(300), "件", 2030)],
        ),
        ("增加值、投资分别增长5%和6%。", [("增加值", "growth", D(5), "%", None), ("投资", "growth", D(6), "%", None)]),
        ("推动80%以上的规上企业实现数字化转型。", [("规上企业实现数字化转型", ">=", D(80), "%", None)]),
        ("压缩企业开办时间至0.5个工作日以内。", [("企业开办时间", "<=", D("0.5"), "个工作日", None)]),
        ("到“十四五”末，研发投入强度达到3%。", [("研发投入强度", ">=", D(3), "%", 2025)]),
        ("打造2个以上千亿级产业集群。", [("千亿级产业集群", ">=", D(2), "个", None)]),
        ("建成海洋、新材料等六大产业运营中心。", [("产业运营中心", "=", D(6), "个", None)]),
        ("非法倾倒事件零发生。", [("非法倾倒事件", "=", D(0), "起", None)]),
        ("将运营基金规模增至1亿元。", [("运营基金规模", ">=", D(1), "亿元", None)]),
    ],
)
def test_aim_reads_as_written(sentence, targets):
    assert read(sentence) == targets


@pytest.mark.parametrize(
    "sentence",
    [
        "对营业收入达到5000万元的企业，给予最高10万元奖励。",
        "紧紧围绕统筹推进“五位一体”总体布局和协调推进“四个全面”战略布局。",
        "禁止生产厚度低于0.01毫米的地膜。",
        "支持“两头在外”业态。",
        "实施六大行动计划。",
        "国家知识产权局于2021年12月部署。",
    ],
)
def test_what_only_looks_like_an_aim_is_none(sentence):
    assert read(sentence) == []


def test_vague_aim_counts_only_where_aims_are_stated():
    assert read("服务业营业收入快速增长。") == []
    assert read("服务业营业收入快速增长。", title="工作目标") == [("服务业营业收入", "rise", None, None, None)]


def test_year_within_n_years_is_inferred_and_says_so():
    text = "一、总体目标\n2012年起5年内，培养人才2000名。\n二、任务\n（一）甲事。5年内引进专家30名。\n"

    found = [(t.item.year, t.item.inferred) for t in compile_text(text).targets]

    assert found == [(2017, True), (2017, True)]


def test_year_of_a_lead_in_holds_over_the_list_below_it_and_no_further():
    text = "一、工作目标\n到2025年，实现以下目标：\n1.专利量达到100件。\n2.商标量达到200件。\n二、主要任务\n（一）甲事。版权量达到300件。\n"

    assert [t.item.year for t in compile_text(text).targets] == [2025, 2025, None]


def test_aim_due_every_year_says_so():
    compiled = compile_text("一、任务\n（一）甲事。每年组织培训不少于20场次，培训人员3000人次以上。\n")

    assert [(t.item.value, t.item.period) for t in compiled.targets] == [(D(20), "year"), (D(3000), "year")]


def test_base_year_is_kept_where_the_text_names_it():
    (target,) = compile_text("一、任务\n（一）甲事。许可次数较2021年增长50%。\n").targets

    assert (target.item.indicator, target.item.base_year) == ("许可次数", 2021)
