"""Account administration: three administrators, each with their own acts and no others (三员分立)."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Account, LedgerEntry
from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD, training_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_hashes(settings: LazySettings) -> None:
    """Twelve demonstration accounts a test: the real hash is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


NEW = {"username": "li", "name": "李某", "kind": "official", "unit": "finance"}


@pytest.fixture(autouse=True)
def _city(_quick_hashes: None, small_plan: Plan) -> None:
    training_city(small_plan)


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def _act(who: str, number: int, act: str, **said: object) -> int:
    return _as(who).post(f"/accounts/{number}/act/", {"act": act, **said}).status_code


def test_new_account_gets_a_password_that_is_shown_once_and_works_until_changed() -> None:
    answer = _as("system-admin").post("/accounts/new/", NEW)
    password = re.findall(r'class="once">([^<]+)<', answer.content.decode())[1]

    client = Client()
    entered = client.post("/sign-in/", {"username": "li", "password": password})

    assert "no-store" in answer.headers["Cache-Control"]
    assert entered.status_code == 302
    assert client.get("/units/").headers.get("Location", "/password/") == "/password/"
    assert password not in str(list(LedgerEntry.objects.values()))


def test_taken_user_name_is_said_beside_the_form_with_what_was_typed() -> None:
    answer = _as("system-admin").post("/accounts/new/", {**NEW, "username": "demo-office"})

    assert answer.status_code == 400
    assert "已有人使用" in answer.content.decode()
    assert "李某" in answer.content.decode()


@pytest.mark.parametrize(
    ("act", "said", "able"),
    [
        ("move", {"unit": "finance"}, "system-admin"),
        ("disable", {}, "system-admin"),
        ("roles", {"role": "reviewer"}, "security-admin"),
        ("unlock", {}, "security-admin"),
        ("reset", {}, "security-admin"),
        ("sessions", {}, "security-admin"),
    ],
)
def test_each_act_belongs_to_one_administrator(act: str, said: dict[str, str], able: str) -> None:
    number = Account.objects.get(username="demo-expert").pk
    before = LedgerEntry.objects.count()

    refused = [
        _act(role, number, act, **said) for role in ("system-admin", "security-admin", "audit-admin") if role != able
    ]
    assert refused == [400, 400]
    assert LedgerEntry.objects.count() == before
    assert _act(able, number, act, **said) in (200, 302)
    assert LedgerEntry.objects.count() == before + 1


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("system-admin", ["停用账号", "调动"], ["重置口令", "存角色"]),
        ("security-admin", ["重置口令", "存角色"], ["停用账号", ">调动<"]),
        ("audit-admin", ["这个账号的留痕"], ["重置口令", "存角色", "停用账号"]),
    ],
)
def test_page_shows_an_administrator_only_their_own_acts(role: str, shown: list[str], hidden: list[str]) -> None:
    number = Account.objects.get(username="demo-expert").pk

    page = _as(role).get(f"/accounts/{number}/").content.decode()

    assert all(word in page for word in shown)
    assert not any(word in page for word in hidden)


def test_two_of_the_three_in_one_hand_are_refused_and_said() -> None:
    number = Account.objects.get(username="demo-expert").pk

    answer = _as("security-admin").post(
        f"/accounts/{number}/act/", {"act": "roles", "role": ["system_admin", "audit_admin"]}
    )

    assert answer.status_code == 400
    assert "三员分立" in answer.content.decode()


def test_disabled_account_is_signed_out_and_stays_out() -> None:
    expert = _as("expert")
    assert expert.get("/units/").status_code in (200, 404)
    _act("system-admin", Account.objects.get(username="demo-expert").pk, "disable")

    entered = Client().post("/sign-in/", {"username": "demo-expert", "password": DEMONSTRATION_PASSWORD})
    assert expert.get("/findings/").headers["Location"].startswith("/sign-in/")
    assert entered.status_code == 403


def test_locked_account_stands_under_needs_action() -> None:
    Account.objects.filter(username="demo-expert").update(locked_until=timezone.now() + timezone.timedelta(minutes=9))

    page = _as("security-admin").get("/accounts/").content.decode()

    assert "需要处置" in page
    assert page.index("已锁定") < page.index("全部账号")


@pytest.mark.parametrize("role", ["office", "unit-officer", "auditor", "enterprise"])
def test_others_see_no_accounts(role: str) -> None:
    assert _as(role).get("/accounts/").status_code == 403


def test_number_of_queries_does_not_grow_with_the_accounts() -> None:
    client = _as("system-admin")
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as few:
        client.get("/accounts/")
    for n in range(20):
        Account.objects.create(username=f"u{n}", name="某", created_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get("/accounts/")

    assert len(many) == len(few)
