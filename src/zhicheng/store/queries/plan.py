"""The plan a page shows, whole, and what checks and people have said of it. Not here: which versions there are (plans.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from zhicheng.base.errors import Missing
from zhicheng.domain.plan.model import Plan
from zhicheng.store import plans
from zhicheng.store.models import Finding, FindingAnswer, PlanVersion
from zhicheng.store.queries import plans as versions


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on one version with its newest answer, if any."""

    finding: Finding
    answer: FindingAnswer | None

    @property
    def clause_key(self) -> str:
        return self.finding.clause_key


def in_force() -> tuple[PlanVersion, Plan]:
    """The version in force and its plan: one query once it has been read. Raises Missing in a city without a plan."""
    version = versions.versions().filter(draft=False).first()
    if version is None:
        raise Missing("本市尚未入库任何方案", todo="由领导小组办公室入库方案")
    return version, _whole(version.pk, version.content_sha256)


def numbered(number: int) -> tuple[PlanVersion, Plan]:
    """The version with this number and its plan; raises Missing."""
    version = versions.version(number)
    return version, _whole(version.pk, version.content_sha256)


@lru_cache(maxsize=8)
def _whole(pk: int, _content_sha256: str) -> Plan:
    # a version never changes once written, and its hash is part of the key: what was read once stays true
    return plans.read_version(PlanVersion.objects.get(pk=pk))


def forget() -> None:
    """Drop the plans kept in memory. Nothing needs it to be right (versions never change); benchmarks need a cold start."""
    _whole.cache_clear()


def remarks(version: PlanVersion, clause_key: str | None = None) -> list[Remark]:
    """Findings on a version, or on one clause of it, in the order of the text, each with its newest answer; two queries."""
    findings = Finding.objects.filter(version=version)
    if clause_key is not None:
        findings = findings.filter(clause_key=clause_key)
    newest: dict[str, FindingAnswer] = {}
    for answer in FindingAnswer.objects.filter(plan_key=version.plan_key):
        newest.setdefault(answer.finding_key, answer)  # newest first, see Meta.ordering
    return [Remark(finding, newest.get(finding.key)) for finding in findings]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One line of the list of versions."""

    number: int
    title: str
    adopted_at: datetime
    content_sha256: str
    previous: int | None
    draft: bool = False
    in_force: bool = False


def version_lines() -> list[VersionLine]:
    """Every version, newest first, each knowing the adopted one before it, against which it is compared; one query."""
    rows: list[Any] = list(versions.versions())
    adopted = [row.number for row in rows if not row.draft]
    return [
        VersionLine(
            row.number, row.title, row.adopted_at, row.content_sha256,
            next((number for number in adopted if number < row.number), None), row.draft, row.number in adopted[:1],
        )
        for row in rows
    ]  # fmt: skip
