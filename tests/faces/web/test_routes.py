"""Every address × every role (DESIGN 2.13): each view names an act, and answers each role as the table says.

The table repeats the policy on purpose: who changes usecases/policy.py must say the same here.
"""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Account
from zhicheng.usecases.policy import ACTS, ANONYMOUS, ROLE_NAMES, Person, may
from zhicheng.usecases.training_city import training_city

PUBLIC = ("anonymous", *ROLE_NAMES)
SIGNED_IN = tuple(ROLE_NAMES)
OFFICIALS = ("office", "unit_officer", "district", "finance", "reviewer", "auditor")
WORKERS = ("office", "unit_officer", "district", "finance", "reviewer")
MAY: dict[str, tuple[str, ...]] = {
    "plan.read": PUBLIC,
    "decision.read": PUBLIC,
    "targets.read": PUBLIC,
    "incentives.read": PUBLIC,
    "search.read": PUBLIC,
    "rules.read": PUBLIC,
    "site.read": PUBLIC,
    "session.start": PUBLIC,
    "session.end": PUBLIC,
    "language.set": PUBLIC,
    "attachments.read": PUBLIC,
    "password.change": SIGNED_IN,
    "cases.file": PUBLIC,
    "cases.status": PUBLIC,
    "work.read": SIGNED_IN,
    "cases.read": SIGNED_IN,
    "cases.act": SIGNED_IN,
    "cases.open": WORKERS,
    "cases.parties": (),  # only of the handling unit, see test_cases
    "cases.intake": ("office",),
    "calendar.announce": ("office", "system_admin"),
    "overview.read": OFFICIALS,
    "units.read": (*OFFICIALS, "expert"),
    "findings.read": (*OFFICIALS, "expert"),
    "findings.answer": ("office", "reviewer"),
    "findings.check": ("office", "reviewer"),
    "questions.answer": ("office",),
    "plan.versions": OFFICIALS,
    "plan.compile": ("office", "reviewer"),
    "plan.adopt": ("office",),
    "decision.record": ("office",),
    "attachments.add": ("office", "unit_officer", "district", "reviewer"),
    "papers.list": ("office", "reviewer", "auditor", "unit_officer", "district"),
    "papers.read": ("office", "reviewer", "auditor"),
    "papers.draft": ("office",),
    "papers.issue": ("office",),
    "jobs.read": ("office", "system_admin"),
    "accounts.read": ("system_admin", "security_admin", "audit_admin"),
    "accounts.manage": ("system_admin",),
    "accounts.roles": ("security_admin",),
    "accounts.unlock": ("security_admin",),
    "accounts.reset": ("security_admin",),
    "ledger.read": ("audit_admin", "auditor"),
    "city.open": (),
    "city.backup": (),
    "city.restore": (),
    "papers.stationery": (),
    "city.tick": (),
}


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        else:
            yield route, pattern


ROUTES = sorted(_patterns(get_resolver()), key=lambda pair: pair[0])


def test_table_and_policy_know_the_same_acts() -> None:
    assert MAY.keys() == ACTS.keys()


@pytest.mark.parametrize("act", MAY)
def test_policy_answers_each_role_as_the_table_says(act: str) -> None:
    people = {role: Person(account=1, roles=frozenset({role})) for role in ROLE_NAMES} | {"anonymous": ANONYMOUS}

    assert {name for name, person in people.items() if may(person, act).allowed} == set(MAY[act])


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route for route, _ in ROUTES])
def test_every_view_names_an_act_of_the_policy(route: str, pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "act", None) in ACTS, f"/{route}: the view lacks @gated(…)"


def _address(pattern: URLPattern) -> str:
    """An address of the pattern; numbers that no row has, so that a form sent to it changes nothing."""
    samples = {
        name: 999_999 if isinstance(converter, IntConverter) else "strict"
        for name, converter in pattern.pattern.converters.items()
    }
    return reverse(pattern.name, kwargs=samples)


def _answer(client: Client, address: str) -> HttpResponse:
    answer = client.get(address)
    return client.post(address) if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED else answer


def _outcome(answer: HttpResponse) -> str:
    if answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith("/sign-in/?next="):
        return "sign-in"
    return "refused" if answer.status_code == HTTPStatus.FORBIDDEN else "reached"


@pytest.mark.django_db
@pytest.mark.parametrize("role", PUBLIC)
def test_every_address_answers_the_role_as_the_table_says(
    client: Client, small_plan: Plan, settings: LazySettings, role: str
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    training_city(small_plan)
    closed = "sign-in" if role == "anonymous" else "refused"

    for route, pattern in ROUTES:
        if role != "anonymous":  # anew each time: leaving is an address too
            client.force_login(Account.objects.get(username=f"demo-{role.replace('_', '-')}"))
        answer = _answer(client, _address(pattern))

        expected = "reached" if role in MAY[pattern.callback.act] else closed
        assert _outcome(answer) == expected, f"/{route} for {role}: {answer.status_code}"
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, f"/{route} for {role}"
