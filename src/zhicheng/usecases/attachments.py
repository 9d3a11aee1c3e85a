"""附件: add one, open one. Not here: how files lie on disk (store/attachments)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhicheng.base.errors import Missing
from zhicheng.store import attachments as files
from zhicheng.store import clock, ledger
from zhicheng.store.models import Attachment
from zhicheng.store.queries import attachments as rows
from zhicheng.usecases.policy import OFFICIALS, Person, require


def add_attachment(
    person: Person, chunks: Iterable[bytes], name: str, *, subject: str = "", public: bool = False
) -> Attachment:
    """Keep a file for `subject` (kind:key). The same content again is the same attachment, and changes nothing.

    Raises UnreadableInput for a file that is not taken (store/attachments).
    """
    require(person, "attachments.add")
    stored = files.put(chunks, name)
    with ledger.writing():
        attachment, new = Attachment.objects.get_or_create(
            sha256=stored.sha256,
            defaults={
                "name": Path(name).name[:200], "media_type": stored.media_type, "size": stored.size, "subject": subject,
                "public": public, "by": person.account, "at": clock.now(),
            },
        )  # fmt: skip
        if new:
            state = {"sha256": stored.sha256, "size": stored.size, "public": public}
            ledger.append(
                person.account,
                "attachment.add",
                f"attachment:{attachment.pk}",
                detail=state | {"for": subject},
                after=state,
            )
    return attachment


def open_attachment(person: Person, address: str) -> tuple[Attachment, Path]:
    """The attachment and where its content lies, for a person who may see it; raises Missing otherwise."""
    require(person, "attachments.read")
    official = person.machine or bool(person.roles & OFFICIALS)
    attachment = rows.attachment(address, person.account, person.unit, official=official)
    file = files.path(attachment.sha256)
    if not file.exists():
        raise Missing("附件的文件已不在磁盘上", where=attachment.name, todo="请系统管理员从备份恢复")
    return attachment, file
