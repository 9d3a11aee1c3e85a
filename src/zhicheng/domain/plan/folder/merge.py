"""编译稿入目录: `plan compile --into`. What a person confirmed is never touched; the rest is written as drafts.

Returns every difference between folder and compiler, for a person to decide. Not here: the draft itself (draft.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from zhicheng.base import datafile
from zhicheng.base.citation import Span
from zhicheng.base.errors import Conflict
from zhicheng.domain.plan.compiler import Compiled
from zhicheng.domain.plan.folder import writing
from zhicheng.domain.plan.folder.draft import draft_plan
from zhicheng.domain.plan.folder.loading import load
from zhicheng.domain.plan.folder.writing import dump, text_of
from zhicheng.domain.plan.model import Instrument, Plan, Target, Task

DifferenceKind = Literal["only_compiled", "only_folder", "split", "differs"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that folder and compiler say differently.

    kind: only_compiled (now in the folder as a draft), only_folder, split (the folder makes several entries of what the
    compiler reads as one), differs (one field). kept: the folder's entry is confirmed and stays as it is.
    """

    group: str
    kind: DifferenceKind
    folder_key: str | None
    compiled_key: str | None
    quote: str
    field: str = ""
    folder_says: str = ""
    compiled_says: str = ""
    kept: bool = False

    def __str__(self) -> str:
        said = {
            "only_compiled": f"编译读出、目录没有，已作为草稿加入：{self.quote}",
            "only_folder": f"目录有、编译没有读出：{self.quote}",
            "split": f"目录从编译的一条中分出：{self.quote}",
            "differs": f"{self.field}：目录为“{self.folder_says}”，编译为“{self.compiled_says}”",
        }[self.kind]
        return f"{self.group} {self.folder_key or self.compiled_key}：{said}{'（已核对，不改）' if self.kept else ''}"


def write_draft(compiled: Compiled, directory: Path) -> list[Difference]:
    """Write what the compiler read into a plan folder.

    An empty folder gets everything, as drafts. In a folder with a plan, entries nobody confirmed are renewed, new ones
    are added as drafts, confirmed ones stay. Raises Conflict if the folder holds another text.
    """
    fresh = draft_plan(compiled, directory.name or "draft")
    if not (directory / "plan.yaml").exists():
        dump(fresh, directory)
        return [
            Difference(group, "only_compiled", None, each.key, fresh.quote(each.span))
            for group, _ in _GROUPS
            for each in _parts(fresh, group)
        ]
    plan = load(directory)
    if plan.text != fresh.text:
        raise Conflict("目录里已经是另一份原文", where=str(directory), todo="为新稿另建目录，再用 plan diff 对照两版")
    found = [each for group, fields in _GROUPS for each in _compare(plan, fresh, group, fields)]
    for group, _ in _GROUPS:
        _write_group(directory, plan, fresh, group)
    return found + list(_compare_tasks(plan, fresh))


def differences(plan: Plan, compiled: Compiled) -> list[Difference]:
    """What write_draft would report, without writing anything."""
    fresh = draft_plan(compiled, plan.key)
    found = [each for group, fields in _GROUPS for each in _compare(plan, fresh, group, fields)]
    return found + list(_compare_tasks(plan, fresh))


# comparing

_Fields = Callable[[Any], list[tuple[str, str]]]


def _target_fields(each: Target) -> list[tuple[str, str]]:
    return [
        ("数值", "待定" if each.value is None else f"{each.value.normalize():f}{each.unit or ''}"),
        ("比较", each.comparator),
        ("期限", str(each.deadline_year or "未设")),
        ("周期", each.period or "未设"),
    ]


def _instrument_fields(each: Instrument) -> list[tuple[str, str]]:
    return [
        ("上限", str(each.ceiling or "待定")),
        ("定额", "是" if each.fixed else "否"),
        ("比例", "未设" if each.rate is None else f"{each.rate / 100:g}%"),
        ("年度上限", str(each.annual_cap or "未设")),
        ("每年名额", str(each.quota_per_year or "未设")),
        ("分档", "、".join(str(tier.ceiling) for tier in each.tiers) or "未设"),
        ("性质", each.kind),
    ]


