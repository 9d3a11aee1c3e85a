"""句读: sentences and clauses of one folded paragraph, brackets set aside. Not here: what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MASK = "\x00"  # stands for every character of a bracket inside its sentence, so that places stay the same
_OPEN, _CLOSE = "(〔[【", ")〕]】"
_STOPS = "。;!?\t"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Folded [start, end) up to 。; ! ? or a table cell's end; `text` has its brackets masked. inner: stood in a bracket.

    clauses: [start, end) of its parts between commas and colons, counted as the paragraph counts.
    """

    start: int
    end: int
    text: str
    inner: bool
    clauses: tuple[tuple[int, int], ...]

    def clause_of(self, place: int) -> int:
        """Index of the clause that holds a folded place."""
        for index, (_, end) in enumerate(self.clauses):
            if place < end:
                return index
        return len(self.clauses) - 1

    def slice(self, start: int, end: int) -> str:
        """The masked text of folded [start, end)."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]


_LONGEST = 800  # characters; prose without a stop is cut there, so that no sentence costs more than its share


@lru_cache(maxsize=64)  # every stage asks for the same paragraph
def sentences(text: str, start: int = 0) -> tuple[Sentence, ...]:
    """All sentences of a folded paragraph from `start`, outer ones and those inside brackets, by where they begin."""
    read = _read(text, _pairs(text), start, len(text), inner=False)
    return tuple(sorted(read, key=lambda s: (s.start, -s.end)))


def _read(text: str, pairs: dict[int, int], start: int, end: int, *, inner: bool) -> Iterator[Sentence]:
    begin, place = start, start
    masked: list[str] = []
    while place < end:
        char = text[place]
        close = pairs.get(place, end)
        if close < end:
            yield from _read(text, pairs, place + 1, close, inner=True)
            masked.append(MASK * (close + 1 - place))
            place = close + 1
            continue
        masked.append(char)
        place += 1
        if char in _STOPS or place - begin >= _LONGEST:
            yield from _sentence(begin, place, "".join(masked), inner)
            begin, masked = place, []
    yield from _sentence(begin, place, "".join(masked), inner)


def _pairs(text: str) -> dict[int, int]:
    """Where each bracket closes, by where it opens; one left open or closed far away counts as an ordinary sign."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in _OPEN:
            opened.append(place)
        elif char in _CLOSE and opened:
            begin = opened.pop()
            if place - begin < _LONGEST:
                pairs[begin] = place
    return pairs


def _sentence(start: int, end: int, masked: str, inner: bool) -> Iterator[Sentence]:
    if not masked.strip(MASK + _STOPS):
        return
    clauses = []
    begin = 0
    for place, char in enumerate(masked):
        between_digits = (
            char == "," and masked[place - 1 : place].isdecimal() and masked[place + 1 : place + 4].isdecimal()
        )
        ratio = char == ":" and masked[place - 1 : place].isdecimal() and masked[place + 1 : place + 2].isdecimal()
        if char in ",:" and not ratio and not (between_digits and not masked[place + 4 : place + 5].isdecimal()):
            clauses.append((start + begin, start + place))
            begin = place + 1
    clauses.append((start + begin, end))
    yield Sentence(start, end, masked, inner, tuple(clauses))
