"""备份档案: every row, attachment, anchor and plan file of a city in one archive, and back. Works the same on both databases.

Not here: permission, the ledger's word on it (usecases/backup). A zip with `manifest.json` (what each entry's SHA-256 is),
`rows.jsonl` (one row a line: [model, {column: value}]), `attachments/<address>`, `anchors.txt`, `plan/<file>`.
Sessions are left out: nobody stays signed in across a restore.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from zhicheng.base.errors import UnreadableInput
from zhicheng.store import anchors, attachments
from zhicheng.store.models import Attachment, Session

FORMAT = 1
BATCH = 500
# What a file that is no sound archive of ours may raise: the zip, its packing, its passwords, its rows.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError, TypeError, AttributeError, ValueError, ValidationError,
    DataError, IntegrityError,
)  # fmt: skip
_DAMAGED = "用另一份备份；不要改动备份档案"


def write(file: Path, plan: Path | None) -> dict[str, Any]:
    """Write the archive under a temporary name, then give it its own; returns the manifest."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".backup-", dir=file.parent)
    os.close(handle)
    try:
        # Anchors first: an anchor must never speak of an entry that the snapshot after it does not hold.
        anchor = anchors.anchor_file()
        anchored = anchor.read_bytes() if anchor.exists() else b""
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive, _snapshot():
            entries = {"anchors.txt": _add(archive, "anchors.txt", iter([anchored]))}
            entries["rows.jsonl"] = _add(archive, "rows.jsonl", _rows())
            for address in Attachment.objects.order_by("pk").values_list("sha256", flat=True):
                entries[f"attachments/{address}"] = _add(archive, f"attachments/{address}", _content(address))
            for name, source in _plan_files(plan):
                entries[name] = _add(archive, name, _chunks(source))
            manifest = {"format": FORMAT, "schema": schema(), "made": timezone.now().isoformat(), "entries": entries}
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        with open(draft, "rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, file)
    finally:
        Path(draft).unlink(missing_ok=True)
    return manifest


def schema() -> str:
    """The newest migration of the store that this database has."""
    return max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store")


@contextmanager
def _snapshot() -> Iterator[None]:
    """One unchanging view of the database while others go on writing."""
    if connection.in_atomic_block:
        yield
        return
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def kept_models() -> list[type[models.Model]]:
    return [m for m in apps.get_app_config("store").get_models(include_auto_created=True) if m is not Session]


def _rows() -> Iterator[bytes]:
    for model in kept_models():
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model._default_manager.order_by("pk").values_list(*columns).iterator(chunk_size=BATCH):
            spelled = json.dumps([model._meta.model_name, dict(zip(columns, row, strict=True))], default=_spell)
            yield spelled.encode() + b"\n"


def _spell(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no spelling in an archive")


def _add(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as out:
        for chunk in chunks:
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _content(address: str) -> Iterator[bytes]:
    """An attachment's content; raises UnreadableInput where it is not what its address says."""
    digest = hashlib.sha256()
    file = attachments.path(address)
    if not file.exists():
        raise UnreadableInput("附件的文件不在磁盘上，备份不完整", where=address, todo="先从早先的备份找回这个文件")
    for chunk in _chunks(file):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != address:
        raise UnreadableInput("附件的内容已被改动，备份中止", where=address, todo="先从早先的备份找回这个文件")


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while chunk := content.read(1 << 20):
            yield chunk


def _plan_files(plan: Path | None) -> Iterator[tuple[str, Path]]:
    if plan is not None:
        for file in sorted(path for path in plan.rglob("*") if path.is_file()):
            yield f"plan/{plan.name}/{file.relative_to(plan).as_posix()}", file


@contextmanager
def checked(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, once every entry is there and is what the manifest says; raises UnreadableInput else."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive)
            yield archive
    except FileNotFoundError:
        raise UnreadableInput("没有这个备份档案", where=str(file), todo="核对路径") from None
    except _BROKEN as fault:
        raise UnreadableInput(f"备份档案已损坏：{fault}", where=file.name, todo=_DAMAGED) from None


def _check(archive: zipfile.ZipFile) -> None:
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["format"] != FORMAT or manifest["schema"] != schema():
        raise UnreadableInput(
            f"备份档案出自另一版本的程序（{manifest['schema']}）", todo="先用写下它的版本恢复，再升级"
        )
    names = [name for name in archive.namelist() if name != "manifest.json"]
    if sorted(names) != sorted(manifest["entries"]):
        raise ValueError("文件与清单不一致")
    for name, expected in manifest["entries"].items():
        if not _safe(name) or _digest_of(archive, name) != expected:
            raise ValueError(f"{name} 与清单不一致")
        if name.startswith("attachments/") and name != f"attachments/{expected}":
            raise ValueError(f"{name} 不是它的地址所指的内容")


def _safe(name: str) -> bool:
    """No entry may leave the folder it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _digest_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def load_rows(archive: zipfile.ZipFile) -> int:
    """Write every row into an empty database, in the caller's transaction; returns how many."""
    known = {m._meta.model_name: m for m in kept_models()}
    count = 0
    with archive.open("rows.jsonl") as lines:
        batch: list[models.Model] = []
        for line in lines:
            row = _row(known, line)
            if batch and (type(batch[0]) is not type(row) or len(batch) >= BATCH):
                _insert(batch)
                batch = []
            batch.append(row)
            count += 1
        _insert(batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)
    return count


def _row(known: dict[str | None, type[models.Model]], line: bytes) -> models.Model:
    name, values = json.loads(line)
    model = known[name]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{column: _value(fields[column], value) for column, value in values.items()})


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _insert(batch: list[models.Model]) -> None:
    if batch:
        type(batch[0])._default_manager.bulk_create(batch)


def missing_attachments(archive: zipfile.ZipFile) -> list[str]:
    """Names of attachments that the loaded rows speak of and the archive does not hold."""
    held = {name.removeprefix("attachments/") for name in archive.namelist()}
    return [row.name for row in Attachment.objects.all() if row.sha256 not in held]


def unpack_files(archive: zipfile.ZipFile, plans: Path) -> None:
    """Attachments and anchors to their places, the plan folder under `plans`. Nothing that is there is overwritten."""
    for name in archive.namelist():
        with archive.open(name) as content:
            if name.startswith("attachments/"):
                _place(content, attachments.path(name.removeprefix("attachments/")))
            elif name.startswith("plan/"):
                _place(content, plans / name.removeprefix("plan/"))
    _place_anchors(archive.read("anchors.txt"))


def _place(content: IO[bytes], target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".incoming-", dir=target.parent)
    with os.fdopen(handle, "wb") as out:
        while chunk := content.read(1 << 20):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, target)


def _place_anchors(anchored: bytes) -> None:
    """The archive's anchors become the city's; anchors of this machine that say otherwise are kept beside them."""
    file = anchors.anchor_file()
    if file.exists() and file.read_bytes() != anchored:
        stamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
        file.rename(file.with_name(f"anchors-before-restore-{stamp}.txt"))
    if anchored and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(anchored)
