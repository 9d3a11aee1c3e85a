"""Reads kinds of paper, offices and the sheet's template: the library's, and over them the city's.

library/cn/papers/NAME.yaml is a kind. A city's papers/NAME.yaml holds only what differs (null takes a row away) or a whole
new kind; papers/offices.yaml its offices; papers/sheet.typ its own drawing; papers/samples.yaml what a training city shows. Not here: what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from zhicheng.base import datafile
from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.engine.papers.kind import Kind, Office

_PACKAGE = re.compile(r'"@[a-z]')
NOT_KINDS = {"offices.yaml", "format.yaml", "samples.yaml"}


@dataclass(frozen=True)
class Stationery:
    """文具: everything a city writes papers with."""

    kinds: tuple[Kind, ...]
    offices: tuple[Office, ...]
    sheet: str

    def kind(self, key: str) -> Kind:
        """Raises Missing for a kind the city does not have."""
        return _named(self.kinds, key, "这个文种")

    def office(self, key: str) -> Office:
        """Raises Missing for an office the city does not have."""
        return _named(self.offices, key, "这个发文机关")

    def plain(self) -> dict[str, Any]:
        """As JSON values, the way it is stored."""
        offices = [office.model_dump(mode="json") for office in self.offices]
        return {"kinds": [kind.plain() for kind in self.kinds], "offices": offices, "sheet": self.sheet}


_Named = TypeVar("_Named", Kind, Office)


def _named(rows: tuple[_Named, ...], key: str, what: str) -> _Named:
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise Missing(f"本市没有{what}", where=key, todo="从页面上的清单里选")
    return found


def from_plain(content: Mapping[str, Any]) -> Stationery:
    """Stationery as it was stored."""
    kinds = tuple(read_kind(rows, rows["key"]) for rows in content["kinds"])
    return Stationery(kinds, tuple(Office.model_validate(row) for row in content["offices"]), content["sheet"])


def stationery(city: Path | None = None) -> Stationery:
    """The library's kinds with the city's on top. city: the plan folder; None for a city without papers of its own.

    Raises UnreadableInput naming file and place.
    """
    library = files("zhicheng") / "library" / "cn" / "papers"
    own = city / "papers" if city is not None else None
    kinds = {name: (f"library/cn/papers/{name}", rows) for name, rows in _kind_files(library)}
    for name, rows in _kind_files(own) if own is not None and own.is_dir() else ():
        kinds[name] = (f"papers/{name}", _merged(kinds[name][1], rows) if name in kinds else rows)
    sheet = (library / "sheet.typ").read_text("utf-8")
    if own is not None and (own / "sheet.typ").is_file():
        sheet = datafile.read_text(own / "sheet.typ")
        if _PACKAGE.search(sheet):  # it would be fetched from the network
            raise UnreadableInput("版式引用了网上的软件包", where="papers/sheet.typ", todo="删去 @ 开头的引用")
    return Stationery(tuple(read_kind(rows, where) for where, rows in kinds.values()), _offices(own), sheet)


def _kind_files(folder: Traversable) -> list[tuple[str, dict[str, Any]]]:
    rows = [row for row in folder.iterdir() if row.name.endswith(".yaml") and row.name not in NOT_KINDS]
    return [(row.name, _mapping(row)) for row in sorted(rows, key=lambda row: row.name)]


def _mapping(row: Traversable) -> dict[str, Any]:
    found = datafile.parse(row.read_text("utf-8"), row.name)
    if not isinstance(found, dict):
        raise UnreadableInput("文件不是一个文种", where=row.name, todo="按 library/cn/papers 中的样子写")
    return found


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `base`, table by table; null takes a row away."""
    out = {**base, **over}
    for key in base.keys() & over.keys():
        if isinstance(base[key], dict) and isinstance(over[key], dict):
            out[key] = _merged(base[key], over[key])
    return {key: value for key, value in out.items() if value is not None}


def read_kind(rows: Mapping[str, Any], where: str) -> Kind:
    """A kind from its values; raises UnreadableInput with the place in the file."""
    try:
        return Kind.model_validate(dict(rows))
    except ValidationError as error:
        raise _unreadable(error, where) from None


def _offices(own: Path | None) -> tuple[Office, ...]:
    file = own / "offices.yaml" if own is not None else None
    if file is None or not file.is_file():
        return ()
    try:
        return tuple(Office.model_validate(row) for row in datafile.read(file))
    except ValidationError as error:
        raise _unreadable(error, "papers/offices.yaml") from None


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper that a training city shows; issue: not left as a draft."""

    kind: str
    office: str
    data: dict[str, str]
    issue: bool = False


def samples(city: Path) -> tuple[Sample, ...]:
    """The samples of a plan folder; none where it has no such file. Raises UnreadableInput."""
    file = city / "papers" / "samples.yaml"
    if not file.is_file():
        return ()
    try:
        return tuple(TypeAdapter(Sample).validate_python(row) for row in datafile.read(file))
    except ValidationError as error:
        raise _unreadable(error, "papers/samples.yaml") from None


def _unreadable(error: ValidationError, where: str) -> UnreadableInput:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return UnreadableInput(f"{place}：{first['msg']}" if place else str(first["msg"]), where=where, todo="改正该处")
