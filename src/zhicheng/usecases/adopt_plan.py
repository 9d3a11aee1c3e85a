"""方案入库: make a plan the version in force. Not here: reading the folder (domain/plan/folder), checks (check_plan)."""

from __future__ import annotations

from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.store import clock, ledger, outbox, plans
from zhicheng.store.models import PlanVersion
from zhicheng.store.queries import plans as queries
from zhicheng.usecases.policy import Person, require


def adopt_plan(person: Person, plan: Plan, *, cites: str = "") -> PlanVersion:
    """Write one immutable version with all its rows, one ledger entry, one announcement `plan.adopted`.

    A plan that says exactly what the version in force says changes nothing and returns that version.
    cites: the clause or article under which it is adopted. Raises UnreadableInput where the plan names a key it lacks.
    """
    require(person, "plan.adopt")
    with ledger.writing():
        newest = PlanVersion.objects.filter(draft=False).order_by("-number").first()
        if newest is not None and newest.content_sha256 == plans.content_hash(plan):
            return newest
        version = write(person, plan)
        ledger.append(
            person.account, "plan.adopt", f"plan:{plan.key}", cites=cites,
            detail={"version": version.number, "content_sha256": version.content_sha256, "text_sha256": plan.sha256},
            before={"content_sha256": newest.content_sha256} if newest else None,
            after={"content_sha256": version.content_sha256},
        )  # fmt: skip
        outbox.announce("plan.adopted", {"version": version.number})
    return version


def adopt_version(person: Person, number: int, cites: str) -> PlanVersion:
    """Put a draft version in force as it stands: a new version with the same words, cited to what adopted it.

    Raises UnreadableInput without a citation, Conflict for a version that is no draft.
    """
    require(person, "plan.adopt")
    draft = queries.version(number)
    if not draft.draft:
        raise Conflict(f"第{number}版不是草案版", todo="从版本列表中选择草案版")
    if not cites.strip():
        raise UnreadableInput("没有写通过的依据", where="依据", todo="写会议名称、日期或文号")
    return adopt_plan(person, queries.plan_of(draft), cites=cites.strip())


def write(person: Person, plan: Plan, *, draft: bool = False) -> PlanVersion:
    """The rows of the next version, in the caller's transaction and under the ledger's lock."""
    last = PlanVersion.objects.order_by("-number").values_list("number", flat=True).first()
    try:
        return plans.write_version(plan, number=(last or 0) + 1, at=clock.now(), by=person.account, draft=draft)
    except KeyError as missing:
        raise UnreadableInput(
            f"方案引用了并不存在的{missing}", where=plan.key, todo="运行 zhicheng plan lint 查看并改正方案目录"
        ) from None
