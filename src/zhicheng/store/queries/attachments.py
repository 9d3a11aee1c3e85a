"""Attachments a person may see. Not here: their content (store/attachments), adding one (usecases/add_attachment)."""

from __future__ import annotations

from django.db.models import QuerySet

from zhicheng.base.errors import Missing
from zhicheng.store.models import Attachment


def visible(*, all_of_them: bool) -> QuerySet[Attachment]:
    """Every attachment, or only those of the published record. Issued papers leave through their own page (papers)."""
    rows = Attachment.objects.exclude(subject__startswith="paper:")
    return rows if all_of_them else rows.filter(public=True)


def attachment(address: str, *, all_of_them: bool) -> Attachment:
    """The attachment at this address; raises Missing also for one that may not be seen."""
    found = visible(all_of_them=all_of_them).filter(sha256=address).first()
    if found is None:
        raise Missing("没有这个附件，或者你无权查看", todo="从页面上的链接打开；需要查看的，先登录")
    return found
