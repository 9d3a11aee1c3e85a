"""激励条款 as values: an offer once read (Incentive) and while it is read (Draft). Not here: the reading (money)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Incentive:
    """One offer as quoted. Amounts in yuan, rates as fractions; None and () = the text does not say.

    who: the words of the condition (对…的), an exact piece of the quote's text; fixed: no 最高 before the sum.
    """

    span: Span
    who: Span | None
    kind: str
    amounts: tuple[Decimal, ...] = ()
    fixed: bool = False
    is_range: bool = False
    rates: tuple[Decimal, ...] = ()
    rate_base: str | None = None
    per: str | None = None
    yearly_cap: Decimal | None = None
    total_cap: Decimal | None = None
    pool: Decimal | None = None
    quota_per_year: int | None = None
    quota_total: int | None = None
    thresholds: tuple[Decimal, ...] = ()
    unit_rates: tuple[Decimal, ...] = ()
    instalments: tuple[Decimal, ...] = ()
    uncapped: bool = False
    bare_unit: bool = False  # 15万资助: 元 left out
    stated: bool = False  # the condition is worded as one (对…, …的,)
    core: Span = field(default=Span(0, 0))  # the clause with the sum

    @property
    def conditional(self) -> bool:
        """Whether the quote states who is entitled; the figures in it are then conditions, never targets."""
        return self.who is not None and self.stated

    @property
    def maximum(self) -> Decimal | None:
        return max(self.amounts) if self.amounts else None


@dataclass(slots=True)
class Draft:
    """An offer while it is read; places are folded positions of its paragraph."""

    sentence: Sentence
    start: int
    end: int
    figure_at: int
    figure_end: int = 0
    amounts: tuple[Decimal, ...] = ()
    ceiling: bool = False
    is_range: bool = False
    bare: bool = False
    rates: tuple[Decimal, ...] = ()
    rate_base: str | None = None
    per: str | None = None
    yearly_cap: Decimal | None = None
    total_cap: Decimal | None = None
    pool: Decimal | None = None
    unit_rates: tuple[Decimal, ...] = ()
    instalments: tuple[Decimal, ...] = ()
    thresholds: tuple[Decimal, ...] = ()
    uncapped: bool = False
    kind: str | None = None
    quotas: dict[str, int] = field(default_factory=dict)
