"""The gate: anonymous to the sign-in page, refused with the reason, password first."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from zhicheng.base.errors import Refused
from zhicheng.faces.web import gate
from zhicheng.store import accounts
from zhicheng.store.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "reverse", lambda name: f"/{name}/")


def _account(*roles: str, **fields: Any) -> Account:
    account = Account.objects.create(
        username="wang", name="王", created_at=timezone.now(), **{"must_change_password": False, **fields}
    )
    accounts.set_roles(account, roles)
    return account


def _ask(act: str, user: Any, view: Any = lambda request: HttpResponse("在此")) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/units/?page=2&q=%E7%A8%8E")
    request.user = user
    return gate.gated(act)(view)(request)


def test_view_carries_its_act() -> None:
    assert gate.gated("plan.read")(lambda request: HttpResponse()).act == "plan.read"


def test_anonymous_visitor_is_sent_to_sign_in_and_back() -> None:
    answer = _ask("units.read", AnonymousUser())

    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Funits%2F%3Fpage%3D2%26q%3D%25E7%25A8%258E"


def test_person_reaches_the_view_as_request_person() -> None:
    account = _account("office", unit_key="first-bureau")

    answer = _ask("units.read", account, lambda request: HttpResponse(repr(sorted(request.person.roles))))

    assert answer.content == b"['office']"


def test_refusal_shows_the_reason() -> None:
    with pytest.raises(Refused, match="查看留痕限审计、审计管理员办理"):
        _ask("ledger.read", _account("office"))


def test_disabled_account_is_nobody() -> None:
    assert _ask("units.read", _account("office", is_active=False)).status_code == 302


def test_new_password_comes_before_everything_else() -> None:
    account = _account("office", must_change_password=True)

    assert _ask("units.read", account)["Location"] == "/password/"
    assert _ask("password.change", account).status_code == 200
