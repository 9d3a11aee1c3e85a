"""到期检查: what time alone brings about. Idempotent: a missed or a doubled run changes nothing (DESIGN 2.16)."""

from __future__ import annotations

from zhicheng.store import sessions
from zhicheng.usecases import jobs
from zhicheng.usecases.audit import write_anchor
from zhicheng.usecases.policy import Person, require


def tick(person: Person) -> dict[str, int]:
    """Take back expired leases, end stale sessions, write the day's anchor; says how many of each."""
    require(person, "city.tick")
    return {
        "jobs_taken_back": jobs.take_back(),
        "sessions_ended": sessions.end_stale(),
        "anchors_written": int(write_anchor(person)),
    }
