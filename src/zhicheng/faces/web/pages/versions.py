"""Versions of the plan and what changed between two of them. Not here: how two plans are compared (domain/plan/diff)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.diff import Diff, diff
from zhicheng.faces.web.gate import gated
from zhicheng.store.queries import plan as reads


@require_safe
@gated("plan.versions")
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, newest first; any two can be compared."""
    return render(request, "plan/versions.html", {"lines": reads.version_lines()})


@require_safe
@gated("plan.versions")
def choose(request: HttpRequest) -> HttpResponse:
    """From the form of the list to the address of one comparison."""
    try:
        before, after = int(request.GET.get("a", "")), int(request.GET.get("b", ""))
    except ValueError:
        raise UnreadableInput("要比对的版次不是数字", todo="从版本列表中选择两个版本") from None
    return redirect("diff", before, after)


@require_safe
@gated("plan.versions")
def compare(request: HttpRequest, before: int, after: int) -> HttpResponse:
    """What the later version makes of the earlier: money and targets first, then clause by clause."""
    old, old_plan = reads.numbered(before)
    new, new_plan = reads.numbered(after)
    found = diff(old_plan, new_plan)
    context = {
        "old": old,
        "new": new,
        "found": found,
        "counts": [(kind, len(found.of_kind(kind))) for kind in ("added", "removed", "changed", "moved")],
        "effects": _effects(found),
    }
    return render(request, "plan/diff.html", context)


def _effects(found: Diff) -> list[tuple[object, object]]:
    """Every effect on money or targets with the change it comes from."""
    return [(change, effect) for change in found.clauses for effect in change.effects]
