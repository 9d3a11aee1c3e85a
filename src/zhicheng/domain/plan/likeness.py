"""相似: how much two Chinese phrases say the same, by pairs of neighbouring signs. Not here: what follows from it."""

from __future__ import annotations

import unicodedata
from collections import Counter


def folded(text: str) -> str:
    """Letters and figures only, widths folded: what is left when two phrases are compared."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def pairs(text: str) -> Counter[str]:
    """The neighbouring pairs of the folded text; a single sign counts as itself."""
    clean = folded(text)
    return Counter([clean]) if len(clean) == 1 else Counter(clean[i : i + 2] for i in range(len(clean) - 1))


def contained(part: str, whole: str) -> float:
    """The share (0 to 1) of the pairs of `part` that stand in `whole` too; 0 for an empty part."""
    wanted = pairs(part)
    total = sum(wanted.values())
    return sum((wanted & pairs(whole)).values()) / total if total else 0.0


def alike(one: str, two: str) -> float:
    """Dice's coefficient of the pairs of both, 0 to 1; two empty phrases are alike."""
    first, second = pairs(one), pairs(two)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 1.0


def common_run(one: str, two: str) -> str:
    """The longest run of signs that stands in both (the first of equals)."""
    best, ends = "", [0] * (len(two) + 1)
    for i, sign in enumerate(one):
        row = [0] * (len(two) + 1)
        for j, other in enumerate(two):
            if sign == other:
                row[j + 1] = ends[j] + 1
                if row[j + 1] > len(best):
                    best = one[i + 1 - row[j + 1] : i + 1]
        ends = row
    return best
