"""方案文本的检查: every rule about a plan's text, one small function each. Not here: checks of the decision record (domain/decision/checks).

To add a rule: write a Rule and a function beside its kin, add the pair to CHECKS. Ids are never used again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zhicheng.domain.plan.lint import documents, money, targets, wording
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding, Rule

CHECKS: tuple[tuple[Rule, Callable[[Plan], Iterator[Finding]]], ...] = (
    (money.AMOUNT_UNSET, money.amount_unset),
    (targets.NO_NUMBER, targets.without_number),
    (targets.NO_BASE, targets.without_base),
    (targets.NO_OWNER, targets.without_owner),
    (targets.NO_SOURCE, targets.without_source),
    (money.QUOTA_TARGET, money.quota_against_target),
    (money.PAYER_MISSING, money.money_without_finance),
    (money.PAYER_IDLE, money.finance_without_money),
    (money.LEVEL_INVERSION, money.level_inversion),
    (money.UNIT_OMITTED, money.unit_omitted),
    (documents.NUMBER_DIFFERS, documents.explanation_numbers),
    (documents.NAME_DIFFERS, documents.explanation_names),
    (documents.ALIAS, documents.alias_drift),
    (wording.VAGUE_VERB, wording.vague_verbs),
    (wording.VAGUE_CONDITION, wording.vague_conditions),
    (wording.COLOURS, wording.undefined_colours),
    (wording.LIST_UNNAMED, wording.unnamed_lists),
    (money.STACKING, money.stacking_unsaid),
    (targets.NO_MILESTONE, targets.without_milestones),
    (targets.NO_MONTH, targets.yearly_without_month),
    (documents.TITLE, documents.title_variants),
    (targets.NO_DEADLINE, targets.without_deadline),
    (money.EXPOSURE, money.open_ended),
    (targets.COUNTING, targets.increase_gross_or_net),
    (targets.UNEVEN, targets.uneven_bounds),
)

RULES: tuple[Rule, ...] = tuple(rule for rule, _ in CHECKS)


def check(plan: Plan) -> list[Finding]:
    """Every finding about the text, in the order of the rules and within a rule of the text; keys are unique."""
    return [finding for _, run in CHECKS for finding in run(plan)]
