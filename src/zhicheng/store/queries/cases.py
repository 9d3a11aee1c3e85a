"""Which cases somebody may see, and what waits for whom, always in the order of due days. Not here: one case's content.

Every list is read along an index and cut at a limit: it costs what is shown, not what exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from zhicheng.base.errors import Missing
from zhicheng.store.models import Case, CaseSeat, CaseWatch, CaseWork, Notice

MANY = 1000


def visible(desks: Iterable[str], account: int | None, *, everything: bool = False) -> QuerySet[Case]:
    """The cases of these desks: seated, asked, or opened by the account. everything: the office and the auditors."""
    if everything:
        return Case.objects.all()
    seated = CaseSeat.objects.filter(desk__in=list(desks)).values("case")
    return Case.objects.filter(Q(pk__in=seated) | Q(opened_by=account) if account is not None else Q(pk__in=seated))


def case(number: str, desks: Iterable[str], account: int | None, *, everything: bool = False) -> Case:
    """The case with this number if it may be seen; raises Missing, the same whether it exists or not."""
    found = visible(desks, account, everything=everything).filter(number=number).first()
    if found is None:
        raise Missing("没有这个编号的案件，或者你无权查看", where=number, todo="核对编号，或从待办里打开")
    return found


def at_desk(desk: str, roles: Iterable[str], *, through: date | None = None) -> QuerySet[CaseWork]:
    """What lies at one desk for somebody with these account roles, soonest due first."""
    allowed = Q(accounts="")
    for role in sorted(roles):
        allowed |= Q(accounts__contains=f"|{role}|")
    found = CaseWork.objects.filter(allowed, desk=desk)
    found = found.filter(due__lte=through) if through is not None else found
    return found.select_related("case").prefetch_related("case__seats").order_by("due", "case_id")


def delegated(desk: str, today: date) -> QuerySet[CaseWork]:
    """What others gave this desk to do for them, as long as they did."""
    standing = Q(delegate_until__isnull=True) | Q(delegate_until__gte=today)
    return (
        CaseWork.objects.filter(standing, delegate=desk)
        .select_related("case")
        .prefetch_related("case__seats")
        .order_by("due", "case_id")
    )


def waited_for(desk: str) -> QuerySet[CaseWork]:
    """What this desk waits for others to do, soonest due first."""
    return (
        CaseWork.objects.filter(waiting=desk)
        .select_related("case")
        .prefetch_related("case__seats")
        .order_by("due", "case_id")
    )


def watched(account: int) -> QuerySet[Case]:
    """Open cases an account watches, soonest due first."""
    chosen = CaseWatch.objects.filter(account=account).values("case")
    return Case.objects.filter(pk__in=chosen, closed_on__isnull=True).order_by("next_due", "pk")


def count(rows: QuerySet[CaseWork]) -> int:
    """How many, MANY at most: nobody's day depends on more, and the database need not look further."""
    return rows.order_by()[:MANY].count()


def to_look_at(today: date, limit: int) -> QuerySet[Case]:
    """Open cases in which time alone has changed something by today, longest waiting first."""
    return Case.objects.filter(closed_on__isnull=True, look_on__lte=today).order_by("look_on", "pk")[:limit]


def unseen(account: int) -> QuerySet[Notice]:
    """Notices an account has not looked at yet, newest first."""
    return Notice.objects.filter(account=account, seen_at__isnull=True).select_related("case").order_by("-pk")


def unseen_count(account: int) -> int:
    """How many notices an account has not looked at, MANY at most."""
    return Notice.objects.filter(account=account, seen_at__isnull=True).order_by()[:MANY].count()
