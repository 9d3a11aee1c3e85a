"""法规包: articles and terms of law by duty, with the days they are in force. Not here: what a duty means, which act it binds.

A law file of library/<level>/law/ says for each duty (义务) which article lays it down, so that no code names a law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError

from zhicheng.base import datafile
from zhicheng.base.calendar.terms import Term
from zhicheng.base.citation import Article
from zhicheng.base.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty as one article lays it down. term: the minimum or maximum time it sets; says: its content in few words."""

    name: str
    article: Article
    says: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """One law, regulation or notice. level: the library folder it stands in (cn, cn-shandong)."""

    key: str
    level: str
    title: str
    number: str
    in_force: date | None
    until: date | None
    source: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class LawPack:
    """The laws that bind one city, the most specific level last in `levels`."""

    laws: tuple[Law, ...]

    def duties(self, name: str, day: date) -> tuple[Duty, ...]:
        """The duty as the laws in force on `day` lay it down, the most specific first; empty if none does."""
        return tuple(duty for duty in self._all(name) if duty.article.holds_on(day))

    def articles(self, name: str, day: date) -> tuple[Article, ...]:
        return tuple(duty.article for duty in self.duties(name, day))

    def term(self, name: str, day: date) -> Duty | None:
        """The most specific duty of this name that sets a time on `day`."""
        return next((duty for duty in self.duties(name, day) if duty.term), None)

    def since(self, name: str, day: date, today: date) -> tuple[Duty, ...]:
        """What has come into force between `day` and `today`: never part of a verdict, only of a remark (DESIGN 2.6)."""
        return tuple(
            each for each in self._all(name) if each.article.holds_on(today) and not each.article.holds_on(day)
        )

    def _all(self, name: str) -> Iterator[Duty]:
        for law in reversed(self.laws):
            yield from (duty for duty in law.duties if duty.name == name)


class _DutyFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    duty: str
    article: str
    says: str
    term: str | None = None
    confirmed: bool | None = None
    in_force: date | None = None
    until: date | None = None


class _LawFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str
    title: str
    number: str = ""
    in_force: date | None = None
    until: date | None = None
    confirmed: bool
    source: str
    note: str = ""
    duties: list[_DutyFile]


def _duty(part: _DutyFile, law: _LawFile) -> Duty:
    confirmed = law.confirmed if part.confirmed is None else part.confirmed
    article = Article(law.title, part.article, part.in_force or law.in_force, part.until or law.until, confirmed)
    return Duty(part.duty, article, part.says, Term.written(part.term) if part.term else None)


def read_law(text: str, level: str, where: str) -> Law:
    """One law from its YAML; raises UnreadableInput naming file and field."""
    try:
        part = _LawFile.model_validate(datafile.parse(text, where))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableInput(
            f"法规文件读不懂：{first['msg']}", where=f"{where} {place}", todo="对照同类文件改正"
        ) from None
    duties = tuple(_duty(each, part) for each in part.duties)
    return Law(part.key, level, part.title, part.number, part.in_force, part.until, part.source, duties)


@cache
def load_laws(levels: tuple[str, ...]) -> LawPack:
    """The law packs of these library folders, e.g. ("cn", "cn-shandong"); a level without laws is refused."""
    found: list[Law] = []
    for level in levels:
        folder = files("zhicheng") / "library" / level / "law"
        if not folder.is_dir():
            raise UnreadableInput(f"没有“{level}”的法规包", where="library", todo="核对 decision.yaml 的 laws")
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            where = f"library/{level}/law/{file.name}"
            found.append(read_law(file.read_text("utf-8"), level, where))
    return LawPack(tuple(found))


def said(articles: Iterable[Article]) -> str:
    """Articles as a sentence cites them: 《…》第二十五条、《…》第三条（待核实）."""
    return "、".join(f"《{each.law}》{each.number}{'' if each.confirmed else '（待核实）'}" for each in articles)


def as_of(law: Law, day: date) -> Law:
    """The law with only the duties in force on `day`."""
    return replace(law, duties=tuple(duty for duty in law.duties if duty.article.holds_on(day)))
