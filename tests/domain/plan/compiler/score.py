"""Compares a compiled text with a hand annotation (gold): precision and recall for each kind of statement.

Rules: text is compared without blanks, punctuation and width; amounts must be equal in yuan and their quotes overlap; units are
compared as sets for each matched task; optional gold rows cost nothing. Not here: thresholds (test_samples).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from typing import Any

_DROP = re.compile(r"[\s\u200b\ufeff,.;:!?\"'()\[\]{}<>《》〈〉“”‘’「」『』【】〔〕、。，；：！？（）·…—–\-~～/|]")
_SCALES = {"": 1, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
Json = dict[str, Any]
Pairs = list[tuple[float, int, int]]


def plain(text: str | None) -> str:
    return _DROP.sub("", unicodedata.normalize("NFKC", text or "")).lower()


class Places:
    """Quotes as positions in the text without blanks and punctuation."""

    def __init__(self, text: str) -> None:
        self.text, self.back = "", []
        for place, char in enumerate(text):
            kept = plain(char)
            self.text += kept
            self.back += [place] * len(kept)

    def of(self, item: Json) -> list[tuple[int, int]]:
        if isinstance(item.get("start"), int):
            low = next((i for i, place in enumerate(self.back) if place >= item["start"]), len(self.back))
            high = next((i for i, place in enumerate(self.back) if place >= item["end"]), len(self.back))
            return [(low, high)]
        quote, found, at = plain(item.get("quote")), [], 0
        while quote and (at := self.text.find(quote, at)) >= 0:
            found.append((at, at + len(quote)))
            at += 1
        return found


def overlap(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> float:
    """Shared characters over the shorter quote, at the best pair of places."""
    shares = [(min(x[1], y[1]) - max(x[0], y[0])) / max(1, min(x[1] - x[0], y[1] - y[0])) for x in a for y in b]
    return max([0.0, *shares])


def assign(pairs: Pairs) -> Pairs:
    """One to one, best first."""
    left: set[int] = set()
    right: set[int] = set()
    chosen = []
    for score, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            chosen.append((score, i, j))
    return chosen


class Tally:
    """Hits, inventions and misses by measure, with every miss and invention in words."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.errors: list[str] = []

    def add(self, measure: str, hits: int, invented: int, missed: int) -> None:
        for i, n in enumerate((hits, invented, missed)):
            self.counts[measure][i] += n

    def f1(self, measure: str) -> float:
        hits, invented, missed = self.counts[measure]
        return 1.0 if not (invented or missed) else 2 * hits / (2 * hits + invented + missed)

    def merge(self, other: Tally) -> None:
        for measure, counts in other.counts.items():
            self.add(measure, *counts)
        self.errors += other.errors


def score(gold: Json, found: Json, text: str) -> Tally:
    tally, places = Tally(), Places(text)
    if gold.get("tasks_scored") is not False:
        _tasks(gold.get("tasks", []), found["tasks"], tally)
    _amounts(gold.get("incentives", []), found["incentives"], places, tally)
    _clauses(gold.get("incentives", []), found["incentives"], places, tally)
    _targets(gold.get("targets", []), found["targets"], places, tally)
    return tally


def _units(task: Json, role: str | None = None) -> set[str]:
    names = [
        u if isinstance(u, str) else u["name"] for u in task.get("units", []) if role is None or u.get("role") == role
    ]
    parts = {plain(part) for name in names for part in re.split(r"[、，,；;]", name)}
    return {re.sub(r"(人民政府|等有关部门|等部门|等)$", "", p) or p for p in parts if p}


def _same_title(a: str, b: str) -> float:
    a, b = plain(a), plain(b)
    short, long = sorted((a, b), key=len)
    if a == b:
        return 1.0
    if (len(short) >= 5 and long.startswith(short)) or (len(short) >= 6 and short in long):
        return 0.92
    return difflib.SequenceMatcher(None, a[:160], b[:160], autojunk=False).ratio()


