"""待办: what waits for me or my unit, by due day, each with its one next step; what I wait for; what can be done at once.

Not here: one case (cases.py), who sees what (usecases/standing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhicheng.base.calendar import Calendar
from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.procedure import Act
from zhicheng.faces.web import act_form, case_view
from zhicheng.faces.web.case_view import Way
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages.cases import person_of
from zhicheng.store import cases, clock, desks, procedures
from zhicheng.store.models import Case, CaseWork, MailAddress
from zhicheng.store.models.case import NEVER
from zhicheng.store.queries import cases as queries
from zhicheng.usecases import notices
from zhicheng.usecases.act_on_case import BulkLine, act_in_bulk, preview_in_bulk, recorded
from zhicheng.usecases.policy import Person
from zhicheng.usecases.standing import desks_of

SHOWN, NOTICES = 50, 8


@dataclass(frozen=True)
class Line:
    """One item: the case, when due and how many working days are left, from whom, and the one next step."""

    work: CaseWork
    case: Case
    due: date | None
    left: int | None
    state: str
    name: str
    way: Way | None
    who: str
    delegated: bool = False

    @property
    def colour(self) -> str:
        return (
            "none"
            if self.left is None
            else "red"
            if self.left < 0
            else "red"
            if self.left <= 1
            else "yellow"
            if self.left <= 3
            else "blue"
        )

    @property
    def shape(self) -> str:
        return {"red": "square", "yellow": "triangle", "blue": "clock", "none": "bar"}[self.colour]


@require_safe
@gated("work.read")
def work(request: HttpRequest) -> HttpResponse:
    """The page. It reads the first items by due day along an index, however many cases there are."""
    person, today = person_of(request), clock.today()
    mine, total = _mine(person, today)
    others, others_total = _others(person, today)
    groups = _groups(mine, today)
    account = person.account or 0
    context = {
        "today": today, "groups": groups, "total": total, "shown": len(mine), "many": total >= queries.MANY,
        "first": len(groups[0]["lines"]) if groups[0]["key"] == "now" else 0, "others": others, "others_total": others_total,
        "watched": [_watched(row) for row in islice(queries.watched(account), SHOWN)], "bulk": _at_once(mine),
        "notices": list(queries.unseen(account)[:NOTICES]), "unseen": queries.unseen_count(account), "limit": SHOWN,
        "address": _address(person), "late": sum(line.left is not None and line.left < 0 for line in others),
    }  # fmt: skip
    return render(request, "cases/work.html", context)


def _mine(person: Person, today: date) -> tuple[list[Line], int]:
    """The first items at my desks and those given to me, by due day; and how many there are."""
    places = desks_of(person)
    queues = [queries.at_desk(desk, person.roles) for desk in places] + [
        queries.delegated(desk, today) for desk in places
    ]
    rows = sorted(chain.from_iterable(queue[:SHOWN] for queue in queues), key=lambda row: (row.due, row.case_id))
    seen: dict[int, CaseWork] = {row.pk: row for row in rows}
    return _lines(person, list(seen.values())[:SHOWN], today), sum(queries.count(queue) for queue in queues)


def _others(person: Person, today: date) -> tuple[list[Line], int]:
    """What my desks wait for others to do, the most urgent first."""
    places = desks_of(person)
    queues = [queries.waited_for(desk).exclude(desk__in=places) for desk in places]
    rows = sorted(chain.from_iterable(queue[:SHOWN] for queue in queues), key=lambda row: (row.due, row.case_id))
    seen: dict[int, CaseWork] = {row.pk: row for row in rows}
    return _lines(person, list(seen.values())[:SHOWN], today), sum(queries.count(queue) for queue in queues)


def _lines(person: Person, rows: list[CaseWork], today: date) -> list[Line]:
    """The lines of a list; calendar and names are read once for all of them."""
    days = procedures.legal_calendar()
    named = desks.names(desk for row in rows for desk in (row.desk, row.waiting, row.case.holder))
    return [_line(person, row, today, days, named) for row in rows]


def _line(person: Person, row: CaseWork, today: date, days: Calendar, named: dict[str, str]) -> Line:
    seen = case_view.see(person, row.case, trail=False, days=days, today=today)
    found = case_view.ways(seen, whom=False)
    own = row.desk in desks_of(person) or row.delegate in desks_of(person)
    urge = next((way for way in found if way.kind == "urge" and way.verdict == "yes"), None)
    due = None if row.due == NEVER else row.due
    left = None if due is None else case_view.workdays_left(seen.rules, today, due)
    if own:
        who = _from(seen, row, named)
    else:
        who = case_view.holder_words(seen, named) if row.kind == "handle" else named.get(row.desk, "")
    return Line(
        row, row.case, due, left, seen.label(row.node), case_view.procedure_name(seen.definition),
        case_view.first_way(found) if own else urge, who, delegated=row.desk not in desks_of(person),
    )  # fmt: skip


def _from(seen: case_view.Seen, row: CaseWork, named: dict[str, str]) -> str:
    """Who waits for what lies at my desk: the unit that asked, a colleague, or the party (by name only where that may be shown)."""
    hidden = row.waiting.startswith("account:") and not case_view.names_parties(seen)
    return named.get(row.waiting, "") if row.waiting and not hidden else case_view.party_words(seen)


def _groups(lines: list[Line], today: date) -> list[dict[str, Any]]:
    """超期和今明两天, 本周, 以后, 未定期限."""
    sunday = today + timedelta(6 - today.weekday())
    now = [line for line in lines if line.left is not None and line.left <= 1]
    week = [line for line in lines if line.left is not None and line.left > 1 and line.due and line.due <= sunday]
    later = [line for line in lines if line.left is not None and line.left > 1 and line.due and line.due > sunday]
    undated = [line for line in lines if line.left is None]
    named = (
        ("now", _("超期和今明两天到期"), now),
        ("week", _("本周"), week),
        ("later", _("以后"), later),
        ("undated", _("没有期限"), undated),
    )
    return [{"key": key, "name": name, "lines": rows} for key, name, rows in named if rows] or [
        {"key": "none", "name": "", "lines": []}
    ]


def _watched(row: Case) -> dict[str, Any]:
    definition = procedures.version(row.procedure_id)
    return {
        "row": row,
        "state": definition.states[row.node].said(case_view.language()),
        "due": None if row.next_due == NEVER else row.next_due,
    }


def _address(person: Person) -> str:
    return MailAddress.objects.filter(pk=person.account or 0).values_list("address", flat=True).first() or ""


# --- many at once ---------------------------------------------------------------------------------------------------


def _at_once(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Items whose next step is the same move of the same version: they can be looked at, and sent, together."""
    together: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.way is not None and line.way.kind == "move" and _alike(line):
            together.setdefault((line.case.procedure_id, line.way.name), []).append(line)
    return [
        {
            "version": version,
            "move": move,
            "label": rows[0].way.label if rows[0].way else "",
            "name": rows[0].name,
            "lines": rows,
        }
        for (version, move), rows in together.items()
        if len(rows) > 1
    ]


