"""登记决策记录: keep what is known of how the version in force was decided. Not here: reading the file, checking the record."""

from __future__ import annotations

from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.store import clock, decisions, ledger, outbox
from zhicheng.store.models import Decision, PlanVersion
from zhicheng.store.queries import decision as queries
from zhicheng.usecases.policy import Person, require


def record_decision(person: Person, record: DecisionRecord, version: PlanVersion) -> Decision:
    """Write one more immutable record of `version` with one ledger entry.

    A record that says exactly what the newest one says changes nothing and returns that one.
    """
    require(person, "decision.record")
    with ledger.writing():
        newest = queries.newest(version)
        digest = decisions.content_hash(record)
        if newest is not None and newest.content_sha256 == digest:
            return newest
        number = newest.number + 1 if newest else 1
        row = decisions.write_record(record, version, number=number, at=clock.now(), by=person.account)
        ledger.append(
            person.account, "decision.record", f"plan:{version.plan_key}",
            detail={"version": version.number, "record": number, "content_sha256": digest},
            before={"content_sha256": newest.content_sha256} if newest else None, after={"content_sha256": digest},
        )  # fmt: skip
        outbox.announce("decision.recorded", {"version": version.number})
    return row
