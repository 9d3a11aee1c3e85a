"""凭编号查询: what everybody may know of a case by its number, and the way in for a party without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.base.errors import Missing, Refused, UnreadableInput, ZhichengError
from zhicheng.faces.web import case_view, human
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages.cases import KEYS, act_page, client_of, keep_key
from zhicheng.store import cases, desks
from zhicheng.store.models import Case
from zhicheng.store.models.case import NEVER
from zhicheng.usecases import party_access
from zhicheng.usecases.policy import ANONYMOUS
from zhicheng.usecases.standing import PartyKey


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.status")
def look_up(request: HttpRequest) -> HttpResponse:
    """A number and a question in words; the answer says which step, whose hands, until when, and nothing of the content."""
    number, found, fault = request.POST.get("number", "") or request.GET.get("number", ""), None, None
    if request.method == "POST":
        try:
            party_access.count(client_of(request), "status")
            human.require(request.POST)
            found = _public(party_access.find(number))
        except (Missing, UnreadableInput, Refused) as error:
            fault = error
    context = {"number": number, "found": found, "fault": fault, "question": human.ask()}
    return render(request, "cases/status.html", context, status=_status(fault))


def _status(fault: ZhichengError | None) -> int:
    return 200 if fault is None else 404 if isinstance(fault, Missing) else 403 if isinstance(fault, Refused) else 400


def _public(row: Case) -> dict[str, Any]:
    """What the number alone shows."""
    seen = case_view.see(ANONYMOUS, row, PartyKey(row.number, ""), trail=False)
    colour, shape = case_view.COLOURS[row.state_kind]
    return {
        "row": row, "name": case_view.procedure_name(seen.definition), "state": seen.label(row.node), "colour": colour,
        "shape": shape, "unit": desks.unit_name(row.unit_key), "holder": case_view.holder_words(seen),
        "due": None if row.next_due == NEVER else row.next_due, "changed": row.changed_at,
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.status")
def code(request: HttpRequest, number: str) -> HttpResponse:
    """By telephone and code into one's own case."""
    fault, shown, phone = None, "", request.POST.get("phone", "")
    sent = False
    if request.method == "POST":
        try:
            if "code" in request.POST:
                party_access.count(client_of(request), "enter")
                key = party_access.enter(number, request.POST["code"])
                keep_key(request, key.number, key.role)
                return redirect("party-case", key.number)
            party_access.count(client_of(request), "code")
            human.require(request.POST)
            shown, sent = party_access.deliver(party_access.request_code(number, phone)[1]), True
        except (Missing, UnreadableInput, Refused) as error:
            fault, sent = error, "code" in request.POST
    context = {"number": number, "fault": fault, "shown": shown, "sent": sent, "phone": phone, "question": human.ask()}
    return render(request, "cases/code.html", context, status=_status(fault))


def _key(request: HttpRequest, number: str) -> PartyKey | None:
    role = request.session.get(KEYS, {}).get(number)
    return PartyKey(number, role) if role else None


@never_cache
@require_safe
@gated("cases.status")
def party_case(request: HttpRequest, number: str) -> HttpResponse:
    """A party's own case; without the key in this session, first the code."""
    key = _key(request, number)
    if key is None:
        return redirect("party-code", number)
    seen = case_view.see(ANONYMOUS, cases.row(number), key)
    return render(request, "cases/case.html", case_view.page(seen) | {"base": reverse("party-case", args=[number])})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.status")
def party_act(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A party's act: supply, rate, withdraw, urge."""
    key = _key(request, number)
    if key is None:
        messages.warning(request, _("查询已过期，请重新验证。"))
        return redirect("party-code", number)
    seen = case_view.see(ANONYMOUS, cases.row(number), key)
    return act_page(request, seen, kind, reverse("party-case", args=[number]))
