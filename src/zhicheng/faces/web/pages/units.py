"""责任单位: what each unit owes under the plan. Not here: whether it has done it (no execution data yet)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhicheng.faces.web import wording
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages import attention
from zhicheng.store.models import Finding, Project
from zhicheng.store.queries import plans
from zhicheng.store.queries import units as queries
from zhicheng.store.queries.attention import SEVERITIES
from zhicheng.store.queries.units import Share

LISTED = 5  # findings shown at once; the rest are folded


@gated("units.read")
def units(request: HttpRequest) -> HttpResponse:
    """Units by kind, each against the plan's projects: which tasks name it."""
    version = plans.current()
    projects = queries.projects(version)
    findings = attention.findings_by_clause(request, version)
    lines = [_line(share, projects, findings) for share in queries.shares(version)]
    context = {
        "version": version,
        "projects": projects,
        "groups": _groups(lines),
        "total": len(lines),
        "shown_findings": bool(findings),
        "columns": len(projects) + 5 + bool(findings),
    }
    return render(request, "units/units.html", context)


def _line(share: Share, projects: Iterable[Project], findings: dict[str, list[Finding]]) -> dict[str, Any]:
    return {
        "share": share,
        "unit": share.unit,
        "cells": [(project, share.of_project(project)) for project in projects],
        "findings": sum(len(findings.get(key, [])) for key in share.clauses),
    }


def _groups(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By kind, in the order of the vocabulary: departments of the city first; courts and vertical bodies are asked, not ordered."""
    found = []
    for kind, word in wording.UNIT_KINDS.items():
        members = [line for line in lines if line["unit"].kind == kind]
        if members:
            found.append({"kind": kind, "word": word, "lines": members})
    return found


@gated("units.read")
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: its names over time, its tasks with role, and the targets, instruments and commitments of each."""
    version = plans.current()
    share = queries.share(version, key)
    findings = attention.findings_by_clause(request, version)
    duties = [(duty, wording.role(duty.assignment), findings.get(duty.task.clause.key, [])) for duty in share.duties]
    pairs = [(finding, duty.task) for duty, _word, each in duties for finding in each]
    found = sorted(pairs, key=lambda pair: SEVERITIES.index(pair[0].severity))
    context = {
        "version": version,
        "share": share,
        "unit": share.unit,
        "kind": wording.UNIT_KINDS[share.unit.kind],
        "names": [(name, wording.NAME_KINDS[name.kind]) for name in share.unit.names.all()],
        "duties": duties,
        "waiting": len(found),
        "findings": found[:LISTED],
        "further": found[LISTED:],
    }
    return render(request, "units/unit.html", context)
