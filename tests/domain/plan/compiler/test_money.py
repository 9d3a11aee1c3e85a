"""Clauses of money in the wordings of the genre: each sentence is invented, its reading written by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.compiler.offers import Incentive


def read(sentence: str) -> list[Incentive]:
    return [e.item for e in compile_text(f"二、主要任务\n（一）开展工作。{sentence}\n").incentives]


def yuan(*amounts: float) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(a)) for a in amounts)


# sentence, then one dict an offer: only what the sentence fixes
CLAUSES: list[tuple[str, list[dict]]] = [
    # ceilings and fixed sums
    ("对认定的示范企业，给予最高20万元奖励。", [{"amounts": yuan(200000), "fixed": False, "kind": "reward"}]),
    ("对认定的示范企业,最高给予20万元的奖励.", [{"amounts": yuan(200000), "fixed": False}]),
    ("对首次通过认证的企业，给予一次性补助5万元。", [{"amounts": yuan(50000), "fixed": True, "kind": "subsidy"}]),
    ("对新认定的企业，一次性奖补三十万元。", [{"amounts": yuan(300000), "fixed": True}]),
    (
        "给予企业最高二十万元的奖励，对个人给予三千元一次性奖励。",
        [{"amounts": yuan(200000)}, {"amounts": yuan(3000), "fixed": True}],
    ),
    ("对上市企业，给予不超过1.5亿元资金支持。", [{"amounts": yuan(150000000), "fixed": False, "kind": "support"}]),
    ("奖励标准为每家20万元。", [{"amounts": yuan(200000), "per": "家"}]),
    ("资助金额为10万元/项。", [{"amounts": yuan(100000), "per": "项", "kind": "grant"}]),
    ("对种植面积500亩以上的，给予200 元／亩补助。", [{"amounts": yuan(200), "per": "亩"}]),
    ("每项给予最高15万资助。", [{"amounts": yuan(150000), "per": "项", "bare_unit": True}]),
    ("对推广机构发放补贴，每户封顶2万元。", [{"amounts": yuan(20000), "per": "户"}]),
    ("按照年度考核结果，给予每家5—10万元奖励。", [{"amounts": yuan(50000, 100000), "is_range": True}]),
    # tiers
    (
        "对获金奖、银奖、优秀奖的，分别给予100万元、50万元、20万元一次性奖励。",
        [{"amounts": yuan(1000000, 500000, 200000)}],
    ),
    ("国家级、省级、市级分别给予100、50、20万元的奖励。", [{"amounts": yuan(1000000, 500000, 200000)}]),
    ("给予国家级50万元、省级20万元的奖励。", [{"amounts": yuan(500000, 200000)}]),
    ("给予一次性奖励（国家级50万元、省级20万元）。", [{"amounts": yuan(500000, 200000)}]),
    (
        "对国家级项目给予最高100万奖励、省级项目给予最高50万奖励。",
        [{"amounts": yuan(1000000)}, {"amounts": yuan(500000)}],
    ),
    (
        "年销售收入首次突破1亿元、5亿元的，分别给予20万元、50万元奖励。",
        [{"amounts": yuan(200000, 500000), "thresholds": yuan(100000000, 500000000)}],
    ),
    # rates, bases and their ceilings
    (
        "对购买保险的企业，按实际支出保费的60%给予补贴，最高不超过10万元。",
        [{"rates": yuan(0.6), "rate_base": "实际支出保费", "amounts": yuan(100000)}],
    ),
    (
        "最高可按票房的1％给予不超过150万元奖励。",
        [{"rates": yuan(0.01), "rate_base": "票房", "amounts": yuan(1500000)}],
    ),
    (
        "给予不超过实际投入30%、最高50万元的补助。",
        [{"rates": yuan(0.3), "rate_base": "实际投入", "amounts": yuan(500000)}],
    ),
    ("按固定资产投资的5%—20%给予企业奖励。", [{"rates": yuan(0.05, 0.2), "amounts": ()}]),
    ("补助比例不超过百分之三十，单个项目不超过200万元。", [{"rates": yuan(0.3), "amounts": yuan(2000000)}]),
    ("按国家奖励额度的1：1给予配套。", [{"rates": yuan(1), "rate_base": "国家奖励额度"}]),
    (
        "按实际发生费用的50%，给予不超过100万元的资助。",
        [{"rates": yuan(0.5), "rate_base": "实际发生费用", "amounts": yuan(1000000)}],
    ),
    (
        "给予最高不超过其实际支出50%且不超过20万元的补贴。",
        [{"rates": yuan(0.5), "rate_base": "实际支出", "amounts": yuan(200000)}],
    ),
    ("按照经核准的融资额的1‰给予金融机构奖励，最高100万元。", [{"rates": yuan(0.001), "amounts": yuan(1000000)}]),
    # limits of a year, over all, of the purse
    (
        "最高给予法律服务费用50%的补贴，每家企业年度补贴总额不超过100万元。",
        [{"rates": yuan(0.5), "amounts": (), "yearly_cap": Decimal(1000000), "per": "家"}],
    ),
    (
        "给予最高不超过5万元/年的场租补贴。",
        [{"amounts": yuan(50000), "yearly_cap": Decimal(50000), "kind": "rent_subsidy"}],
    ),
    (
        "按贷款额的1%给予银行奖励，单家银行年度奖励不超过50万元。",
        [{"rates": yuan(0.01), "amounts": yuan(500000), "yearly_cap": Decimal(500000)}],
    ),
    (
        "每件给予0.5万元资助，同一单位年度资助总额不超过10万元。",
        [{"amounts": yuan(5000), "yearly_cap": Decimal(100000)}],
    ),
    ("每个给予5万元奖励，每家企业累计不超过20万元。", [{"amounts": yuan(50000), "total_cap": Decimal(200000)}]),
    (
        "按演出规模给予单场最高3万元奖励。本条款每年奖励额度最高300万元。",
        [{"amounts": yuan(30000), "pool": Decimal(3000000), "per": "场"}],
    ),
    ("每年评定不超过20家优势企业，每家企业给予最高20万元的奖励。", [{"amounts": yuan(200000), "quota_per_year": 20}]),
    ("按营业收入增量的0.1%给予奖励，奖励额度不设上限。", [{"rates": yuan(0.001), "uncapped": True}]),
    (
        "给予单个项目不超过50万元、单个企业不超过100万元的补助。",
        [{"amounts": yuan(500000), "total_cap": Decimal(1000000)}],
    ),
    (
        "对入驻企业，给予不超过5年、每年最高20万元的租金补贴。",
        [{"amounts": yuan(200000), "yearly_cap": Decimal(200000)}],
    ),
    (
        "给予最高30万元的建设经费补助和每年最高10万元的运营补助。",
        [{"amounts": yuan(300000), "yearly_cap": None}, {"amounts": yuan(100000), "yearly_cap": Decimal(100000)}],
    ),
    (
        "每招收一名博士后，给予每人每年10万元的生活补贴。",
        [{"amounts": yuan(100000), "yearly_cap": Decimal(100000), "per": "人"}],
    ),
    # small prices under a ceiling, instalments
    (
        "每集奖励10万元，每部剧集最高奖励200万元。",
        [{"amounts": yuan(2000000), "unit_rates": yuan(100000), "per": "部"}],
    ),
    (
        "按每件1000元的标准给予奖励，单个企业每年最高不超过20万元。",
        [{"amounts": yuan(200000), "unit_rates": yuan(1000), "yearly_cap": Decimal(200000)}],
    ),
    ("按每亩100元的标准给予一次性补助。", [{"amounts": yuan(100), "per": "亩"}]),
    (
        "给予企业10万元奖励(第一年奖励5万元，第二年奖励3万元，第三年奖励2万元)。",
        [{"amounts": yuan(100000), "instalments": yuan(50000, 30000, 20000)}],
    ),
    (
        "给予最高300万元奖励，其中，备案奖励100万元，受理奖励100万元，上市奖励100万元。",
        [{"amounts": yuan(3000000), "instalments": yuan(1000000, 1000000, 1000000)}],
    ),
    (
        "补贴标准：发明专利每件2000元；实用新型每件500元。",
        [{"amounts": yuan(2000), "per": "件"}, {"amounts": yuan(500), "per": "件"}],
    ),
    ("对获奖者颁发奖金，其中特等奖100万元，一等奖50万元。", [{"amounts": yuan(1000000)}, {"amounts": yuan(500000)}]),
    (
        "并按照产值每新增1000万元奖励2万元的标准给予增量奖励，每家企业最高奖励300万元。",
        [{"amounts": yuan(3000000), "unit_rates": yuan(20000)}],
    ),
    # promises without a figure
    (
        "对符合条件的贷款给予贴息支持，对工作成绩突出的机构择优给予奖励。",
        [{"amounts": (), "kind": "interest_subsidy"}, {"amounts": (), "kind": "reward"}],
    ),
    ("完善对获得中国专利奖项目的配套奖励政策，加大市专利奖奖励力度。", [{"amounts": ()}, {"amounts": ()}]),
    ("对工作成绩突出的部门给予表彰。", [{"kind": "commendation"}]),
]


@pytest.mark.parametrize(("sentence", "expected"), CLAUSES, ids=[c[0][:24] for c in CLAUSES])
def test_clause_of_money_reads_as_written(sentence, expected):
    offers = read(sentence)

    assert len(offers) == len(expected), offers
    for offer, fixed in zip(offers, expected, strict=True):
        assert {key: getattr(offer, key) for key in fixed} == fixed


@pytest.mark.parametrize(
    "sentence",
    [
        "鼓励企业投保专利保险。",
        "年度营业收入达到5000万元以上的企业优先推荐。",
        "设立总规模不低于1亿元的产业发展引导资金。",
        "将知识产权运营基金规模增至1亿元。",
        "投资总额10亿元以上的重大项目，实行一事一议。",
        "对违法行为处5万元以上10万元以下罚款。",
        "单户贷款额度最高可达1000万元。",
        "符合条件的企业可享受最高500万元的信用贷款支持。",
        "同一事项按照“从高不重复”的原则给予支持。",
        "首批拨付资助资金的60%，验收合格后拨付剩余40%。",
        "到2025年，知识产权质押融资额突破50亿元。",
        "对成效突出的城市给予通报表扬。",
    ],
)
def test_what_only_looks_like_money_is_no_offer(sentence):
    assert read(sentence) == []


def test_fund_is_kept_apart_with_name_and_size():
    compiled = compile_text(
        "一、任务\n（一）工作。将运营基金规模增至1亿元，探索设立联盟互助基金。市财政每年安排2000万元专项资金。\n"
    )

    funds = [(e.item.name, e.item.size, e.item.firm, e.item.yearly) for e in compiled.funds]

    assert funds == [
        ("运营基金", Decimal(100000000), True, False),
        ("联盟互助基金", None, False, False),
        ("专项资金", Decimal(20000000), True, True),
    ]


def test_lead_in_before_a_list_makes_its_sums_offers():
    text = "第一章 扶持标准\n第一条 人才奖励标准如下：\n1.高级职称，每人1万元；\n2.中级职称，每人0.5万元。\n第二条 其他事项。\n"

    offers = [e.item.amounts for e in compile_text(text).incentives]

    assert offers == [yuan(10000), yuan(5000)]


def test_cap_of_a_whole_paper_is_no_amount():
    text = "一、其他\n第九条 每家机构年度获取本措施的奖励及补贴金额不超过300万元。\n"

    (offer,) = compile_text(text).incentives

    assert offer.item.kind == "overall_cap"
    assert (offer.item.amounts, offer.item.yearly_cap) == ((), Decimal(3000000))
