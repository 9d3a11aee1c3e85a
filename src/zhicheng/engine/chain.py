"""链: a chain of hashes over entries, and how it is checked against anchors. Not here: what an entry means, where it is kept.

Each link covers the entry and the link before it, so a change anywhere changes every later link; an anchor is a link
written down elsewhere, so that even a chain computed anew from some point on is found out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cryptography.hazmat.primitives.hashes import SM3, Hash

Algorithm = Literal["sha256", "sm3"]
START = "0"  # what the first link has before it


@dataclass(frozen=True, slots=True)
class Entry:
    """One link as kept: its number (1, 2, 3 …), what it says, the link before it, its own link."""

    number: int
    content: Mapping[str, object]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """entries: how many were read. first_bad: number of the first entry that is wrong or missing, None if all is well.

    anchored_through: the last number up to which anchor and chain agree, 0 where no anchor was given.
    """

    entries: int
    ok: bool
    first_bad: int | None
    anchored_through: int


def digest(data: bytes, algorithm: Algorithm) -> str:
    """Hash with its algorithm in front (sha256:…, sm3:…): a chain may change algorithm and still be checked."""
    if algorithm == "sm3":
        sm3 = Hash(SM3())
        sm3.update(data)
        return f"sm3:{sm3.finalize().hex()}"
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def canonical(content: Mapping[str, object]) -> bytes:
    """The one spelling of a content that is hashed: JSON, keys sorted, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(number: int, content: Mapping[str, object], previous: str, algorithm: Algorithm = "sha256") -> str:
    """The link of entry `number` after `previous` (START for the first)."""
    return digest(canonical({"number": number, "content": content, "previous": previous}), algorithm)


def verify(entries: Iterable[Entry], anchors: Mapping[int, str]) -> Verdict:
    """Walk the chain once, in constant memory. entries: by number; anchors: link by number.

    Finds an entry edited, removed or inserted (its link no longer fits), a chain rewritten before an anchor,
    and a chain cut off before the last anchor. What was rewritten after the last anchor cannot be found.
    """
    previous, count, first_bad, anchored = START, 0, None, 0
    for entry in entries:
        count += 1
        if first_bad is not None:
            continue
        if not _fits(entry, count, previous) or anchors.get(count, entry.hash) != entry.hash:
            first_bad = count
            continue
        if count in anchors:
            anchored = count
        previous = entry.hash
    if first_bad is None and any(number > count for number in anchors):
        first_bad = count + 1
    return Verdict(count, first_bad is None, first_bad, anchored)


def _fits(entry: Entry, number: int, previous: str) -> bool:
    algorithm: Algorithm = "sm3" if entry.hash.startswith("sm3:") else "sha256"
    return (
        entry.number == number
        and entry.previous == previous
        and entry.hash == link(entry.number, entry.content, entry.previous, algorithm)
    )
