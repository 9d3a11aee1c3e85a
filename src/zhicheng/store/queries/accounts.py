"""Accounts for the administration page. Not here: changing one (usecases/accounts)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils import timezone

from zhicheng.store.models import Account, Session


def accounts() -> QuerySet[Account]:
    """Every account by user name, with its roles and the number of its sessions (`session_count`)."""
    return Account.objects.prefetch_related("roles").annotate(session_count=Count("sessions")).order_by("username")


def demonstrations() -> QuerySet[Account]:
    """The demonstration accounts of a training city in the order they were made; shown on its sign-in page only."""
    return Account.objects.filter(username__startswith="demo-", is_active=True).prefetch_related("roles").order_by("pk")


def names(numbers: Iterable[int | None]) -> dict[int, str]:
    """Names of these accounts by number, in one query; an account that is gone has none."""
    return dict(Account.objects.filter(pk__in={n for n in numbers if n}).values_list("pk", "name"))


def sessions(account: Account) -> QuerySet[Session]:
    """Where the account is signed in, the last seen first; the session's key stays in the store."""
    return (
        Session.objects.filter(account=account, expire_date__gt=timezone.now())
        .order_by("-seen_at")
        .only("started_at", "seen_at")
    )
