"""Findings as rows: the newest check of a version replaces the one before, row by row. Not here: running checks, answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from zhicheng.engine.checks import Finding as Found
from zhicheng.store.models import Finding, PlanVersion


def renew(version: PlanVersion, found: Iterable[Found], at: datetime) -> dict[str, int]:
    """Make these the findings of the version; says how many are new, renewed and gone.

    A finding that is found again keeps its row, so that its address stays.
    """
    fresh = {each.key: _columns(each, at) for each in found}
    known = {row.key: row for row in Finding.objects.filter(version=version)}
    new = [Finding(version=version, key=key, **columns) for key, columns in fresh.items() if key not in known]
    again = [_set(known[key], columns) for key, columns in fresh.items() if key in known]
    gone = [row.pk for key, row in known.items() if key not in fresh]
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_create(new)
    if again:
        Finding.objects.bulk_update(again, list(next(iter(fresh.values()))))
    return {"new": len(new), "renewed": len(again), "gone": len(gone)}


def _set(row: Finding, columns: dict[str, Any]) -> Finding:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def _columns(each: Found, at: datetime) -> dict[str, Any]:
    return {
        "rule": each.rule, "severity": each.severity, "verdict": each.verdict, "clause_key": each.clause or "",
        "start": each.span.start if each.span else None, "end": each.span.end if each.span else None,
        "quote": each.quote, "message": each.message, "message_en": each.message_en, "suggestion": each.suggestion,
        "cites": list(each.cites), "articles": each.as_json()["articles"], "remark": each.remark, "checked_at": at,
    }  # fmt: skip
