"""Policy: deny by default, reasons in words, own unit only where said."""

from dataclasses import dataclass

import pytest

from zhicheng.store.models import AccountRole
from zhicheng.usecases.policy import ACTS, ANONYMOUS, MACHINE, ROLE_NAMES, Person, home, may


@dataclass(frozen=True)
class Thing:
    units: frozenset[str]


def _person(role: str, unit: str = "") -> Person:
    return Person(account=1, unit=unit, roles=frozenset({role}))


def test_roles_of_policy_and_store_are_the_same() -> None:
    assert dict(AccountRole.ROLES) == ROLE_NAMES


def test_roles_in_the_table_of_acts_exist() -> None:
    assert {role for act in ACTS.values() for role in act.roles | act.own_unit} <= ROLE_NAMES.keys()


def test_unlisted_act_is_refused_to_everybody() -> None:
    for person in (ANONYMOUS, MACHINE, *(_person(role) for role in ROLE_NAMES)):
        assert not may(person, "plan.burn").allowed


def test_refusal_names_who_may() -> None:
    permission = may(_person("enterprise"), "ledger.read")

    assert permission.reason == "查看留痕限审计、审计管理员办理"


@pytest.mark.parametrize(
    ("person", "thing", "allowed"),
    [
        (_person("unit_officer", "finance"), Thing(frozenset({"finance"})), True),
        (_person("unit_officer", "finance"), Thing(frozenset({"first-bureau"})), False),
        (_person("unit_officer", ""), Thing(frozenset({""})), False),
        (_person("unit_officer", "finance"), None, False),
        (_person("office"), Thing(frozenset()), True),
        (_person("expert"), Thing(frozenset({"finance"})), False),
    ],
)
def test_finding_is_answered_by_office_or_own_unit(person: Person, thing: Thing | None, allowed: bool) -> None:
    assert may(person, "findings.answer", thing).allowed is allowed


@pytest.mark.parametrize(
    ("person", "page"),
    [(ANONYMOUS, "plan"), (_person("office"), "overview"), (_person("audit_admin"), "accounts"),
     (_person("expert"), "findings"), (_person("enterprise"), "plan")],
)  # fmt: skip
def test_everyone_starts_on_a_page_they_may_see(person: Person, page: str) -> None:
    assert home(person) == page
