"""公平竞争的检查: what incentives must answer for. Judged by the law of the day; what came later is a remark. Not here: other stages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhicheng.base.citation import Span
from zhicheng.domain.decision.checks.case import Case, finding
from zhicheng.domain.plan.lint.findings import sentence
from zhicheng.domain.plan.model import Instrument
from zhicheng.engine.checks import Finding, Rule

_PAID = {"reward", "grant", "subsidy", "interest_subsidy"}

NO_CONCLUSION = Rule(
    "D11",
    "error",
    "有激励而没有公平竞争审查结论",
    "Incentives without fair-competition conclusion",
    "涉及经营者经济活动的政策措施应当经公平竞争审查并有书面结论。",
    "Measures that touch market activity need a written fair-competition conclusion.",
)


def no_conclusion(case: Case) -> Iterator[Finding]:
    if not any(each.kind in _PAID for each in case.plan.instruments):
        return
    done = case.fact("fair_competition.done").yes
    if done and case.fact("fair_competition.conclusion").known:
        return
    when = case.day_of_act("fair_competition.date", "legality.passed", "meeting.date")
    yield finding(
        NO_CONCLUSION,
        case,
        "conclusion",
        {
            True: "记录称已经公平竞争审查，没有书面结论和日期。",
            False: "方案有激励措施，没有经公平竞争审查。",
            None: "记录没有公平竞争审查的情况。",
        }[done],
        {
            True: "Said to have been reviewed; no written conclusion or date on record.",
            False: "Not reviewed for fair competition.",
            None: "Nothing about a fair-competition review on record.",
        }[done],
        verdict="not_met" if done is False else "cannot_be_shown",
        place=case.place("fair_competition.done", "legality.passed"),
        articles=(*case.articles("fair_competition_review", when), *case.articles("fair_competition_status", when)),
        remark=case.remark("fair_competition_review", when),
        fix="补录公平竞争审查表（逐项结论、审查机构、日期）",
    )


LOCAL_ONLY = Rule(
    "D12",
    "warning",
    "激励限于特定或者本地对象",
    "Incentive limited to named or local parties",
    "给予特定经营者选择性奖补，或者排斥外地经营者，须有依据、例外理由和期限。",
    "Selective or local-only rewards need a basis, an exception and an end.",
)
SEAT_CONDITION = Rule(
    "D23",
    "error",
    "以迁入、纳税、纳统为条件",
    "Reward for seat, tax or statistics",
    "不得以迁入注册地、在本地纳税、纳入本地统计作为奖补条件。",
    "No reward may depend on moving the seat here, paying tax here or local statistics.",
)
CRITERIA = Rule(
    "D24",
    "warning",
    "择优没有公开客观标准",
    "Selection without published criteria",
    "以“择优”“符合条件”“名录库”确定对象的，应当有公平合理、客观明确且非排他的公开条件。",
    "Selection needs fair, objective, clear and open conditions.",
)
_LOCAL = r"我市|本市|我区|本区|我县|本县|本地|属地|在.{0,4}注册"
_SEAT = re.compile(r"迁入|注册地(?!理)|纳税|税收贡献|纳统|纳入.{0,4}统计|落户")
_CLEAR_SEAT = re.compile(r"迁入|注册地(?!理)|纳税|税收贡献|纳统|纳入.{0,4}统计")
_SELECT = re.compile(r"择优|符合条件|名录库|企业库|名单内|遴选")


def incentive_wording(case: Case) -> Iterator[Finding]:
    """The sentence of each paying instrument, searched for words that the fair-competition rules look at."""
    short = case.plan.city.removesuffix("市").removesuffix("区").removesuffix("县")
    local = re.compile(rf"{_LOCAL}|驻{re.escape(short[0])}" if short else _LOCAL)
    for each in case.plan.instruments:
        if each.kind not in _PAID:
            continue
        yield from _words(case, each, LOCAL_ONLY, local, "no_selective_reward", "限于本地对象的写法")
        yield from _words(case, each, SEAT_CONDITION, _SEAT, "no_seat_condition", "可能以迁入、纳税或者纳统为条件")
        yield from _words(case, each, CRITERIA, _SELECT, "objective_criteria", "没有写公开的客观标准")


_FIX = {
    "D12": "写明政策依据、例外理由和实施期限；能够不限地域的，删去地域限制",
    "D23": "写明以项目在本市实施、产生实际效益为条件，不以迁入注册地、纳税、纳入统计为条件",
    "D24": "公开评审办法：写明条件、分值、程序，条件客观明确、不排他",
}


def _words(case: Case, each: Instrument, rule: Rule, pattern: re.Pattern[str], duty: str, zh: str) -> Iterator[Finding]:
    clause = case.plan.clause(each.clause)
    around = each.span if rule is CRITERIA else sentence(case.plan.text, each.span, clause.span)
    before = sentence(case.plan.text, Span(around.start, around.start), clause.span) if around.start else around
    match = pattern.search(case.plan.quote(around))
    start = around.start
    if match is None and rule is SEAT_CONDITION:
        # the condition often stands in the sentence before: 吸引…项目落户。对落户后…
        match, start = pattern.search(case.plan.quote(before)), before.start
    if match is None:
        return
    when = case.day_of_act("meeting.date")
    binding = case.articles(duty, when)
    clear = rule is SEAT_CONDITION and bool(_CLEAR_SEAT.search(match.group(0)))
    yield finding(
        rule,
        case,
        each.key,
        f"“{each.name}”有“{match.group(0)}”的写法，{zh}" + ("。" if binding else "；当时没有这一规定，只作提示。"),
        f"“{each.name_en or each.name}” ({each.key}): the wording “{match.group(0)}” needs review under the fair-competition rules.",
        verdict="not_met" if binding and clear else "cannot_be_shown",
        severity=None if binding else "info",
        place=(each.clause, Span(start + match.start(), start + match.end())),
        articles=binding,
        remark=case.remark(duty, when),
        fix=_FIX[rule.id],
    )


SELF_REVIEW = Rule(
    "D32",
    "info",
    "起草与审查为同一部门",
    "Drafter and reviewer are one department",
    "承办单位就是负责公平竞争审查的市场监管部门的，起草与审查应当分由不同的人办理并分别记录。",
    "Where the drafter is the market regulator itself, drafting and review need different persons.",
)
_REGULATOR = re.compile(r"市场监管|市场监督管理")


def self_review(case: Case) -> Iterator[Finding]:
    """Only where there are incentives to review; which persons did what is internal, so it cannot be shown from the page."""
    drafter = case.fact("initiation.undertaking_unit").text or case.plan.drafting_unit
    if not _REGULATOR.search(drafter) or not any(each.kind in _PAID for each in case.plan.instruments):
        return
    when = case.day_of_act("fair_competition.date", "legality.passed", "meeting.date")
    yield finding(
        SELF_REVIEW,
        case,
        "persons",
        f"承办单位为{drafter}，公平竞争审查也由市场监管部门负责；起草人与审查人是否分开，记录未载明。",
        "The drafter is the market regulator, which also reviews; whether persons were separate is not recorded.",
        verdict="cannot_be_shown",
        place=case.place("initiation.undertaking_unit"),
        articles=case.articles("fair_competition_review", when),
        remark=case.remark("fair_competition_review", when),
        fix="在公平竞争审查表中分别写明起草人和审查人",
    )
