"""席: desks as strings (`unit:KEY`, `account:NUMBER`, `party`), who sits there, and their names. Not here: permission."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhicheng.base.errors import Missing
from zhicheng.store.models import Account
from zhicheng.store.queries import plan as plans

PARTY = "party"
# Kinds of account that work at their unit's desk; the others (audit, experts, administrators, firms) only at their own.
WORKERS = ("office", "unit_officer", "district", "finance", "reviewer")
_DESK = re.compile(r"(?<![A-Za-z])(unit|account):([A-Za-z0-9_-]+)")


def of_unit(key: str) -> str:
    return f"unit:{key}"


def of_account(number: int) -> str:
    return f"account:{number}"


def sitting(desk: str, roles: Iterable[str] = ()) -> list[int]:
    """The accounts in use at a desk; roles: only these kinds of account, where a seat is limited so."""
    kind, _, key = desk.partition(":")
    if kind == "account":
        return [int(key)] if Account.objects.filter(pk=int(key), is_active=True).exists() else []
    if kind != "unit":
        return []
    wanted = [role for role in roles if role] or WORKERS
    found = Account.objects.filter(unit_key=key, is_active=True, roles__role__in=wanted)
    return sorted(set(found.values_list("pk", flat=True)))


def names(desks: Iterable[str]) -> dict[str, str]:
    """What people call these desks: a unit's name as the plan in force has it, a person's name with their unit's; two queries."""
    wanted = {desk for desk in desks if _DESK.fullmatch(desk)}
    numbers = [int(desk.partition(":")[2]) for desk in wanted if desk.startswith("account:")]
    people = {row.pk: row.name for row in Account.objects.filter(pk__in=numbers)} if numbers else {}
    units = _units() if len(numbers) < len(wanted) else {}
    found = {}
    for desk in wanted:
        kind, _, key = desk.partition(":")
        found[desk] = units.get(key, key) if kind == "unit" else people.get(int(key), "已注销的账号")
    return found


def unit_name(key: str) -> str:
    """The unit's name in the plan in force; its key where that no longer knows it."""
    return _units().get(key, key)


def _units() -> dict[str, str]:
    try:
        return {unit.key: unit.name for unit in plans.in_force()[1].units}
    except Missing:
        return {}


def said(text: str) -> str:
    """A sentence of the engine with every desk in it by its name."""
    known = names(match.group() for match in _DESK.finditer(text))
    return _DESK.sub(lambda match: known.get(match.group(), match.group()), text)
