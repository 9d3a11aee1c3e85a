"""A PDF's text layer as paragraphs: wrapped lines rejoined by their place on the page, page numbers left out.

A PDF without a text layer (a scan) is refused. Not here: what the paragraphs are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from zhicheng.base.errors import UnreadableInput
from zhicheng.base.text import fold
from zhicheng.domain.plan.compiler.paragraphs import numbering

_SCAN = "先做文字识别（OCR）生成带文字层的 PDF，或上传 Word、网页原文"
_PAGE_NUMBER = re.compile(r"^[-—–－\s·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－\s·]*$")
_CLOSED = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float  # height of its letters


def pdf_text(data: bytes, name: str) -> str:
    """Paragraphs of all pages. Raises UnreadableInput for a locked, broken or scanned PDF, or an unreadable text layer."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise UnreadableInput("PDF 加了密码，打不开", where=name, todo="去掉密码后再上传") from None
        raise UnreadableInput("PDF 已损坏，打不开", where=name, todo="重新导出 PDF，或上传 Word、网页原文") from None
    try:
        pages = [list(_lines(page)) for page in document]
    finally:
        document.close()
    letters = sum(len(line.text.strip()) for lines in pages for line in lines)
    if letters < 10 * max(1, len(pages)):
        raise UnreadableInput(f"这份 PDF 没有文字层（{len(pages)} 页，可能是扫描件）", where=name, todo=_SCAN)
    text = "\n".join(_paragraphs(pages))
    broken = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if broken * 5 > len(text):
        raise UnreadableInput("PDF 的文字层是乱码（字体没有对应的文字）", where=name, todo=_SCAN)
    return text


def _lines(page: Any) -> Iterator[_Line]:
    """Lines of one page with their place; a line ends where pdfium ends it."""
    text_page = page.get_textpage()
    try:
        letters: list[tuple[str, float, float, float]] = []
        for at in range(text_page.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text_page.raw, at)
            char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if char in "\r\n":
                if char == "\n" or not char:
                    yield from _line(letters)
                    letters = []
                continue
            if code == 0xFFFE:  # pdfium's mark for a hyphen that only breaks a line
                continue
            letters.append((char, *_box(text_page, at)))
        yield from _line(letters)
    finally:
        text_page.close()


def _box(text_page: Any, at: int) -> tuple[float, float, float]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(text_page.raw, at, left, right, bottom, top)
    size = pdfium.FPDFText_GetFontSize(text_page.raw, at)
    return left.value, right.value, size


def _line(letters: list[tuple[str, float, float, float]]) -> Iterator[_Line]:
    solid = [item for item in letters if item[0].strip()]
    if solid:
        text = "".join(item[0] for item in letters).strip()
        yield _Line(text, solid[0][1], max(i[2] for i in solid), max(i[3] for i in solid))


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    """Lines joined to paragraphs, across pages too."""
    lines = [line for page in pages for line in _without_page_numbers(page)]
    if not lines:
        return
    right = sorted(line.right for line in lines)[int(len(lines) * 0.95)]
    left = sorted(line.left for line in lines)[len(lines) // 20]
    indents = sum(line.left > left + 1.2 * line.size for line in lines) > len(lines) * 0.03
    current, last = lines[0].text, lines[0]
    for line in lines[1:]:
        if _goes_on(last, line, left, right, indents=indents):
            gap = " " if last.text[-1].isascii() and last.text[-1].isalpha() and line.text[0].isascii() else ""
            current += gap + line.text
        else:
            yield current
            current = line.text
        last = line
    yield current


def _goes_on(last: _Line, line: _Line, left: float, right: float, *, indents: bool) -> bool:
    """Whether a line continues the one before: that one is full, this one is neither indented nor set in another size.

    A paper without indents is parted where a full line ends a sentence and the next opens with a number.
    """
    size = max(last.size, line.size, 1.0)
    full = last.right > right - 1.8 * size
    indented = line.left > left + 1.2 * size
    if not full or indented or abs(line.size - last.size) >= 0.2 * size:
        return False
    closed = last.text[-1] in _CLOSED
    if indents:
        return True
    starts = numbering(fold(line.text[:16]).text, line.text[0]) is not None
    return not closed or (not starts and (line.text[0] in "（(" or last.right >= right - 0.2 * size))


def _without_page_numbers(page: list[_Line]) -> list[_Line]:
    """A page without the number line at its head or foot."""
    kept = list(page)
    if kept and _PAGE_NUMBER.match(kept[-1].text):
        kept.pop()
    if kept and _PAGE_NUMBER.match(kept[0].text):
        kept.pop(0)
    return kept
