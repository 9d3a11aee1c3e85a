"""激励目录 for pages: instruments with their task, units and tiers. Not here: who is entitled to what (no rules yet)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zhicheng.base.errors import Missing
from zhicheng.base.money import Money
from zhicheng.store.models import Assignment, Instrument, PlanVersion, Question, Unit


@dataclass
class Offer:
    """One instrument with the units of its task, in the order of the text, and its words in the plan."""

    row: Instrument
    assignments: list[Assignment]
    quote: str

    @cached_property
    def amount_unset(self) -> bool:
        """金额待定: the plan fixes neither a ceiling, nor steps, nor a cap a year."""
        return self.row.ceiling_fen is None and self.row.annual_cap_fen is None and not self.row.tiers.all()

    @cached_property
    def payers(self) -> list[Unit]:
        """The finance authorities the task names. Empty: the plan does not say who pays."""
        return [each.unit for each in self.assignments if pays(each.unit)]

    @cached_property
    def most_a_year(self) -> Money | None:
        """Ceiling × yearly quota, where the plan fixes both: the only instruments whose yearly total is bounded."""
        if self.row.ceiling is None or self.row.quota_per_year is None:
            return None
        return Money(self.row.ceiling.fen * self.row.quota_per_year)


def pays(unit: Unit) -> bool:
    """Whether a unit is a finance authority, by the name every Chinese government gives it (财政)."""
    return "财政" in unit.name or any("财政" in name.name for name in unit.names.all())


def offers(version: PlanVersion) -> list[Offer]:
    """Every instrument in the order of the plan; four queries whatever their number."""
    rows = version.instruments.select_related("clause", "task__project").prefetch_related(
        "tiers", "task__assignments__unit__names"
    )
    return [_offer(version, row) for row in rows]


def offer(version: PlanVersion, key: str) -> Offer:
    """The instrument with this key. Raises Missing."""
    found = (
        version.instruments.filter(key=key)
        .select_related("clause__document", "task__project", "task__clause")
        .prefetch_related("tiers", "task__assignments__unit__names")
        .first()
    )
    if found is None:
        raise Missing(f"本版方案没有编号为“{key}”的激励", todo="从激励目录中选择")
    return _offer(version, found)


def _offer(version: PlanVersion, row: Instrument) -> Offer:
    assignments = list(row.task.assignments.all()) if row.task else []
    return Offer(row, assignments, row.span.of(version.text))


def neighbours(version: PlanVersion, row: Instrument) -> tuple[Instrument | None, Instrument | None]:
    """The instruments before and after this one in the order of the plan."""
    around = version.instruments.filter(position__in=(row.position - 1, row.position + 1))
    found = {each.position: each for each in around}
    return found.get(row.position - 1), found.get(row.position + 1)


def questions(version: PlanVersion, row: Instrument) -> list[Question]:
    """待答问题 asked of the plan within the very words of this instrument."""
    touching = version.questions.filter(clause=row.clause, start__lt=row.end, end__gt=row.start)
    return list(touching.order_by("start", "key"))
