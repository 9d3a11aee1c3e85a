"""完成年份: which year stands over a sentence (到2024年, 2025年底前, 2012年起5年内). Not here: what is due then."""

from __future__ import annotations

import re

_DUE = re.compile(
    r"(?:到|至|力争|确保|争取|截至|截止|在)(?P<a>20\d\d)年(?:底|末|年底|年末|\d{1,2}月底?)?(?:前|之前|以前)?(?!起|以来|开始|度|\d|[-~至])"
    r"|(?P<b>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底前|末前|前|底|末|年底|上半年|下半年|内)"
)
_WITHIN = re.compile(r"(?P<from>20\d\d)年(?:起|开始)[,,]?(?P<years>[一二三四五六七八九十]|\d{1,2})年(?:内|时间)")
_BARE_WITHIN = re.compile(
    r"(?:^|[,,。;:]|用|力争|未来|今后)(?P<years>[一二三四五六七八九十]|\d{1,2})年(?:内|左右时间|时间内)"
)
_HAN = "一二三四五六七八九十"


def _years(written: str) -> int:
    return int(written) if written.isdecimal() else _HAN.index(written) + 1


class Deadlines:
    """Reads a document in order and keeps the year last stated. `open_section` forgets the year, not the plan's horizon.

    A year stated as N年内 is inferred from 20XX年起N年内 said earlier; without that it stays unknown.
    """

    def __init__(self) -> None:
        self.carried: tuple[int | None, bool] = (None, False)
        self.pending: tuple[int | None, bool] = (None, False)
        self.horizon: tuple[int, int] | None = None  # (years, last year)

    def open_section(self, *, keep: bool) -> None:
        """A new paragraph begins; `keep`: it stands below words that stated the year (到2025年:)."""
        if not keep:
            self.carried = (None, False)
        self.pending = self.carried

    def read(self, sentence: str) -> None:
        """Take note of a sentence; call before asking `at` about it."""
        self.carried = self.pending
        self.pending = self.at(sentence, len(sentence))

    def at(self, sentence: str, place: int) -> tuple[int | None, bool]:
        """The year over a place of the sentence last read, and whether it was inferred."""
        year, inferred = self.carried
        best = -1
        for match in _DUE.finditer(sentence, 0, max(place, 0)):
            year, inferred, best = int(match.group("a") or match.group("b")), False, match.start()
        for match in _WITHIN.finditer(sentence, 0, max(place, 0)):
            span = _years(match.group("years"))
            self.horizon = (span, int(match.group("from")) + span)
            if match.start() > best:
                year, inferred, best = self.horizon[1], True, match.start()
        for match in _BARE_WITHIN.finditer(sentence, 0, max(place, 0)):
            if self.horizon and _years(match.group("years")) == self.horizon[0] and match.start() > best:
                year, inferred = self.horizon[1], True
        return year, inferred
