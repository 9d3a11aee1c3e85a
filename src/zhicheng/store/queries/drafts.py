"""Drafts of texts being read in, for those whose work they are. Not here: changing one (usecases/drafts)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhicheng.base.errors import Missing
from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Draft
from zhicheng.store.queries import plan


def drafts_of(account: int | None, unit: str) -> QuerySet[Draft]:
    """Drafts of one person and of their unit, the last changed first, without the long parts."""
    own = Q(by=account) if account is not None else Q()
    if unit:
        own |= Q(unit_key=unit)
    return Draft.objects.filter(own).exclude(state="discarded").order_by("-changed_at", "-pk")


def draft_of(number: int, account: int | None, unit: str) -> Draft:
    """One of them, whole; raises Missing for what is not theirs, as for what does not exist."""
    found = drafts_of(account, unit).filter(pk=number).first()
    if found is None:
        raise Missing("没有这份草稿，或它属于别的单位", where=f"草稿{number}", todo="从草稿列表中选择")
    return found


def read_against(draft: Draft) -> Plan | None:
    """The version in force when the draft began, whole; None where there was none."""
    return None if draft.against is None else plan.numbered(draft.against)[1]
