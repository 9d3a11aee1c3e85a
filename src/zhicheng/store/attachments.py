"""附件: files kept by their content, outside every served path. Not here: who may add or read one (use cases, policy).

A file is on disk, whole and under its hash, before any row names it; it is never changed and never overwritten.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from zhicheng.base.errors import Missing, UnreadableInput

_ADDRESS = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on disk: its address (SHA-256), bytes and media type."""

    sha256: str
    size: int
    media_type: str


def put(chunks: Iterable[bytes], name: str) -> Stored:
    """Store a file and return its address; the same content is stored once.

    Raises UnreadableInput for an extension that is not taken, a content that is not what the extension says, an empty
    file, or one above ATTACHMENT_MAX_BYTES.
    """
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise UnreadableInput(f"不收这种文件：{name}", todo=f"换成 {'、'.join(sorted(k[1:] for k in KINDS))} 之一")
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            address, size = _write(chunks, out.write, name)
            out.flush()
            os.fsync(out.fileno())
        if not kind.looks_right(Path(draft)):
            raise UnreadableInput(f"{name}的内容与扩展名不符", todo="用原来的软件另存后重新上传")
        _settle(Path(draft), path(address))
    finally:
        Path(draft).unlink(missing_ok=True)
    return Stored(address, size, kind.media_type)


def _write(chunks: Iterable[bytes], write: Callable[[bytes], object], name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.ATTACHMENT_MAX_BYTES:
            limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
            raise UnreadableInput(f"{name}超过{limit}兆字节", todo="压缩图片或拆成几个文件")
        digest.update(chunk)
        write(chunk)
    if size == 0:
        raise UnreadableInput(f"{name}是空文件", todo="核对后重新上传")
    return digest.hexdigest(), size


def _settle(draft: Path, final: Path) -> None:
    """Give the finished file its name, and see that the name itself is on disk."""
    final.parent.mkdir(parents=True, exist_ok=True)
    os.chmod(draft, 0o600)
    os.replace(draft, final)
    for folder in (final.parent, final.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear_abandoned() -> int:
    """Take away drafts of uploads that never ended (their process died) once they are a day old; returns how many."""
    old = time.time() - 86_400
    abandoned = [draft for draft in Path(settings.MEDIA_ROOT).glob(".incoming-*") if draft.stat().st_mtime < old]
    for draft in abandoned:
        draft.unlink(missing_ok=True)
    return len(abandoned)


def path(address: str) -> Path:
    """Where the file with this address lies; raises Missing for what is no address."""
    if not _ADDRESS.fullmatch(address):
        raise Missing("没有这个附件", todo="从页面上的链接打开")
    return Path(settings.MEDIA_ROOT) / address[:2] / address


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken. looks_right: whether a file's content is what its extension says."""

    media_type: str
    looks_right: Callable[[Path], bool]


def _starts(*beginnings: bytes) -> Callable[[Path], bool]:
    def check(file: Path) -> bool:
        with file.open("rb") as content:
            return content.read(16).startswith(beginnings)

    return check


def _zip_with(member: str) -> Callable[[Path], bool]:
    def check(file: Path) -> bool:
        try:
            with zipfile.ZipFile(file) as package:
                return any(name == member or name.startswith(member + "/") for name in package.namelist())
        except zipfile.BadZipFile:
            return False

    return check


def _text(file: Path) -> bool:
    """Text without a zero sign: UTF-8 or GB 18030, or UTF-16 with its mark, which is what 记事本 calls Unicode."""
    content = file.read_bytes()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "gb18030"):
        try:
            return "\0" not in content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return False


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {
    ".pdf": Kind("application/pdf", _starts(b"%PDF-")),
    ".docx": Kind(_OPEN_XML + "wordprocessingml.document", _zip_with("word")),
    ".xlsx": Kind(_OPEN_XML + "spreadsheetml.sheet", _zip_with("xl")),
    ".ofd": Kind("application/ofd", _zip_with("OFD.xml")),
    ".doc": Kind("application/msword", _starts(_OLE)),
    ".xls": Kind("application/vnd.ms-excel", _starts(_OLE)),
    ".wps": Kind("application/octet-stream", _starts(_OLE)),
    ".png": Kind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    ".jpg": Kind("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".jpeg": Kind("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".txt": Kind("text/plain", _text),
    ".csv": Kind("text/csv", _text),
    # a page somebody saved: kept as it came, never sent out as a page
    ".html": Kind("application/octet-stream", _text),
    ".htm": Kind("application/octet-stream", _text),
}
