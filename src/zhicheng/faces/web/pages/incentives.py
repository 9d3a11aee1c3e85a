"""激励目录: who may get what, at most how much, under which clause. Not here: claims, who is entitled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from zhicheng.base.citation import Span
from zhicheng.faces.web import display, wording
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages import attention
from zhicheng.faces.web.tables import table_response
from zhicheng.store.queries import incentives as queries
from zhicheng.store.queries import plans
from zhicheng.store.queries.incentives import Offer
from zhicheng.usecases.policy import may


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the list: name in the address, word, what a value means, and which value an offer has."""

    name: str
    label: Any
    values: dict[str, Any]
    of: Callable[[Offer], set[str]]
    city: bool = False  # whether the words are the plan's own


def _facets(offers: Iterable[Offer]) -> list[Facet]:
    """Kind, amount, finance, task, unit; the last two take their values from the plan."""
    tasks = {each.row.task.key: f"{each.row.task.key} {each.row.task.title}" for each in offers if each.row.task}
    units = {a.unit.key: a.unit.name for each in offers for a in each.assignments}
    return [
        Facet("amount", _("金额"), {"set": _("写明上限"), "unset": _("金额待定")}, _amount),
        Facet("kind", _("类别"), wording.INSTRUMENT_KINDS, lambda each: {each.row.kind}),
        Facet("finance", _("财政部门"), {"named": _("任务列有财政部门"), "absent": _("任务未列财政部门")}, _finance),
        Facet("task", _("任务"), tasks, lambda each: {each.row.task.key} if each.row.task else set(), city=True),
        Facet("unit", _("责任单位"), units, lambda each: {a.unit.key for a in each.assignments}, city=True),
    ]


def _amount(each: Offer) -> set[str]:
    return {"unset" if each.amount_unset else "set"}


def _finance(each: Offer) -> set[str]:
    return {"named" if each.payers else "absent"}


def chosen(asked: QueryDict, facets: Iterable[Facet]) -> dict[str, str]:
    """The values asked for that exist; anything else in the address is left aside."""
    return {facet.name: value for facet in facets if (value := asked.get(facet.name, "")) in facet.values}


def narrowed(offers: Iterable[Offer], facets: Iterable[Facet], choice: dict[str, str]) -> list[Offer]:
    """The offers that have every chosen value."""
    wanted = [(facet.of, choice[facet.name]) for facet in facets if facet.name in choice]
    return [each for each in offers if all(value in of(each) for of, value in wanted)]


@gated("incentives.read")
def incentives(request: HttpRequest) -> HttpResponse:
    """The catalogue, narrowed as the address says. Works as a plain form."""
    version = plans.current()
    offers = queries.offers(version)
    facets = _facets(offers)
    choice = chosen(request.GET, facets)
    shown = narrowed(offers, facets, choice)
    context = {
        "version": version,
        "total": len(offers),
        "unset": sum(each.amount_unset for each in offers),
        "shown": [_line(each) for each in shown],
        "filters": [_filter(facet, offers, choice) for facet in facets],
        "choice": choice,
        "bounded": [each for each in offers if each.most_a_year],
        "unbounded": sum(not each.most_a_year for each in offers),
        "export": "incentives-export",
    }
    return render(request, "incentives/incentives.html", context)


def _line(each: Offer) -> dict[str, Any]:
    row = each.row
    return {"offer": each, "row": row, "limits": wording.limits(row), "kind": wording.INSTRUMENT_KINDS[row.kind]}


def _filter(facet: Facet, offers: Iterable[Offer], choice: dict[str, str]) -> dict[str, Any]:
    """A select with the number of offers behind each value (of the whole list)."""
    counts = Counter(value for each in offers for value in facet.of(each))
    options = [(value, word, counts[value]) for value, word in facet.values.items() if counts[value]]
    return {
        "name": facet.name,
        "label": facet.label,
        "city": facet.city,
        "options": options,
        "value": choice.get(facet.name, ""),
    }


@gated("incentives.read")
def incentive(request: HttpRequest, key: str) -> HttpResponse:
    """One instrument: its words, what they fix, what they leave open, who pays."""
    version = plans.current()
    offer = queries.offer(version, key)
    findings = attention.findings_by_clause(request, version).get(offer.row.clause.key, [])
    keys = queries.neighbours(version, offer.row)
    context = {
        **_line(offer),
        "version": version,
        "before": version.text[_sentence(version.text, offer.row.span)[0] : offer.row.start],
        "after": version.text[offer.row.end : _sentence(version.text, offer.row.span)[1]],
        "terms": wording.terms(offer.row),
        "sums": wording.sums(offer.row),
        "rate": wording.rate(offer.row),
        "cap": wording.cap(offer.row),
        "quota": wording.quota(offer.row),
        "units_open": may(request.person, "units.read").allowed,  # type: ignore[attr-defined]
        "assignments": [(wording.role(a), a.unit) for a in offer.assignments],
        "findings": attention.at(findings, offer.row.span),
        "questions": queries.questions(version, offer.row),
        "previous": keys[0],
        "next": keys[1],
    }
    return render(request, "incentives/incentive.html", context)


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """Where the sentences holding these characters begin and end: from after a full stop or line to the next one."""
    start = max(text.rfind(sign, 0, span.start) for sign in "。\n") + 1
    ends = [found for sign in "。\n" if (found := text.find(sign, span.end - 1)) >= 0]
    return start, max(span.end, min(ends, default=len(text)) + (text[min(ends, default=0)] == "。" if ends else 0))


@gated("incentives.read")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The narrowed catalogue as a file. form: csv or xlsx; sums in yuan as decimal text."""
    offers = queries.offers(plans.current())
    facets = _facets(offers)
    shown = narrowed(offers, facets, chosen(request.GET, facets))
    head = [
        "编号",
        "名称",
        "类别",
        "对象",
        "条件",
        "最高（元）",
        "比例",
        "年度上限（元）",
        "每年名额",
        "每",
        "每系解读",
        "财政部门",
        "任务",
        "条款",
        "原文",
    ]
    return table_response("激励目录", head, [_cells(each) for each in shown], form)


def _cells(each: Offer) -> list[str]:
    row = each.row
    return [
        row.key, row.name, str(wording.INSTRUMENT_KINDS[row.kind]), row.who, row.what,
        "待定" if each.amount_unset else _yuan(row.ceiling),
        "" if row.rate is None else f"{row.rate_base or ''}{display.percent(row.rate)}", _yuan(row.annual_cap),
        wording.plain(wording.quota(row)), row.per or "", "是" if row.per_is_reading else "",
        "、".join(unit.name for unit in each.payers) or "任务未列", f"{row.task.key} {row.task.title}" if row.task else "",
        row.clause.label, each.quote,
    ]  # fmt: skip


def _yuan(money: Any) -> str:
    return "" if money is None else money.decimal_yuan
