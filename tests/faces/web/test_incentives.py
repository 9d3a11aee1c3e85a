"""The catalogue of incentives: ceilings as ceilings, unset as unset, readings marked, filters that add up."""

import dataclasses

import pytest

from tests.faces.web.test_tables import _csv
from zhicheng.base.money import Money
from zhicheng.store.queries import incentives as queries
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE


def _text(answer):
    return answer.content.decode()


def _keys(page):
    return [key for key in ("I01", "I02") if f'<tr id="{key}">' in page]


def test_catalogue_shows_who_what_ceiling_and_clause(client, adopted):
    page = _text(client.get("/incentives/"))

    assert "2 项激励，1 项金额待定" in page
    assert _keys(page) == ["I01", "I02"]
    for words in ("企业", "10万元", "国家级", '不超过<span lang="zh-Hans">费用</span>的 50%', "/plan/clauses/strict/"):
        assert words in page


def test_reading_of_a_silent_text_is_marked(client, adopted):
    assert 'class="reading"' in _text(client.get("/incentives/I01/"))
    assert 'class="reading"' not in _text(client.get("/incentives/I02/"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("amount=unset", ["I02"]),
        ("amount=set", ["I01"]),
        ("kind=reward", ["I01"]),
        ("kind=commendation", ["I02"]),
        ("finance=named", ["I01"]),
        ("finance=absent", ["I02"]),
        ("task=1.1", ["I01"]),
        ("unit=finance", ["I01"]),
        ("amount=unset&kind=reward", []),
        ("amount=nonsense&kind=", ["I01", "I02"]),
    ],
)
def test_filters_narrow_the_list(client, adopted, query, shown):
    assert _keys(_text(client.get(f"/incentives/?{query}"))) == shown


def test_empty_answer_says_so_and_leads_back(client, adopted):
    page = _text(client.get("/incentives/?amount=unset&kind=reward"))

    assert "没有同时符合这些条件的激励" in page


def test_yearly_total_only_where_quota_and_ceiling_are_fixed(client, adopted):
    page = _text(client.get("/incentives/"))

    assert "20 个名额 × 最高 10万元 ＝ 至多 200万元" in page
    assert "其余 1 项" in page


def test_instrument_shows_its_words_in_their_sentence(client, adopted):
    page = _text(client.get("/incentives/I01/"))

    assert "每家奖励<mark>最高10万元</mark>。" in page
    assert "年度怎么算" in page
    assert "财政局" in page
    assert 'rel="next"' in page


def test_unset_amount_answers_cannot_compute(client, adopted):
    page = _text(client.get("/incentives/I02/"))

    assert "无法计算" in page
    assert "谁出钱方案没有写" in page


def test_unknown_instrument_is_said_to_be_missing(client, adopted):
    answer = client.get("/incentives/I99/")

    assert answer.status_code == 404
    assert "I99" in _text(answer)


def test_units_are_links_only_for_those_who_may_follow(client, adopted, enter):
    assert "/units/finance/" not in _text(client.get("/incentives/I01/"))
    assert "/units/finance/" in _text(enter("office").get("/incentives/I01/"))


def test_narrowed_list_leaves_as_a_file(client, adopted):
    head, row = _csv(client.get("/incentives/export/csv/?amount=set"))
    line = dict(zip(head, row, strict=True))

    assert (line["编号"], line["最高（元）"], line["比例"], line["年度上限（元）"]) == (
        "I01",
        "100000.00",
        "费用50%",
        "1000000.00",
    )
    assert (line["每"], line["每系解读"], line["财政部门"], line["原文"]) == ("企业", "是", "财政局", "最高10万元")


def test_unset_amount_leaves_as_unset_never_as_zero(client, adopted):
    head, row = _csv(client.get("/incentives/export/csv/?amount=unset"))

    assert dict(zip(head, row, strict=True))["最高（元）"] == "待定"


def test_cap_without_ceiling_is_not_unset(db, small_plan):
    reward = dataclasses.replace(small_plan.instruments[0], ceiling=None, tiers=(), annual_cap=Money.yuan(1))
    version = adopt_plan(MACHINE, dataclasses.replace(small_plan, instruments=(reward,)))

    assert not queries.offers(version)[0].amount_unset


@pytest.mark.parametrize("address", ["/incentives/", "/incentives/I00/"])
def test_number_of_queries_does_not_grow(
    client, adopted, find, enter, small_plan, django_assert_max_num_queries, address
):
    def several(number):
        rows = tuple(dataclasses.replace(small_plan.instruments[0], key=f"I{n:02}") for n in range(number))
        adopt_plan(MACHINE, dataclasses.replace(small_plan, instruments=rows))

    enter("office")
    several(1)
    find(1)
    with django_assert_max_num_queries(18) as first:
        client.get(address)
    needed = len(first)
    several(40)
    with django_assert_max_num_queries(needed):
        client.get(address)
