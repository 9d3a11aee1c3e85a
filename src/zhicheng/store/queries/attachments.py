"""Attachments a person may see. Not here: their content (store/attachments), adding one (usecases/add_attachment)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhicheng.base.errors import Missing
from zhicheng.store.models import Attachment
from zhicheng.store.queries.drafts import drafts_of

DRAFT = "draft"
"""subject of a file that was read in: seen by those whose draft it is, and by nobody else."""


def visible(account: int | None, unit: str, *, official: bool) -> QuerySet[Attachment]:
    """The published record; for officials every file, but of drafts only those of their own.

    Issued papers leave through their own page (papers).
    """
    rows = Attachment.objects.exclude(subject__startswith="paper:")
    if not official:
        return rows.filter(public=True)
    own = drafts_of(account, unit).order_by().values("source_sha256")
    return rows.filter(Q(public=True) | ~Q(subject=DRAFT) | Q(sha256__in=own))


def attachment(address: str, account: int | None, unit: str, *, official: bool) -> Attachment:
    """The attachment at this address; raises Missing also for one that may not be seen."""
    found = visible(account, unit, official=official).filter(sha256=address).first()
    if found is None:
        raise Missing("没有这个附件，或者你无权查看", todo="从页面上的链接打开；需要查看的，先登录")
    return found
