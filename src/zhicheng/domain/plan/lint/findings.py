"""检查意见的写法: builds findings at their places. Not here: any rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict, Unpack

from zhicheng.base.citation import Span
from zhicheng.domain.plan.labels import PLAN
from zhicheng.domain.plan.model import Clause, Instrument, Plan, Target, Task
from zhicheng.engine.checks import Finding, Rule, Severity, Verdict

OPEN = "【待定】"
"""What a suggestion writes where only the city can say it: nothing is invented (DESIGN 2.5)."""

_STOPS = "。；;\n"


def finding(
    rule: Rule,
    plan: Plan,
    about: str,
    zh: str,
    en: str,
    *,
    clause: str | None = None,
    span: Span | None = None,
    fix: str = "",
    verdict: Verdict = "not_met",
    severity: Severity | None = None,
    also: Iterable[str] = (),
) -> Finding:
    """One finding of `rule` about an entry or clause. about: what makes the key stable. also: labels cited besides."""
    label = plan.clause(clause).label if clause else None
    return Finding(
        key=f"{rule.id}:{about}",
        rule=rule.id,
        severity=severity or rule.severity,
        verdict=verdict,
        clause=clause,
        span=span,
        quote=plan.quote(span) if span else "",
        message=zh,
        message_en=en,
        suggestion=fix,
        cites=tuple(dict.fromkeys([*([label] if label else []), *also])),
        articles=rule.articles,
    )


class _More(TypedDict, total=False):
    fix: str
    verdict: Verdict
    severity: Severity | None
    also: Iterable[str]


def on_target(rule: Rule, plan: Plan, target: Target, zh: str, en: str, **more: Unpack[_More]) -> Finding:
    return finding(rule, plan, target.key, zh, en, clause=target.clause, span=target.span, **more)


def on_instrument(rule: Rule, plan: Plan, each: Instrument, zh: str, en: str, **more: Unpack[_More]) -> Finding:
    return finding(rule, plan, each.key, zh, en, clause=each.clause, span=each.span, **more)


def quoted(words: str) -> str:
    """Words of a text in quotation marks; corner brackets where the words hold quotation marks themselves."""
    return f"「{words}」" if "“" in words else f"“{words}”"


def plan_clauses(plan: Plan) -> Iterator[Clause]:
    """The clauses of the plan itself: the explanation and the record never count (DESIGN 2.11)."""
    kinds = {document.key: document.kind for document in plan.documents}
    return (clause for clause in plan.clauses if kinds[clause.document] == PLAN)


def other_clauses(plan: Plan) -> Iterator[Clause]:
    kinds = {document.key: document.kind for document in plan.documents}
    return (clause for clause in plan.clauses if kinds[clause.document] != PLAN)


def explanation_clauses(plan: Plan) -> Iterator[Clause]:
    kinds = {document.key: document.kind for document in plan.documents}
    return (clause for clause in plan.clauses if kinds[clause.document] == "explanation")


def sentence(text: str, span: Span, within: Span) -> Span:
    """The sentence that `span` stands in, within its clause."""
    start = max([within.start, *(text.rfind(stop, within.start, span.start) + 1 for stop in _STOPS)])
    ends = [at for at in (text.find(stop, span.end, within.end) for stop in _STOPS) if at >= 0]
    return Span(start, min(ends, default=within.end))


def task_of(plan: Plan, clause: str) -> Task | None:
    return next((task for task in plan.tasks if task.clause == clause), None)


def years(plan: Plan) -> int | None:
    """How many years the plan runs; None where the text names no period."""
    first, last = plan.period
    return last - first + 1 if first else None


def year_before(plan: Plan) -> str:
    """The year a base would naturally be of: 2021年; 【待定】年 where the text names no period."""
    return f"{plan.period[0] - 1}年" if plan.period[0] else f"{OPEN}年"


def title_of(plan: Plan, clause: str) -> str:
    """The name of the document a clause stands in: 方案, 办法, 解读."""
    return plan.document(plan.clause(clause).document).title


def plan_title(plan: Plan) -> str:
    return next((each.title for each in plan.documents if each.kind == PLAN), "方案")
