"""Accounts: who may do what to whom, three administrators apart, one entry an act that names nobody."""

import json
from collections.abc import Callable

import pytest
from django.utils import timezone

from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.store import accounts as rows
from zhicheng.store.models import Account, LedgerEntry, Session
from zhicheng.store.queries.accounts import accounts as listed
from zhicheng.usecases import accounts
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admins() -> dict[str, Person]:
    made = accounts.first_administrators(MACHINE)
    return {next(iter(a.role_names)): Person(account=a.pk, roles=a.role_names) for a, _ in made}


@pytest.fixture
def clerk(admins: dict[str, Person]) -> Account:
    account, _ = accounts.create_account(admins["system_admin"], username="wang", name="王小明")
    accounts.change_roles(admins["security_admin"], account.pk, {"office"})
    return account


def _session(account: Account, key: str = "k1") -> None:
    now = timezone.now()
    Session.objects.create(session_key=key, account=account, started_at=now, seen_at=now, expire_date=now)


def test_first_administrators_are_three_people_with_one_time_passwords() -> None:
    made = accounts.first_administrators(MACHINE)

    assert sorted(next(iter(a.role_names)) for a, _ in made) == ["audit_admin", "security_admin", "system_admin"]
    assert all(a.check_password(password) and a.must_change_password for a, password in made)
    with pytest.raises(Conflict):
        accounts.first_administrators(MACHINE)


def test_created_account_has_no_role_and_a_one_time_password(admins: dict[str, Person]) -> None:
    account, password = accounts.create_account(admins["system_admin"], username="wang", name="王小明")

    assert account.role_names == frozenset()
    assert account.must_change_password
    assert account.check_password(password)
    assert account.password.startswith("argon2")


def test_user_name_is_taken_once(admins: dict[str, Person], clerk: Account) -> None:
    with pytest.raises(Conflict, match="wang"):
        accounts.create_account(admins["system_admin"], username="wang", name="另一人")


@pytest.mark.parametrize(
    ("act", "may"),
    [
        (lambda p, a: accounts.create_account(p, username="li", name="李"), "system_admin"),
        (lambda p, a: accounts.move_account(p, a.pk, ""), "system_admin"),
        (lambda p, a: accounts.disable_account(p, a.pk), "system_admin"),
        (lambda p, a: accounts.enable_account(p, a.pk), "system_admin"),
        (lambda p, a: accounts.change_roles(p, a.pk, {"expert"}), "security_admin"),
        (lambda p, a: accounts.unlock_account(p, a.pk), "security_admin"),
        (lambda p, a: accounts.reset_password(p, a.pk), "security_admin"),
    ],
)
def test_each_act_belongs_to_one_administrator_and_leaves_one_entry(
    admins: dict[str, Person], clerk: Account, act: Callable[[Person, Account], object], may: str
) -> None:
    office = Person(account=clerk.pk, roles=frozenset({"office"}))
    for person in (office, *(p for role, p in admins.items() if role != may)):
        before = LedgerEntry.objects.count()
        with pytest.raises(Refused):
            act(person, clerk)
        assert LedgerEntry.objects.count() == before

    act(admins[may], clerk)

    newest = LedgerEntry.objects.order_by("-number")[0]
    assert LedgerEntry.objects.count() == before + 1
    assert newest.actor == admins[may].account
    assert newest.after


def test_ledger_of_accounts_names_nobody(admins: dict[str, Person], clerk: Account) -> None:
    accounts.reset_password(admins["security_admin"], clerk.pk)

    told = json.dumps(list(LedgerEntry.objects.values("subject", "detail", "act", "cites")), ensure_ascii=False)
    assert "王小明" not in told
    assert "wang" not in told


def test_nobody_holds_two_of_the_three_administrators(admins: dict[str, Person], clerk: Account) -> None:
    with pytest.raises(Refused, match="三员分立"):
        accounts.change_roles(admins["security_admin"], clerk.pk, {"system_admin", "audit_admin"})


def test_nobody_grants_roles_to_themselves(admins: dict[str, Person]) -> None:
    me = admins["security_admin"]

    with pytest.raises(Refused, match="自己"):
        accounts.change_roles(me, me.account, {"security_admin", "office"})


