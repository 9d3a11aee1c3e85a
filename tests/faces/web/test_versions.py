"""Versions and what changed between them: for officials; money and targets first."""

import dataclasses

import pytest

from zhicheng.base.money import Money
from zhicheng.store import accounts, clock
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client, django_user_model, small_plan):
    open_city(MACHINE, name=small_plan.city, plan_key=small_plan.key)
    adopt_plan(MACHINE, small_plan)
    account = django_user_model.objects.create(
        username="wang", name="王", created_at=clock.now(), must_change_password=False
    )
    accounts.set_roles(account, {"office"})
    client.force_login(account)
    return client


@pytest.fixture
def second(official, small_plan):
    """The same plan with twice the money."""
    reward, honour = small_plan.instruments
    text = small_plan.text.replace("最高10万元", "最高20万元")
    changed = dataclasses.replace(
        small_plan, text=text, instruments=(dataclasses.replace(reward, ceiling=Money.yuan(200_000)), honour)
    )
    return adopt_plan(MACHINE, changed)


def test_public_is_asked_to_sign_in(client):
    assert client.get("/plan/versions/").headers["Location"].startswith("/sign-in/")


def test_first_version_has_nothing_to_be_compared_with(official):
    page = official.get("/plan/versions/").content.decode()
    assert "第 1 版" in page
    assert "无可比对" in page


def test_list_links_each_version_with_the_one_before(official, second):
    page = official.get("/plan/versions/").content.decode()
    assert "/plan/versions/1/2/" in page
    assert "现行" in page


def test_comparison_shows_what_happens_to_money(official, second):
    page = official.get("/plan/versions/1/2/").content.decode()
    assert "10万元" in page
    assert '<b lang="zh-Hans">20万元</b>' in page


def test_version_compared_with_itself_is_the_same(official):
    assert "逐字相同" in official.get("/plan/versions/1/1/").content.decode()


def test_unknown_version_says_where_to_look(official):
    answer = official.get("/plan/versions/1/9/")
    assert answer.status_code == 404
    assert "没有第9版" in answer.content.decode()


def test_form_leads_to_the_address_of_the_comparison(official):
    assert official.get("/plan/versions/compare/?a=1&b=2").headers["Location"] == "/plan/versions/1/2/"
    assert official.get("/plan/versions/compare/?a=x").status_code == 400
