"""Accounts as use cases need them: roles as a set, a state without personal data, sessions ended. Not here: permission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhicheng.base.errors import Missing
from zhicheng.store.models import Account, AccountRole, Session


def for_change(number: int) -> Account:
    """The account with this number, locked until the transaction ends; raises Missing."""
    account = Account.objects.select_for_update().filter(pk=number).first()
    if account is None:
        raise Missing(f"没有{number}号账号", todo="从账号列表中选择")
    return account


def set_roles(account: Account, roles: Iterable[str]) -> None:
    """Make these, and only these, the account's roles."""
    wanted = frozenset(roles)
    held = account.role_names
    account.roles.exclude(role__in=wanted).delete()
    AccountRole.objects.bulk_create(AccountRole(account=account, role=role) for role in sorted(wanted - held))


def state(account: Account) -> dict[str, Any]:
    """What the ledger may know of an account: its number and its rights, no name."""
    return {
        "account": account.pk, "kind": account.kind, "unit": account.unit_key, "active": account.is_active,
        "roles": sorted(AccountRole.objects.filter(account=account).values_list("role", flat=True)),
    }  # fmt: skip


def end_sessions(account: Account) -> int:
    """End every session of the account; returns how many."""
    return Session.objects.filter(account=account).delete()[0]
