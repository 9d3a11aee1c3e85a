"""读入件的栏目: which values each kind of piece bears, how a person writes them, how they are written back.

Not here: what the fields are called on a page (faces), what they mean (domain/plan/model).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, TypeGuard

from zhicheng.base.errors import UnreadableInput
from zhicheng.base.money import Money, basis_points
from zhicheng.domain.plan.model import Tier
from zhicheng.domain.plan.reading.model import Field, PieceKind
from zhicheng.domain.plan.schema import COMMITMENT_KINDS, COMPARATORS, INSTRUMENT_KINDS

# What the compiler tells apart beyond what a plan folder is written with.
_COMMITMENTS = {**COMMITMENT_KINDS, "公布": "publication", "督查": "supervision", "会议": "meeting"}
FIELDS: dict[PieceKind, tuple[Field, ...]] = {
    "target": (
        Field("indicator"),
        Field("comparator", "choice", COMPARATORS),
        Field("value", "decimal"),
        Field("unit"),
        Field("deadline_year", "year"),
        Field("base"),
        Field("owner"),
        Field("source"),
    ),
    "incentive": (
        Field("name"),
        Field("kind", "choice", INSTRUMENT_KINDS),
        Field("who"),
        Field("what"),
        Field("ceiling", "money"),
        Field("fixed", "flag"),
        Field("tiers", "tiers"),
        Field("rate", "rate"),
        Field("rate_base"),
        Field("per"),
        Field("annual_cap", "money"),
        Field("annual_cap_per"),
        Field("quota_per_year", "count"),
    ),
    "commitment": (Field("kind", "choice", _COMMITMENTS), Field("what"), Field("rhythm")),
    "fund": (Field("name"), Field("size", "money"), Field("firm", "flag")),
    "question": (Field("text"), Field("to")),
}
_YES, _NO = ("是", "1", "true", "on"), ("否", "0", "false", "")


def is_kind(word: str) -> TypeGuard[PieceKind]:
    return word in FIELDS


def field_of(kind: PieceKind, name: str) -> Field:
    """The field of this kind of piece; raises UnreadableInput if it has none of that name."""
    for found in FIELDS[kind]:
        if found.name == name:
            return found
    raise UnreadableInput(f"这类内容没有“{name}”一栏", todo="刷新页面后再改")


def parse(field: Field, written: str) -> Any:
    """The value a person wrote; blank and 待定 are None. Raises UnreadableInput saying how to write it."""
    said = written.strip()
    if field.kind == "flag":
        if said in _YES + _NO:
            return said in _YES
        raise UnreadableInput(f"“{said}”不是“是”或“否”", where=field.name, todo="写“是”或“否”")
    if said in ("", "待定"):
        return () if field.kind == "tiers" else None
    return _READERS[field.kind](field, said)


def _text(_field: Field, said: str) -> str:
    return said


def _decimal(field: Field, said: str) -> Decimal:
    try:
        return Decimal(said)
    except InvalidOperation:
        raise UnreadableInput(f"“{said}”不是数", where=field.name, todo="只写数字，单位写在“单位”一栏") from None


def _count(field: Field, said: str) -> int:
    if not said.isdecimal():
        raise UnreadableInput(f"“{said}”不是整数", where=field.name, todo="只写数字，例如 20")
    return int(said)


def _year(field: Field, said: str) -> int:
    if not re.fullmatch(r"\d{4}", said):
        raise UnreadableInput(f"“{said}”不是年份", where=field.name, todo="写四位年份，例如 2027")
    return int(said)


def _choice(field: Field, said: str) -> str:
    if said in field.choices.values():
        return said
    if said in field.choices:
        return field.choices[said]
    raise UnreadableInput(f"没有“{said}”这个选项", where=field.name, todo="从列表中选择")


def _tiers(field: Field, said: str) -> tuple[Tier, ...]:
    """国家级 100万元；省级 50万元."""
    tiers = []
    for part in re.split(r"[；;\n]+", said):
        if part.strip():
            label, _, amount = part.strip().rpartition(" ")
            if not label:
                raise UnreadableInput(
                    f"“{part}”看不出档次和金额", where=field.name, todo="写成“国家级 100万元；省级 50万元”"
                )
            tiers.append(Tier(label.strip(), Money.written(amount)))
    return tuple(tiers)


_READERS: dict[str, Any] = {
    "text": _text,
    "money": lambda _field, said: Money.written(said),
    "rate": lambda _field, said: basis_points(said),
    "decimal": _decimal,
    "count": _count,
    "year": _year,
    "choice": _choice,
    "tiers": _tiers,
}


def written(field: Field, value: Any) -> str:
    """The value as a person would write it; parse(field, written(field, value)) is the value again. None is blank."""
    if field.kind == "flag":
        return "是" if value else "否"
    if value is None:
        return ""
    if field.kind == "rate":
        return f"{Decimal(value) / 100:f}%"
    if field.kind == "money":
        return str(value).replace(",", "")
    if field.kind == "tiers":
        return "；".join(f"{tier.label} {str(tier.ceiling).replace(',', '')}" for tier in value)
    return str(value)


def unset(kind: PieceKind) -> dict[str, Any]:
    """Every field of a kind, nothing said yet."""
    blank: dict[str, Any] = {"flag": False, "tiers": ()}
    return {field.name: blank.get(field.kind) for field in FIELDS[kind]}
