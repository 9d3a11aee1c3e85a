"""案件 pages: one page for every procedure, the form of each act, opening and filing. Not here: look-up by number (status.py)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput, ZhichengError
from zhicheng.engine.procedure import Blocked, Definition
from zhicheng.faces.web import act_form, case_view, human
from zhicheng.faces.web.act_form import Field
from zhicheng.faces.web.case_view import Seen
from zhicheng.faces.web.gate import gated
from zhicheng.store import clock, procedures
from zhicheng.store.models import Case
from zhicheng.usecases import act_on_case as errands
from zhicheng.usecases import party_access
from zhicheng.usecases.open_case import Contact, Filing, open_case, opening_role
from zhicheng.usecases.policy import WORKERS, Person
from zhicheng.usecases.standing import visible_case


def person_of(request: HttpRequest) -> Person:
    person: Person = request.person  # type: ignore[attr-defined]
    return person


@require_safe
@gated("cases.read")
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case for whoever may see it: the inside for the office, their own share for a party."""
    seen = case_view.see(person_of(request), visible_case(person_of(request), number))
    return render(request, "cases/case.html", case_view.page(seen) | {"base": _base(seen)})


@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.act")
def act(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The form of one act and, sent, the act. ?name= says which move, clock or item."""
    row = visible_case(person_of(request), number)
    return act_page(request, case_view.see(person_of(request), row), kind, reverse("case", args=[number]))


def _base(seen: Seen) -> str:
    """Address under which the acts of this reader lie."""
    if seen.key is not None:
        return reverse("party-case", args=[seen.row.number])
    return reverse("case", args=[seen.row.number])


def act_page(request: HttpRequest, seen: Seen, kind: str, back: str) -> HttpResponse:
    """What the office's and the party's form of an act share. Nothing is lost where it cannot be done: the form says why."""
    name = request.POST.get("about", "") or request.GET.get("name", "")
    way = next((each for each in case_view.ways(seen) if (each.kind, each.name) == (kind, name)), None)
    fault: ZhichengError | None = None
    if request.method == "POST":
        try:
            acts = act_form.acts(seen, kind, name, request.POST)
            said = request.POST.get("revision", "")
            revision = int(said) if said.isdecimal() and len(said) < 10 else seen.row.revision
            done = errands.act_on_case(seen.person, seen.row.number, *acts, revision=revision, key=seen.key)
        except (Blocked, UnreadableInput, Conflict) as error:
            fault = error
        else:
            told = _("、").join(done.told)
            words = _("已办：%(act)s。") % {"act": case_view.act_label(seen.definition, kind, name)}
            messages.success(request, words + (_("已通知：%(who)s。") % {"who": told} if told else ""))
            return redirect(back)
    if way is None:
        raise Refused(_("这件案件现在不能这样办"), todo=_("从案件页列出的办理里选择"))
    asked = act_form.fields(seen, kind, name, request.POST if fault is not None else None)
    context = {
        "seen": seen, "row": seen.row, "way": way, "fields": asked, "fault": fault, "back": back, "kind": kind, "about": name,
        "lacks": _still_missing(way, asked), "state": seen.label(seen.row.node), "label": way.label,
        "chooses": any(each.name in ("to", "signers") for each in asked) and kind != "return",
        "name": case_view.procedure_name(seen.definition), "anonymous_party": seen.key is not None,
    }  # fmt: skip
    return render(request, "cases/act.html", context, status=_status(fault))


def _status(fault: ZhichengError | None) -> int:
    return 200 if fault is None else 409 if isinstance(fault, Conflict) else 400


def _still_missing(way: case_view.Way, asked: list[Field]) -> list[Any]:
    """What is missing and cannot be answered in this very form."""
    labels = [each.label for each in asked if each.name.startswith("fact:")]
    return [lack for lack in way.lacks if not any(label in lack.what for label in labels)]


@require_POST
@gated("cases.read")
def watch(request: HttpRequest, number: str) -> HttpResponse:
    """Follow a case, or no longer."""
    on = request.POST.get("on") == "yes"
    errands.watch(person_of(request), number, on)
    messages.success(request, _("已关注，有办理会告诉你。") if on else _("不再关注。"))
    return redirect("case", number)


# --- opening and filing ---------------------------------------------------------------------------------------------


@require_safe
@gated("cases.file")
def services(request: HttpRequest) -> HttpResponse:
    """What may be filed here today, and where one looks up what became of it."""
    return render(request, "cases/services.html", {"offered": _offered(request)})


def _offered(request: HttpRequest) -> list[dict[str, Any]]:
    out = []
    for definition in procedures.in_force(clock.today()):
        try:
            role = opening_role(person_of(request), definition)
        except Refused:
            continue
        out.append({"definition": definition, "name": case_view.procedure_name(definition), "role": role})
    return out


@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.file")
def file(request: HttpRequest, key: str) -> HttpResponse:
    """The form by which a case is opened: by an official at the counter, by a firm, or by somebody unknown."""
    person, fault = person_of(request), None
    definition = procedures.pick(key, clock.today())
    role = opening_role(person, definition)
    works = bool(person.roles & WORKERS)
    asked = _opening_fields(definition, works)
    if request.method == "POST":
        try:
            if person.anonymous:
                party_access.count(client_of(request), "file")
                human.require(request.POST)
            row = open_case(person, _filing(definition, role, request, works))
        except (Blocked, UnreadableInput, Missing, party_access.TooOften) as error:
            fault = error
        else:
            return _filed(request, row, person)
        asked = [act_form.filled(each, request.POST) for each in asked]
    context = {
        "definition": definition, "name": case_view.procedure_name(definition), "fields": asked, "fault": fault,
        "question": human.ask() if person.anonymous else None, "works": works,
        "role": definition.roles[role].said(case_view.language()) if role else "",
    }  # fmt: skip
    return render(request, "cases/file.html", context, status=_status(fault))


def _opening_fields(definition: Definition, works: bool) -> list[Field]:
    asks = definition.opening.asks
    out = [Field("subject", _("事由（一句话）"), "text", required=True)]
    out += [act_form.fact_field(name, definition.facts[name], required=True) for name in asks]
    if definition.opening.by:
        out.append(Field("contact_name", _("姓名或单位名称"), "text", required=not works))
        out.append(Field("contact_phone", _("电话（查询时核对）"), "text", required=not works))
        out.append(Field("contact_address", _("地址（可以不写）"), "text"))
    return out


def _filing(definition: Definition, role: str, request: HttpRequest, works: bool) -> Filing:
    sent, person = request.POST, person_of(request)
    facts = act_form.read_facts({name: definition.facts[name] for name in definition.opening.asks}, sent)
    name, phone = sent.get("contact_name", "").strip(), sent.get("contact_phone", "").strip()
    own = None if works else person.account
    contact = Contact(name, phone, sent.get("contact_address", ""), account=own) if name or phone or not works else None
    return Filing(definition.id, sent.get("subject", ""), facts, contact=contact if definition.opening.by else None)


def _filed(request: HttpRequest, row: Case, person: Person) -> HttpResponse:
    """The receipt: for somebody without account the key of their own case goes into their session."""
    if person.anonymous:
        keep_key(request, row.number, _filer_role(row))
        messages.success(
            request,
            _("已收到。编号 %(number)s，请记下：凭编号和所留电话可以随时查询、补正、评价。") % {"number": row.number},
        )
        return redirect("party-case", row.number)
    messages.success(request, _("已立案，编号 %(number)s。") % {"number": row.number})
    return redirect("case", row.number)


def _filer_role(row: Case) -> str:
    return row.parties.values_list("role", flat=True).first() or ""


# --- somebody without an account ------------------------------------------------------------------------------------

KEYS = "party_keys"


def keep_key(request: HttpRequest, number: str, role: str) -> None:
    """Remember in this browser's session that it has shown to be a party of this case."""
    request.session[KEYS] = {**request.session.get(KEYS, {}), number: role}


def client_of(request: HttpRequest) -> str:
    """The network address that asks. Behind a proxy that is the proxy's, and the limit then holds for all together."""
    return str(request.META.get("REMOTE_ADDR", ""))
