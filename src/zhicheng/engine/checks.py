"""Checks (检查) with three verdicts, and the findings they leave. Not here: any particular check.

A check answers met, not met, or cannot be shown from the record (DESIGN 2.5); only `not_met` may be an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zhicheng.base.citation import Article, Span

Severity = Literal["error", "warning", "info"]
Verdict = Literal["met", "not_met", "cannot_be_shown"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check as the generated page of rules shows it. id is stable for ever (P07, D21); texts in two languages."""

    id: str
    severity: Severity
    title: str
    title_en: str
    why: str
    why_en: str
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """检查意见: what one rule says about one place.

    key: stable across runs and redrafts (rule + clause key or fact + discriminator), so that an answer given once still fits.
    span: the place in the source; None only where the finding is that something is absent from the record altogether.
    remark: what the law of another day would say; never part of the verdict (DESIGN 2.6).
    """

    key: str
    rule: str
    severity: Severity
    verdict: Verdict
    clause: str | None
    span: Span | None
    quote: str
    message: str
    message_en: str
    suggestion: str = ""
    cites: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    remark: str = ""

    def as_json(self) -> dict[str, object]:
        """The entry of `plan lint --json`: start and end are characters of the source, None where nothing stands there."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "verdict": self.verdict,
            "key": self.key,
            "clause": self.clause,
            "quote": self.quote,
            "start": self.span.start if self.span else None,
            "end": self.span.end if self.span else None,
            "message": self.message,
            "message_en": self.message_en,
            "suggestion": self.suggestion,
            "cites": list(self.cites),
            "articles": [
                {"law": each.law, "number": each.number, "confirmed": each.confirmed} for each in self.articles
            ],
            "remark": self.remark,
        }