_GROUPS: tuple[tuple[str, _Fields], ...] = (
    ("targets", _target_fields),
    ("incentives", _instrument_fields),
    ("commitments", lambda each: [("频次", each.rhythm or "未设")]),
    ("funds", lambda each: [("规模", str(each.size or "待定")), ("确定", "是" if each.firm else "否")]),
    ("upstream", lambda each: [("标题", each.title)]),
    ("questions", lambda each: []),
)
_ATTRIBUTE = {"incentives": "instruments", "upstream": "upstreams"}
_PREFIX = {"targets": "T", "incentives": "I", "commitments": "C", "funds": "F", "upstream": "B", "questions": "Q"}


def _parts(plan: Plan, group: str) -> tuple[Any, ...]:
    parts: tuple[Any, ...] = getattr(plan, _ATTRIBUTE.get(group, group))
    return parts


@dataclass(frozen=True, slots=True)
class _Match:
    """One folder entry and the compiled entry it shares most words with; first: no other folder entry shares more."""

    own: Any
    read: Any
    first: bool


def _matches(own: Sequence[Any], read: Sequence[Any]) -> list[_Match]:
    """Pairs that overlap, each folder entry once; the best pair of a compiled entry is its first, the others are splits."""
    scored = sorted(
        (
            (_shared(one.span, two.span), -i, -j)
            for i, one in enumerate(own)
            for j, two in enumerate(read)
            if one.span.overlaps(two.span)
        ),
        reverse=True,
    )
    taken_own: set[int] = set()
    taken_read: set[int] = set()
    found: list[_Match] = []
    late: list[tuple[int, int]] = []
    for _, minus_i, minus_j in scored:
        i, j = -minus_i, -minus_j
        if i in taken_own:
            continue
        if j in taken_read:
            late.append((i, j))
            continue
        taken_own.add(i)
        taken_read.add(j)
        found.append(_Match(own[i], read[j], True))
    for i, j in late:
        if i not in taken_own:
            taken_own.add(i)
            found.append(_Match(own[i], read[j], False))
    return found


def _shared(one: Span, two: Span) -> int:
    return min(one.end, two.end) - max(one.start, two.start)


def _compare(plan: Plan, fresh: Plan, group: str, fields: _Fields) -> Iterator[Difference]:
    own, read = _parts(plan, group), _parts(fresh, group)
    matches = _matches(own, read)
    by_own = {match.own.key: match for match in matches}
    for each in own:
        match = by_own.get(each.key)
        kept = f"{group} {each.key}" in plan.confirmed
        if match is None:
            yield Difference(group, "only_folder", each.key, None, plan.quote(each.span), kept=kept)
            continue
        if not match.first:
            yield Difference(group, "split", each.key, match.read.key, plan.quote(each.span), kept=kept)
        for (name, ours), (_, theirs) in zip(fields(each), fields(match.read), strict=True):
            if ours != theirs:
                yield Difference(
                    group, "differs", each.key, match.read.key, plan.quote(each.span), name, ours, theirs, kept
                )
    for key, new in _unmatched(plan, group, read, matches):
        yield Difference(group, "only_compiled", key, new.key, fresh.quote(new.span))


def _unmatched(plan: Plan, group: str, read: Sequence[Any], matches: Sequence[_Match]) -> Iterator[tuple[str, Any]]:
    """Compiled entries the folder has nothing of, each with the key it gets there.

    A question inside an incentive that asks its own is covered by those.
    """
    taken = {match.read.key for match in matches}
    used = [each.key for each in _parts(plan, group)]
    for each in read:
        asked = group == "questions" and any(one.open and one.span.overlaps(each.span) for one in plan.instruments)
        if each.key not in taken and not asked:
            used.append(_free(_PREFIX[group], used))
            yield used[-1], each


