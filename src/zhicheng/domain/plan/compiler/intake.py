"""收文: a file's bytes become the text as read, once and for all; every later offset counts characters of it.

Formats: txt, html, docx, pdf with a text layer. What cannot be read is refused with what, where and what to do.
Not here: how each format is opened (intake_html, intake_docx, intake_pdf).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.compiler.intake_docx import docx_text
from zhicheng.domain.plan.compiler.intake_html import html_text
from zhicheng.domain.plan.compiler.intake_pdf import pdf_text

Format = Literal["txt", "html", "docx", "pdf"]
LARGEST = 20 * 1024 * 1024  # bytes of one file; a plan of a thousand pages stays below
LONGEST = 2_000_000  # characters of one text
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 20 * 1024 * 1024  # bytes of one XML part of a .docx: its tree takes some thirty times as much memory
_AS_WORD = "用 Word 或 WPS 打开后另存为 .docx，再上传"


@dataclass(frozen=True, slots=True)
class Source:
    """A text taken in. `text` is what every span counts in; it is never altered afterwards."""

    text: str
    format: Format


def take_in(data: bytes, name: str) -> Source:
    """The text of a file as people send it; `name` is for messages and, where the content is silent, the format.

    Raises UnreadableInput for what holds no text we can read.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableInput("文件是空的，没有任何文字", where=name, todo="检查文件是否保存成功，重新上传")
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        raise UnreadableInput(
            f"文件有 {size}，超过 {LARGEST // 1024 // 1024} MB", where=name, todo="删去图片或只上传方案正文"
        )
    kind = _format(data, name)
    text = _READERS[kind](data, name)
    if not text.strip():
        raise UnreadableInput("文件里没有文字", where=name, todo="确认正文不是图片；图片须先做文字识别（OCR）")
    if len(text) > LONGEST:
        raise UnreadableInput(
            f"文字有 {len(text)} 字，超过 {LONGEST // 10000} 万字", where=name, todo="只上传方案正文，其余文件分开上传"
        )
    return Source(text, kind)


def _format(data: bytes, name: str) -> Format:
    """The format by content; by name only between text and web page."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or name.lower().endswith((".docx", ".docm")):
        _check_archive(data, name)
        return "docx"
    for magic, what, todo in _REFUSED:
        if head.startswith(magic):
            if magic == _OLE and name.lower().endswith(".wps"):
                what = "这是 WPS 文字（.wps）格式，读不了"
            raise UnreadableInput(what, where=name, todo=todo)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    webby = start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<div", b"<p", b"<meta"))
    if webby or (b"<html" in start) or (name.lower().endswith((".html", ".htm", ".shtml", ".mht")) and b"<" in start):
        return "html"
    return "txt"


_OLE = b"\xd0\xcf\x11\xe0"
# First bytes, what it is, what to do.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (_OLE, "这是旧版 Word（.doc）格式，读不了", _AS_WORD),
    (b"{\\rtf", "这是 RTF 格式，读不了", _AS_WORD),
    (b"\x89PNG", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"\xff\xd8\xff", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"GIF8", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"BM", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"II*\x00", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"MM\x00*", "这是图片，没有文字", "先做文字识别（OCR），或上传 Word、网页原文"),
    (b"Rar!", "这是压缩包", "解压后上传其中的方案正文"),
    (b"7z\xbc\xaf", "这是压缩包", "解压后上传其中的方案正文"),
    (b"\x1f\x8b", "这是压缩包", "解压后上传其中的方案正文"),
)
# A name inside the archive, what the file is.
_OTHER_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "这是 Excel 表格，不是方案正文"),
    ("ppt/presentation.xml", "这是演示文稿，不是方案正文"),
    ("OFD.xml", "这是 OFD 版式文件，读不了"),
    ("content.xml", "这是 OpenDocument 文件，读不了"),
)


def _check_archive(data: bytes, name: str) -> None:
    """A .docx is a sound zip with word/document.xml in it, not grown beyond reason."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = {info.filename: info.file_size for info in archive.infolist()}
            broken = archive.testzip() if sum(members.values()) <= LARGEST_UNPACKED else None
    except (BadZipFile, EOFError, ValueError, OSError, NotImplementedError, RuntimeError, ZlibError):
        raise UnreadableInput("文件已损坏，打不开", where=name, todo="用 Word 或 WPS 打开并另存一份，再上传") from None
    parts = (size for member, size in members.items() if member.lower().endswith((".xml", ".rels")))
    if sum(members.values()) > LARGEST_UNPACKED or max(parts, default=0) > LARGEST_PART:
        raise UnreadableInput("文件解开后过大", where=name, todo="删去图片或只上传方案正文")
    if broken:
        raise UnreadableInput(f"文件已损坏（{broken}）", where=name, todo="用 Word 或 WPS 打开并另存一份，再上传")
    if "word/document.xml" not in members:
        what = next((w for member, w in _OTHER_ARCHIVES if member in members), "这是压缩包，不是 Word 文档")
        todo = "另存为 .docx 后上传" if what.endswith("读不了") else "上传方案正文（txt、网页、docx 或带文字层的 pdf）"
        raise UnreadableInput(what, where=name, todo=todo)


# --- plain text -----------------------------------------------------------------------------------------------------


def decode(data: bytes, name: str) -> str:
    """Characters of a text file: UTF-8 (with or without mark), UTF-16 with mark, else GB18030; raises for what is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data, "utf-8-sig", name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(data, "gb18030", name)
    return text


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableInput(
            "文件不是文字，或编码无法识别", where=name, todo="上传 txt（UTF-8 或 GB18030）、网页、docx 或带文字层的 pdf"
        ) from None


def _plain(data: bytes, name: str) -> str:
    text = decode(data, name)
    sample = text[:20000]
    odd = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\r\f\v\x1c\x1d\x1e\x85" for c in sample
    )
    if odd * 50 > len(sample) or (b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise UnreadableInput("文件是二进制数据，不是文字", where=name, todo="上传 txt、网页、docx 或带文字层的 pdf")
    return text


def _html(data: bytes, name: str) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4096])
    wanted = declared.group(1).decode("ascii").lower() if declared else ""
    if wanted in ("gb2312", "gbk", "gb18030"):
        try:
            return html_text(data.decode("gb18030"))
        except UnicodeDecodeError:
            pass  # the page says GB and is something else: go on as if it had said nothing
    return html_text(decode(data, name))


_READERS: dict[Format, Callable[[bytes, str], str]] = {
    "txt": _plain,
    "html": _html,
    "docx": docx_text,
    "pdf": pdf_text,
}
