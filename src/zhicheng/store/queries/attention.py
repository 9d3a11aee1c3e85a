"""What waits for a person: findings and questions without an answer, accounts that cannot get in. Not here: answering.

Every function is one query, whatever the number of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q

from zhicheng.store.models import Account, Finding, FindingAnswer, PlanVersion, Question, QuestionAnswer

SEVERITIES = ("error", "warning", "info")


def unanswered(version: PlanVersion) -> list[Finding]:
    """Findings of this version that nobody has answered: worst first, then by place."""
    answers = FindingAnswer.objects.filter(plan_key=version.plan_key, finding_key=OuterRef("key"))
    rows = Finding.objects.filter(~Exists(answers), version=version)
    return sorted(rows, key=lambda row: (SEVERITIES.index(row.severity), row.start is None, row.start or 0, row.key))


def checked(version: PlanVersion) -> datetime | None:
    """When this version was last checked with any finding; None where no check has found anything yet."""
    newest: datetime | None = Finding.objects.filter(version=version).aggregate(at=Max("checked_at"))["at"]
    return newest


def numbers(version: PlanVersion) -> dict[str, int]:
    """The number of each finding of this version, by its key."""
    return dict(Finding.objects.filter(version=version).values_list("key", "pk"))


def by_clause(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings of each clause, by its permanent key; those without a clause stand under ""."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.clause_key].append(finding)
    return found


def severities(findings: Iterable[Finding]) -> Counter[str]:
    """How many of each severity."""
    return Counter(finding.severity for finding in findings)


def open_questions(version: PlanVersion) -> list[Question]:
    """Questions the text leaves open and nobody has answered, in the order of the text, each with its clause."""
    answers = QuestionAnswer.objects.filter(plan_key=version.plan_key, question_key=OuterRef("key"))
    return list(version.questions.filter(~Exists(answers)).select_related("clause").order_by("start", "key"))


def waiting_accounts(real_now: datetime) -> dict[str, int]:
    """Accounts in use that are locked out or have not yet chosen their own password. Locks run on the machine's time."""
    return Account.objects.filter(is_active=True).aggregate(
        locked=Count("pk", filter=Q(locked_until__gt=real_now)),
        first_password=Count("pk", filter=Q(must_change_password=True)),
    )
