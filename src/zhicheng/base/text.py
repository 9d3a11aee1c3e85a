"""文字: reading copies of Chinese text (folded, with a way back) and Chinese numerals.

Not here: what the words mean; the text itself, which is never altered.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import cn2an

from zhicheng.base.citation import Span

# Signs that Unicode does not call blank but no reader sees: zero-width blanks, soft hyphen, byte-order mark.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_BLANKS = frozenset(" \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029" + _INVISIBLE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―－−─━", "-") | dict.fromkeys("～∼〜˜", "~"))


_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they make words read backwards
_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))


def typed(text: str) -> str:
    """What a person typed, as it may be kept and printed; empty where nothing of it can be seen.

    Line ends become one sign, control characters and signs that turn the reading direction are left out. Rare and
    private characters of GB 18030 stay.
    """
    lines = text.replace("\r\n", "\n").translate(_ENDS)
    kept = "".join(
        sign
        for sign in lines
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _OVERRIDES)
    ).strip()
    return kept if any(sign not in _BLANKS for sign in kept) else ""


@dataclass(frozen=True, slots=True)
class Folded:
    """A reading copy: NFKC, one kind of dash, blanks inside words and numbers dropped.

    back[i] is the place in the original of the i-th folded character; it never decreases. `end` closes the last one.
    """

    text: str
    back: array[int]
    end: int

    def span(self, start: int, end: int) -> Span:
        """The original characters behind folded [start, end); blanks dropped inside come back."""
        if start >= end:
            place = self.back[start] if start < len(self.back) else self.end
            return Span(place, place)
        return Span(self.back[start], self.back[end - 1] + 1)

    def at(self, place: int) -> int:
        """The folded position of the first character that stands at or after `place` in the original."""
        low, high = 0, len(self.back)
        while low < high:
            middle = (low + high) // 2
            if self.back[middle] < place:
                low = middle + 1
            else:
                high = middle
        return low


@lru_cache(maxsize=4096)
def fold_character(char: str) -> str:
    """NFKC and one kind of dash for one character; a blank folds to " ", an invisible sign to nothing."""
    if char in _INVISIBLE:
        return ""
    if char == "\t":
        return "\t"
    return "".join(" " if c in _BLANKS else c for c in unicodedata.normalize("NFKC", char).translate(_DASHES))


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Reading copy of text[start:end]. Never fails; an empty piece gives an empty copy."""
    end = len(text) if end is None else end
    out: list[str] = []
    back: array[int] = array("q")
    blank_at = -1  # where the pending run of blanks begins
    tab = broken = False  # whether that run holds a tab, a line end
    for place in range(start, end):
        for char in fold_character(text[place]):
            if char in " \t":
                blank_at = place if blank_at < 0 else blank_at
                tab = tab or char == "\t"
                broken = broken or text[place] in "\r\n"
                continue
            if blank_at >= 0:
                cell = tab and not broken
                if out and (cell or _keeps_blank(out, text, place, end, broken=broken)):
                    out.append("\t" if cell else " ")
                    back.append(blank_at)
                blank_at, tab, broken = -1, False, False
            out.append(char)
            back.append(place)
    return Folded("".join(out), back, end)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


_NUMBER_GOES_ON = re.compile(r"\d{1,3}\s?[万亿元%％‰家个项件名人条年月日号次倍亩]|000")


def _keeps_blank(out: list[str], text: str, place: int, end: int, *, broken: bool) -> bool:
    """Whether a blank parts two words: Latin words, or two numbers that were not torn apart by line breaking."""
    before, after = out[-1], fold_character(text[place])[:1]
    if _is_latin(before):
        return after.isascii() and after.isalnum()
    if not before.isdecimal():
        return False
    if not after.isdecimal():
        return _is_latin(after)
    if broken:
        return False
    short = len(out) < 4 or not all(char.isdecimal() for char in out[-4:])  # 2022 2023年 are two numbers
    return not (short and _NUMBER_GOES_ON.match(text, place, end))  # 第 1 0 条, 10 000 元, 3 00万元


# --- numerals -------------------------------------------------------------------------------------------------------

HAN_DIGITS = "零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟廿"
SCALES: dict[str, int] = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
SCALE = r"[十百千万]亿|[十百千]万|[万亿百千]"
NUMERAL = rf"(?:(?:{ARABIC})|[{HAN_DIGITS}]+(?:点[{HAN_DIGITS}]+)?)(?:{SCALE}|)"
_PARTS = re.compile(rf"^((?:{ARABIC})|[{HAN_DIGITS}万亿]+?)({SCALE}|)$")


@lru_cache(maxsize=4096)
def han_number(written: str) -> int | None:
    """A number in Chinese numerals (五十三, 二〇二二, 十), None for what is no such number (百, 万一)."""
    try:
        return int(cn2an.cn2an(written.replace("○", "〇").replace("廿", "二十"), "smart"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None


def number(written: str) -> Decimal | None:
    """Value of one numeral with its scale: 10万, 1.5亿, 三十万, 1,000, 两百. None for what is no number."""
    if "点" in written:
        whole, _, rest = written.partition("点")
        decimals = "".join(str(han_number(c)) for c in rest if c in HAN_DIGITS)
        scale = next((s for s in sorted(SCALES, key=len, reverse=True) if s and rest.endswith(s)), "")
        value = han_number(whole)
        return None if value is None else Decimal(f"{value}.{decimals}") * SCALES[scale]
    match = _PARTS.match(written)
    if match is None:
        return None
    digits, scale = match.groups()
    if not digits[0].isdecimal():
        value = han_number(digits + scale)
        return None if value is None else Decimal(value)
    try:
        return Decimal(digits.replace(",", "")) * SCALES[scale]
    except InvalidOperation:
        return None
