"""Coming in and going out: one answer to every refusal, demonstration accounts only in a training city, own password."""

import pytest
from django.utils import timezone

from zhicheng.store import accounts
from zhicheng.store.models import Account
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD, training_city

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def account(small_plan):
    open_city(MACHINE, name=small_plan.city, plan_key=small_plan.key)
    adopt_plan(MACHINE, small_plan)
    account = Account(username="wang", name="王", created_at=timezone.now(), must_change_password=False)
    account.set_password(PASSWORD)
    account.save()
    accounts.set_roles(account, {"office"})
    return account


def _enter(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": "wang", "password": password, **more})


def test_right_password_comes_in_and_goes_where_it_wanted(client, account):
    assert _enter(client, next="/search/?q=保护").headers["Location"] == "/search/?q=%E4%BF%9D%E6%8A%A4"
    assert "王" in client.get("/search/").content.decode()


def test_wanted_place_is_never_another_site(client, account):
    assert _enter(client, next="//evil.example/").headers["Location"] == "/"


@pytest.mark.parametrize("username", ["wang", "nobody"])
def test_refusal_does_not_tell_whether_the_name_exists(client, account, username):
    answer = client.post("/sign-in/", {"username": username, "password": "wrong"})
    assert answer.status_code == 403
    assert "用户名或口令不正确" in answer.content.decode()


def test_real_city_knows_no_demonstration_account(client, account):
    page = client.get("/sign-in/").content.decode()
    assert "示范" not in page
    assert DEMONSTRATION_PASSWORD not in page


def test_training_city_offers_one_account_a_role(client, small_plan):
    training_city(small_plan)
    page = client.get("/sign-in/").content.decode()
    assert page.count("demo-") >= 12
    answer = client.post("/sign-in/", {"username": "demo-office", "password": DEMONSTRATION_PASSWORD})
    assert answer.status_code == 302
    assert "培训城市" in client.get("/plan/").content.decode()


def test_leaving_ends_the_session(client, account):
    _enter(client)
    client.post("/sign-out/")
    assert client.get("/password/").headers["Location"].startswith("/sign-in/")


def test_link_cannot_sign_anybody_out(client, account):
    answer = client.get("/sign-out/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "用上面的按钮" in answer.content.decode()


def test_own_password_is_changed_and_the_session_stays(client, account):
    _enter(client)
    new = "another fine horse"
    client.post("/password/", {"current": PASSWORD, "new": new, "again": new})
    assert client.get("/password/").status_code == 200
    account.refresh_from_db()
    assert account.check_password(new)


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        ("wrong", "another fine horse", "another fine horse", "现口令不正确"),
        (PASSWORD, "another fine horse", "something else here", "不一致"),
        (PASSWORD, "12345", "12345", "不合要求"),
        (PASSWORD, PASSWORD, PASSWORD, "相同"),
    ],
)
def test_faulty_change_says_what_is_wrong(client, account, current, new, again, words):
    _enter(client)
    answer = client.post("/password/", {"current": current, "new": new, "again": again})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_one_time_password_is_changed_before_anything_else(client, account):
    Account.objects.update(must_change_password=True)
    _enter(client)
    assert client.get("/plan/").headers["Location"] == "/password/"
    assert "一次性口令" in client.get("/password/").content.decode()
