"""Targets: as quoted, never filled in, the same to everybody but for findings."""

import dataclasses

import pytest

from tests.faces.web.test_tables import _csv
from zhicheng.store.queries import targets as queries
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE


def _text(answer):
    return answer.content.decode()


def test_target_stands_as_quoted_with_its_clause(client, adopted):
    page = _text(client.get("/targets/"))

    assert "共3条" in page
    assert "达到 8.10 " in page
    assert "/plan/clauses/strict/" in page
    assert "部分可测" in page
    assert "无基数" in page


def test_what_the_text_leaves_unset_comes_first(client, adopted):
    page = _text(client.get("/targets/"))

    assert page.index('id="gaps"') < page.index('id="quantified"')
    assert "1 项没有写责任主体" in page
    assert "没有写期限" not in page  # due every year


def test_target_without_number_is_a_quotation_without_bar(client, adopted, small_plan):
    bare = dataclasses.replace(small_plan.targets[0], value=None, unit=None, comparator="rise", measurable="no")
    adopt_plan(MACHINE, dataclasses.replace(small_plan, targets=(bare,)))

    page = _text(client.get("/targets/"))

    assert "没有数值的指标" in page
    assert "1 项没有写数值" in page
    assert "1 项没有写基期" in page
    assert '<svg class="bullet' not in page


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ("owner", "source")),
        ({"period": None, "deadline_year": None}, ("deadline", "owner", "source")),
        ({"comparator": "growth>="}, ("base", "owner", "source")),
        ({"comparator": "growth>=", "base": "2021"}, ("owner", "source")),
        ({"value": None}, ("value", "owner", "source")),
        ({"owner": "甲局", "source": "年报"}, ()),
    ],
)
def test_missing_names_what_the_text_leaves_unset(db, small_plan, fields, missing):
    changed = dataclasses.replace(small_plan.targets[0], **fields)
    version = adopt_plan(MACHINE, dataclasses.replace(small_plan, targets=(changed,)))

    assert queries.missing(queries.targets(version)[0]) == missing


def test_findings_are_for_officials_only(client, adopted, find, enter):
    span = adopted.targets.get().span
    find(1, start=span.start, end=span.end)

    assert "意见0" not in _text(client.get("/targets/"))
    assert "意见0" in _text(enter("office").get("/targets/"))


def test_finding_on_the_same_words_about_another_target_is_left_out(client, adopted, find, enter):
    span = adopted.targets.get().span
    find(1, key="P99:T2", start=span.start, end=span.end)
    assert "意见0" in _text(enter("office").get("/targets/"))  # no such target here: the finding is about the words

    find(1, rule="P04", start=span.start, end=span.end)
    assert "意见0" not in _text(client.get("/targets/"))  # a missing owner stands in its own column


def test_list_leaves_as_a_file(client, adopted):
    head, row = _csv(client.get("/targets/export/csv/"))

    assert dict(zip(head, row, strict=True)) | {} == {
        "编号": "T1", "指标": "条数", "原文": "共3条", "目标": "达到 8.10 条", "期限": "每年", "可测": "部分可测", "理由": "无基数",
        "我们的算法": row[7], "未写明": "责任主体、数据来源", "条款": "方案 一1",
    }  # fmt: skip
    assert client.get("/targets/export/pdf/").status_code == 404


def test_number_of_queries_does_not_grow(client, adopted, find, enter, small_plan, django_assert_max_num_queries):
    enter("office")
    find(1)
    with django_assert_max_num_queries(14) as first:
        client.get("/targets/")
    needed = len(first)
    many = tuple(dataclasses.replace(small_plan.targets[0], key=f"T{n}") for n in range(40))
    adopt_plan(MACHINE, dataclasses.replace(small_plan, targets=many))
    with django_assert_max_num_queries(needed):
        client.get("/targets/")