def _alike(line: Line) -> bool:
    """Whether the step asks nothing that must be written for each case by itself."""
    definition = procedures.version(line.case.procedure_id)
    move = definition.moves[line.way.name] if line.way is not None else None
    asked = act_form.facts_of(move.needs) if move is not None else ()
    return move is not None and not move.reason and all(definition.facts[name].kind == "yes_no" for name in asked)


@require_POST
@gated("cases.act")
def bulk(request: HttpRequest) -> HttpResponse:
    """First the preview, case by case; then, confirmed, what goes goes and each line says what became of it."""
    person, sent = person_of(request), request.POST
    version, move = sent.get("version", ""), sent.get("move", "")
    numbers = sent.getlist("case")
    row = Case.objects.filter(number__in=numbers, procedure=version).first()
    if row is None:
        raise UnreadableInput(_("没有选中案件"), todo=_("在待办里勾选要一起办的案件"))
    definition = procedures.version(version)
    if move not in definition.moves:
        raise UnreadableInput(_("没有这种办理"), todo=_("从待办里重新选择"))
    seen = case_view.see(person, row, trail=False)
    asked = act_form.fields(seen, "move", move, sent if "looked" in sent else None)
    facts = act_form.read_facts({name: definition.facts[name] for name in _names(asked)}, sent)

    def acts(each: Case) -> list[Act]:
        return [*recorded(_new(each, facts)), Act("move", move, remarks=sent.get("remarks", "").strip())]

    lines: list[BulkLine] = []
    if "confirm" in sent:
        looked_at = [(number, int(sent.get(f"revision:{number}", "0"))) for number in numbers]
        lines = act_in_bulk(person, looked_at, acts)
        done = sum(line.goes for line in lines)
        messages.success(request, _("办了 %(n)s 件，留下 %(m)s 件。") % {"n": done, "m": len(lines) - done})
    elif "looked" in sent:
        lines = preview_in_bulk(person, numbers, acts)
    context = {
        "version": version, "move": move, "label": definition.moves[move].said(case_view.language()), "numbers": numbers,
        "fields": asked, "lines": lines, "going": [line for line in lines if line.goes], "done": "confirm" in sent,
        "looked": "looked" in sent, "name": case_view.procedure_name(definition), "sent": _hidden(sent, asked),
        "told": list(dict.fromkeys(words for line in lines for words in line.told)),
    }  # fmt: skip
    return render(request, "cases/bulk.html", context)


def _names(asked: Iterable[act_form.Field]) -> list[str]:
    return [each.name.removeprefix("fact:") for each in asked if each.name.startswith("fact:")]


def _new(row: Case, facts: dict[str, Any]) -> dict[str, Any]:
    known = cases.read(row, trail=False).facts
    return {name: value for name, value in facts.items() if name not in known or known[name].value != value}


def _hidden(sent: Any, asked: Iterable[act_form.Field]) -> list[tuple[str, str]]:
    """The answers of the preview, to be sent again with the confirmation."""
    return [(each.name, sent.get(each.name, "")) for each in asked]


# --- notices --------------------------------------------------------------------------------------------------------


@require_POST
@gated("work.read")
def seen(request: HttpRequest) -> HttpResponse:
    """All notices seen."""
    notices.see(person_of(request))
    return redirect("work")


@require_POST
@gated("work.read")
def mail(request: HttpRequest) -> HttpResponse:
    """Where the daily digest goes."""
    notices.set_address(person_of(request), request.POST.get("address", ""))
    messages.success(request, _("已保存。"))
    return redirect("work")
