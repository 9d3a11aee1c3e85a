"""文件之间的检查: the plan against its explanation, names and titles that drift. Not here: checks inside the plan.

Numbers of one document never count in another (DESIGN 2.11): here they are only compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from zhicheng.base.citation import Span
from zhicheng.domain.plan.likeness import contained
from zhicheng.domain.plan.lint.findings import (
    explanation_clauses,
    finding,
    other_clauses,
    plan_clauses,
    plan_title,
    title_of,
)
from zhicheng.domain.plan.model import Clause, Plan, Target
from zhicheng.engine.checks import Finding, Rule

_PHRASE = re.compile(r"[^,，。;；:：\n]+")
_SAME_INDICATOR = 0.7
_BOUND = re.compile(r"以上|以内|以下|左右|不低于|不少于|不超过|超过|至少|约")

NUMBER_DIFFERS = Rule(
    "P11",
    "warning",
    "解读与方案数值不一致",
    "Explanation differs from the plan in a number",
    "解读应当与方案一致；“85分”与“85分以上”差一个界点。",
    "The explanation repeats a target with another number or another bound.",
)


def explanation_numbers(plan: Plan) -> Iterator[Finding]:
    """Targets repeated in the explanation with another value or another bound (以上, 不低于 …)."""
    for clause in explanation_clauses(plan):
        for phrase in _phrases(plan, clause):
            target = _repeated(plan, phrase)
            if target:
                yield from _number_finding(plan, clause, phrase, target)


def _phrases(plan: Plan, clause: Clause) -> Iterator[Span]:
    for match in _PHRASE.finditer(plan.quote(clause.span)):
        yield Span(clause.span.start + match.start(), clause.span.start + match.end())


def _repeated(plan: Plan, phrase: Span) -> Target | None:
    """The target with a number whose indicator the phrase names, if it has a number with the same unit."""
    words = plan.quote(phrase)
    for target in plan.targets:
        numbered = target.value is not None and target.unit and _number(words, target.unit) is not None
        if numbered and contained(target.indicator, words) >= _SAME_INDICATOR:
            return target
    return None


def _number(words: str, unit: str) -> str | None:
    match = re.search(rf"([0-9]+(?:\.[0-9]+)?)\s*{re.escape(unit)}", words)
    return match.group(1) if match else None


def _number_finding(plan: Plan, clause: Clause, phrase: Span, target: Target) -> Iterator[Finding]:
    here, there = plan.quote(phrase), plan.quote(target.span)
    unit = target.unit or ""
    number, said = _number(here, unit), _number(there, unit)
    bounds, meant = set(_BOUND.findall(here)), set(_BOUND.findall(there))
    if number == said and bounds == meant:
        return
    start = phrase.start + here.index(number or "")
    one, two = f"{said}{unit}{''.join(sorted(meant))}", f"{number}{unit}{''.join(sorted(bounds))}"
    yield finding(
        NUMBER_DIFFERS,
        plan,
        f"{target.key}:{clause.key}",
        f"{target.key}“{target.indicator}”：{plan_title(plan)}写“{one}”，{title_of(plan, clause.key)}写“{two}”。",
        f"{target.key}: the plan says “{one}”, the explanation “{two}”.",
        clause=clause.key,
        span=Span(start, phrase.end),
        fix=f"{title_of(plan, clause.key)}改为“{one}”，与{plan_title(plan)}一致；{plan_title(plan)}有误的，先改{plan_title(plan)}",
        also=(plan.clause(target.clause).label,),
    )


NAME_DIFFERS = Rule(
    "P12",
    "warning",
    "解读与方案用语不一致",
    "Explanation differs from the plan in a name",
    "同一事物在解读里换了一个字，读者会以为是两样东西。",
    "One thing bears two names, a sign apart.",
)
_HEAD, _TAIL = 4, 2  # signs that must agree before and after the one that differs


def explanation_names(plan: Plan) -> Iterator[Finding]:
    """Terms of the explanation that differ from a term of the plan in one sign between equal neighbours."""
    planned = "\n".join(plan.quote(clause.span) for clause in plan_clauses(plan))
    index = _terms(planned)
    explained = "\n".join(plan.quote(clause.span) for clause in explanation_clauses(plan))
    for clause in explanation_clauses(plan):
        words = plan.quote(clause.span)
        for at in range(len(words) - _HEAD - _TAIL):
            here = words[at : at + _HEAD + 1 + _TAIL]
            others = index.get((here[:_HEAD], here[_HEAD + 1 :]), set()) - {here[_HEAD]}
            if not _hanzi(here) or here in planned or len(others) != 1:
                continue
            there = here[:_HEAD] + others.pop() + here[_HEAD + 1 :]
            if there in explained:
                continue
            yield finding(
                NAME_DIFFERS,
                plan,
                f"{clause.key}:{here}",
                f"{title_of(plan, clause.key)}写“{here}”，{plan_title(plan)}写“{there}”。",
                f"The explanation says “{here}”, the plan “{there}”.",
                clause=clause.key,
                span=Span(clause.span.start + at, clause.span.start + at + len(here)),
                fix=f"{title_of(plan, clause.key)}中“{here}”改为“{there}”",
            )


def _terms(text: str) -> dict[tuple[str, str], set[str]]:
    """For each head and tail the signs that stand between them."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at in range(len(text) - _HEAD - _TAIL):
        term = text[at : at + _HEAD + 1 + _TAIL]
        if _hanzi(term):
            found[term[:_HEAD], term[_HEAD + 1 :]].add(term[_HEAD])
    return found


