"""完成年份: which year stands over a sentence (到2024年, 2025年底前, 2012年起5年内). Not here: what is due then."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DUE = re.compile(
    r"(?:到|至|力争|确保|争取|截至|截止|在)(?P<a>20\d\d)年(?:底|末|年底|年末|\d{1,2}月底?)?(?:前|之前|以前)?(?!起|以来|开始|度|\d|[-~至])"
    r"|(?P<b>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底前|末前|前|底|末|年底|上半年|下半年|内)"
    r"|^(?P<c>20\d\d)年,|(?:^|[,;、。])(?P<d>20\d\d)年(?=达到|达|实现|突破|超过|力争|建成|基本建成|初步建成)"
)
# 到“十四五”末: the last year of a five-year plan follows from its number; the 12th ended in 2015
_FIVE_YEARS = re.compile(r"十(?P<n>[二三四五六])五”?(?:规划)?(?:时期|期间)?(?:期?末|末期|收官)")
_WITHIN = re.compile(r"(?P<from>20\d\d)年(?:起|开始)[,,]?(?P<years>[一二三四五六七八九十]|\d{1,2})年(?:内|时间)")
_BARE_WITHIN = re.compile(
    r"(?:^|[,,。;:]|用|力争|未来|今后)(?P<years>[一二三四五六七八九十]|\d{1,2})年(?:内|左右时间|时间内)"
)
_HAN = "一二三四五六七八九十"


def _years(written: str) -> int:
    return int(written) if written.isdecimal() else _HAN.index(written) + 1


Due = tuple[int | None, bool]  # the year, and whether it is inferred


class Deadlines:
    """Reads a document in order and keeps the year last stated, as far as it reaches.

    A year reaches to the end of its paragraph, through the paragraphs of a goal, and over what 到2025年实现以下目标: announces.
    A year stated as N年内 is inferred from 20XX年起N年内 said earlier; without that it stays unknown.
    """

    def __init__(self) -> None:
        self.carried: Due = (None, False)  # over the beginning of the sentence last read
        self.pending: Due = (None, False)  # over its end
        self.lead: Due | None = None
        self.marks: list[tuple[int, int, bool]] = []
        self.horizon: tuple[int, int] | None = None  # (years, last year)

    def open_paragraph(self, *, goes_on: bool, announced: bool) -> None:
        """goes_on: the paragraph continues the goal before it; announced: it stands below the last lead-in."""
        if not announced:
            self.lead = None
        if not goes_on:
            self.pending = self.lead or (None, False)

    def close_paragraph(self, text: str) -> bool:
        """Whether the paragraph announces what follows; its year then holds over that."""
        if not text.endswith(":"):
            return False
        self.lead = self.pending
        return True

    def read(self, sentence: str) -> None:
        """Take note of a sentence; call before asking `at` about it."""
        self.carried = self.pending
        self.marks = sorted(self._marks(sentence), key=lambda mark: mark[0])
        self.pending = self.at(len(sentence))

    def at(self, place: int) -> Due:
        """The year over a place of the sentence last read, and whether it was inferred."""
        due = self.carried
        for end, year, inferred in self.marks:
            if end > place:
                break
            due = (year, inferred)
        return due

    def _marks(self, sentence: str) -> Iterator[tuple[int, int, bool]]:
        """(where it ends, year, inferred) of every year named in a sentence."""
        for match in _DUE.finditer(sentence):
            yield match.end(), int(next(year for year in match.groups() if year)), False
        for match in _FIVE_YEARS.finditer(sentence):
            yield match.end(), 2005 + 5 * _years(match.group("n")), True
        for match in _WITHIN.finditer(sentence):
            span = _years(match.group("years"))
            self.horizon = (span, int(match.group("from")) + span)
            yield match.end(), self.horizon[1], True
        for match in _BARE_WITHIN.finditer(sentence):
            if self.horizon and _years(match.group("years")) == self.horizon[0]:
                yield match.end(), self.horizon[1], True
