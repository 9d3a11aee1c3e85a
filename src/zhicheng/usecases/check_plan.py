"""检查方案: run every check of text and record on one version and keep what it finds. Not here: the checks (domain)."""

from __future__ import annotations

from zhicheng.domain.decision import checks
from zhicheng.domain.plan import lint
from zhicheng.engine.checks import Finding
from zhicheng.store import clock, findings, ledger
from zhicheng.store.models import PlanVersion
from zhicheng.store.queries import decision, plans
from zhicheng.usecases.policy import Person, require


def check_plan(person: Person, version: PlanVersion) -> dict[str, int]:
    """Check a version as of the city's today; says how many findings are new, renewed and gone.

    Answers are held by the finding's key and stay, whatever a check finds or no longer finds.
    """
    require(person, "findings.check")
    found = find(version)
    with ledger.writing():
        counts = findings.renew(version, found, clock.now())
        ledger.append(
            person.account, "plan.check", f"plan:{version.plan_key}",
            detail={"version": version.number, **counts}, after={"findings": sorted(each.key for each in found)},
        )  # fmt: skip
    return counts


def find(version: PlanVersion) -> list[Finding]:
    """Everything the checks say today about a version's text and, where one is kept, the record of its decision."""
    plan, record = plans.plan_of(version), decision.record(version)
    found = lint.check(plan)
    return found if record is None else found + checks.check(record, plan, clock.today())