def test_last_administrator_of_a_kind_stays(admins: dict[str, Person], clerk: Account) -> None:
    audit = admins["audit_admin"].account

    with pytest.raises(Conflict, match="最后一名审计管理员"):
        accounts.disable_account(admins["system_admin"], audit)
    with pytest.raises(Conflict, match="最后一名审计管理员"):
        accounts.change_roles(admins["security_admin"], audit, {"auditor"})
    accounts.change_roles(admins["security_admin"], clerk.pk, {"audit_admin"})
    accounts.disable_account(admins["system_admin"], audit)
    assert not Account.objects.get(pk=audit).is_active


def test_enterprise_account_holds_no_office(admins: dict[str, Person]) -> None:
    firm, _ = accounts.create_account(admins["system_admin"], username="firm", name="某企业", kind="enterprise")

    with pytest.raises(Refused, match="企业账号不能担任"):
        accounts.change_roles(admins["security_admin"], firm.pk, {"office"})
    accounts.change_roles(admins["security_admin"], firm.pk, {"enterprise"})


def test_unknown_role_and_unknown_account_are_refused(admins: dict[str, Person], clerk: Account) -> None:
    with pytest.raises(UnreadableInput, match="mayor"):
        accounts.change_roles(admins["security_admin"], clerk.pk, {"mayor"})
    with pytest.raises(Missing):
        accounts.disable_account(admins["system_admin"], 999_999)


def test_account_moves_only_to_a_unit_of_the_plan(admins: dict[str, Person], clerk: Account, small_plan: Plan) -> None:
    adopt_plan(MACHINE, small_plan)

    assert accounts.move_account(admins["system_admin"], clerk.pk, "finance").unit_key == "finance"
    with pytest.raises(UnreadableInput, match="moon"):
        accounts.move_account(admins["system_admin"], clerk.pk, "moon")


@pytest.mark.parametrize(
    ("role", "act"),
    [
        ("system_admin", lambda p, a: accounts.disable_account(p, a.pk)),
        ("system_admin", lambda p, a: accounts.move_account(p, a.pk, "")),
        ("security_admin", lambda p, a: accounts.reset_password(p, a.pk)),
        ("security_admin", lambda p, a: accounts.change_roles(p, a.pk, {"expert"})),
    ],
)
def test_act_that_changes_rights_ends_every_session(
    admins: dict[str, Person], clerk: Account, role: str, act: Callable[[Person, Account], object]
) -> None:
    _session(clerk)

    act(admins[role], clerk)

    assert not Session.objects.filter(account=clerk).exists()


def test_list_of_accounts_counts_sessions_in_two_queries(
    admins: dict[str, Person], clerk: Account, django_assert_num_queries
) -> None:
    _session(clerk, "a")
    _session(clerk, "b")

    with django_assert_num_queries(2):
        table = {a.username: (a.session_count, a.role_names) for a in listed()}
    assert table["wang"] == (2, frozenset({"office"}))
    assert len(table) == 4


def test_state_of_an_account_holds_no_personal_data(clerk: Account) -> None:
    assert rows.state(clerk).keys() == {"account", "kind", "unit", "active", "roles"}


@pytest.mark.parametrize(
    ("username", "name"),
    [
        ("w" * 61, "王"),
        ("wang", "王" * 61),
        ("wang\u200b", "王"),
        ("wa\0ng", "王"),
        ("wang", "\u202e王"),
        (" wang", "王"),
    ],
)
def test_name_that_does_not_fit_or_hides_a_sign_makes_no_account(
    admins: dict[str, Person], username: str, name: str
) -> None:
    with pytest.raises(UnreadableInput):
        accounts.create_account(admins["system_admin"], username=username, name=name)
    assert not Account.objects.filter(roles=None).exists()


def test_administrator_password_is_reset_on_the_machine_only(admins: dict[str, Person]) -> None:
    audit_admin = admins["audit_admin"].account
    assert audit_admin is not None

    with pytest.raises(Refused, match="只能在服务器上重置"):
        accounts.reset_password(admins["security_admin"], audit_admin)

    assert accounts.reset_password(MACHINE, audit_admin)[0].must_change_password
