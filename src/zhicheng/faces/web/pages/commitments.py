"""承诺与机构: standing commitments, bodies, funds, upstream documents, open questions: each small statement has its place here.

Not here: targets and money instruments (their own pages), answers to questions.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhicheng.faces.web import wording
from zhicheng.faces.web.gate import gated
from zhicheng.store.models import Commitment, PlanVersion
from zhicheng.store.queries import attention, plans
from zhicheng.store.queries import commitments as queries
from zhicheng.usecases.policy import may


@gated("plan.read")
def commitments(request: HttpRequest) -> HttpResponse:
    """Everything the plan says that is neither a target nor money, by kind, each with its words and clause."""
    version = plans.current()
    rows = queries.commitments(version)
    context = {
        "version": version,
        "groups": _groups(version, rows),
        "institutions": [_quoted(version, row) for row in queries.institutions(version)],
        "funds": [_quoted(version, row) for row in queries.funds(version)],
        "upstreams": [_quoted(version, row) for row in queries.upstreams(version)],
        "answering": may(request.person, "questions.answer").allowed,  # type: ignore[attr-defined]
        "questions": attention.open_questions(version),
        "total": len(rows),
    }
    return render(request, "commitments/commitments.html", context)


def _quoted(version: PlanVersion, row: Any) -> dict[str, Any]:
    return {"row": row, "quote": row.span.of(version.text)}


def _groups(version: PlanVersion, rows: list[Commitment]) -> list[dict[str, Any]]:
    """By kind, in the order in which the plan first speaks of each."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return [
        {
            "kind": kind,
            "word": wording.COMMITMENT_KINDS.get(kind, kind),
            "lines": [_quoted(version, row) for row in rows if row.kind == kind],
        }
        for kind in kinds
    ]
