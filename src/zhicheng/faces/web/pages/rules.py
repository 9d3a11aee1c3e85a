"""系统检查哪些事: the page of every check, made from the tables the checks run on. Not here: what they found (findings.py)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhicheng.faces.web import rules
from zhicheng.faces.web.gate import gated

TITLES = {"text": _("检查方案文字"), "record": _("检查决策记录")}


@require_safe
@gated("rules.read")
def page(request: HttpRequest) -> HttpResponse:
    """Both tables, then the laws the checks know with the days they are in force. No query."""
    groups = [(TITLES[key], found) for key, found in rules.groups()]
    return render(request, "rules.html", {"groups": groups, "laws": rules.laws(), "total": len(rules.all_rules())})
