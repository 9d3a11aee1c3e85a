"""决策全过程: the eight stages as recorded, their holes and clocks, as of any day. Not here: checks of the record, filing papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.base import calendar
from zhicheng.base.citation import Article
from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.decision.clocks import Clock, clocks
from zhicheng.domain.decision.model import STAGES, DecisionRecord, Fact, Paper, Stage, StageRule
from zhicheng.domain.decision.standing import Standing, as_known_on, first_day, missing_papers, standing
from zhicheng.engine.law import Duty, LawPack, load_laws
from zhicheng.faces.web import daystrip, wording
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages import attention
from zhicheng.faces.web.pages.repairs import Repair, repairs
from zhicheng.faces.web.timeline import Axis, Event, layout
from zhicheng.store import clock
from zhicheng.store.models import Clause, PlanVersion
from zhicheng.store.queries import commitments, plans
from zhicheng.store.queries import decision as queries
from zhicheng.store.queries import plan as reads

# State of a stage → colour, sign, word; {days} is filled where the state counts days.
_STATES = {
    "done": ("ok", "", _("已办")),
    "unverified": ("yellow", "half", _("已办，有待核实")),
    "lacking": ("yellow", "", _("已办，缺件")),
    "undated": ("yellow", "", _("已办，日期未记")),
    "empty": ("red", "cross", _("空缺")),
    "overdue": ("red", "clock", _("逾期 {days} 天")),
    "not_due": ("none", "", _("期未满，尚不到评估")),
    "running": ("blue", "", _("进行中")),
    "upcoming": ("none", "", _("尚未开始")),
    "not_applicable": ("none", "", _("不适用")),
}
AHEAD = ("upcoming", "running", "not_due")
AROUND = 20  # years before and after the plan within which its record can be asked for
FEW = 6  # signs a quotation may have beyond the value without saying more than it
# The number box: solid = held and the day proved; hollow = held, no day; dashed red = nothing shown, or overdue; grey = ahead.
_BOX = {"empty": "gap", "overdue": "gap", "upcoming": "ahead", "running": "ahead", "not_due": "ahead"}


@dataclass(frozen=True)
class Line:
    """One recorded fact: its name, its value, the words of the page where they say more than the value, their clause."""

    fact: Fact
    label: Any
    value: str
    quote: str
    clause: Clause | None


@dataclass
class Step:
    """One stage as the page shows it."""

    number: int
    rule: StageRule
    stage: Stage
    standing: Standing
    facts: list[Fact]
    duties: tuple[Duty, ...]
    clock: Clock | None
    text: str
    clauses: dict[str, Clause]  # by key; only those that some fact cites

    @property
    def key(self) -> str:
        return self.stage.key

    @property
    def title(self) -> str:
        return self.rule.title_en if get_language() == "en" else self.rule.title

    @property
    def state(self) -> tuple[str, str, str]:
        colour, shape, word = _STATES[self.standing.state]
        return colour, shape, str(word).format(days=self.standing.days)

    @property
    def box(self) -> str:
        return _BOX.get(self.standing.state, "proved" if self.standing.proved else "")

    @property
    def known(self) -> list[Line]:
        """Recorded facts, each with the words of the page that say so."""
        return [self._line(fact) for fact in self.facts if fact.known]

    def _line(self, fact: Fact) -> Line:
        clause = self.clauses.get(fact.clause or "")
        words = "" if fact.span is None or clause is None or fact.span == clause.span else fact.span.of(self.text)
        if fact.shown in words and len(words) - len(fact.shown) <= FEW:
            words = ""  # the value is the quotation
        return Line(fact, wording.FACTS[fact.key], wording.fact_value(fact), words, clause)

    @property
    def unknown(self) -> list[Any]:
        return [wording.FACTS[fact.key] for fact in self.facts if not fact.known]

    @property
    def articles(self) -> list[Article]:
        return [duty.article for duty in self.duties]

    @property
    def present(self) -> list[Paper]:
        return [paper for paper in self.stage.papers if paper.state == "present"]

    @property
    def missing(self) -> tuple[str, ...]:
        return missing_papers(self.stage)

    @property
    def ahead(self) -> bool:
        return self.standing.state in AHEAD

    @property
    def hole(self) -> bool:
        return self.standing.state in ("empty", "overdue", "not_due")

    @property
    def hole_words(self) -> str:
        if self.standing.state == "overdue":
            return gettext("没有评估报告。自方案期满之日起第 {days} 天，自然日，没有中止。").format(
                days=self.standing.days
            )
        if self.standing.state == "not_due":
            return gettext("方案期未满；期满后应当评估。")
        return gettext("没有材料，没有日期，也没有写明不适用的理由。")

    @property
    def days(self) -> str:
        """The days that date the stage, as far as the record goes."""
        return gettext(" 至 ").join(str(fact.when) for fact in self.facts if fact.when and _dates(self.rule, fact))

    @property
    def clock_title(self) -> str:
        return daystrip.title(self.clock) if self.clock else ""

    @property
    def boxes(self) -> list[daystrip.Box]:
        return daystrip.boxes(self.clock) if self.clock else []

    @property
    def sentences(self) -> list[str]:
        return daystrip.sentences(self.clock) if self.clock else []


def _dates(rule: StageRule, fact: Fact) -> bool:
    return fact.key in rule.dated_by or fact.key in {name.replace(".start", ".end") for name in rule.dated_by}


@gated("decision.read")
def decision(request: HttpRequest) -> HttpResponse:
    """The record as of the city's today, or of the day in ?as_of=; what must be put right first."""
    version = plans.current()
    record = queries.record(version)
    today = clock.today()
    on = _day_asked(request, today, version)
    context: dict[str, Any] = {"version": version, "record": record, "as_of": on, "today": today}
    if record is not None:
        steps = _steps(record, version, on)
        context |= {
            "steps": steps,
            "axis": _axis(steps, version, on),
            **_found(request, record, version, steps, on),
            "counts": _counts(steps),
            "recorded": queries.newest(version),
            "laws": _law_titles(record),
            "bases": _bases(record, version),
            "other_days": _other_days(version, today),
        }
    return render(request, "decision/decision.html", context)


