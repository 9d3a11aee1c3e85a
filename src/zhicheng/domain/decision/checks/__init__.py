"""决策记录的检查: every rule about how a plan came to be, one function each. Not here: checks of the plan's text (domain/plan/lint).

Three verdicts (DESIGN 2.5): only what the record proves to be wrong is an error; what it does not show is at most a warning.
An act is judged by the law in force on its day; what came later is a remark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from zhicheng.base.calendar.days import Calendar
from zhicheng.base.calendar.load import national
from zhicheng.domain.decision.checks import after, fairness, stages
from zhicheng.domain.decision.checks.case import Case
from zhicheng.domain.decision.model import DecisionRecord
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding, Rule
from zhicheng.engine.law import LawPack, load_laws

CHECKS: tuple[tuple[tuple[Rule, ...], Callable[[Case], Iterator[Finding]]], ...] = (
    ((stages.SHORT_CONSULTATION,), stages.consultation_too_short),
    ((stages.MATERIALS,), stages.consultation_materials),
    ((stages.EXACT_MINIMUM,), stages.exactly_minimum),
    ((stages.CATALOGUED,), stages.catalogued_stages),
    ((stages.ORDER,), stages.review_before_discussion),
    ((stages.REVIEW_TIME,), stages.review_time),
    ((stages.UNCONTROLLED,), stages.uncontrolled_risk),
    ((stages.NOT_APPLICABLE,), stages.not_applicable_unreasoned),
    ((stages.INTEREST, stages.SIGNATURE), stages.experts),
    ((fairness.NO_CONCLUSION,), fairness.no_conclusion),
    ((fairness.LOCAL_ONLY, fairness.SEAT_CONDITION, fairness.CRITERIA), fairness.incentive_wording),
    ((stages.UNDISPOSED,), stages.undisposed_opinions),
    ((after.DRAFT_DIFF,), after.draft_compared),
    ((stages.HEAD_LAST, stages.PARTY_REPORT), stages.discussion_record),
    ((after.UNPUBLISHED,), after.unpublished),
    ((after.NO_EXECUTOR,), after.no_executor),
    ((after.NO_EVALUATION,), after.no_evaluation),
    ((after.SAME_EVALUATOR,), after.same_evaluator),
    ((after.LATER_BASIS,), after.basis_after_draft),
    ((stages.ZERO_OPINIONS,), stages.zero_opinions),
    ((after.SUPPORTING_RULES,), after.supporting_rules),
    ((stages.EMPTY_STAGE,), stages.empty_stages),
    ((stages.DATE_UNKNOWN,), stages.unknown_dates),
    ((after.LATE_DISCLOSURE,), after.late_disclosure),
    ((after.PLANNED_LATER, after.IN_PRINCIPLE), after.after_meeting),
    ((stages.COUNTERSIGN_NAMES,), stages.countersign_names),
    ((fairness.SELF_REVIEW,), fairness.self_review),
)

RULES: tuple[Rule, ...] = tuple(sorted((rule for rules, _ in CHECKS for rule in rules), key=lambda rule: rule.id))


def check(
    record: DecisionRecord,
    plan: Plan,
    today: date,
    *,
    law: LawPack | None = None,
    calendar: Calendar | None = None,
) -> list[Finding]:
    """Every finding about the record, by rule id; keys are unique. law and calendar: those of the record's levels and of the nation."""
    case = Case(record, plan, law or load_laws(record.laws), calendar or national(), today)
    found = [finding for _, run in CHECKS for finding in run(case)]
    return sorted(found, key=lambda each: each.rule)
