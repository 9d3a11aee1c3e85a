"""段落: the lines of a text, joined where they were only wrapped, each with its reading copy and its number.

Not here: which document a paragraph belongs to (pages), how numbers nest (outline).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhicheng.base.citation import Span
from zhicheng.base.text import Folded, fold, han_number
from zhicheng.domain.plan.compiler.runon import split_run_on

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_EDGE = " \t\u00a0\u3000\u200b\ufeff"
_CLOSED = "。;;；!！?？:：)）】」』”…"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number a paragraph opens with. kind: its style (一、 is `han`); length: folded characters it takes."""

    kind: str
    written: str
    ordinal: int
    length: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical line without its outer blanks. `text` is the folded reading, `span` the original characters."""

    span: Span
    folded: Folded
    numbering: Numbering | None

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def body(self) -> str:
        """The folded text after the number."""
        return self.text[self.numbering.length :] if self.numbering else self.text


_HAN = "一二三四五六七八九十百零〇"
# One row a style of number, tried in this order; example in the last column.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^(第([{_HAN}\d]+)(?:编|部分))[、:.]?")),  # 第一部分
    ("chapter", re.compile(rf"^(第([{_HAN}\d]+)章)[、:.]?")),  # 第一章
    ("article", re.compile(rf"^(第([{_HAN}\d]+)条(?:之[{_HAN}])?)[、:.]?(?![^,。]{{0,6}}(?:规定|第))")),  # 第一条
    ("node", re.compile(rf"^(第([{_HAN}\d]+)节)[、:.]?")),  # 第一节
    ("labelled", re.compile(rf"^((?:任务|行动|工程|举措|措施|专项行动)([{_HAN}]{{1,3}}|\d{{1,2}})[:、.])")),  # 任务一:
    ("han", re.compile(rf"^(([{_HAN}]{{1,4}})[、.])")),  # 一、
    ("han_paren", re.compile(rf"^([(〔]([{_HAN}]{{1,4}})[)〕])[、.:]?")),  # (一)
    ("decimal", re.compile(r"^(\d{1,2}((?:\.\d{1,2}){1,3}))[、.]?(?=[^\d%.,、])(?![万亿元千百个家件项人名])")),  # 1.2
    ("arab", re.compile(r"^((\d{1,3})(?:、|\.(?!\d)|\)))")),  # 1.
    ("arab_paren", re.compile(r"^([(〔](\d{1,3})[)〕])[、.:]?")),  # (1)
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def numbering(folded: str, first_original: str) -> Numbering | None:
    """The number at the head of a folded paragraph, or None. first_original tells ① from 1."""
    if first_original in _CIRCLED:
        place = _CIRCLED.index(first_original) + 1
        return Numbering("circled", first_original, place, len(str(place)))
    for kind, pattern in _STYLES:
        match = pattern.match(folded)
        if match:
            digits = match.group(2).rsplit(".", 1)[-1]
            ordinal = int(digits) if digits.isdecimal() else han_number(digits)
            if ordinal is not None:
                return Numbering(kind, match.group(1), ordinal, match.end())
    return None


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """All paragraphs of the text in order; characters outside every paragraph are blanks and line ends."""
    lines = [piece for line in _lines(text) for piece in split_run_on(text, line)]
    width = _wrap_width(text, lines)
    indented = {line.start for line in lines if text[line.start - 1 : line.start] in tuple(" \t\u3000\u00a0")}
    telling = len(lines) * 0.05 <= len(indented) < len(lines) * 0.6  # then an indent, and it alone, opens a paragraph
    joined: list[Span] = []
    for line in lines:
        opens = telling and line.start in indented
        if joined and width and not opens and _continues(text, joined[-1], line, width, by_indent=telling):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(_paragraph(text, span) for span in joined)


def _paragraph(text: str, span: Span) -> Paragraph:
    folded = fold(text, span.start, span.end)
    return Paragraph(span, folded, numbering(folded.text, text[span.start]))


def _lines(text: str) -> list[Span]:
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        left = len(line) - len(line.lstrip(_EDGE))
        kept = len(line.strip(_EDGE))
        if kept:
            found.append(Span(match.start() + left, match.start() + left + kept))
    return found


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The column at which a text was hard-wrapped, or 0: most lines stop there in the middle of a sentence."""
    if len(lines) < 8:
        return 0
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[int(len(lengths) * 0.9)]
    full = [line for line in lines if line.end - line.start >= width - 4]
    open_ended = [line for line in full if text[line.end - 1] not in _CLOSED]
    if width < 16 or width > 90 or len(full) < len(lines) * 0.4 or len(open_ended) < len(full) * 0.7:
        return 0
    return width


def _continues(text: str, before: Span, line: Span, width: int, *, by_indent: bool) -> bool:
    last_line = max(before.start, text.rfind("\n", before.start, before.end) + 1)
    last = text[last_line : before.end].strip(_EDGE)
    tail = max(before.start, before.end - 600)
    open_bracket = max(text.rfind("（", tail, before.end), text.rfind("(", tail, before.end))
    inside = open_bracket > max(text.rfind("）", tail, before.end), text.rfind(")", tail, before.end))
    bracket = text[line.start] in "（(" and last[-1] in "。；;"
    if len(last) < width - 4 or (last[-1] in "。；;：:！!？?" and not inside and not bracket and not by_indent):
        return False
    if (
        "\n" in text[before.end : line.start].strip(_EDGE + "\r").strip("\n")
        or text[before.end : line.start].count("\n") > 1
    ):
        return False
    head = fold(text, line.start, min(line.end, line.start + 16)).text
    return numbering(head, text[line.start]) is None