def _day_asked(request: HttpRequest, today: date, version: PlanVersion) -> date:
    """The day in the address, within reach of the plan's years; raises UnreadableInput."""
    asked = request.GET.get("as_of", "")
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise UnreadableInput(f"“{asked}”不是日期", todo="写成例如 2025-06-30") from None
    first, last = version.first_year - AROUND, version.last_year + AROUND
    if not first <= day.year <= last:
        raise UnreadableInput(f"{day} 离方案期太远", todo=f"选 {first} 年至 {last} 年之间的一天")
    return day


def _steps(record: DecisionRecord, version: PlanVersion, on: date) -> list[Step]:
    laws = load_laws(record.laws)
    cited = {fact.clause for fact in record.facts if fact.clause}
    clauses = {clause.key: clause for clause in version.clauses.filter(key__in=cited)}
    running = clocks(record, laws, calendar.national())
    return [
        Step(
            number=number,
            rule=rule,
            stage=stage,
            standing=stands,
            facts=_facts_on(stage, stands, on),
            duties=_duties(laws, rule, record, stage, on),
            clock=_begun(running.get(stage.key), on),
            text=version.text,
            clauses=clauses,
        )
        for number, (rule, stage) in enumerate(zip(STAGES, record.stages, strict=True), 1)
        for stands in [standing(record, stage, version.last_year, on)]
    ]