def _compare_tasks(plan: Plan, fresh: Plan) -> Iterator[Difference]:
    """Tasks by their clause's place: title and units in their order and role."""
    read = {fresh.clause(task.clause).span.start: task for task in fresh.tasks}
    for task in plan.tasks:
        place = plan.clause(task.clause).span.start
        other = read.pop(place, None)
        if other is None:
            yield Difference(
                "tasks", "only_folder", task.key, None, task.title, kept=f"tasks {task.key}" in plan.confirmed
            )
            continue
        for name, ours, theirs in (
            ("标题", task.title, other.title),
            ("责任单位", _units(plan, task), _units(fresh, other)),
        ):
            if ours != theirs:
                yield Difference("tasks", "differs", task.key, other.key, task.title, name, ours, theirs, True)
    for other in read.values():
        yield Difference("tasks", "only_compiled", None, other.key, other.title)


def _units(plan: Plan, task: Task) -> str:
    marks = {"lead": "（牵头）", "support": "（配合）"}
    return "、".join(plan.quote(each.span) + marks.get(each.role or "", "") for each in task.units)


# writing


def _write_group(directory: Path, plan: Plan, fresh: Plan, group: str) -> None:
    """Renew what nobody confirmed and add what is new, each at its own place in its file."""
    own, read = _parts(plan, group), _parts(fresh, group)
    matches = _matches(own, read)
    for match in matches:
        entry = f"{group} {match.own.key}"
        if match.first and entry not in plan.confirmed:
            here = _here(plan, replace(match.read, key=match.own.key), group)
            _renew(directory, plan, group, here)
    for key, each in _unmatched(plan, group, read, matches):
        _add(directory, plan, group, _here(plan, replace(each, key=key), group))


def _here(plan: Plan, part: Any, group: str) -> Any:
    """The compiled part under the folder's own clause and task."""
    clause = next(each for each in plan.clauses if each.span.start <= part.span.start < each.span.end)
    span = writing.unique(plan.text, Span(part.span.start, min(part.span.end, clause.span.end)), clause.span)
    moved = replace(part, clause=clause.key, span=span)
    if group == "incentives":
        return replace(moved, task=next((task.key for task in plan.tasks if task.clause == clause.key), None))
    return moved


def _free(prefix: str, used: Sequence[str]) -> str:
    number = 1 + max(
        (int(key[len(prefix) :]) for key in used if key.startswith(prefix) and key[len(prefix) :].isdigit()), default=0
    )
    return f"{prefix}{number:02d}"


def _entry(plan: Plan, group: str, part: Any) -> dict[str, Any]:
    """The part as its file has it; not confirmed, so it says draft."""
    if group == "incentives":
        return writing.incentive(plan, part)
    alone: dict[str, Any] = {_ATTRIBUTE.get(group, group): (part,)}
    return writing.files(replace(plan, **alone))[f"{group}.yaml"][0]


def _add(directory: Path, plan: Plan, group: str, part: Any) -> None:
    if group == "incentives":
        (directory / "incentives").mkdir(exist_ok=True)
        (directory / "incentives" / f"{part.key}.yaml").write_text(text_of(_entry(plan, group, part)), encoding="utf-8")
        return
    file = directory / f"{group}.yaml"
    before = datafile.read_text(file) if file.exists() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    file.write_text(before + gap + text_of([_entry(plan, group, part)]), encoding="utf-8")


def _renew(directory: Path, plan: Plan, group: str, part: Any) -> None:
    """Write a draft anew in place; every other word of the file stays."""
    if group == "incentives":
        for file in sorted((directory / "incentives").glob("*.yaml")):
            if datafile.read(file)["key"] == part.key:
                file.write_text(text_of(_entry(plan, group, part)), encoding="utf-8")
        return
    file = directory / f"{group}.yaml"
    before = datafile.read_text(file)
    node = yaml.compose(before, Loader=yaml.SafeLoader)
    for item in node.value if node else ():
        if any(key.value == "key" and value.value == part.key for key, value in item.value):
            block = text_of(_entry(plan, group, part)).rstrip("\n").replace("\n", "\n  ")
            end = item.end_mark.index
            tail = "\n" if before[end - 1 : end] == "\n" else ""
            file.write_text(before[: item.start_mark.index] + block + tail + before[end:], encoding="utf-8")
            return
