"""一件决策的材料: record, plan, law and today in one hand, and how findings are built from them. Not here: any rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhicheng.base.calendar.days import Calendar
from zhicheng.base.citation import Article, Span
from zhicheng.domain.decision.model import DecisionRecord, Fact, Stage
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding, Rule, Severity, Verdict
from zhicheng.engine.law import LawPack, said

OPEN = "【待定】"


@dataclass(frozen=True)
class Case:
    record: DecisionRecord
    plan: Plan
    law: LawPack
    calendar: Calendar
    today: date

    def day_of_act(self, *facts: str) -> date:
        """The day whose law judges an act: the first of these facts with a day, else the last day the record proves, else today."""
        for key in facts:
            if found := self.record.day(key):
                return found
        proved = [fact.date for fact in self.record.facts if fact.date and fact.key in _ACTS]
        return max(proved, default=self.today)

    def fact(self, key: str) -> Fact:
        return self.record.fact(key)

    def stage_of(self, key: str) -> Stage:
        return self.record.stage(self.fact(key).rule.stage)

    def articles(self, duty: str, day: date) -> tuple[Article, ...]:
        return self.law.articles(duty, day)

    def remark(self, duty: str, day: date) -> str:
        """What the law of today would add; empty where nothing has come since."""
        later = self.law.since(duty, day, self.today)
        if not later:
            return ""
        words = "；".join(dict.fromkeys(each.says for each in later))
        return f"按今日的规定（{said(each.article for each in later)}）：{words}。当时尚未施行，不作为判断依据。"

    def place(self, *keys: str) -> tuple[str | None, Span | None]:
        """Clause and span of the first of these facts that has one; else the empty column of the stage; else none."""
        for key in keys:
            fact = self.fact(key)
            if fact.span:
                return fact.clause, fact.span
        return None, self.stage_of(keys[0]).heading if keys else None


_ACTS = {
    "consultation.start",
    "consultation.end",
    "experts.date",
    "risk.date",
    "legality.passed",
    "meeting.date",
    "publication.date",
}


def day(when: date) -> str:
    """2022年4月24日."""
    return f"{when.year}年{when.month}月{when.day}日"


def weekday(when: date) -> str:
    return "星期" + "一二三四五六日"[when.weekday()]


def finding(
    rule: Rule,
    case: Case,
    about: str,
    zh: str,
    en: str,
    *,
    verdict: Verdict,
    place: tuple[str | None, Span | None] = (None, None),
    severity: Severity | None = None,
    articles: Iterable[Article] = (),
    remark: str = "",
    fix: str = "",
) -> Finding:
    """One finding. An error needs a verdict of not met; what cannot be shown is a warning at most (DESIGN 2.5)."""
    clause, span = place
    level = severity or rule.severity
    if level == "error" and verdict != "not_met":
        level = "warning"
    return Finding(
        key=f"{rule.id}:{about}",
        rule=rule.id,
        severity=level,
        verdict=verdict,
        clause=clause,
        span=span,
        quote=case.plan.quote(span) if span else "",
        message=zh,
        message_en=en,
        suggestion=fix,
        cites=(case.plan.clause(clause).label,) if clause else (),
        articles=tuple(articles),
        remark=remark,
    )