def _hanzi(text: str) -> bool:
    return all("\u4e00" <= sign <= "\u9fff" for sign in text)


ALIAS = Rule(
    "P13",
    "info",
    "单位名称不一致",
    "Unit under another name",
    "同一单位在同一页面用了不同名称，统计和检索时会当成两个单位。",
    "One unit stands under two names.",
)


def alias_drift(plan: Plan) -> Iterator[Finding]:
    """Other names of a unit in any document; a name that merely adds the city before the plan's own name is none."""
    for unit in plan.units:
        for name in unit.names:
            if unit.name in name.name:
                continue
            for clause in (*plan_clauses(plan), *other_clauses(plan)):
                at = plan.text.find(name.name, clause.span.start, clause.span.end)
                if at < 0:
                    continue
                yield finding(
                    ALIAS,
                    plan,
                    f"{clause.key}:{name.name}",
                    f"这里写作“{name.name}”，{plan_title(plan)}写作“{unit.name}”。",
                    f"“{name.name}” here is “{unit.name}” in the plan.",
                    clause=clause.key,
                    span=Span(at, at + len(name.name)),
                    fix=f"“{name.name}”改为“{unit.name}”",
                )


TITLE = Rule(
    "P21",
    "info",
    "标题写法不一致",
    "Title written in two ways",
    "同一标题的破折号、连接号前后不一，引用和检索时对不上。",
    "One title is written with different dashes.",
)
_TITLED = re.compile(r"《([^《》]+)》")
_DASHES = re.compile(r"[—–―\-－~～]+")


def title_variants(plan: Plan) -> Iterator[Finding]:
    """Quoted titles that equal the plan's own once dashes are folded, but not sign for sign."""
    own = [title for title in _own_titles(plan) if title]
    for clause in (*plan_clauses(plan), *other_clauses(plan)):
        for number, match in enumerate(_TITLED.finditer(plan.quote(clause.span)), 1):
            words = match.group(1)
            for title in own:
                if words != title and _DASHES.sub("-", words) == _DASHES.sub("-", title):
                    start = clause.span.start + match.start(1)
                    yield finding(
                        TITLE,
                        plan,
                        f"{clause.key}:{number}",
                        f"这里的标题写作“{words}”，与“{title}”的连接号不同。",
                        "The title is written with other dashes here.",
                        clause=clause.key,
                        span=Span(start, start + len(words)),
                        fix=f"改为“{title}”",
                    )


def _own_titles(plan: Plan) -> set[str]:
    """The lines of the source that begin with the plan's title and stand outside quotation marks."""
    lines = (line.strip() for line in plan.text.split("\n"))
    return {line for line in lines if line.startswith(plan.title) and len(line) < 3 * len(plan.title)}
