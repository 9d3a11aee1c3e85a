"""The living plan (活方案): the document with its margin, each clause with its panel and permanent address.

Not here: reads (store/queries/plan), how words become runs and margins (document.py).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from zhicheng.base.errors import Missing
from zhicheng.domain.decision.model import Fact
from zhicheng.domain.plan.model import Clause, Plan
from zhicheng.faces.web import document
from zhicheng.faces.web.gate import gated
from zhicheng.store.models import PlanVersion
from zhicheng.store.queries import decision as decisions
from zhicheng.store.queries import plan as reads
from zhicheng.usecases.policy import home, may

MAIN = "plan"  # the kind of the document that is the plan itself; the others only accompany it


@require_safe
@gated("plan.read")
def start(request: HttpRequest) -> HttpResponse:
    """The address of the site itself: the public reads the plan, a signed-in person starts from their own page."""
    name = home(request.person)  # type: ignore[attr-defined]
    try:
        return redirect(reverse(name))
    except NoReverseMatch:
        return redirect("plan")


@require_safe
@gated("plan.read")
def plan(request: HttpRequest, key: str = "") -> HttpResponse:
    """The plan as a document with a margin; with key, another document of the same page (解读 …)."""
    version, whole = reads.in_force()
    shown = next((d for d in whole.documents if (d.key == key if key else d.kind == MAIN)), None)
    if shown is None:
        raise Missing("方案没有这份文件", where=key, todo="从方案页上的“同页文件”里选择")
    remarks = _remarks(request, version)
    entries = document.entries(whole, shown.key, remarks)
    return render(
        request,
        "plan/plan.html",
        {
            "version": version,
            "plan": whole,
            "document": shown,
            "is_plan": shown.kind == MAIN,
            "others": [d for d in whole.documents if d.key != shown.key and d.kind != "head"],
            "entries": entries,
            "outline": _outline(entries),
            "counts": document.counts(whole),
            "remarks": remarks,
            "may_see_remarks": _sees_remarks(request),
            "may_compare": may(request.person, "plan.versions").allowed,  # type: ignore[attr-defined]
            "record": _adoption(version),
        },
    )


@require_safe
@gated("plan.read")
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """One clause with everything tied to it: the panel alone for htmx, else a page of its own. The address is permanent."""
    version, whole = reads.in_force()
    try:
        entry = document.entry(whole, key, _remarks(request, version, key))
    except KeyError:
        raise Missing("现行方案没有这一条", where=key, todo="核对地址，或在方案里查找") from None
    before, after = document.neighbours(whole, key)
    panel = request.htmx  # type: ignore[attr-defined]
    context = {
        "version": version,
        "plan": whole,
        "document": whole.document(entry.clause.document),
        "entry": entry,
        "before": before,
        "after": after,
        "may_see_remarks": _sees_remarks(request),
        "may_see_units": may(request.person, "units.read").allowed,  # type: ignore[attr-defined]
        "parents": _parents(whole, entry.clause),
        "level": 5 if panel else 2,
    }
    response = render(request, "plan/panel.html" if panel else "plan/clause.html", context)
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def _sees_remarks(request: HttpRequest) -> bool:
    return may(request.person, "findings.read").allowed  # type: ignore[attr-defined]


def _remarks(request: HttpRequest, version: PlanVersion, key: str | None = None) -> list[reads.Remark]:
    return reads.remarks(version, key) if _sees_remarks(request) else []


def _outline(entries: list[document.Entry]) -> list[dict[str, Any]]:
    """Sections with their projects or safeguards, projects with their tasks, as the text nests them."""
    nodes: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for entry in entries:
        if not entry.name:
            continue
        node = {"entry": entry, "children": []}
        nodes[entry.clause.key] = node
        parent = nodes.get(entry.clause.parent or "")
        (parent["children"] if parent else roots).append(node)
    return roots


def _parents(plan: Plan, clause: Clause) -> list[Clause]:
    """From the section down to the clause's own parent."""
    chain: list[Clause] = []
    while clause.parent is not None:
        clause = plan.clause(clause.parent)
        chain.insert(0, clause)
    return chain


ADOPTION = {
    "meeting": ("meeting.date", "meeting.name", "meeting.word"),
    "number": ("publication.number",),
    "published": ("publication.date",),
}


def _adoption(version: PlanVersion) -> dict[str, list[Fact]]:
    """What makes the text valid, as the decision record shows it; what the record does not show is an empty list, a hole."""
    record = decisions.record(version)
    if record is None:
        return {name: [] for name in ADOPTION}
    return {name: [f for f in map(record.fact, keys) if f.known] for name, keys in ADOPTION.items()}
