"""连排: numbered headings that stand inside one very long line, as in pages whose line ends were lost. Not here: real lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhicheng.base.citation import Span
from zhicheng.base.text import han_number

LONG = 600  # characters; a natural paragraph with several numbered headings in it is shorter
_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?<![第之统唯单其万专同])(?P<han>[{_HAN}]{{1,3}})、|[（(](?P<paren>[{_HAN}]{{1,3}})[）)]"
    rf"|第(?P<chapter>[{_HAN}]{{1,3}})章|第(?P<article>[{_HAN}百]{{1,4}})条(?=[\s【\u3000])"
    r"|(?<=[。；;：:）)】”\s])(?P<arab>\d{1,2})[.．、](?=[\u4e00-\u9fff“])"
)


def split_run_on(text: str, line: Span) -> Iterator[Span]:
    """Pieces of a long line, each beginning at a number that goes on a sequence; the line itself where there are few."""
    if line.end - line.start < LONG:
        yield line
        return
    cuts = list(_cuts(text, line))
    if len(cuts) < 3:
        yield line
        return
    begin = line.start
    for cut in [*cuts, line.end]:
        piece = text[begin:cut]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            yield Span(begin + left, begin + len(piece.rstrip()))
        begin = cut


def _cuts(text: str, line: Span) -> Iterator[int]:
    """Where a number stands that is one, or follows the last of its style, and opens a heading or a sentence."""
    last: dict[str, int] = {}
    for match in _MARK.finditer(text, line.start, line.end):
        style = match.lastgroup or ""
        written = match.group(style)
        ordinal = int(written) if written.isdecimal() else han_number(written)
        if match.start() == line.start or ordinal is None:
            last[style] = ordinal or 0
            continue
        gap = 5 if style == "arab" else 1  # excerpts skip items
        if last.get(style, 0) < ordinal <= last.get(style, 0) + gap or (ordinal == 1 and last.get(style, 0) > 1):
            last[style] = ordinal
            yield match.start()
