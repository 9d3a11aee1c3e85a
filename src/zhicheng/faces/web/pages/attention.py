"""Findings as pages of the plan show them: only to those who may read them. Not here: the findings' own pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from zhicheng.base.citation import Span
from zhicheng.store.models import Finding, PlanVersion
from zhicheng.store.queries import attention
from zhicheng.usecases.policy import may


def address(name: str, *args: object) -> str:
    """The address of a page; "" where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def findings_by_clause(request: HttpRequest, version: PlanVersion) -> dict[str, list[Finding]]:
    """Unanswered findings by clause key, worst first; empty for those who may not read findings (no query either)."""
    if not may(request.person, "findings.read").allowed:  # type: ignore[attr-defined]
        return {}
    return attention.by_clause(attention.unanswered(version))


def at(findings: Iterable[Finding], span: Span) -> list[Finding]:
    """Those of the findings whose place touches these characters."""
    return [finding for finding in findings if finding.span is not None and finding.span.overlaps(span)]


def numbers(request: HttpRequest, version: PlanVersion) -> dict[str, int]:
    """The number of each kept finding by its key; empty for those who may not read findings."""
    if not may(request.person, "findings.read").allowed:  # type: ignore[attr-defined]
        return {}
    return attention.numbers(version)
