"""Search over the clauses of the plan in force. Not here: how words are found (store/queries/search)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web.display import fullwidth
from zhicheng.faces.web.gate import gated
from zhicheng.store.queries import plan as reads
from zhicheng.store.queries import search as finds

PER_PAGE = 20


@require_safe
@gated("search.read")
def search(request: HttpRequest) -> HttpResponse:
    """Clauses that hold every word asked for, in the order of the text, each hit in its sentence."""
    asked = request.GET.get("q", "").strip()[:100]
    _version, plan = reads.in_force()
    hits = finds.clauses(plan, asked) if asked else []
    page = Paginator(hits, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(plan, hit) for hit in page.object_list]
    return render(request, "plan/search.html", {"asked": asked, "page": page, "hits": shown})


def _shown(plan: Plan, hit: finds.Hit) -> dict[str, Any]:
    """A hit as the page shows it: label, title, and each snippet as runs that are a hit or not."""
    return {
        "clause": hit.clause,
        "count": hit.count,
        "label": fullwidth(hit.clause.label),
        "title": fullwidth(hit.clause.title),
        "snippets": [_runs(plan, hit.clause.span, snippet) for snippet in hit.snippets],
    }


def _runs(plan: Plan, clause: Span, snippet: finds.Snippet) -> list[dict[str, Any]]:
    shown = fullwidth(plan.text)
    runs, at = [], snippet.span.start
    for hit in snippet.hits:
        start, end = snippet.span.start + hit.start, snippet.span.start + hit.end
        runs += [{"text": shown[at:start], "hit": False}, {"text": shown[start:end], "hit": True}]
        at = end
    runs.append({"text": shown[at : snippet.span.end], "hit": False})
    if snippet.span.start > clause.start:
        runs.insert(0, {"text": "……", "hit": False})
    if snippet.span.end < clause.end:
        runs.append({"text": "……", "hit": False})
    return runs
