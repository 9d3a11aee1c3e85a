"""账号管理: create, move, disable (system administrator); roles, unlocking, resets (security administrator).

Every act is one transaction and one ledger entry that names numbers, never people. Not here: signing in, own password.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from zhicheng.base.errors import Conflict, Refused, UnreadableInput
from zhicheng.store import accounts, ledger
from zhicheng.store.models import Account
from zhicheng.store.queries import plans
from zhicheng.usecases.passwords import one_time_password
from zhicheng.usecases.policy import ADMINISTRATORS, ROLE_NAMES, Person, require

ROLES_OF_KIND = {
    "official": frozenset(ROLE_NAMES) - {"enterprise", "agency"},
    "enterprise": frozenset({"enterprise"}),
    "agency": frozenset({"agency"}),
}


LONGEST = 60  # characters of a user name or a name, as the table holds them


def create_account(
    person: Person, *, username: str, name: str, kind: str = "official", unit_key: str = ""
) -> tuple[Account, str]:
    """A new account without any role, and its one-time password, which is shown once and kept nowhere."""
    require(person, "accounts.manage")
    if not username.strip() or not name.strip() or kind not in ROLES_OF_KIND:
        raise UnreadableInput("用户名、姓名、类别都要填写", todo="补全后重新提交")
    for word, text in (("用户名", username), ("姓名", name)):
        if len(text) > LONGEST or not text.isprintable() or text != text.strip():
            raise UnreadableInput(
                f"{word}太长，或含有看不见的字符", where=word, todo=f"最多{LONGEST}字，首尾不留空格，不用控制字符"
            )
    _require_unit(unit_key)
    password = one_time_password()
    hashed = make_password(password)
    with ledger.writing():
        if Account.objects.filter(username=username).exists():
            raise Conflict(f"用户名“{username}”已有人使用", todo="换一个用户名")
        account = Account.objects.create(
            username=username, name=name, kind=kind, unit_key=unit_key, password=hashed, created_at=timezone.now()
        )
        _enter(person, "account.create", account, before=None)
    return account, password


def move_account(person: Person, number: int, unit_key: str) -> Account:
    """The person now works for another unit ("" for none); ends the sessions, since what may be seen has changed."""
    require(person, "accounts.manage")
    _require_unit(unit_key)
    with ledger.writing():
        account = accounts.account(number)
        before = accounts.state(account)
        account.unit_key = unit_key
        account.save(update_fields=["unit_key"])
        accounts.end_sessions(account)
        _enter(person, "account.move", account, before)
    return account


def disable_account(person: Person, number: int) -> Account:
    """No more sign-in; all sessions end at once. The last of each kind of administrator cannot be disabled."""
    return _set_active(person, number, False)


def enable_account(person: Person, number: int) -> Account:
    """Sign-in works again, with the password as it was."""
    return _set_active(person, number, True)


def change_roles(person: Person, number: int, roles: Iterable[str]) -> Account:
    """Make these the account's roles. Nobody changes their own; nobody holds two of the three administrators."""
    require(person, "accounts.roles")
    wanted = frozenset(roles)
    if person.account == number:
        raise Refused("不能授予或收回自己的角色", todo="请另一位安全管理员办理")
    with ledger.writing():
        account = accounts.account(number)
        _require_lawful(account, wanted)
        before = accounts.state(account)
        accounts.set_roles(account, wanted)
        accounts.end_sessions(account)
        _enter(person, "account.roles", account, before)
    return account


def unlock_account(person: Person, number: int) -> Account:
    """End a lockout before its time."""
    require(person, "accounts.unlock")
    with ledger.writing():
        account = accounts.account(number)
        account.failed_attempts, account.locked_until = 0, None
        account.save(update_fields=["failed_attempts", "locked_until"])
        _enter(person, "account.unlock", account, accounts.state(account))
    return account


