"""指标的检查: number, base, owner, source, deadline. Not here: quotas against targets (money.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from zhicheng.domain.plan.lint.findings import OPEN, finding, on_target, plan_clauses, quoted, task_of, year_before
from zhicheng.domain.plan.model import COMPARED, Plan, Target
from zhicheng.engine.checks import Finding, Rule

NO_NUMBER = Rule(
    "P02",
    "warning",
    "指标没有数值",
    "Target without number",
    "没有数值的指标无法判断是否完成。",
    "A target without a number can be neither met nor missed.",
)


def without_number(plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        if target.value is None:
            yield on_target(
                NO_NUMBER,
                plan,
                target,
                f"{target.key}“{target.indicator}”没有数值，不能衡量。",
                f"{target.key} “{target.indicator}” has no number and cannot be measured.",
                fix=f"改为“{target.indicator}达到{OPEN}”，并写明基期值和数据来源",
                verdict="cannot_be_shown",
            )


NO_BASE = Rule(
    "P03",
    "warning",
    "指标没有基期",
    "Target without base",
    "“新增”“增幅”“提升”都是与某一时点相比；没有基期，就没有起点。",
    "Growth and increase are measured from somewhere; the text does not say from where.",
)


def without_base(plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        if target.base is None and target.comparator.startswith(COMPARED):
            yield on_target(
                NO_BASE,
                plan,
                target,
                f"{target.key}“{target.indicator}”没有写基期。",
                f"{target.key} “{target.indicator}” names no base year or base value.",
                fix=f"在{quoted(plan.quote(target.span))}前加“以{year_before(plan)}末为基期（基期值{OPEN}），”，基期由市里定",
                verdict="cannot_be_shown",
            )


NO_OWNER = Rule(
    "P04",
    "info",
    "指标没有责任主体",
    "Target without owner",
    "指标没有指明由谁负责、由谁报数，完不成时无人说明。",
    "Nobody is named to answer for the target.",
)


def without_owner(plan: Plan) -> Iterator[Finding]:
    yield from _by_clause(plan, NO_OWNER, lambda target: target.owner, "责任主体", "owner", _owner_fix)


def _owner_fix(plan: Plan, clause: str) -> str:
    task = task_of(plan, clause)
    if task and task.units:
        return f"写明该指标由谁负责，例如“（责任单位：{plan.quote(task.units[0].span)}）”；首列单位不当然是牵头单位"
    return f"另附指标分解表，逐项写明责任单位（{OPEN}）"


NO_SOURCE = Rule(
    "P05",
    "info",
    "指标没有数据来源",
    "Target without source",
    "没有写数据从哪里来、由谁发布，日后各算各的数。",
    "Where the figure comes from is not said.",
)


def without_source(plan: Plan) -> Iterator[Finding]:
    yield from _by_clause(
        plan,
        NO_SOURCE,
        lambda target: target.source,
        "数据来源",
        "source",
        lambda _plan, _clause: f"另附指标说明，逐项写明口径、数据来源和发布单位（{OPEN}）",
    )


def _by_clause(
    plan: Plan,
    rule: Rule,
    said: Callable[[Target], str | None],
    noun: str,
    noun_en: str,
    fix: Callable[[Plan, str], str],
) -> Iterator[Finding]:
    """One finding a clause for all its targets that lack the same thing."""
    lacking = [target for target in plan.targets if said(target) is None]
    for clause, group in groupby(lacking, key=lambda target: target.clause):
        targets = list(group)
        keys = "、".join(target.key for target in targets)
        yield finding(
            rule,
            plan,
            clause,
            f"{plan.clause(clause).label}的{len(targets)}项指标（{keys}）没有写{noun}。",
            f"{len(targets)} target(s) of this clause name no {noun_en}: {keys.replace('、', ', ')}.",
            clause=clause,
            span=targets[0].span,
            fix=fix(plan, clause),
            verdict="cannot_be_shown",
        )


NO_DEADLINE = Rule(
    "P22",
    "warning",
    "指标没有期限",
    "Target without deadline",
    "没有写到哪一年完成，也没有写每年一次。",
    "Neither a year nor a rhythm is given.",
)


def without_deadline(plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        if target.deadline_year is None and target.period is None:
            yield on_target(
                NO_DEADLINE,
                plan,
                target,
                f"{target.key}“{target.indicator}”没有写期限。",
                f"{target.key} “{target.indicator}” has no deadline.",
                fix=f"在{quoted(plan.quote(target.span))}前加“到{plan.period[1] or OPEN}年底，”（期限由市里定）",
                verdict="cannot_be_shown",
            )


NO_MILESTONE = Rule(
    "P19",
    "info",
    "没有年度分解",
    "No interim milestones",
    "多年的方案只写终点年份，中间各年没有阶段目标，无从判断进度快慢。",
    "A plan of several years names only its last year.",
)


def without_milestones(plan: Plan) -> Iterator[Finding]:
    first, last = plan.period
    if not first or last - first < 1 or not plan.targets:
        return
    between = re.compile("|".join(f"{year}年" for year in range(first, last)))
    if any(between.search(plan.quote(clause.span)) for clause in plan_clauses(plan)):
        return
    target = next((each for each in plan.targets if each.deadline_year == last), plan.targets[0])
    names = "、".join(f"{year}年" for year in range(first, last))
    yield finding(
        NO_MILESTONE,
        plan,
        "plan",
        f"方案期间{first}—{last}年，{names}没有阶段目标。",
        f"No milestone for {first}–{last - 1}.",
        clause=target.clause,
        span=target.span,
        fix=f"另附年度分解表：{names}各项指标分别达到{OPEN}",
        verdict="cannot_be_shown",
    )


NO_MONTH = Rule(
    "P20",
    "info",
    "每年一次而没有月份",
    "Yearly without a month",
    "写了“每年”，没有写几月，到年底才知道做没做。",
    "Due every year, in no stated month.",
)
_MONTH = re.compile(r"[0-9一二三四五六七八九十]+月|季度|[0-9]+·[0-9]+|上半年|下半年|年底前|年末")


def yearly_without_month(plan: Plan) -> Iterator[Finding]:
    for each in plan.commitments:
        if each.rhythm and each.rhythm.startswith("每年") and not _MONTH.search(plan.quote(each.span)):
            yield finding(
                NO_MONTH,
                plan,
                each.key,
                f"“{each.what}”每年一次，没有写月份。",
                f"“{each.what}” is due every year, no month given.",
                clause=each.clause,
                span=each.span,
                fix=f"“每年”改为“每年{OPEN}月底前”",
                verdict="cannot_be_shown",
            )


COUNTING = Rule(
    "P24",
    "info",
    "“新增”的算法没有写",
    "Gross or net increase",
    "“新增”可以是累计新认定数，也可以是扣除撤销、退出后的净增数，两者可能差很多。",
    "An increase may be gross or net of withdrawals.",
)
_COUNTING_SAID = re.compile(r"净增|累计新增|累计认定|首次认定|扣除")


def increase_gross_or_net(plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        if target.comparator.startswith("increase") and not _COUNTING_SAID.search(plan.quote(target.span)):
            yield on_target(
                COUNTING,
                plan,
                target,
                f"{target.key}“{target.indicator}”的“新增”没有写是累计数还是净增数。",
                f"{target.key} “{target.indicator}”: gross or net increase is not said.",
                fix="“新增”改为“累计新认定”或者“净增”",
                verdict="cannot_be_shown",
            )


UNEVEN = Rule(
    "P25",
    "info",
    "同类指标界点写法不一",
    "Bounds written unevenly",
    "同一句里有的指标写“以上”，有的不写，恰好等于时是否算完成说法不一。",
    "Of like targets in one clause some say 'or more' and some do not.",
)


def uneven_bounds(plan: Plan) -> Iterator[Finding]:
    """Increase targets without 以上 beside others of the same clause and unit with it."""
    for target in plan.targets:
        kin = [
            each
            for each in plan.targets
            if each.clause == target.clause and each.unit == target.unit and each.comparator == "increase by >="
        ]
        if target.comparator == "increase by" and kin:
            yield on_target(
                UNEVEN,
                plan,
                target,
                f"{target.key}没有写“以上”，同条的{'、'.join(each.key for each in kin)}写了“以上”。",
                f"{target.key} is an exact number, {', '.join(each.key for each in kin)} 'or more'.",
                fix=f"{quoted(plan.quote(target.span))}后加“以上”，或者两处都不加",
                verdict="cannot_be_shown",
            )
