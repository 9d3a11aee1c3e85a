"""到期检查: what time alone brings about. Idempotent: a missed or a doubled run changes nothing (DESIGN 2.16)."""

from __future__ import annotations

from zhicheng.store import attachments, clock, sessions
from zhicheng.store.models import PlanVersion
from zhicheng.usecases import jobs
from zhicheng.usecases.audit import write_anchor
from zhicheng.usecases.case_alarms import raise_alarms
from zhicheng.usecases.notices import waiting_for_mail
from zhicheng.usecases.policy import Person, require


def tick(person: Person) -> dict[str, int]:
    """Take back expired leases, end stale sessions, clear dead uploads, write the day's anchor, raise what fell due.

    Once a day also: have the plan checked, order the digests. Returns how many of each.
    """
    require(person, "city.tick")
    return {
        "jobs_taken_back": jobs.take_back(),
        "sessions_ended": sessions.end_stale(),
        "anchors_written": int(write_anchor(person)),
        "uploads_cleared": attachments.clear_abandoned(),
        "checks_ordered": int(_order_check()),
        "alarms_raised": raise_alarms(person),
        "digests_ordered": _order_digests(),
    }


def _order_check() -> bool:
    """What checks say depends on the day (an evaluation falls overdue), so each day the version in force is checked anew."""
    version = PlanVersion.objects.filter(draft=False).order_by("-number").only("number").first()
    if version is None:
        return False
    return jobs.enqueue("check_plan", f"check_plan:{clock.today()}:{version.number}", {"version": version.number})


def _order_digests() -> int:
    """One letter a day to each account that wants one and has something in it."""
    day = clock.today()
    return sum(jobs.enqueue("digest", f"digest:{day}:{each}", {"account": each}) for each in waiting_for_mail())
