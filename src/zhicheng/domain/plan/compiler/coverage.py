"""已读与未读: which characters some stage took a statement from. Read and unread together are the whole text."""

from __future__ import annotations

from collections.abc import Iterable

from zhicheng.base.citation import Span


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as disjoint spans in order; empty spans vanish."""
    merged: list[Span] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def unread(length: int, read: Iterable[Span]) -> tuple[Span, ...]:
    """What no span of `read` covers in a text of `length` characters."""
    gaps: list[Span] = []
    place = 0
    for span in merge(read):
        if span.start > place:
            gaps.append(Span(place, min(span.start, length)))
        place = max(place, span.end)
    if place < length:
        gaps.append(Span(place, length))
    return tuple(gaps)


def without(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """`span` less the holes."""
    parts: list[Span] = []
    place = span.start
    for hole in merge(holes):
        if hole.end <= place or hole.start >= span.end:
            continue
        if hole.start > place:
            parts.append(Span(place, hole.start))
        place = max(place, hole.end)
    if place < span.end:
        parts.append(Span(place, span.end))
    return tuple(parts)
