"""The plan as structure: what a plan folder says once read. All values are immutable.

Not here: how the folder is read (folder/), how a text is compiled (compiler/), how the plan was decided (domain/decision).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, TypeVar

from zhicheng.base.citation import Span
from zhicheng.base.money import Money

ClauseKind = Literal["preamble", "section", "project", "task", "safeguard", "paragraph"]
Role = Literal["lead", "support", "first"]  # first: 首列单位, named first where the text names no lead (DESIGN 2.11)
UnitKind = Literal["department", "court", "vertical_agency", "area", "area_group"]
Measurable = Literal["yes", "partly", "no"]
InstrumentKind = Literal["reward", "grant", "subsidy", "interest_subsidy", "commendation", "encouragement"]


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents a page holds (方案, 解读, 会签与征集, 会议消息 …); numbers of one never count in another."""

    key: str
    kind: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: a numbered place in the text with all its words.

    key: permanent, given once, survives redrafting (DESIGN 2.6). label: what people say in this version, e.g. 方案 二(一)4.
    span: the clause's own characters, from its number to before the next clause; children lie outside it.
    """

    key: str
    label: str
    document: str
    kind: ClauseKind
    number: str
    title: str
    level: int
    parent: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name a unit bears or bore. kind: official (全称), short (简称), alias (page usage), former (旧称)."""

    name: str
    kind: Literal["official", "short", "alias", "former"]
    since: date | None = None
    until: date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """责任单位, or a group of them (各区市局)."""

    key: str
    name: str  # as the plan writes it
    kind: UnitKind
    names: tuple[UnitName, ...] = ()
    successor: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One unit named for one task, in the order of the text. role is `lead` only where the text says so."""

    unit: str
    position: int
    role: Role | None
    span: Span


@dataclass(frozen=True, slots=True)
class Project:
    """工程."""

    key: str
    clause: str
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """任务. key as people say it: project.number, e.g. 1.4."""

    key: str
    project: str
    clause: str
    title: str
    units: tuple[Assignment, ...]


# Comparators that measure from an earlier value: without a base they say nothing.
COMPARED = ("rise", "fall", "growth", "increase", "decrease")


@dataclass(frozen=True, slots=True)
class Target:
    """指标, as quoted. What the text leaves unset (value, base, owner, source) is None and stays None."""

    key: str
    clause: str
    span: Span
    indicator: str
    comparator: str
    value: Decimal | None
    unit: str | None
    deadline_year: int | None
    period: Literal["year"] | None  # "year": due again every year
    base: str | None
    owner: str | None
    source: str | None
    measurable: Measurable
    reason: str  # why (not) measurable as written
    formula: str = ""  # how we would compute it; our reading, never the plan's word


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a tiered amount: 国家级 100万元."""

    label: str
    ceiling: Money


@dataclass(frozen=True, slots=True)
class Instrument:
    """激励: who gets what at most, and for what. Amounts are ceilings (最高) unless fixed; None = 待定, never zero."""

    key: str
    clause: str
    task: str | None
    span: Span
    name: str
    name_en: str
    kind: InstrumentKind
    who: str
    what: str
    ceiling: Money | None
    fixed: bool
    rate: int | None  # basis points
    rate_base: str | None
    per: str | None
    per_is_reading: bool  # True where "per" is our reading of a silent text
    annual_cap: Money | None
    annual_cap_per: str | None
    quota_per_year: int | None
    tiers: tuple[Tier, ...] = ()
    open: tuple[str, ...] = ()  # questions of this instrument, as asked
    quota_unit: str | None = None  # 家, 项 …, as the text counts the quota

    @property
    def amount_unset(self) -> bool:
        """金额待定: the plan fixes neither a ceiling nor a rate under a cap."""
        return self.ceiling is None and self.annual_cap is None and not self.tiers


@dataclass(frozen=True, slots=True)
class Commitment:
    """A standing commitment that is neither target nor money (每年发布白皮书, 定期召开会议). kind names its later home."""

    key: str
    clause: str
    span: Span
    kind: str
    what: str
    rhythm: str | None


@dataclass(frozen=True, slots=True)
class Fund:
    """基金: a pool of money, not an incentive. size None = 规模待定."""

    key: str
    clause: str
    span: Span
    name: str
    size: Money | None
    firm: bool  # False for 探索设立


@dataclass(frozen=True, slots=True)
class Institution:
    """A body or named list the plan relies on (领导小组, 六大运营中心, 9+N 产业集群)."""

    key: str
    clause: str
    span: Span
    name: str
    kind: str
    members: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upstream:
    """上位文件: a document the plan says it rests on.

    issued: the day, only where a day is known. not_before: the earliest day the known part of the date allows
    (2021-12 → 1 December 2021), so that an order in time can be proved without inventing a day.
    """

    key: str
    title: str
    issuer: str
    issued: date | None
    issued_note: str
    confirmed: bool
    span: Span
    clause: str = ""
    not_before: date | None = None
    issued_text: str = ""  # the date as far as it is known: 2022, 2021-12, 2021-12-05


@dataclass(frozen=True, slots=True)
class Question:
    """待答问题: what the text leaves open, asked at its place and never guessed."""

    key: str
    clause: str
    span: Span
    text: str
    to: str = ""  # whom it is put to


@dataclass(frozen=True, slots=True)
class Outside:
    """网页栏目、页脚: characters of the source that belong to no document, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """核对: who read an entry against the text, and on which day. An entry without one is a draft."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of one city's plan, whole. `text` is the source verbatim; every span points into it."""

    key: str
    title: str
    subtitle: str
    city: str
    issuer: str
    drafting_unit: str
    period: tuple[int, int]  # first and last year; (0, 0) where the text names none
    text: str
    sha256: str
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    units: tuple[Unit, ...]
    projects: tuple[Project, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    instruments: tuple[Instrument, ...]
    commitments: tuple[Commitment, ...]
    funds: tuple[Fund, ...]
    institutions: tuple[Institution, ...]
    upstreams: tuple[Upstream, ...]
    questions: tuple[Question, ...]
    predecessor: str | None = None
    successor: str | None = None
    meta: dict[str, str] = field(default_factory=dict)  # 来源, 取得日期, 许可 … as plan.yaml states them
    outside: tuple[Outside, ...] = ()
    confirmed: dict[str, Confirmation] = field(default_factory=dict)  # by entry, e.g. "targets T1", "incentives I03"

    def clause(self, key: str) -> Clause:
        """The clause with this permanent key; KeyError if the plan has none."""
        return _keyed(self.clauses, key)

    def unit(self, key: str) -> Unit:
        return _keyed(self.units, key)

    def document(self, key: str) -> Document:
        return _keyed(self.documents, key)

    def quote(self, span: Span) -> str:
        return span.of(self.text)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


def _keyed(items: Iterable[_K], key: str) -> _K:
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)
