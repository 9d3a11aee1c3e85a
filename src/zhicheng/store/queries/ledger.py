"""留痕 page by page, and what its entries point to. Not here: adding entries, the chain (store/ledger, usecases/audit)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from zhicheng.store.models import Account, Attachment, Finding, LedgerEntry

SIZE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of these days (city's calendar), this act, people of this unit, this subject; blank is all."""

    since: date | None = None
    until: date | None = None
    act: str = ""
    unit: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some entries, newest first; older and newer: the numbers to go on from, None at an end."""

    entries: tuple[LedgerEntry, ...]
    older: int | None
    newer: int | None


def entries(wanted: Wanted, *, before: int | None = None, after: int | None = None) -> Slice:
    """A page by keyset: entries below `before`, else those above `after`, else the newest; at most two queries.

    However long the ledger, a page costs the same: no entry is counted or skipped over.
    """
    rows = _matching(wanted)
    if after is not None:
        found = list(rows.filter(number__gt=after).order_by("number")[: SIZE + 1])
        more_newer, more_older = len(found) > SIZE, True
        found = found[:SIZE][::-1]
    else:
        found = list((rows if before is None else rows.filter(number__lt=before)).order_by("-number")[: SIZE + 1])
        more_newer, more_older = before is not None, len(found) > SIZE
        found = found[:SIZE]
    if not found:
        return Slice((), None, None)
    return Slice(tuple(found), found[-1].number if more_older else None, found[0].number if more_newer else None)


def some(wanted: Wanted, most: int) -> list[LedgerEntry]:
    """The newest `most` matching entries, oldest of them first."""
    return list(_matching(wanted).order_by("-number")[:most])[::-1]


def _matching(wanted: Wanted) -> QuerySet[LedgerEntry]:
    rows = LedgerEntry.objects.all()
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.act:
        rows = rows.filter(act=wanted.act)
    if wanted.unit:
        rows = rows.filter(actor__in=Account.objects.filter(unit_key=wanted.unit).values("pk"))
    return rows.filter(subject=wanted.subject) if wanted.subject else rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def head() -> LedgerEntry | None:
    """The newest entry."""
    return LedgerEntry.objects.order_by("-number").first()


def finding_numbers(keys: Iterable[str]) -> dict[str, int]:
    """Numbers of findings by key, those of the newest version where several have it; one query."""
    found = Finding.objects.filter(key__in=set(keys)).order_by("version__number").values_list("key", "pk")
    return dict(found)


def attachment_addresses(numbers: Iterable[int]) -> dict[int, str]:
    """Addresses of attachments by number; one query."""
    return dict(Attachment.objects.filter(pk__in=set(numbers)).values_list("pk", "sha256"))
