"""Units: what each owes under the plan, roles as the text gives them, names with their doubt."""

import dataclasses

import pytest

from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE


def _text(answer):
    return answer.content.decode()


def test_units_are_for_those_who_work_there(client, adopted, enter):
    assert client.get("/units/").headers["Location"].startswith("/sign-in/")
    assert enter("enterprise").get("/units/").status_code == 403


def test_every_unit_is_listed_with_its_tasks(adopted, enter):
    page = _text(enter("office").get("/units/"))

    assert "方案点名 3 个责任单位" in page
    assert [page.index(f"/units/{key}/") for key in ("first-bureau", "finance", "districts")] == sorted(
        page.index(f"/units/{key}/") for key in ("first-bureau", "finance", "districts")
    )
    assert '<li class="first"><a href="/plan/clauses/strict/">1.1</a></li>' in page


def test_first_named_is_not_called_lead(adopted, enter):
    page = _text(enter("office").get("/units/first-bureau/"))

    assert page.count("首列") == 1  # 1.1: named first
    assert page.count("牵头") == 1  # 1.2: the text says lead


def test_unit_owes_what_its_tasks_hold(adopted, enter):
    page = _text(enter("office").get("/units/finance/"))

    for words in ("/targets/#T1", "/incentives/I01/", "最高 10万元", "参加"):
        assert words in page
    assert "/incentives/I02/" not in page
    assert "2025年并入" in page


def test_name_not_verified_says_so(adopted, enter):
    page = _text(enter("office").get("/units/first-bureau/"))

    assert "某市甲局" in page
    assert "2019-01-01" in page
    assert "待核实" in page


def test_unanswered_findings_of_its_tasks_come_first(adopted, enter, find):
    find(7)
    page = _text(enter("office").get("/units/finance/"))

    assert page.index("需要处置") < page.index("要做什么")
    assert "其余 2 条" in page


def test_unit_without_tasks_says_so(adopted, enter, small_plan):
    idle = dataclasses.replace(small_plan.units[0], key="idle", name="闲局", names=())
    adopt_plan(MACHINE, dataclasses.replace(small_plan, units=(*small_plan.units, idle)))

    assert "没有任务点名这个单位" in _text(enter("office").get("/units/idle/"))


def test_unknown_unit_is_said_to_be_missing(adopted, enter):
    assert enter("office").get("/units/nowhere/").status_code == 404


@pytest.mark.parametrize("address", ["/units/", "/units/finance/"])
def test_number_of_queries_does_not_grow(adopted, enter, find, small_plan, django_assert_max_num_queries, address):
    client = enter("office")
    find(1)
    with django_assert_max_num_queries(20) as first:
        client.get(address)
    queries = len(first)
    strict = small_plan.tasks[0]
    tasks = tuple(dataclasses.replace(strict, key=f"1.{n}") for n in range(1, 30))
    units = tuple(dataclasses.replace(small_plan.units[1], key=f"u{n}", name=f"局{n}") for n in range(30))
    adopt_plan(MACHINE, dataclasses.replace(small_plan, tasks=tasks, units=(*small_plan.units, *units)))
    with django_assert_max_num_queries(queries):
        client.get(address)
