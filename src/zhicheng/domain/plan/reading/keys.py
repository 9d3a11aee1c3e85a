"""沿用条款号: gives each clause of a new text the permanent key it had in the version in force (DESIGN 2.6).

A clause is the same one where its title is, or where its label and most of its words are. Not here: its contents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from zhicheng.domain.plan.model import Clause, Plan
from zhicheng.domain.plan.reading.model import ReadClause

ALIKE = 0.6  # share of words two versions of one clause have in common, at least


def keyed(text: str, clauses: Iterable[ReadClause], before: Plan | None) -> list[ReadClause]:
    """The clauses under their permanent keys; parents follow. Clauses already known keep theirs."""
    clauses = list(clauses)
    free = _unclaimed(clauses, before)
    new: dict[str, ReadClause] = {}
    for clause in clauses:
        if clause.known:
            new[clause.key] = clause
            continue
        old = _match(text, clause, free, before)
        if old is not None and before is not None:
            del free[old.key]
            same = _words(before.quote(old.span)) == _words(clause.span.of(text))
            new[clause.key] = replace(clause, key=old.key, kind=old.kind, known=True, same=same, accepted=same)
        else:
            new[clause.key] = replace(clause, key=_fresh(clause, new.values(), free))
    return [replace(c, parent=new[c.parent].key if c.parent in new else c.parent) for c in new.values()]


def _unclaimed(clauses: list[ReadClause], before: Plan | None) -> dict[str, Clause]:
    claimed = {clause.key for clause in clauses if clause.known}
    return {c.key: c for c in before.clauses if c.key not in claimed} if before else {}


def _match(text: str, clause: ReadClause, free: dict[str, Clause], before: Plan | None) -> Clause | None:
    titled = [c for c in free.values() if c.title and _words(c.title) == _words(clause.title)]
    if len(titled) == 1:
        return titled[0]
    words = _words(clause.span.of(text))
    labelled = [c for c in free.values() if c.label == clause.label]
    for old in [*titled, *labelled]:
        if before is not None and alike(before.quote(old.span), words) >= ALIKE:
            return old
    return None


def _fresh(clause: ReadClause, given: Iterable[ReadClause], free: dict[str, Clause]) -> str:
    """A new key that says nothing and therefore never needs to change."""
    taken = {c.key for c in given} | set(free)
    for salt in range(99):
        digest = hashlib.sha256(f"{clause.label}|{clause.title}|{salt}".encode()).hexdigest()
        if f"c-{digest[:8]}" not in taken:
            return f"c-{digest[:8]}"
    raise ValueError(clause.label)


def alike(one: str, other: str) -> float:
    """Share of words two texts have in common, 0 to 1, blanks aside."""
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _words(text: str) -> str:
    return "".join(text.split())
