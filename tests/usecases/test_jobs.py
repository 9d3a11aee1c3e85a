"""Jobs: made once from an announcement, done by one worker at a time, retried, given up with the error kept."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import time_machine
from django.db import transaction

from zhicheng.base.errors import Conflict
from zhicheng.faces.jobs.worker import work
from zhicheng.store import ledger, outbox
from zhicheng.store.models import Job, LedgerEntry, Outbox
from zhicheng.usecases import jobs
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.tick import tick

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
JOBS_OF = {"plan.adopted": ["check", "index"]}


def _announce(count: int = 1) -> None:
    for n in range(count):
        with ledger.writing():
            outbox.announce("plan.adopted", {"version": n})


def _lease() -> jobs.Lease:
    lease = jobs.lease_next("w1", ["check"])
    assert lease is not None
    return lease


def test_announcement_becomes_its_jobs_once() -> None:
    _announce()

    assert jobs.relay(JOBS_OF) == 2
    assert jobs.relay(JOBS_OF) == 0
    assert list(Job.objects.values_list("kind", "payload")) == [("check", {"version": 0}), ("index", {"version": 0})]


def test_announcement_dies_with_its_transaction() -> None:
    def announce_and_fail() -> None:
        with transaction.atomic():
            outbox.announce("plan.adopted", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        announce_and_fail()
    assert not Outbox.objects.exists()


def test_same_key_enters_once() -> None:
    assert jobs.enqueue("check", "k", {})
    assert not jobs.enqueue("check", "k", {})


def test_job_is_leased_to_one_worker() -> None:
    jobs.enqueue("check", "k", {})

    assert _lease().attempt == 1
    assert jobs.lease_next("w2", ["check"]) is None


def test_worker_leases_only_kinds_it_knows() -> None:
    jobs.enqueue("check", "k", {})

    assert jobs.lease_next("w1", ["index"]) is None


def test_progress_is_shown_and_holds_the_lease() -> None:
    with time_machine.travel(NOW, tick=False):
        jobs.enqueue("check", "k", {})
        lease = _lease()
    with time_machine.travel(NOW + timedelta(seconds=50), tick=False):
        lease.progress(40, "检查到第3项")
    with time_machine.travel(NOW + timedelta(seconds=100), tick=False):
        assert tick(MACHINE)["jobs_taken_back"] == 0

    assert Job.objects.values_list("state", "percent", "message").get() == ("running", 40, "检查到第3项")


def test_expired_lease_is_taken_back_and_its_holder_can_write_nothing() -> None:
    with time_machine.travel(NOW, tick=False):
        jobs.enqueue("check", "k", {})
        slow = _lease()
    with time_machine.travel(NOW + timedelta(seconds=61), tick=False):
        assert tick(MACHINE)["jobs_taken_back"] == 1
        assert tick(MACHINE)["jobs_taken_back"] == 0
    with time_machine.travel(NOW + timedelta(seconds=70), tick=False):
        quick = _lease()

    assert quick.attempt == 2
    with pytest.raises(Conflict):
        slow.progress(90, "")
    with pytest.raises(Conflict), slow.finishing():
        ledger.append(None, "plan.check", "plan:x")
    with quick.finishing():
        ledger.append(None, "plan.check", "plan:x")
    assert LedgerEntry.objects.count() == 1
    assert Job.objects.get().state == "done"


def test_what_a_job_writes_is_undone_when_it_fails_while_finishing() -> None:
    def finish_and_fail(lease: jobs.Lease) -> None:
        with lease.finishing():
            ledger.append(None, "plan.check", "plan:x")
            raise ZeroDivisionError

    jobs.enqueue("check", "k", {})

    with pytest.raises(ZeroDivisionError):
        finish_and_fail(_lease())

    assert not LedgerEntry.objects.exists()
    assert Job.objects.get().state == "running"


def test_failed_job_waits_longer_each_time_and_dies_with_its_error() -> None:
    waits, moment = [], NOW
    with time_machine.travel(NOW, tick=False):
        jobs.enqueue("check", "k", {})
    for attempt in range(1, 6):
        with time_machine.travel(moment, tick=False):
            jobs.fail(_lease(), f"坏了{attempt}")
            job = Job.objects.get()
            waits.append((job.run_after - moment).total_seconds() if job.state == "waiting" else None)
            moment = job.run_after if job.state == "waiting" else moment

    assert waits == [2, 4, 8, 16, None]
    assert (job.state, job.attempts, job.error) == ("dead", 5, "坏了5")


def test_worker_does_everything_and_survives_a_bad_job() -> None:
    seen = []

    def check(lease: jobs.Lease) -> None:
        seen.append(lease.payload["version"])
        with lease.finishing("查完"):
            ledger.append(None, "plan.check", "plan:x")

    def index(lease: jobs.Lease) -> None:
        raise OSError("磁盘满")

    _announce(2)
    begun = work({"check": check, "index": index}, JOBS_OF, stop=Event(), until_idle=True)

    assert begun == 4
    assert seen == [0, 1]
    assert list(Job.objects.filter(kind="check").values_list("state", "message")) == [("done", "查完")] * 2
    assert all("磁盘满" in error for error in Job.objects.filter(kind="index").values_list("error", flat=True))


def test_handler_that_only_computes_is_done_when_it_returns() -> None:
    jobs.enqueue("check", "k", {})

    work({"check": lambda lease: None}, {}, stop=Event(), until_idle=True)

    assert Job.objects.get().state == "done"


def test_idle_worker_writes_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        jobs.relay(JOBS_OF)
        jobs.lease_next("w1", ["check"])
