"""两版对照: clause by clause what was added, removed, moved, changed, and what that does to money and targets.

Clauses are matched by permanent key, then by likeness of their words. Not here: which version is in force (store).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from zhicheng.base.money import Money
from zhicheng.domain.plan.labels import folded as folded_label
from zhicheng.domain.plan.likeness import alike
from zhicheng.domain.plan.model import Clause, Instrument, Plan, Target
from zhicheng.domain.plan.schema import COMPARATORS, INSTRUMENT_KINDS, word

ChangeKind = Literal["added", "removed", "moved", "changed"]

_SAME_CLAUSE = 0.6  # likeness from which two clauses without a common key are one
_SAME_ENTRY = 0.5
_WORD = re.compile(r"[0-9A-Za-z.%％]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words that both versions share, or only one of them has. sign: =, + or -."""

    sign: Literal["=", "+", "-"]
    text: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one instrument or target: field by field, before and after as people read them."""

    of: Literal["instrument", "target"]
    kind: Literal["added", "removed", "changed"]
    before: str | None
    after: str | None
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that is not what it was. moved: only its place; changed may also have moved (labels differ)."""

    kind: ChangeKind
    key: str
    before: Clause | None
    after: Clause | None
    words: tuple[Word, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """All changed clauses in the order of the new text (removed ones where they stood), and how many stayed."""

    before: str
    after: str
    clauses: tuple[ClauseChange, ...]
    unchanged: int

    def of_kind(self, kind: ChangeKind) -> tuple[ClauseChange, ...]:
        return tuple(change for change in self.clauses if change.kind == kind)

    def as_json(self) -> dict[str, object]:
        """The document of `plan diff --json`."""
        kinds: tuple[ChangeKind, ...] = ("added", "removed", "moved", "changed")
        return {
            "before": self.before,
            "after": self.after,
            "unchanged": self.unchanged,
            **{kind: [_clause_json(change) for change in self.of_kind(kind)] for kind in kinds},
        }


def diff(before: Plan, after: Plan) -> Diff:
    """What `after` makes of `before`."""
    pairs = _pairs(before, after)
    matched = {old.key for old, _ in pairs.values()}
    moved = _moved([pairs[new.key] for new in after.clauses if new.key in pairs])
    changes: list[ClauseChange] = []
    unchanged = 0
    for new in after.clauses:
        old = pairs[new.key][0] if new.key in pairs else None
        change = _change(before, after, old, new, new.key in moved)
        if change:
            changes.append(change)
        else:
            unchanged += 1
    for old in before.clauses:
        if old.key not in matched:
            changes.insert(_where_it_stood(before, old, changes), _gone(before, after, old))
    return Diff(before.key, after.key, tuple(changes), unchanged)


# matching


def _pairs(before: Plan, after: Plan) -> dict[str, tuple[Clause, Clause]]:
    """Old and new clause by the new one's key: same permanent key first, then the most alike of those left."""
    old_by_key = {clause.key: clause for clause in before.clauses}
    pairs = {new.key: (old_by_key[new.key], new) for new in after.clauses if new.key in old_by_key}
    old_left = [clause for clause in before.clauses if clause.key not in pairs]
    new_left = [clause for clause in after.clauses if clause.key not in pairs]
    for old, new in _likeliest(before, after, old_left, new_left):
        pairs[new.key] = (old, new)
    return pairs


def _likeliest(
    before: Plan, after: Plan, old_left: Sequence[Clause], new_left: Sequence[Clause]
) -> Iterator[tuple[Clause, Clause]]:
    """Pairs of clauses of the same kind of document, the most alike first, each clause once."""
    kinds = {document.key: document.kind for plan in (before, after) for document in plan.documents}
    scored = sorted(
        (
            (_likeness(before, after, old, new), -abs(i - j), i, j)
            for i, old in enumerate(old_left)
            for j, new in enumerate(new_left)
            if kinds[old.document] == kinds[new.document]
        ),
        reverse=True,
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for score, _, i, j in scored:
        if score < _SAME_CLAUSE:
            return
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            yield old_left[i], new_left[j]


def _likeness(before: Plan, after: Plan, old: Clause, new: Clause) -> float:
    """Words count; a common title makes up for rewording."""
    words = alike(before.quote(old.span), after.quote(new.span))
    return max(words, 0.5 + words / 2) if old.title and old.title == new.title else words


def _moved(pairs: Sequence[tuple[Clause, Clause]]) -> set[str]:
    """New keys of clauses that changed parent or order: those outside the longest run that kept its order.

    A clause that only slid because others came or went before it has not moved.
    """
    renamed = {old.key: new.key for old, new in pairs}
    starts = [old.span.start for old, _ in pairs]
    kept = _longest_rising(starts)
    moved = set()
    for place, (old, new) in enumerate(pairs):
        parent = renamed.get(old.parent, old.parent) if old.parent else None
        if place not in kept or parent != new.parent:
            moved.add(new.key)
    return moved


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Indices of the longest rising run of values (not necessarily neighbours)."""
    best: list[int] = []
    previous: list[int] = [-1] * len(values)
    for index, value in enumerate(values):
        low, high = 0, len(best)
        while low < high:
            middle = (low + high) // 2
            if values[best[middle]] < value:
                low = middle + 1
            else:
                high = middle
        previous[index] = best[low - 1] if low else -1
        best[low : low + 1] = [index]
    chosen: set[int] = set()
    at = best[-1] if best else -1
    while at >= 0:
        chosen.add(at)
        at = previous[at]
    return chosen


def _where_it_stood(before: Plan, gone: Clause, changes: Sequence[ClauseChange]) -> int:
    """Before the first change whose old place lies behind the removed clause."""
    for index, change in enumerate(changes):
        if change.before and change.before.span.start > gone.span.start and change.kind != "moved":
            return index
    return len(changes)


# one clause


def _change(before: Plan, after: Plan, old: Clause | None, new: Clause, moved: bool) -> ClauseChange | None:
    if old is None:
        words = (Word("+", after.quote(new.span)),)
        return ClauseChange("added", new.key, None, new, words, tuple(_effects(before, after, None, new)))
    one, two = before.quote(old.span), after.quote(new.span)
    effects = tuple(_effects(before, after, old, new))
    if _body(one, old) != _body(two, new) or effects:
        return ClauseChange("changed", new.key, old, new, tuple(words_changed(one, two)), effects)
    return ClauseChange("moved", new.key, old, new, (), ()) if moved else None


def _body(words: str, clause: Clause) -> str:
    """The words without the clause's own number: being counted otherwise is no change of text."""
    return words.removeprefix(clause.number)


def _gone(before: Plan, after: Plan, old: Clause) -> ClauseChange:
    words = (Word("-", before.quote(old.span)),)
    return ClauseChange("removed", old.key, old, None, words, tuple(_effects(before, after, old, None)))


def words_changed(one: str, two: str) -> Iterator[Word]:
    """Both texts as runs that are shared, gone or new. Figures with their unit sign stay whole; joined again they are the texts."""
    old, new = _WORD.findall(one), _WORD.findall(two)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Word("=", "".join(old[i:j]))
            continue
        if j > i:
            yield Word("-", "".join(old[i:j]))
        if m > k:
            yield Word("+", "".join(new[k:m]))


# what it does


def _effects(before: Plan, after: Plan, old: Clause | None, new: Clause | None) -> Iterator[Effect]:
    yield from _entry_effects(
        "instrument",
        [each for each in before.instruments if old and each.clause == old.key],
        [each for each in after.instruments if new and each.clause == new.key],
        before,
        after,
        _instrument_fields,
    )
    yield from _entry_effects(
        "target",
        [each for each in before.targets if old and each.clause == old.key],
        [each for each in after.targets if new and each.clause == new.key],
        before,
        after,
        _target_fields,
    )


def _entry_effects(
    of: Literal["instrument", "target"],
    old: Sequence[Any],
    new: Sequence[Any],
    before: Plan,
    after: Plan,
    fields: Any,
) -> Iterator[Effect]:
    left = list(old)
    for each in new:
        match = _same_entry(each, left, before, after)
        if match is None:
            yield Effect(of, "added", None, each.key, _name(each), tuple((k, "", v) for k, v in fields(each)))
            continue
        left.remove(match)
        pairs = zip(fields(match), fields(each), strict=True)
        changed = tuple((name, one, two) for (name, one), (_, two) in pairs if one != two)
        if changed:
            yield Effect(of, "changed", match.key, each.key, _name(each), changed)
    for each in left:
        yield Effect(of, "removed", each.key, None, _name(each), tuple((k, v, "") for k, v in fields(each)))


def _same_entry(each: Any, left: Iterable[Any], before: Plan, after: Plan) -> Any:
    """The old entry of the same key in the same clause, else the most alike by its words."""
    candidates = list(left)
    keyed = next((old for old in candidates if old.key == each.key), None)
    if keyed is not None:
        return keyed
    words = after.quote(each.span)
    scored = [(alike(before.quote(old.span), words), index) for index, old in enumerate(candidates)]
    score, index = max(scored, default=(0.0, -1))
    return candidates[index] if score >= _SAME_ENTRY else None


def _name(each: Instrument | Target) -> str:
    return each.indicator if isinstance(each, Target) else each.name


def _sum(amount: Money | None) -> str:
    return "待定" if amount is None else str(amount)


def _instrument_fields(each: Instrument) -> list[tuple[str, str]]:
    return [
        ("定额" if each.fixed else "上限", _sum(each.ceiling)),
        ("比例", "未设" if each.rate is None else f"{each.rate / 100:g}%"),
        ("年度上限", "未设" if each.annual_cap is None else str(each.annual_cap)),
        ("每年名额", "未设" if each.quota_per_year is None else f"{each.quota_per_year}{each.quota_unit or ''}"),
        ("分档", "、".join(f"{tier.label}{tier.ceiling}" for tier in each.tiers) or "未设"),
        ("性质", word(INSTRUMENT_KINDS, each.kind)),
    ]


def _target_fields(each: Target) -> list[tuple[str, str]]:
    return [
        ("数值", "待定" if each.value is None else f"{each.value:f}{each.unit or ''}"),
        ("比较", word(COMPARATORS, each.comparator)),
        ("期限", "未设" if each.deadline_year is None else f"{each.deadline_year}年"),
        ("周期", "每年" if each.period == "year" else "未设"),
        ("基期", each.base or "未设"),
    ]


# JSON


def _clause_json(change: ClauseChange) -> dict[str, object]:
    return {
        "key": change.key,
        "before": _place(change.before),
        "after": _place(change.after),
        "relabelled": bool(
            change.before and change.after and folded_label(change.before.label) != folded_label(change.after.label)
        ),
        "words": [{"sign": each.sign, "text": each.text} for each in change.words],
        "effects": [
            {
                "of": effect.of,
                "kind": effect.kind,
                "before": effect.before,
                "after": effect.after,
                "name": effect.name,
                "fields": [{"field": name, "before": one, "after": two} for name, one, two in effect.fields],
            }
            for effect in change.effects
        ],
    }


def _place(clause: Clause | None) -> dict[str, object] | None:
    if clause is None:
        return None
    return {
        "key": clause.key,
        "label": clause.label,
        "title": clause.title,
        "start": clause.span.start,
        "end": clause.span.end,
    }