def reset_password(person: Person, number: int) -> tuple[Account, str]:
    """A one-time password that must be changed at the next sign-in; ends all sessions and any lockout.

    An administrator's is reset on the machine only: whoever could reset the other two administrators' passwords would be
    all three of them (三员分立).
    """
    require(person, "accounts.reset")
    password = one_time_password()
    hashed = make_password(password)
    with ledger.writing():
        account = accounts.account(number)
        if account.role_names & ADMINISTRATORS and not person.machine:
            todo = f"在服务器上执行 zhicheng accounts reset {account.username}"
            raise Refused("管理员的口令只能在服务器上重置，以免一人兼有三员", todo=todo)
        account.password, account.must_change_password = hashed, True
        account.failed_attempts, account.locked_until = 0, None
        account.save(update_fields=["password", "must_change_password", "failed_attempts", "locked_until"])
        accounts.end_sessions(account)
        _enter(person, "account.reset", account, accounts.state(account))
    return account, password


def end_sessions(person: Person, number: int) -> int:
    """Sign the account out everywhere; returns how many sessions ended. The password stays."""
    require(person, "accounts.reset")
    with ledger.writing():
        account = accounts.account(number)
        ended = accounts.end_sessions(account)
        _enter(person, "account.sessions", account, accounts.state(account))
    return ended


def first_administrators(person: Person) -> list[tuple[Account, str]]:
    """The three administrators of a new real city with their one-time passwords. Raises Conflict where any exists."""
    require(person, "city.open")
    made = []
    with ledger.writing():
        if Account.objects.filter(roles__role__in=ADMINISTRATORS).exists():
            raise Conflict("本市已有管理员", todo="由安全管理员授予角色")
        for role in sorted(ADMINISTRATORS):
            password = one_time_password()
            account = Account.objects.create(
                username=role.replace("_", "-"), name=ROLE_NAMES[role], password=make_password(password),
                created_at=timezone.now(),
            )  # fmt: skip
            accounts.set_roles(account, {role})
            _enter(person, "account.create", account, before=None)
            made.append((account, password))
    return made


def _set_active(person: Person, number: int, active: bool) -> Account:
    require(person, "accounts.manage")
    if person.account == number:
        raise Refused("不能停用或启用自己的账号", todo="请另一位系统管理员办理")
    with ledger.writing():
        account = accounts.account(number)
        before = accounts.state(account)
        if not active:
            _require_not_last(account, frozenset())
            accounts.end_sessions(account)
        account.is_active = active
        account.save(update_fields=["is_active"])
        _enter(person, "account.enable" if active else "account.disable", account, before)
    return account


def _require_lawful(account: Account, wanted: frozenset[str]) -> None:
    """Known roles, of the account's kind, at most one of the three, and the last administrator stays."""
    if unknown := wanted - ROLE_NAMES.keys():
        raise UnreadableInput(f"没有这样的角色：{'、'.join(sorted(unknown))}", todo="从角色列表中选择")
    if foreign := wanted - ROLES_OF_KIND[account.kind]:
        names = "、".join(ROLE_NAMES[role] for role in sorted(foreign))
        raise Refused(f"{account.get_kind_display()}账号不能担任{names}", todo="另建相应类别的账号")
    if len(wanted & ADMINISTRATORS) > 1:
        raise Refused("三员分立：系统管理员、安全管理员、审计管理员不得由一人兼任", todo="只保留其中一个")
    _require_not_last(account, wanted)


def _require_not_last(account: Account, wanted: frozenset[str]) -> None:
    for role in sorted((account.role_names & ADMINISTRATORS) - wanted):
        if not accounts.others_with_role(account, role):
            raise Conflict(f"这是最后一名{ROLE_NAMES[role]}", todo="先让另一个账号担任")


def _require_unit(unit_key: str) -> None:
    """Raises UnreadableInput for a key that the plan in force does not hold; "" is no unit."""
    if unit_key and not plans.current().units.filter(key=unit_key).exists():
        raise UnreadableInput(f"现行方案没有单位“{unit_key}”", todo="从单位列表中选择")


def _enter(person: Person, act: str, account: Account, before: dict[str, Any] | None) -> None:
    after = accounts.state(account)
    ledger.append(
        person.account, act, f"account:{account.pk}",
        detail={"unit": after["unit"], "roles": after["roles"], "kind": after["kind"]}, before=before, after=after,
    )  # fmt: skip
