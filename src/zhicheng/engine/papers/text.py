"""公文行文: level numerals, dates, title lines, slips of writing, as GB/T 9704-2012 has them. Not here: drawing of a page.

Nothing is mended silently: a slip is said (`slips`), the drafter writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Literal

Face = Literal["fangsong", "hei", "kai", "biaosong"]
_DIGITS = "一二三四五六七八九十百"
_LEVELS: tuple[tuple[re.Pattern[str], int, Face], ...] = (
    (re.compile(rf"^[{_DIGITS}]+、"), 1, "hei"),
    (re.compile(rf"^[（(][{_DIGITS}]+[）)]"), 2, "kai"),
    (re.compile(r"^[0-9]+[.．]"), 3, "fangsong"),
    (re.compile(r"^[（(][0-9]+[）)]"), 4, "fangsong"),
)


def chinese_day(day: date) -> str:
    """成文日期: Arabic figures, no padding: 2026年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def level(paragraph: str) -> int:
    """结构层次 by the numeral it opens with: 1 一、 2 （一） 3 1. 4 （1）; 0 for plain text."""
    return next((number for pattern, number, _ in _LEVELS if pattern.match(paragraph)), 0)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph in one face."""

    face: Face
    text: str


def runs(paragraph: str) -> tuple[Run, ...]:
    """A paragraph in its faces: the heading of level 1 in 黑体, of level 2 in 楷体, the rest in 仿宋.

    The heading ends with the first 。; a paragraph without one is a heading as a whole.
    """
    face: Face = next((face for pattern, _, face in _LEVELS if pattern.match(paragraph)), "fangsong")
    head, stop, rest = paragraph.partition("。")
    if face == "fangsong" or not rest:
        return (Run(face, paragraph),)
    return (Run(face, head + stop), Run("fangsong", rest))


_NO_START = "，。、；：？！）》〉”’】〕的之和与及暨等"
_NO_END = "（《〈“‘【〔"
_TOGETHER = re.compile(r"[0-9A-Za-z.%〔〕]+[年月日号]?")


def title_lines(title: str, per_line: int, whole: Sequence[str] = ()) -> tuple[str, ...]:
    """A title in lines of meaning, shaped 梯形 or 菱形: never a word of `whole`, a number or a Latin word cut.

    Line breaks the drafter wrote stand as they are. per_line: how many characters fit one line.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.splitlines() if line.strip())
    least = -(-len(title) // per_line)
    if least == 1:
        return (title,)
    if least > 3:  # no title of an office is that long; the search would be
        return _filled(title, per_line, whole)
    places = [p for p in range(2, len(title) - 1) if _may_break(title, p, whole)]
    cuts = [
        cut
        for count in ((least, least + 1) if least == 2 else (least,))
        for cut in combinations(places, count - 1)
        if max(_lengths(title, cut)) <= per_line
    ]
    return (
        tuple(_pieces(title, min(cuts, key=lambda cut: (_cost(title, cut), cut))))
        if cuts
        else _filled(title, per_line, whole)
    )


def _filled(title: str, per_line: int, whole: Sequence[str]) -> tuple[str, ...]:
    """Lines as long as they may be: for a title too long to be shaped, or in which nothing may be broken."""
    lines, start = [], 0
    while len(title) - start > per_line:
        ends = (end for end in range(start + per_line, start + 1, -1) if _may_break(title, end, whole))
        end = next(ends, start + per_line)
        lines.append(title[start:end])
        start = end
    return (*lines, title[start:])


def _may_break(title: str, place: int, whole: Sequence[str]) -> bool:
    if title[place] in _NO_START or title[place - 1] in _NO_END:
        return False
    return not any(start < place < end for start, end in _unbreakable(title, whole))


def _unbreakable(title: str, whole: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in whole:
        start = title.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = title.find(word, start + 1)
    for match in _TOGETHER.finditer(title):
        yield match.span()


def _pieces(title: str, cut: Sequence[int]) -> list[str]:
    ends = [0, *cut, len(title)]
    return [title[a:b] for a, b in pairwise(ends)]


def _lengths(title: str, cut: Sequence[int]) -> list[int]:
    return [len(piece) for piece in _pieces(title, cut)]


def _cost(title: str, cut: Sequence[int]) -> float:
    """Small for even lines that widen or narrow by one to three characters, cut at a sign or after 关于, 的, 和."""
    lengths = _lengths(title, cut)
    cost = (max(lengths) - min(lengths)) / 2 + 2 * len(lengths)
    if len(lengths) == 2 and lengths[0] == lengths[1]:
        cost += 2  # 矩形
    if len(lengths) == 3 and lengths[1] < min(lengths[0], lengths[2]):
        cost += 6  # 沙漏形
    for place in cut:
        depth = title[:place].count("《") - title[:place].count("》")
        cost += 4 * depth
        if title[place - 1] in "、》，" or title[place] in "《（":
            cost -= 3
        elif title[place - 1] in "的和与及" or title[:place].endswith(("关于", "印发", "局", "府")):
            cost -= 2
    return cost


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of writing: the words, what is wrong, how it is written right (empty where only the writer knows)."""

    quote: str
    message: str
    right: str = ""


_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN = "\u3400-\u9fff"
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"^[{_DIGITS}]+[.．,，]"), "第一层次序数写“一、”"),
    (re.compile(rf"^[（(][{_DIGITS}]+[）)]、"), "第二层次序数后不加顿号"),
    (re.compile(r"^[0-9]+、"), "第三层次序数写“1.”"),
    (re.compile(r"^[（(][0-9]+[）)]、"), "第四层次序数后不加顿号"),
    (re.compile(r"[0-9]{4}年(?:0[0-9]月|[0-9]{1,2}月0[0-9]日)"), "年月日不编虚位"),
    (re.compile(r"[\[【（(][12][0-9]{3}[\]】）)]第?[0-9]+号"), "发文字号的年份用六角括号〔〕，不加“第”"),
    (re.compile(r"〔[12][0-9]{3}〕(?:第[0-9]+|0[0-9]*)号"), "发文字号不加“第”，不编虚位"),
    (re.compile(r"附件[0-9]*[:：].*[。；，]$"), "附件名称后不加标点符号"),
)
_HALF_SIGN = re.compile(rf"(?<=[{_HAN}”》）])[,;:?!()]|[,;:?!()](?=[{_HAN}“《（])")


def slips(paragraph: str) -> tuple[Slip, ...]:
    """What GB/T 9704-2012 and GB/T 15834 would have written otherwise, in the order of the paragraph."""
    found = [(m.start(), Slip(m.group(), message)) for pattern, message in _SLIPS for m in pattern.finditer(paragraph)]
    for match in _HALF_SIGN.finditer(paragraph):
        near = paragraph[max(0, match.start() - 4) : match.end() + 4]
        found.append((match.start(), Slip(near, "中文里用全角标点", _HALF[match.group()])))
    return tuple(slip for _, slip in sorted(found, key=lambda pair: pair[0]))
