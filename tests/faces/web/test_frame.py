"""The frame of every page: strict CSP, language and type size chosen by the reader."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_policy_of_content_allows_nothing_inline_or_foreign(client):
    policy = client.get("/nowhere/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_language_chosen_once_stays(client):
    client.post("/language/", {"language": "en", "next": "/nowhere/"})
    answer = client.get("/nowhere/").content.decode()
    assert '<html lang="en"' in answer
    assert "There is no such page" in answer


def test_large_type_chosen_once_stays(client):
    client.post("/display/", {"size": "large", "next": "/nowhere/"})
    assert 'class="large"' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("address", ["/language/", "/display/"])
def test_choice_never_leads_to_another_site(address):
    answer = Client().post(address, {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_proof_of_the_page_lets_an_htmx_request_through():
    browser = Client(enforce_csrf_checks=True)
    proof = re.search(r'"X-CSRFToken":"(\w+)"', browser.get("/nowhere/").content.decode()).group(1)
    assert browser.post("/display/", {"size": "large"}, headers={"X-CSRFToken": proof}).status_code == 302
    assert browser.post("/display/", {"size": "large"}).status_code == 403


def test_htmx_requests_carry_the_form_proof(client):
    answer = client.get("/nowhere/").content.decode()
    assert 'hx-headers=\'{"X-CSRFToken":"' in answer
    assert '"includeIndicatorStyles":false' in answer


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        ("office", ["/questions/", "/plan/versions/", "/rules/", "/findings/"]),
        ("auditor", ["/ledger/", "/questions/"]),
        ("system_admin", ["/accounts/", "/rules/"]),
        ("audit_admin", ["/accounts/", "/ledger/"]),
    ],
)
def test_every_page_a_person_may_see_is_found_from_the_bar(role, addresses, enter):
    answer = enter(role).get("/rules/").content.decode()
    bar = answer[answer.index("<header") : answer.index("</header>")]
    for address in addresses:
        assert f'href="{address}"' in bar


def test_refused_page_says_whom_it_is_for_in_the_readers_language(enter):
    browser = enter("office")
    assert "查看留痕限审计、审计管理员办理" in browser.get("/ledger/").content.decode()
    browser.cookies["django_language"] = "en"
    answer = browser.get("/ledger/").content.decode()
    assert "This page is for: auditor, audit administrator." in answer
    assert "查看留痕" not in answer[answer.index("<main") :]
