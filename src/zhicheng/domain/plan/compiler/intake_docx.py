"""A Word document's words as lines: paragraphs, tables row by row with tabs, automatic numbers written out.

Deleted words of tracked changes are left out, inserted ones are in. Not here: what the lines are.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import cn2an
import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from zhicheng.base.errors import UnreadableInput

_LONG_CELL = 400  # a cell longer than this is page layout, not a table entry
_SKIP = frozenset(qn(t) for t in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TBL, _TR, _TC, _SDT = (qn(t) for t in ("w:p", "w:tbl", "w:tr", "w:tc", "w:sdt"))
_BOX = qn("w:txbxContent")


def docx_text(data: bytes, name: str) -> str:
    """Lines of the document body in order, text boxes where they are anchored; raises UnreadableInput if it is broken."""
    try:
        document = docx.Document(BytesIO(data))
        numbers = _Numbers(document)
        return "\n".join(_block_lines(document.element.body, numbers))
    except (OpcError, LxmlError, BadZipFile, KeyError, ValueError, AttributeError) as fault:
        raise UnreadableInput(
            f"Word 文档已损坏（{type(fault).__name__}）", where=name, todo="用 Word 或 WPS 打开并另存一份，再上传"
        ) from None


def _block_lines(parent: Any, numbers: _Numbers) -> Iterator[str]:
    for block in parent:
        if block.tag == _P:
            yield from _paragraph_lines(block, numbers)
        elif block.tag == _TBL:
            for row in block.iter(_TR):
                if next(row.iterancestors(_TBL)) is block:
                    yield from _row_lines(row, numbers)
        elif block.tag not in _SKIP:
            yield from _block_lines(block, numbers)


def _paragraph_lines(paragraph: Any, numbers: _Numbers) -> Iterator[str]:
    words = numbers.of(paragraph) + "".join(_run_words(paragraph))
    yield from words.split("\n")
    for box in paragraph.iter(_BOX):
        # a box inside a box belongs to the paragraph it stands in: read by each outer one too, it would double at every depth
        own = next(box.iterancestors(_P)) is paragraph
        if own and not any(a.tag == _FALLBACK for a in box.iterancestors()):
            yield from _block_lines(box, numbers)


def _run_words(node: Any) -> Iterator[str]:
    for child in node:
        tag = child.tag
        if tag in _SKIP or tag in (_BOX, _FALLBACK):
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag == qn("w:tab"):
            yield "\t"
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _run_words(child)


def _row_lines(row: Any, numbers: _Numbers) -> Iterator[str]:
    """One line a row, cells parted by tabs; a row of one cell or of very long cells is layout: line by line."""
    cells = [list(_block_lines(cell, numbers)) for cell in row.iter(_TC) if next(cell.iterancestors(_TR)) is row]
    if len(cells) < 2 or any(sum(map(len, cell)) > _LONG_CELL for cell in cells):
        for cell in cells:
            yield from cell
        return
    yield "\t".join(" ".join(line.strip() for line in cell if line.strip()).replace("\t", " ") for cell in cells)


class _Numbers:
    """Automatic numbers as Word would show them, counted in document order.

    Known styles: 1, 一, (一) by level text such as %1、; unknown styles and bullets give nothing.
    """

    def __init__(self, document: Any) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract: dict[str, str] = {}
        self.styles: dict[str, Any] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for style in document.styles.element.iter(qn("w:style")):
            self.styles[style.get(qn("w:styleId"))] = style
        for abstract in root.iter(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"))] = dict(_level(lvl) for lvl in abstract.iter(qn("w:lvl")))
        for num in root.iter(qn("w:num")):
            link = num.find(qn("w:abstractNumId"))
            if link is not None:
                self.abstract[num.get(qn("w:numId"))] = link.get(qn("w:val"))

    def of(self, paragraph: Any) -> str:
        """The number before this paragraph, or "" ; counts it."""
        found = self._reference(paragraph)
        if found is None:
            return ""
        num_id, level = found
        home = self.abstract.get(num_id, "")
        levels = self.levels.get(home, {})
        if level not in levels:
            return ""
        style, text, start = levels[level]
        key = (home, level)
        self.counts[key] = self.counts.get(key, start - 1) + 1
        for deeper in [k for k in self.counts if k[0] == home and k[1] > level]:
            del self.counts[deeper]
        if style in ("bullet", "none"):
            return ""
        for at, (kind, _, first) in levels.items():
            shown = _written(self.counts.get((home, at), first), kind)
            if f"%{at + 1}" in text and shown is None:
                return ""
            text = text.replace(f"%{at + 1}", shown or "")
        return text if text.endswith(("、", ")", "）", ".", "．")) else f"{text} "

    def _reference(self, paragraph: Any) -> tuple[str, int] | None:
        """numId and level, from the paragraph or from its style and the styles it rests on."""
        properties = paragraph.find(qn("w:pPr"))
        style = None
        if properties is not None:
            own = _num_pr(properties)
            if own:
                return own if own[0] != "0" else None
            named = properties.find(qn("w:pStyle"))
            style = named.get(qn("w:val")) if named is not None else None
        for _ in range(10):
            element = self.styles.get(style) if style else None
            if element is None:
                return None
            inner = element.find(qn("w:pPr"))
            found = _num_pr(inner) if inner is not None else None
            if found:
                return found if found[0] != "0" else None
            base = element.find(qn("w:basedOn"))
            style = base.get(qn("w:val")) if base is not None else None
        return None


def _num_pr(properties: Any) -> tuple[str, int] | None:
    num = properties.find(qn("w:numPr"))
    if num is None:
        return None
    number, level = num.find(qn("w:numId")), num.find(qn("w:ilvl"))
    if number is None:
        return None
    return number.get(qn("w:val"), "0"), int(level.get(qn("w:val"), "0")) if level is not None else 0


def _level(lvl: Any) -> tuple[int, tuple[str, str, int]]:
    def value(tag: str, default: str) -> str:
        found = lvl.find(qn(tag))
        return str(found.get(qn("w:val"), default)) if found is not None else default

    start = value("w:start", "1")
    return int(lvl.get(qn("w:ilvl"), "0")), (
        value("w:numFmt", "decimal"),
        value("w:lvlText", ""),
        int(start) if start.isdecimal() else 1,
    )


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _written(count: int, style: str) -> str | None:
    """A count in a number style of Word; None for a style we do not write."""
    if style in ("decimal", "decimalFullWidth", "decimalHalfWidth"):
        return str(count)
    if style == "decimalZero":
        return f"{count:02d}"
    if style.startswith(
        ("chineseCounting", "ideographTraditional", "japaneseCounting", "taiwaneseCounting", "ideographDigital")
    ):
        written: str = cn2an.an2cn(count, "low")
        return written.removeprefix("一") if 10 <= count < 20 else written
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if style in ("lowerLetter", "upperLetter") and count <= 26:
        return chr((ord("a") if style == "lowerLetter" else ord("A")) + count - 1)
    return None
