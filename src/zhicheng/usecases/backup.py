"""备份与恢复 (CONTRACT: backup, restore): the whole city in one archive, and back into an empty database, proved sound.

Not here: the archive's form (store/archive).
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings

from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.engine.chain import Verdict, verify
from zhicheng.store import anchors, archive, ledger
from zhicheng.store.models import City, LedgerEntry
from zhicheng.usecases.policy import Person, require


def backup(person: Person, file: Path, *, plan: Path | None = None) -> dict[str, Any]:
    """Write the archive while the city goes on working; returns {file, sha256, entries}. plan: the plan folder, if any."""
    require(person, "city.backup")
    with ledger.writing():
        ledger.append(person.account, "city.backup", "city:1")
    manifest = archive.write(file, plan)
    return {"file": str(file), "sha256": _sha256(file), "entries": len(manifest["entries"])}


def restore(person: Person, file: Path) -> Verdict:
    """Bring the city back from an archive; returns the verdict on its ledger.

    Raises Conflict unless this database is empty, UnreadableInput for an archive that is damaged, of another version, or
    whose ledger does not agree with its anchors; then nothing was written to the database.
    """
    require(person, "city.restore")
    if City.objects.exists() or LedgerEntry.objects.exists():
        raise Conflict("数据库里已有一座城市", todo="恢复到一个新的空数据库")
    digest = _sha256(file) if file.exists() else ""
    with archive.checked(file) as whole, ledger.writing():
        archive.load_rows(whole)
        verdict = _verdict(whole)
        if not verdict.ok:
            raise UnreadableInput(
                f"备份中的留痕从第{verdict.first_bad}条起不可信", where=file.name, todo="用另一份备份"
            )
        if missing := archive.missing_attachments(whole):
            raise UnreadableInput(f"备份缺少附件：{'、'.join(missing)}", where=file.name, todo="用另一份备份")
        ledger.append(person.account, "city.restore", "city:1", detail={"archive_sha256": digest})
        archive.unpack_files(whole, Path(settings.VAR) / "plans")
    return verify(ledger.stream(), anchors.read())


def _verdict(whole: zipfile.ZipFile) -> Verdict:
    lines = whole.read("anchors.txt").decode().splitlines()
    return verify(ledger.stream(), anchors.parse(lines, "anchors.txt"))


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
