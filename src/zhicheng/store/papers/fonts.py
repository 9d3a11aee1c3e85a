"""字体: which faces this machine writes papers with. Not here: drawing.

A missing font never fails in Typst, it prints blanks; so a machine without Chinese fonts is told so, and issues nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from zhicheng.base import datafile
from zhicheng.base.errors import Conflict

INSTALL = "安装中文字体：本单位的仿宋_GB2312、方正小标宋等正版字体，或 apt-get install fonts-noto-cjk，然后重新启动"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a paper: the family that serves, "" for none. own: the face the standard asks for, not a stand-in.

    others: further Chinese families of this machine, for signs the first one lacks.
    """

    key: str
    label: str
    family: str
    own: bool
    wanted: str
    weight: str
    others: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        return {"family": self.family, "weight": self.weight, "others": list(self.others)}


@dataclass(frozen=True)
class Faces:
    """The faces of one machine, in the order of the list."""

    faces: tuple[Face, ...]

    @property
    def usable(self) -> bool:
        return all(face.family for face in self.faces)

    def plain(self) -> dict[str, Any]:
        """What a sheet is drawn with, kept beside every issued paper."""
        return {face.key: face.plain() for face in self.faces}

    def said(self) -> str:
        """One line for a person: which fonts papers are printed in."""
        if not self.usable:
            return f"本机没有中文字体，公文和文书印不出来。请{INSTALL}。"
        own = [f"{face.label}{face.family}" for face in self.faces if face.own]
        instead = [f"{face.label}用{face.family}代{face.wanted}" for face in self.faces if not face.own]
        return "公文字体：" + "；".join([*own, *instead]) + "。"


def choose(families: Iterable[str]) -> Faces:
    """The first installed family of each face's list. families: names as the machine gives them, in any case."""
    installed = {name.casefold(): name for name in families}
    faces = []
    for key, row in _format()["faces"].items():
        own = [installed[f.casefold()] for f in row["families"] if f.casefold() in installed]
        instead = [installed[f.casefold()] for f in row["instead"] if f.casefold() in installed]
        first, *others = [*own, *instead] or [""]
        weight = "regular" if own else row.get("weight", "regular")
        faces.append(Face(key, row["label"], first, bool(own), row["families"][0], weight, tuple(others)))
    return Faces(tuple(faces))


@cache
def of_this_machine() -> Faces:
    """The faces of the fonts installed when the program started, with those of ZHICHENG_FONTS."""
    return choose(typst.Fonts(include_embedded_fonts=False, font_paths=folders()).families())


def folders() -> list[Path]:
    """Folders of fonts beside the system's own."""
    return [Path(folder) for folder in settings.PAPER_FONTS]


def required() -> Faces:
    """The faces; raises Conflict on a machine that has no Chinese font."""
    found = of_this_machine()
    if not found.usable:
        raise Conflict("本机没有中文字体，公文和文书印不出来", todo=INSTALL)
    return found


@cache
def whole_words() -> tuple[str, ...]:
    """Words that a title's line break never cuts."""
    return tuple(_format()["whole"])


@cache
def _format() -> dict[str, Any]:
    found: dict[str, Any] = datafile.parse(
        (files("zhicheng") / "library/cn/papers/format.yaml").read_text("utf-8"), "format.yaml"
    )
    return found
