"""Finding words in the clauses of a plan. Not here: registers and full-text indexes, which a plan of some pages does not need.

A plan holds some thousand characters: looking through all of them is exact, finds one-character words, and costs well under a
millisecond; an index would add a second truth.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import Clause, Plan

CONTEXT = 36  # characters of the sentence kept on either side of a hit
SNIPPETS = 3


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of the text; hits: places of the words inside it, counted from its own beginning."""

    span: Span
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause holding every word. count: how often, all words together."""

    clause: Clause
    count: int
    snippets: tuple[Snippet, ...]


def clauses(plan: Plan, asked: str) -> list[Hit]:
    """Clauses of all documents that hold every word of `asked` (parted by spaces), in the order of the text.

    Full and half width, upper and lower case count as the same; one character is enough.
    """
    words = [folded(word) for word in asked.split()]
    text = folded(plan.text)
    found = []
    for clause in plan.clauses:
        places = [list(_places(text, word, clause.span)) for word in words]
        if words and all(places):
            hits = _apart(sorted(place for row in places for place in row))
            found.append(Hit(clause, len(hits), tuple(_snippets(plan.text, clause.span, hits))))
    return found


def folded(text: str) -> str:
    """The text for comparing, character for character: offsets into the source stay valid."""
    return "".join(_fold(sign) for sign in text)


def _fold(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign


def _places(text: str, word: str, within: Span) -> Iterator[Span]:
    at = text.find(word, within.start, within.end)
    while at >= 0:
        yield Span(at, at + len(word))
        at = text.find(word, at + len(word), within.end)


def _apart(places: list[Span]) -> list[Span]:
    """Overlapping places (two words sharing characters) as one."""
    result: list[Span] = []
    for place in places:
        if result and place.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, place.end))
        else:
            result.append(place)
    return result


def _snippets(text: str, clause: Span, hits: list[Span]) -> Iterator[Snippet]:
    """At most three pieces of the clause around its hits; hits near each other share one piece."""
    pieces: list[tuple[Span, list[Span]]] = []
    for hit in hits:
        around = Span(max(clause.start, hit.start - CONTEXT), min(clause.end, hit.end + CONTEXT))
        if pieces and around.start <= pieces[-1][0].end:
            last, inside = pieces[-1]
            pieces[-1] = (Span(last.start, around.end), [*inside, hit])
        else:
            pieces.append((around, [hit]))
    for span, inside in pieces[:SNIPPETS]:
        yield Snippet(span, tuple(Span(hit.start - span.start, hit.end - span.start) for hit in inside))