def _found(
    request: HttpRequest, record: DecisionRecord, version: PlanVersion, steps: list[Step], on: date
) -> dict[str, list[Repair]]:
    """What must be put right, and what is only remarked."""
    kept = attention.numbers(request, version)
    standings = {step.key: step.standing for step in steps}
    found = repairs(record, reads.in_force()[1], on, standings, kept)
    return {"repairs": [each for each in found if each.rank < 4], "remarks": [each for each in found if each.rank == 4]}


def _axis(steps: list[Step], version: PlanVersion, on: date) -> Axis | None:
    """Every date of the record at its true place, the plan's years along the line, a missed evaluation in red."""
    period = date(version.first_year, 1, 1), date(version.last_year, 12, 31)
    events = [event for step in steps for fact in step.facts if (event := _event(step, fact))]
    for step in steps:
        if step.standing.state == "overdue":
            events.append(Event(period[1], step.state[2], step.title, end=on, alarm=True))
    return layout(events, min(on, period[1]), period)


def _event(step: Step, fact: Fact) -> Event | None:
    """A dated fact as an event; the end of a stretch belongs to its beginning."""
    if fact.when is None or fact.key.endswith(".end"):
        return None
    end = next((each.date for each in step.facts if each.key == fact.key.replace(".start", ".end")), None)
    lasting = end is not None and fact.key.endswith(".start")
    said = f"{fact.when} {gettext('至')} {end}" if lasting else str(fact.when)
    title = step.title if lasting else str(wording.FACTS[fact.key])
    return Event(fact.when.first, title, said, end=end if lasting else None, exact=fact.date is not None)


def _law_titles(record: DecisionRecord) -> list[str]:
    """The law of the procedure at each level: the one that lays down how a decision begins or is carried out."""
    laws = load_laws(record.laws).laws
    return [f"《{law.title}》" for law in laws if any(duty.name in ("initiation", "execution") for duty in law.duties)]


def _bases(record: DecisionRecord, version: PlanVersion) -> list[dict[str, Any]]:
    """The documents the plan rests on, and whether one can be shown to be later than the draft people were consulted on."""
    consulted = record.day("consultation.start")
    return [
        {
            "row": row,
            "known": bool(consulted and row.confirmed and row.not_before),
            "later": bool(consulted and row.confirmed and row.not_before and row.not_before > consulted),
        }
        for row in commitments.upstreams(version)
    ]


def _other_days(version: PlanVersion, today: date) -> list[dict[str, Any]]:
    """A day worth a look: half a year after the plan's end, when an evaluation would be missed."""
    later = date(version.last_year + 1, 6, 30)
    return [{"day": later, "word": gettext("看期满半年")}] if later != today else []


def _facts_on(stage: Stage, stands: Standing, on: date) -> list[Fact]:
    """The facts as of a day. Of a stage still ahead or under way only dated ones: its results are not there yet."""
    facts = [as_known_on(fact, on) for fact in stage.facts]
    return [fact for fact in facts if fact.date] if stands.state in AHEAD else facts


def _begun(running: Clock | None, on: date) -> Clock | None:
    return running if running is not None and running.end <= on else None


def _duties(laws: LawPack, rule: StageRule, record: DecisionRecord, stage: Stage, on: date) -> tuple[Duty, ...]:
    """What the law in force on the stage's own day says; a stage without a day is judged on the day of the decision."""
    return laws.duties(rule.duty, first_day(stage) or record.day("meeting.date") or on)


def _counts(steps: list[Step]) -> list[tuple[int, Any]]:
    """How many stages are held (each perhaps lacking something), empty, overdue."""
    states = [step.standing.state for step in steps]
    held = sum(state in ("done", "unverified", "lacking", "undated") for state in states)
    found = [
        (held, _("已办")),
        (states.count("empty"), _("空缺")),
        (states.count("overdue"), _("逾期")),
        (states.count("not_due") + states.count("upcoming") + states.count("running"), _("未到或进行中")),
        (states.count("not_applicable"), _("不适用")),
    ]
    return [(n, word) for n, word in found if n]
