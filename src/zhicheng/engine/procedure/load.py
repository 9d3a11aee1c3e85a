"""Reads definitions and walks from YAML: the library's, or a city's folder. Not here: what they mean.

library/<place>/procedures/NAME.yaml is a definition; library/<place>/procedures/walks/NAME.yaml its worked cases.
A definition may say `based_on: cn` and then hold only what differs from the one of the same name there, or
`based_on: cn/NAME` for one of another name, such as the next version of the same procedure. An article
may say `{duty: NAME}`: the law packs of its place and of the nation say which articles that is, and when in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError

from zhicheng.base import datafile
from zhicheng.base.citation import Article
from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.engine.law import load_laws
from zhicheng.engine.procedure.definition import Definition
from zhicheng.engine.procedure.simulate import Walk


def read_definition(text: str, where: str, base: Mapping[str, Any] | None = None) -> Definition:
    """A definition from YAML; raises UnreadableInput with the place in the file."""
    try:
        return Definition.model_validate(_with_law(_merged(base or {}, _mapping(text, where)), where))
    except ValidationError as error:
        raise _unreadable(error, where) from None


def read_walks(text: str, where: str) -> list[Walk]:
    """Worked cases from YAML: a list under `walks`."""
    try:
        return [Walk.model_validate(row) for row in _mapping(text, where).get("walks", [])]
    except ValidationError as error:
        raise _unreadable(error, where) from None


@cache
def shipped() -> tuple[Definition, ...]:
    """All definitions of the library, by place and name."""
    out = []
    for place in sorted(_library().iterdir(), key=lambda each: each.name):
        folder = place / "procedures"
        if folder.is_dir():
            rows = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda row: row.name)
            out += [_read(row, place.name) for row in rows]
    return tuple(out)


def _read(row: Traversable, place: str) -> Definition:
    text, where = row.read_text("utf-8"), f"library/{place}/procedures/{row.name}"
    named = _mapping(text, where).get("based_on")
    base = None
    if named is not None:
        level, _, name = str(named).partition("/")
        file = f"{name}.yaml" if name else row.name
        base = _mapping((_library() / level / "procedures" / file).read_text("utf-8"), where)
    return read_definition(text, where, base)


def shipped_walks(definition: Definition) -> list[Walk]:
    """The worked cases of a shipped definition that begin while it is in force; none for a place without a file of its own."""
    where = f"{definition.place}/procedures/walks/{definition.id}.yaml"
    row = _library().joinpath(*where.split("/"))
    walks = read_walks(row.read_text("utf-8"), f"library/{where}") if row.is_file() else []
    return [walk for walk in walks if definition.holds_on(walk.opened)]


def pick(definitions: Iterable[Definition], name: str, day: date, places: Iterable[str] = ("cn",)) -> Definition:
    """The definition a case opened on `day` runs under: the first place that has one in force (tightest first).

    Raises Missing if there is none, naming the day.
    """
    rows = [row for row in definitions if row.id == name and row.holds_on(day)]
    for place in places:
        if found := [row for row in rows if row.place == place]:
            return max(found, key=lambda row: row.in_force)
    raise Missing(f"{day} 没有施行的“{name}”程序", todo="核对程序名称和日期")


def _library() -> Traversable:
    return files("zhicheng") / "library"


def _mapping(text: str, where: str) -> dict[str, Any]:
    found = datafile.parse(text, where)
    if not isinstance(found, dict):
        raise UnreadableInput("文件不是一份程序", where=where, todo="按 library/cn/procedures 中的样子写")
    return found


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `base`, table by table; null takes a row away."""
    out = {**base, **{key: value for key, value in over.items() if key != "based_on"}}
    for key in base.keys() & over.keys():
        if isinstance(base[key], dict) and isinstance(over[key], dict):
            out[key] = _merged(base[key], over[key])
    return {key: value for key, value in out.items() if value is not None}


def _with_law(raw: dict[str, Any], where: str) -> dict[str, Any]:
    """The raw definition with every `{duty: NAME}` replaced by the articles that lay the duty down, oldest first."""
    articles = raw.get("articles")
    if not isinstance(articles, dict):
        return raw
    levels = tuple(dict.fromkeys(["cn", str(raw.get("place", "cn"))]))
    span = (raw.get("in_force") or date.min, raw.get("until") or date.max)
    return raw | {"articles": {key: _by_duty(row, levels, span, where) for key, row in articles.items()}}


def _by_duty(row: object, levels: tuple[str, ...], span: tuple[date, date], where: str) -> object:
    """The articles of a duty that are in force at some time while cases open under the definition."""
    if not isinstance(row, dict) or row.keys() != {"duty"}:
        return row
    named = [duty for law in load_laws(levels).laws for duty in law.duties if duty.name == row["duty"]]
    found = [duty for duty in named if _overlaps(duty.article, span)]
    if not found:
        raise UnreadableInput(f"法规包里没有“{row['duty']}”这项义务", where=where, todo="核对 library/<地方>/law")
    return [
        {
            "law": duty.article.law,
            "number": duty.article.number,
            "in_force": duty.article.in_force,
            "until": duty.article.until,
            "confirmed": duty.article.confirmed,
            "term": duty.term,
        }
        for duty in sorted(found, key=lambda duty: duty.article.in_force or date.min)
    ]


def _overlaps(article: Article, span: tuple[date, date]) -> bool:
    return (article.in_force or date.min) <= span[1] and span[0] <= (article.until or date.max)


def _unreadable(error: ValidationError, where: str) -> UnreadableInput:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return UnreadableInput(f"{place}：{first['msg']}", where=where, todo="改正该处")
