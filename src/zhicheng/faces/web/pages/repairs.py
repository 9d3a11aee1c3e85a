"""需要补正: what the checks of a decision's record find as of a day, one line a rule. Not here: the checks, the stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhicheng.base.citation import Article
from zhicheng.domain.decision import checks
from zhicheng.domain.decision.model import FACTS, DecisionRecord
from zhicheng.domain.decision.standing import Standing
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding, Rule
from zhicheng.faces.web import wording

# The stage a rule speaks of, where its findings do not name a stage or a fact of one. Rules about incentives have none.
_STAGE = {
    **dict.fromkeys(("D01", "D02", "D03", "D13", "D14", "D21", "D22"), "participation"),
    **dict.fromkeys(("D09", "D10"), "expert_argument"),
    **dict.fromkeys(("D04", "D07"), "risk_assessment"),
    **dict.fromkeys(("D05", "D06", "D11"), "legality_review"),
    **dict.fromkeys(("D15", "D16", "D30"), "discussion"),
    **dict.fromkeys(("D17", "D28", "D29"), "publication"),
    **dict.fromkeys(("D19", "D20"), "evaluation"),
    "D31": "initiation",
}
_GAPS = {"empty": (_("空缺"), "cross"), "overdue": (_("逾期"), "clock")}
_NOT_YET = ("upcoming", "running")
_ABOUT_GAPS = ("D17", "D19", "D26")  # rules that say a whole stage is wanting
SHOWN = 2  # messages shown of one rule; the rest are counted


@dataclass(frozen=True)
class Repair:
    """One rule that found something: how it is marked, its findings, the stage it speaks of ("" = the whole plan)."""

    rule: Rule
    findings: tuple[Finding, ...]
    stage: str
    rank: int
    tag: tuple[str, Any, str]
    kept: int | None  # number of the finding the store keeps under the same key, if the reader may see findings

    @property
    def title(self) -> str:
        """What was found first. Not the rule's name: that names the fault, which may well not be proved."""
        return wording.finding(self.findings[0])

    @property
    def further(self) -> list[str]:
        return [wording.finding(each) for each in self.findings[1:SHOWN]]

    @property
    def checks(self) -> str:
        """The rule's name in the reader's language."""
        return wording.rule_title(self.rule.id)

    @property
    def more(self) -> int:
        return max(0, len(self.findings) - SHOWN)

    @property
    def next_step(self) -> str:
        """What an office would do about it, in the words of the check."""
        return next((each.suggestion for each in self.findings if each.suggestion), "")

    @property
    def articles(self) -> list[Article]:
        return list(dict.fromkeys(article for each in self.findings for article in each.articles))


def repairs(
    record: DecisionRecord, plan: Plan, on: date, standings: Mapping[str, Standing], kept: Mapping[str, int]
) -> list[Repair]:
    """What is found on the day `on`, missing before doubtful before mere remarks; nothing about stages still ahead.

    kept: number of each finding in the store by key, empty for those who may not read findings.
    """
    found = [each for each in checks.check(record, plan, on) if _due(_stage(each), standings)]
    made = [_repair(rule, list(group), standings, kept) for rule, group in groupby(found, key=lambda each: each.rule)]
    return sorted(made, key=lambda repair: (repair.rank, repair.rule.id))


def _stage(finding: Finding) -> str:
    about = finding.key.partition(":")[2]
    if about in FACTS:
        return FACTS[about].stage
    return about if finding.rule == "D26" else _STAGE.get(finding.rule, "")


def _due(stage: str, standings: Mapping[str, Standing]) -> bool:
    """Whether a finding can be held against the record yet: its stage, or for the plan as a whole the meeting, lies behind."""
    return standings[stage or "discussion"].state not in _NOT_YET


def _repair(
    rule_id: str, group: Iterable[Finding], standings: Mapping[str, Standing], kept: Mapping[str, int]
) -> Repair:
    findings = tuple(sorted(group, key=lambda each: _MARKS.get((each.severity, each.verdict), _REMARK)[0]))
    stage = _stage(findings[0])
    rank, tag = _mark(findings, standings.get(stage))
    number = next((kept[each.key] for each in findings if each.key in kept), None)
    return Repair(_RULES[rule_id], findings, stage, rank, tag, number)


_RULES = {rule.id: rule for rule in checks.RULES}
_MARKS: dict[tuple[str, str], tuple[int, tuple[str, Any, str]]] = {
    ("error", "not_met"): (1, ("red", wording.SEVERITIES["error"], "square")),
    ("warning", "not_met"): (2, ("yellow", wording.SEVERITIES["warning"], "triangle")),
    ("warning", "cannot_be_shown"): (3, ("yellow", _("不能证明"), "half")),
}

_REMARK: tuple[int, tuple[str, Any, str]] = (4, ("none", wording.SEVERITIES["info"], "bar"))


def _mark(findings: Sequence[Finding], standing: Standing | None) -> tuple[int, tuple[str, Any, str]]:
    """Rank and tag of the findings, the worst of them first; a stage that is empty or overdue says so in its own word."""
    rank, tag = _MARKS.get((findings[0].severity, findings[0].verdict), _REMARK)
    if standing is not None and standing.state in _GAPS and findings[0].rule in _ABOUT_GAPS:
        word, shape = _GAPS[standing.state]
        return 0, ("red", word, shape)
    return rank, tag
