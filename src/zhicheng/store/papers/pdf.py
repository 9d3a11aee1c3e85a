"""One sheet as PDF through Typst. Not here: the words (engine/papers), the drawing itself (library/cn/papers/sheet.typ).

PDF/A-2u: what goes into an archive, and the one profile under which a sign without a glyph is an error, not a blank.
The same sheet, template, fonts and moment give the same bytes.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import datetime
from importlib.resources import files
from typing import Any

import pypdfium2
import typst

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.papers.compose import Sheet
from zhicheng.store.papers import fonts

PDFIUM = threading.Lock()  # PDFium is not made for several threads
_ALONE = threading.Lock()
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_GLYPH = re.compile(r'text `"(.*?)"` could not be displayed', re.DOTALL)


def render(sheet: Sheet, template: str, moment: datetime, *, draft: bool = False) -> bytes:
    """The PDF. moment: what the document says of its making. draft: marked across every page.

    Raises Conflict without Chinese fonts, UnreadableInput for signs no font has, or a template that does not draw.
    """
    return _best(_data(sheet, moment, draft), template)[1]


def _data(sheet: Sheet, moment: datetime, draft: bool) -> dict[str, Any]:
    return {
        "sheet": sheet.plain(), "faces": fonts.required().plain(), "draft": draft,
        "moment": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
    }  # fmt: skip


def _best(data: dict[str, Any], template: str) -> tuple[dict[str, int], bytes]:
    """The way of setting the lines that leaves no signature alone and ends the text soonest, and its PDF.

    Most papers are as good in the first way as in the closest one; only the others are drawn in every way.
    """

    def drawn(way: dict[str, int]) -> tuple[tuple[bool, int, int], bytes]:
        made = _drawn(data | way, template)
        return _faults(made, data["sheet"]), made

    if data["sheet"]["grid"]:
        return _CLOSEST, drawn(_CLOSEST)[1]
    faults, made = drawn(_WAYS[0])
    if not faults[0] and (faults[1] == 0 or drawn(_CLOSEST)[0] == faults):
        return _WAYS[0], made
    tried = [(way, *drawn(way)) for way in _WAYS]
    way, _, made = min(tried, key=lambda each: each[1])
    return way, made


# (lines free above 署名 for the seal, lines a page), the best first: the standard lets an office close up or open out
# the lines so that the signature does not come to stand on a page without text.
_WAYS = tuple({"seal_lines": seal, "lines": lines} for seal, lines in ((3, 22), (2, 22), (1, 22), (3, 21)))


_CLOSEST = _WAYS[2]


def _faults(made: bytes, sheet: dict[str, Any]) -> tuple[bool, int, int]:
    """Whether the signature opens a page; how many pages up to it; how many in all."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(made)
        try:
            pages = [_squeezed(page.get_textpage().get_text_range()) for page in document]
        finally:
            document.close()
    signed = re.compile(re.escape(_squeezed(sheet["signature"] + sheet["date"])) + "(?!印发)")
    on = max((place for place, page in enumerate(pages) if signed.search(page)), default=0)
    return on > 0 and signed.match(pages[on]) is not None, on, len(pages)


def _squeezed(text: str) -> str:
    return re.sub(r"\s|^\s*—\s*\d+\s*—", "", text)


def _drawn(data: dict[str, Any], template: str) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        with _ALONE:
            made = _compiler().compile(input=template.encode(), format="pdf", sys_inputs=inputs, pdf_standards=["a-2u"])
    except typst.TypstError as fault:
        raise _said(str(fault)) from None
    assert isinstance(made, bytes)
    return made


def _said(fault: str) -> UnreadableInput:
    if signs := [_shown(sign) for sign in _GLYPH.findall(fault)]:
        return UnreadableInput(
            f"本机的字体里没有这些字：{'、'.join(signs)}",
            todo="安装含有这些字的字体（生僻字用宋体超大字符集），或改用别的写法",
        )
    return UnreadableInput(
        f"公文版式画不出来：{fault}", where="sheet.typ", todo="改正本市 papers/sheet.typ，或删去它用通用版式"
    )


def _shown(sign: str) -> str:
    """A sign with its code point, as a font is looked for."""
    plain = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), sign)
    return "、".join(f"{each}（U+{ord(each):04X}）" for each in plain)


_made: list[typst.Compiler] = []


def _compiler() -> typst.Compiler:
    """One compiler a process: finding the fonts is nine tenths of a page's cost."""
    if not _made:
        # A template of a city's reads nothing but what lies beside the library's own.
        root = str(files("zhicheng") / "library/cn/papers")
        _made.append(typst.Compiler(root=root, font_paths=fonts.folders()))
    return _made[0]
