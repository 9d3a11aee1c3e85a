"""Accounts as use cases need them: roles as a set, a state without personal data, sessions ended. Not here: permission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhicheng.base.errors import Missing
from zhicheng.store.models import Account, AccountRole, Session


def account(number: int) -> Account:
    """The account with this number; raises Missing."""
    found = Account.objects.filter(pk=number).first()
    if found is None:
        raise Missing(f"没有{number}号账号", todo="从账号列表中选择")
    return found


def set_roles(account: Account, roles: Iterable[str]) -> None:
    """Make these, and only these, the account's roles."""
    wanted = frozenset(roles)
    held = frozenset(account.roles.values_list("role", flat=True))
    account.roles.exclude(role__in=wanted).delete()
    AccountRole.objects.bulk_create(AccountRole(account=account, role=role) for role in sorted(wanted - held))


def state(account: Account) -> dict[str, Any]:
    """What the ledger may know of an account: its number and its rights, no name."""
    return {
        "account": account.pk, "kind": account.kind, "unit": account.unit_key, "active": account.is_active,
        "roles": sorted(AccountRole.objects.filter(account=account).values_list("role", flat=True)),
    }  # fmt: skip


def others_with_role(account: Account, role: str) -> bool:
    """Whether another account in use holds the role."""
    return AccountRole.objects.filter(role=role, account__is_active=True).exclude(account=account).exists()


def end_sessions(account: Account, *, keep: str | None = None) -> int:
    """End the account's sessions, except the one with key `keep`; returns how many ended."""
    return Session.objects.filter(account=account).exclude(pk=keep or "").delete()[0]


def end_oldest_sessions(account: Account, *, leave: int) -> int:
    """End the account's oldest sessions until `leave` are left; returns how many ended."""
    newest = Session.objects.filter(account=account).order_by("-started_at").values_list("pk", flat=True)[:leave]
    return Session.objects.filter(account=account).exclude(pk__in=list(newest)).delete()[0]
