"""The living plan for the public: the whole text, honest margins, permanent addresses, a constant number of queries."""

import dataclasses

import pytest

from zhicheng.store import clock
from zhicheng.store.models import Finding
from zhicheng.store.queries import plan as reads
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE

pytestmark = pytest.mark.django_db
QUERIES = 9  # session, account, roles, city, clock, version, findings, answers, and one to spare


@pytest.fixture
def version(small_plan):
    open_city(MACHINE, name=small_plan.city, plan_key=small_plan.key)
    return adopt_plan(MACHINE, small_plan)


def _text(answer):
    return answer.content.decode()


def test_city_without_plan_says_what_to_do(client):
    answer = client.get("/plan/")
    assert answer.status_code == 404
    assert "尚未入库任何方案" in _text(answer)


def test_public_comes_to_the_plan(client, version):
    assert client.get("/").headers["Location"] == "/plan/"


def test_plan_page_shows_text_and_what_is_missing(client, version):
    page = _text(client.get("/plan/"))
    assert "某市方案" in page
    assert "尚无执行数据" in page
    assert "金额待定" in page
    assert "缺" in page  # 文号


def test_other_document_of_the_page_is_not_the_plan(client, version):
    page = _text(client.get("/plan/documents/explanation/"))
    assert "不是方案" in page
    assert client.get("/plan/documents/nowhere/").status_code == 404


def test_clause_has_a_page_of_its_own_and_a_panel(client, version):
    page = _text(client.get("/plan/clauses/strict/"))
    panel = _text(client.get("/plan/clauses/strict/", headers={"HX-Request": "true"}))
    assert "<html" in page
    assert "<html" not in panel
    for words in ("财政局", "最高 <b>10万元</b>", "每家按年还是按次？", "/plan/clauses/strict/"):
        assert words in page
        assert words in panel


def test_unknown_clause_is_said_to_be_missing(client, version):
    answer = client.get("/plan/clauses/nowhere/")
    assert answer.status_code == 404
    assert "没有这一条" in _text(answer)


def _findings(version, number):
    Finding.objects.bulk_create(
        Finding(
            version=version, key=f"P{n}", rule="P01", severity="warning", verdict="not_met", clause_key="strict",
            start=0, end=1, message=f"意见{n}", message_en=f"remark {n}", checked_at=clock.now(),
        )
        for n in range(number)
    )  # fmt: skip


def test_findings_are_not_shown_to_the_public(client, version):
    _findings(version, 2)
    assert "意见1" not in _text(client.get("/plan/"))
    assert "意见1" not in _text(client.get("/plan/clauses/strict/"))


def _signed_in(client, django_user_model, *roles):
    from zhicheng.store import accounts

    account = django_user_model.objects.create(
        username="wang", name="王", created_at=clock.now(), must_change_password=False
    )
    accounts.set_roles(account, roles)
    client.force_login(account)


def test_findings_are_shown_to_officials(client, django_user_model, version):
    _findings(version, 3)
    _signed_in(client, django_user_model, "office")
    page = _text(client.get("/plan/"))
    assert "意见0" in page
    assert "另有 1 条检查意见" in page
    assert "意见2" in _text(client.get("/plan/clauses/strict/"))


@pytest.mark.parametrize("address", ["/plan/", "/plan/clauses/strict/", "/search/?q=保护"])
def test_number_of_queries_does_not_grow_with_findings(
    client, django_user_model, version, django_assert_max_num_queries, address
):
    _signed_in(client, django_user_model, "office")
    client.get(address)  # the plan of a version is read once for all
    _findings(version, 1)
    with django_assert_max_num_queries(QUERIES) as first:
        client.get(address)
    Finding.objects.all().delete()
    _findings(version, 40)
    with django_assert_max_num_queries(len(first)):
        client.get(address)


def test_new_version_is_shown_at_once(client, version, small_plan):
    client.get("/plan/")
    adopt_plan(MACHINE, dataclasses.replace(small_plan, title="某市新方案"))
    assert "某市新方案" in _text(client.get("/plan/"))


def test_search_marks_the_words_and_links_the_clause(client, version):
    page = _text(client.get("/search/?q=白皮书"))
    assert "<mark>白皮书</mark>" in page
    assert "/plan/clauses/paper/" in page


def test_search_without_hit_says_what_to_do(client, version):
    assert "换一个说法" in _text(client.get("/search/?q=无此词"))


def test_searched_words_are_never_markup(client, version):
    page = _text(client.get("/search/?q=<script>"))
    assert "<script>" not in page.replace("<script src", "")


def test_reads_agree_with_the_version(version):
    assert reads.in_force()[1].text == version.text
