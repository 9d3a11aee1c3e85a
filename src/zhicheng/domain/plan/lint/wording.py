"""措辞的检查: vague verbs, undefined conditions, colours and lists. Not here: comparison of documents (documents.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhicheng.base.citation import Span
from zhicheng.domain.plan.lint.findings import OPEN, finding, plan_clauses, quoted, year_before
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding, Rule

_VAGUE = re.compile(
    r"(?:明显|显著|快速|大幅|大幅度|稳步|较大幅度|进一步|有效)(?:地)?(?:提升|提高|增强|增长|增加|改善|加强|扩大|壮大|优化|健全)"
)

VAGUE_VERB = Rule(
    "P14",
    "info",
    "程度词没有标准",
    "Vague verb",
    "“明显”“显著”“快速”一类的词没有标准，做到什么程度算完成因人而异。",
    "Words such as 'markedly' set no standard.",
)


def vague_verbs(plan: Plan) -> Iterator[Finding]:
    for clause in plan_clauses(plan):
        if clause.kind == "preamble":  # what stands before the first number is background, not an aim
            continue
        for match in _VAGUE.finditer(plan.quote(clause.span)):
            words = match.group(0)
            start = clause.span.start + match.start()
            yield finding(
                VAGUE_VERB,
                plan,
                f"{clause.key}:{words}:{_nth(plan.quote(clause.span), words, match.start())}",
                f"“{words}”没有标准。",
                f"“{words}” sets no standard.",
                clause=clause.key,
                span=Span(start, start + len(words)),
                fix=f"将“{words}”改为可以衡量的写法，例如“达到{OPEN}”“比{year_before(plan)}提高{OPEN}”",
                verdict="cannot_be_shown",
            )


def _nth(text: str, words: str, at: int) -> int:
    """How many times the words stand before this place: keeps keys apart and stable."""
    return text.count(words, 0, at) + 1


_CONDITIONS = (
    "一定",
    "适当",
    "择优",
    "符合条件",
    "较大影响力",
    "较大经济效益",
    "经济效益突出",
    "成绩突出",
    "成效突出",
    "较强",
    "良好",
    "成长性好",
    "成效好",
    "贡献突出",
    "表现突出",
)

VAGUE_CONDITION = Rule(
    "P15",
    "warning",
    "享受条件没有标准",
    "Undefined condition",
    "“择优”“符合条件”“一定”等没有公开的客观标准，谁能享受、享受多少无从预期。",
    "Conditions such as 'the best' or 'qualifying' have no public standard.",
)


def vague_conditions(plan: Plan) -> Iterator[Finding]:
    """One finding an instrument, at the first of its undefined words."""
    for each in plan.instruments:
        words = plan.quote(each.span)
        found = sorted((words.find(word), word) for word in _CONDITIONS if word in words)
        if not found:
            continue
        said = "、".join(f"“{word}”" for _, word in found)
        at, word = found[0]
        yield finding(
            VAGUE_CONDITION,
            plan,
            each.key,
            f"“{each.name}”的条件{said}没有写标准。",
            f"“{each.name_en or each.name}” ({each.key}): condition {said} has no standard.",
            clause=each.clause,
            span=Span(each.span.start + at, each.span.start + at + len(word)),
            fix=f"写明“按照{OPEN}（评审办法名称）规定的条件和程序”，并公开评审标准",
            verdict="cannot_be_shown",
        )


_COLOURS = re.compile(
    r"[“\"「]?([红橙黄绿蓝白黑]{2,})[”\"」]?(?=[^、，,。;；]{0,4}(?:挂牌|牌|灯|预警|督|标|管理|等级|榜))"
)

COLOURS = Rule(
    "P16",
    "warning",
    "颜色没有定义",
    "Undefined colours",
    "挂牌的颜色没有写含义、由谁挂、什么条件挂和摘：同一种颜色各地含义可以相反。",
    "The colours of supervision are not defined: who sets them, when, and what follows.",
)


def undefined_colours(plan: Plan) -> Iterator[Finding]:
    for clause in plan_clauses(plan):
        for match in _COLOURS.finditer(plan.quote(clause.span)):
            colours = match.group(1)
            unsaid = [colour for colour in colours if not _defined(plan, colour)]
            if unsaid:
                start = clause.span.start + match.start(1)
                said = "；".join(f"‘{colour}’指{OPEN}" for colour in unsaid)
                yield finding(
                    COLOURS,
                    plan,
                    f"{clause.key}:{colours}",
                    f"“{colours}”中{'、'.join(unsaid)}的含义没有写，由谁挂牌、什么条件挂牌和摘牌也没有写。",
                    f"The colours {colours} are not defined in the plan.",
                    clause=clause.key,
                    span=Span(start, start + len(colours)),
                    fix=f"增写：“{said}；由{OPEN}挂牌，{OPEN}的予以摘牌。”",
                    verdict="cannot_be_shown",
                )


def _defined(plan: Plan, colour: str) -> bool:
    """Whether some clause says what the colour stands for."""
    pattern = re.compile(rf"{colour}(?:色|牌|灯)?[”」\"]?(?:表示|指|为|是|代表|[:：])")
    return any(pattern.search(plan.quote(clause.span)) for clause in plan_clauses(plan))


LIST_UNNAMED = Rule(
    "P17",
    "info",
    "名单没有列出",
    "List not spelt out",
    "方案按一份名单办事，却没有写名单里有谁、以哪一天为准。",
    "The plan acts on a list that it does not give.",
)


def unnamed_lists(plan: Plan) -> Iterator[Finding]:
    for each in plan.institutions:
        if each.kind == "名单" and not each.members:
            yield finding(
                LIST_UNNAMED,
                plan,
                each.key,
                f"{quoted(plan.quote(each.span))}没有列出包括哪些，也没有写以哪一天的名单为准。",
                f"{each.key}: the list is not spelt out.",
                clause=each.clause,
                span=each.span,
                fix=f"在文后附名单，或者写明“（名单以{OPEN}发布的为准）”",
                verdict="cannot_be_shown",
            )