def _tasks(gold: list[Json], found: list[Json], tally: Tally) -> None:
    pairs = [
        (s + 0.01 * (_units(g) == _units(f) != set()) - 1e-4 * abs(i - j), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (s := _same_title(g["title"], f["title"])) >= 0.7
    ]
    chosen = assign(pairs)
    for _, i, j in chosen:
        if gold[i].get("optional"):
            continue
        want, got = _units(gold[i]), _units(found[j])
        tally.add("tasks", 1, 0, 0)
        tally.add("units", len(want & got), len(got - want), len(want - got))
        if _units(gold[i], "lead"):
            want, got = _units(gold[i], "lead"), _units(found[j], "lead")
            tally.add("lead units", len(want & got), len(got - want), len(want - got))
    for i, task in enumerate(gold):
        if i not in {c[1] for c in chosen} and not task.get("optional"):
            tally.add("tasks", 0, 0, 1)
            tally.add("units", 0, 0, len(_units(task)))
            tally.errors.append(f"task missed: {task['title'][:40]}")
    for j, task in enumerate(found):
        if j not in {c[2] for c in chosen}:
            tally.add("tasks", 0, 1, 0)
            tally.add("units", 0, len(_units(task)), 0)
            tally.errors.append(f"task invented: {task['title'][:40]}")


def _sums(offers: list[Json]) -> list[tuple[int, float]]:
    return [
        (k, float(a))
        for k, o in enumerate(offers)
        for a in (o.get("tiers_yuan") or ([o["max_amount_yuan"]] if o.get("max_amount_yuan") is not None else []))
    ]


def _amounts(gold: list[Json], found: list[Json], places: Places, tally: Tally) -> None:
    want, got = _sums(gold), _sums(found)
    at, to = [places.of(g) for g in gold], [places.of(f) for f in found]
    pairs = [
        (s, i, j)
        for i, (k, a) in enumerate(want)
        for j, (m, b) in enumerate(got)
        if a == b and (s := overlap(at[k], to[m])) >= 0.3
    ]
    chosen = assign(pairs)
    hit, used = {c[1] for c in chosen}, {c[2] for c in chosen}
    optional = [bool(gold[k].get("optional")) for k, _ in want]
    missed = [i for i in range(len(want)) if i not in hit and not optional[i]]
    invented = [j for j in range(len(got)) if j not in used]
    tally.add("amounts", sum(not optional[i] for i in hit), len(invented), len(missed))
    tally.errors += [f"amount missed: {want[i][1]:g} {gold[want[i][0]]['quote'][:40]}" for i in missed]
    tally.errors += [f"amount invented: {got[j][1]:g} {found[got[j][0]]['quote'][:40]}" for j in invented]


def _clauses(gold: list[Json], found: list[Json], places: Places, tally: Tally) -> None:
    at, to = [places.of(g) for g in gold], [places.of(f) for f in found]
    pairs = [
        (s + 0.5 * (g.get("max_amount_yuan") == f.get("max_amount_yuan")), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (s := overlap(at[i], to[j])) >= 0.3
    ]
    chosen = {i: j for _, i, j in assign(pairs)}
    touched = {j for _, _, j in pairs}
    missed = [i for i, g in enumerate(gold) if i not in chosen and not g.get("optional")]
    invented = [j for j in range(len(found)) if j not in touched]
    tally.add("clauses", sum(not gold[i].get("optional") for i in chosen), len(invented), len(missed))
    tally.errors += [f"clause missed: {gold[i]['quote'][:40]}" for i in missed]
    tally.errors += [f"clause invented: {found[j]['quote'][:40]}" for j in invented]
    for i, row in enumerate(gold):
        offer = found[chosen[i]] if i in chosen else {}
        for key, measure in (("rate", "rates"), ("annual_cap_yuan", "yearly caps")):
            wanted = [row.get(key), *(row.get("rates", []) if key == "rate" else [])]
            value = offer.get(key)
            if row.get("optional") or (wanted[0] is None and (value is None or value in wanted)):
                continue
            right = value is not None and any(w is not None and abs(w - value) < 1e-9 for w in wanted)
            tally.add(
                measure, int(right), int(value is not None and not right), int(wanted[0] is not None and not right)
            )
            if not right:
                tally.errors.append(f"{measure}: want {wanted[0]} got {value}: {row['quote'][:40]}")


def _quantity(item: Json) -> tuple[Any, str]:
    unit = unicodedata.normalize("NFKC", item.get("unit") or "").strip().replace("个百分点", "百分点")
    match = re.match(r"(百万|千万|万亿|千|万|亿)?(.*)$", unit)
    scale, base = _SCALES[match.group(1) or ""], match.group(2)
    value = item["value"]
    numbers = [round(float(v) * scale, 6) for v in (value if isinstance(value, list) else [value])]
    return numbers, "人" if base in ("名", "人", "位") else "家" if base in ("家", "户") else base


def _targets(gold: list[Json], found: list[Json], places: Places, tally: Tally) -> None:
    at, to = [places.of(g) for g in gold], [places.of(f) for f in found]
    pairs = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            shared = overlap(at[i], to[j])
            if shared < 0.3 or (g.get("value") is None) != (f.get("value") is None):
                continue
            if g.get("value") is None:
                pairs.append((shared, i, j))
                continue
            (a, u), (b, v) = _quantity(g), _quantity(f)
            if a == b and (u == v or not u or not v):
                pairs.append((shared + 0.2 * (u == v), i, j))
    chosen = assign(pairs)
    hit, used = {c[1] for c in chosen}, {c[2] for c in chosen}
    used |= {j for _, i, j in pairs if len(gold[i].get("indicators", [])) > 1}
    soft = [bool(g.get("optional")) or g.get("value") is None for g in gold]
    missed = [i for i in range(len(gold)) if i not in hit and not soft[i]]
    invented = [j for j, f in enumerate(found) if j not in used and f.get("value") is not None]
    tally.add("targets", sum(not soft[i] for i in hit), len(invented), len(missed))
    tally.errors += [f"target missed: {gold[i]['value']} {gold[i]['quote'][:40]}" for i in missed]
    tally.errors += [f"target invented: {found[j]['value']} {found[j]['quote'][:40]}" for j in invented]
    for _, i, j in chosen:
        want = gold[i].get("deadline_year")
        if soft[i] or want is None or gold[i].get("deadline_inferred"):
            continue
        right = found[j].get("deadline_year") == want
        tally.add("target years", int(right), int(not right), int(not right))
        if not right:
            tally.errors.append(
                f"target year: want {want} got {found[j].get('deadline_year')}: {gold[i]['quote'][:40]}"
            )
