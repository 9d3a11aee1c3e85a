"""后台工作: from announcement to job, and the lease by which one worker at a time does it (DESIGN 2.16).

Not here: what each job does and the worker's loop (faces/jobs). Leases run on real time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhicheng.base.errors import Conflict
from zhicheng.store import ledger
from zhicheng.store.models import Job, Outbox

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Lease:
    """One job held by one worker. attempt proves that it is still held: it grows whenever somebody else begins it."""

    job: int
    kind: str
    payload: Mapping[str, Any]
    attempt: int

    def progress(self, percent: int, message: str) -> None:
        """Tell how far it is, and hold the job for another LEASE. Raises Conflict where it was lost meanwhile."""
        until = timezone.now() + LEASE
        if not _held(self).update(percent=percent, message=message[:300], lease_until=until):
            raise _lost(self)

    def held(self) -> bool:
        return _held(self).exists()

    @contextmanager
    def finishing(self, message: str = "") -> Iterator[None]:
        """The job's own writes and the word that it is done, in one transaction: both or neither."""
        with ledger.writing():
            done = _held(self).update(
                state="done", percent=100, message=message[:300], error="", finished_at=timezone.now(), lease_until=None
            )
            if not done:
                raise _lost(self)
            yield


def _held(lease: Lease) -> QuerySet[Job]:
    return Job.objects.filter(pk=lease.job, state="running", attempts=lease.attempt)


def _lost(lease: Lease) -> Conflict:
    return Conflict("这项工作已由别的进程接手", where=f"{lease.kind}#{lease.job}")


def relay(jobs_of: Mapping[str, Iterable[str]]) -> int:
    """Turn every waiting announcement into its jobs, exactly once; returns how many jobs were made.

    jobs_of: kinds of job that follow from a topic.
    """
    made, waiting = 0, Outbox.objects.filter(relayed_at__isnull=True).order_by("pk")
    if not waiting.exists():  # read first: an idle worker must not keep writers waiting
        return 0
    with ledger.writing():
        for row in waiting[:500]:
            for kind in jobs_of.get(row.topic, ()):
                made += enqueue(kind, f"{kind}:outbox:{row.pk}", row.payload)
            row.relayed_at = timezone.now()
            row.save(update_fields=["relayed_at"])
    return made


def enqueue(kind: str, key: str, payload: Mapping[str, Any]) -> bool:
    """Enter a job unless one with this key was ever entered; True if it is new."""
    now = timezone.now()
    if Job.objects.filter(key=key).exists():
        return False
    fresh = {"kind": kind, "payload": dict(payload), "run_after": now, "created_at": now}
    return Job.objects.get_or_create(key=key, defaults=fresh)[1]


def lease_next(worker: str, kinds: Iterable[str]) -> Lease | None:
    """Take the oldest job that is due, for LEASE; None where there is nothing to do."""
    now = timezone.now()
    due = Job.objects.filter(state="waiting", run_after__lte=now, kind__in=list(kinds)).order_by("run_after", "pk")
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.worker, job.lease_until = "running", worker, now + LEASE
        job.attempts, job.percent, job.message = job.attempts + 1, 0, ""
        job.save()
    return Lease(job.pk, job.kind, job.payload, job.attempts)


def fail(lease: Lease, error: str) -> None:
    """Enter why an attempt failed: wait and try again, longer each time, or dead after MAX_ATTEMPTS."""
    with transaction.atomic():
        job = _held(lease).select_for_update().first()
        if job is not None:
            _again_or_dead(job, error)


def take_back() -> int:
    """Take back what workers held past their lease (they died); returns how many jobs."""
    taken = 0
    with transaction.atomic():
        for job in Job.objects.select_for_update().filter(state="running", lease_until__lt=timezone.now()):
            _again_or_dead(job, f"办理进程{job.worker}未在租约内完成")
            taken += 1
    return taken


def _again_or_dead(job: Job, error: str) -> None:
    now = timezone.now()
    job.error, job.worker, job.lease_until = error, "", None
    if job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = "dead", now
    else:
        job.state, job.run_after = "waiting", now + timedelta(seconds=2**job.attempts)
    job.save()
