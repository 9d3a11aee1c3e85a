"""指标 page: every target as quoted, measurable or not and why, and what is missing. Not here: readings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from zhicheng.faces.web import wording
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages import attention
from zhicheng.faces.web.tables import table_response
from zhicheng.store.models import Finding, Target
from zhicheng.store.queries import plans
from zhicheng.store.queries import targets as queries
from zhicheng.usecases.policy import may


@dataclass
class Row:
    """One target as the page shows it. missing: the parts the text leaves unset."""

    target: Target
    quote: str
    aim: str
    when: str
    missing: tuple[str, ...]
    findings: list[Any]

    @property
    def quantitative(self) -> bool:
        return self.target.value is not None

    @property
    def state(self) -> tuple[str, Any]:
        key = self.target.measurable
        return wording.MEASURABLE_COLOUR[key], wording.MEASURABLE[key]

    @property
    def missing_words(self) -> list[Any]:
        return [wording.PARTS[part] for part in self.missing]


def _rows(request: HttpRequest) -> tuple[Any, list[Row]]:
    version = plans.current()
    findings = attention.findings_by_clause(request, version)
    found = queries.targets(version)
    keys = {target.key for target in found}
    rows = [
        Row(
            target=target,
            quote=target.span.of(version.text),
            aim=wording.aim(target),
            when=wording.when(target),
            missing=queries.missing(target),
            findings=_about(target, attention.at(findings.get(target.clause.key, []), target.span), keys),
        )
        for target in found
    ]
    return version, rows


# The rule that finds each part missing.
_RULE = {"value": "P02", "deadline": "P22", "base": "P03", "owner": "P04", "source": "P05"}
# Why each part must be there before anybody can say whether the target was reached.
_WHY = {
    "value": _("没有数值，完成与否只能由人评定"),
    "deadline": _("没有期限，到哪一天算没有做到无从说起"),
    "base": _("说新增、增长、提升，却没有写从哪一年算起"),
    "owner": _("没有写由谁对这个数负责"),
    "source": _("没有写数从哪里来，两个来源会得出两个结果"),
}


@gated("targets.read")
def targets(request: HttpRequest) -> HttpResponse:
    """First what the text leaves unset, then targets with a number, then those without as quotations."""
    version, rows = _rows(request)
    measurable = Counter(row.target.measurable for row in rows)
    context = {
        "version": version,
        "export": "targets-export",
        "rows": rows,
        "quantified": [row for row in rows if row.quantitative],
        "qualitative": [row for row in rows if not row.quantitative],
        "measurable": measurable["yes"],
        "gaps": _gaps(request, rows),
    }
    return render(request, "targets/targets.html", context)


def _gaps(request: HttpRequest, rows: list[Row]) -> list[dict[str, Any]]:
    """For each part that some targets lack: which, why it matters, and where the reader may go on."""
    findings = attention.address("findings") if may(request.person, "findings.read").allowed else ""  # type: ignore[attr-defined]
    lacking = {part: [row for row in rows if part in row.missing] for part in queries.PARTS}
    return [
        {
            "part": wording.PARTS[part],
            "why": _WHY[part],
            "rows": found,
            "url": findings and f"{findings}?rule={_RULE[part]}",
        }
        for part, found in lacking.items()
        if found
    ]


def _about(target: Target, findings: list[Finding], keys: set[str]) -> list[Finding]:
    """Findings on this target's words, without those about another target of the same words or about a missing part."""
    kept = [finding for finding in findings if finding.rule not in _RULE.values()]
    named = [(finding, keys & set(re.split("[:+,]", finding.key))) for finding in kept]
    return [finding for finding, about in named if not about or target.key in about]


@gated("targets.read")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a file. form: csv or xlsx."""
    _version, rows = _rows(request)
    head = ["编号", "指标", "原文", "目标", "期限", "可测", "理由", "我们的算法", "未写明", "条款"]
    body = [
        [
            row.target.key, row.target.indicator, row.quote, wording.plain(row.aim), row.when, str(row.state[1]), row.target.reason,
            row.target.formula, "、".join(map(str, row.missing_words)), row.target.clause.label,
        ]
        for row in rows
    ]  # fmt: skip
    return table_response("指标", head, body, form)
