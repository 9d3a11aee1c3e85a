"""出处: where a statement comes from. Not here: the texts themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters [start, end) of a source text as read, counted from 0."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The very characters of `text`; nothing is folded or mended."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of law: name, number, and from when to when it is in force.

    confirmed: somebody read the article itself; False keeps the mark [general knowledge] of its source.
    """

    law: str
    number: str
    in_force: date | None = None
    until: date | None = None
    confirmed: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the article is in force on `day`; an unset beginning counts as always."""
        return (self.in_force is None or self.in_force <= day) and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        return f"{self.law}{self.number}"
