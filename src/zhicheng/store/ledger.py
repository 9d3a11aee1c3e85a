"""The ledger's table: adding one entry under the chain's lock, reading it as a stream.

Not here: what is worth an entry (every use case says), how links are computed (engine/chain), anchors (store/anchors).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from zhicheng.engine.chain import START, Algorithm, Entry, canonical, digest, link
from zhicheng.store import clock
from zhicheng.store.models import LedgerEntry

_LOCK = 7_301_122  # any number, the same for every writer of this database


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of one act: everything or nothing, and one act after another.

    Acts that wait for one another from their first line cannot fork the chain and cannot deadlock.
    """
    with transaction.atomic():
        lock()
        yield


def lock() -> None:
    """Be the only writer until the transaction ends. SQLite's are IMMEDIATE, so alone already; PostgreSQL is told."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(
    actor: int | None,
    act: str,
    subject: str,
    *,
    cites: str = "",
    detail: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Add one entry inside writing(). before and after are states without personal data; only their hash is kept."""
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger entry belongs into the transaction of its act")
    last = LedgerEntry.objects.order_by("-number").only("number", "hash").first()
    entry = LedgerEntry(
        number=last.number + 1 if last else 1, at=clock.now(), actor=actor, act=act, subject=subject, cites=cites,
        detail=dict(detail or {}), before=state_hash(before), after=state_hash(after),
        previous=last.hash if last else START,
    )  # fmt: skip
    entry.hash = link(entry.number, content(entry), entry.previous, _algorithm())
    entry.save()
    return entry


def _algorithm() -> Algorithm:
    return "sm3" if settings.CHAIN_ALGORITHM == "sm3" else "sha256"


def state_hash(state: Mapping[str, Any] | None) -> str:
    """Hash of a state; empty for a thing that does not exist."""
    return "" if state is None else digest(canonical(state), _algorithm())


def content(entry: LedgerEntry) -> dict[str, object]:
    """What the entry says, as its link covers it."""
    return {
        "at": _spelled(entry.at), "actor": entry.actor, "act": entry.act, "subject": entry.subject,
        "cites": entry.cites, "detail": entry.detail, "before": entry.before, "after": entry.after,
    }  # fmt: skip


def _spelled(moment: datetime) -> str:
    """The moment in UTC to the microsecond: the same words whatever zone a database answers in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def stream() -> Iterator[Entry]:
    """Every entry by number, a few hundred in memory at a time."""
    for row in LedgerEntry.objects.order_by("number").iterator(chunk_size=500):
        yield Entry(row.number, content(row), row.previous, row.hash)
