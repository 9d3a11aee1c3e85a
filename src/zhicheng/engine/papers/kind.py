"""文种 as data: fields, fixed words, articles. Not here: reading of files (load), the words of one paper (compose).

A kind is known by its content hash (`version`): a paper keeps the kind it was written under.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from zhicheng.base.calendar.terms import Term
from zhicheng.base.citation import Article

FieldKind = Literal["line", "text", "date", "list", "names", "articles", "phone"]
Layout = Literal["document", "letter", "form"]
PLACE = re.compile(r"\{([a-z_]+)\}")
# What every paper can say without being asked: its own organ, number and day.
GIVEN = frozenset({"organ", "number", "date"})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Suggestion(_Part):
    """Words a drafter may take over. confirmed: somebody read the article they rest on."""

    text: str
    confirmed: bool = False


class Field(_Part):
    """One thing the drafter says. list: one item a line; names: organs or persons, joined by 、; articles: 《…》第…条.

    lines: how high its box is on a form, 0 for what its kind usually needs. takes: what a case may fill it with: a fact
    of its procedure, or party, subject, opened, number, reason, due.
    """

    label: str
    en: str
    kind: FieldKind
    required: bool = False
    hint: str = ""
    lines: int = 0
    takes: str = ""
    suggest: tuple[Suggestion, ...] = ()


class ArticleRow(_Part):
    """An article the kind's own words rest on."""

    law: str
    number: str
    in_force: date | None = None
    until: date | None = None
    confirmed: bool

    def article(self) -> Article:
        return Article(self.law, self.number, self.in_force, self.until, self.confirmed)


class SpanRule(_Part):
    """Between two days at least (or at most) a term, unless another field gives the reason. article: key in `articles`."""

    start: str
    end: str
    at_least: Annotated[Term, BeforeValidator(Term.written)]
    unless: str
    article: str


class Cell(_Part):
    """One cell of a form's table. lines: height in lines of text, for words written by hand later."""

    label: str
    value: str = ""
    lines: int = 1


class Kind(_Part):
    """One kind of paper.

    layout: document 文件式, letter 信函式, form 文书式. mark: what stands at the head; series: what follows the organ's
    code in the number (烟市监 + 函). Lines of title, addressee, body … name fields in {braces}; a line that names an empty
    optional field is left out. grid: rows of a form's table.
    """

    key: str
    name: str
    en: str
    layout: Layout
    mark: str
    series: str
    fields: dict[str, Field]
    title: str
    addressee: str = ""
    body: tuple[str, ...] = ()
    grid: tuple[tuple[Cell, ...], ...] = ()
    attachments: str = ""
    note: str = ""
    copies: str = ""
    foot: str = ""
    articles: dict[str, ArticleRow] = {}
    spans: tuple[SpanRule, ...] = ()
    sources: str = ""

    @model_validator(mode="after")
    def _names_fit(self) -> Kind:
        named = {place for line in self.lines() for place in PLACE.findall(line)}
        named |= {name for rule in self.spans for name in (rule.start, rule.end, rule.unless)}
        if unknown := sorted(named - set(self.fields) - GIVEN):
            raise ValueError(f"没有这些栏目：{'、'.join(unknown)}")
        if unknown := sorted({rule.article for rule in self.spans} - set(self.articles)):
            raise ValueError(f"没有这些条款：{'、'.join(unknown)}")
        return self

    def lines(self) -> Iterator[str]:
        """Every line of fixed words, in the order of the paper."""
        yield from (self.mark, self.title, self.addressee, *self.body)
        yield from (cell.value for row in self.grid for cell in row)
        yield from (self.attachments, self.note, self.copies, self.foot)

    def plain(self) -> dict[str, Any]:
        """The kind as JSON values, the way it is stored."""
        rows = self.model_dump(mode="json", exclude={"spans"})
        rows["spans"] = [rule.model_dump(exclude={"at_least"}) | {"at_least": _written(rule)} for rule in self.spans]
        return rows

    @property
    def version(self) -> str:
        """SHA-256 of the content."""
        spelled = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(spelled.encode()).hexdigest()


def _written(rule: SpanRule) -> str:
    units = {"workday": "工作日", "day": "日", "month": "月", "year": "年"}
    return f"{rule.at_least.length} {units[rule.at_least.unit]}"


class Office(_Part):
    """发文机关: who signs and numbers. key: its unit in the plan; code: 机关代字, null where nobody has said it yet.

    begins: for a series that already ran on paper this year, the first serial of ours: {某函〔2026〕: 36}.
    """

    key: str
    name: str
    code: str | None = None
    printer: str | None = None
    begins: dict[str, int] = {}
    confirmed: bool = False
    source: str = ""
