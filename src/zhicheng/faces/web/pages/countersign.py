"""会签 page of a case: the matrix of units and projects, 意见去向, results for many opinions at once with a preview.

Not here: the matrix itself (countersign_view.py), single answers (the act forms of pages/cases.py).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.base.errors import Conflict, Missing, Refused, ZhichengError
from zhicheng.engine.procedure import Act, Blocked
from zhicheng.faces.web import act_form, case_view, countersign_view
from zhicheng.faces.web.case_view import Seen
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages.cases import person_of
from zhicheng.faces.web.words import DISPOSITIONS
from zhicheng.store.queries import plan as plans
from zhicheng.usecases import act_on_case as errands
from zhicheng.usecases.standing import visible_case


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gated("cases.read")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody asked sees their own row; the drafting unit all of it, and disposes of opinions after a preview."""
    person = person_of(request)
    seen = case_view.see(person, visible_case(person, number))
    if seen.sight != "office" or "dispose" not in seen.definition.acts:
        raise Missing(_("这件案件没有会签表"), where=number, todo=_("从案件页查看"))
    fault: ZhichengError | None = None
    looked: dict[str, Any] | None = None
    if request.method == "POST":
        try:
            looked = _sent(request, seen)
            if looked is None:
                return redirect("case-countersign", number)
        except (Blocked, Refused, Conflict) as error:
            fault = error
    return render(request, "cases/countersign.html", _context(seen, request, fault, looked), status=_status(fault))


def _status(fault: ZhichengError | None) -> int:
    return 200 if fault is None else 409 if isinstance(fault, Conflict) else 400


def _sent(request: HttpRequest, seen: Seen) -> dict[str, Any] | None:
    """Preview what was sent, or do it once confirmed (None)."""
    sent = request.POST
    [act] = act_form.acts(seen, "dispose", "", sent)
    revision = sent.get("revision", "")
    if sent.get("confirm") == "yes":
        errands.act_on_case(seen.person, seen.row.number, act, revision=int(revision) if revision.isdigit() else None)
        messages.success(request, _("已写明 %(n)s 条意见的去向；公布以前各单位看不到。") % {"n": len(act.numbers)})
        return None
    errands.preview(seen.person, seen.row.number, act)
    return _looked(seen, act)


def _looked(seen: Seen, act: Act) -> dict[str, Any]:
    """What the act would write, line by line."""
    lines = [line for line in case_view.point_lines(seen) if line["point"].id in act.numbers]
    word = next(words for key, words in DISPOSITIONS.items() if key == act.name)
    return {"act": act, "lines": lines, "word": word, "revision": seen.row.revision}


def _context(seen: Seen, request: HttpRequest, fault: Any, looked: dict[str, Any] | None) -> dict[str, Any]:
    found, points = countersign_view.lines(seen), case_view.point_lines(seen)
    open_points = [line for line in points if line["point"].disposition is None]
    offered = {way.kind for way in case_view.ways(seen, whom=False) if way.verdict != "no"}
    return {
        "seen": seen, "row": seen.row, "name": case_view.procedure_name(seen.definition), "state": seen.label(seen.row.node),
        "lines": found, "counts": list(countersign_view.counts(found)), "projects": plans.in_force()[1].projects,
        "points": points, "open_points": open_points, "late": [line for line in found if line.state == "late"],
        "may": offered, "fields": act_form.fields(seen, "dispose", "", request.POST if request.POST else None) if "dispose" in offered else [],
        "fault": fault, "looked": looked, "withheld": case_view.withheld(seen),
    }  # fmt: skip
