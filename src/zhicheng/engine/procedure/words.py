"""A procedure in words: the numbered list of its steps, in Chinese or English. Not here: the picture (draw.py)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from zhicheng.base.calendar import Term
from zhicheng.engine.procedure.case import Case
from zhicheng.engine.procedure.definition import ACT_LABELS, Definition, Fact, Move, Need, Scalar, State

Language = Literal["zh", "en"]
WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "always": "必经",
        "conditional": "有条件",
        "choice": "可选",
        "ends": "办结",
        "anywhere": "任一步骤终止",
        "now": "当前步骤",
        "halted": "中止中",
        "passed": "已办",
        "marks": "（{}）",
        "comma": "，",
        "list": "、",
        "ways": "：",
        "semicolon": "；",
        "stop": "。",
        "way": "{by}“{move}”到{to}",
        "needs": "，须{}",
        "need": "「{}」",
        "reason": "写明理由",
        "or": "或",
        "is": "{}为{}",
        "yes": "是",
        "no": "否",
        "general": "各未办结的步骤另可：{}。",
        "chart": "{}流程图，同内容的文字步骤见编号列表。虚线框为有条件或可选的步骤。",
    },
    "en": {
        "always": "obligatory",
        "conditional": "on a condition",
        "choice": "at choice",
        "ends": "end",
        "anywhere": "terminated at any step",
        "now": "current step",
        "halted": "suspended",
        "passed": "done",
        "marks": " ({})",
        "comma": ", ",
        "list": ", ",
        "ways": ": ",
        "semicolon": "; ",
        "stop": ".",
        "way": "{by}: “{move}” to {to}",
        "needs": ", needs {}",
        "need": "[{}]",
        "reason": "a stated reason",
        "or": " or ",
        "is": "{}: {}",
        "yes": "yes",
        "no": "no",
        "general": "At every step before an end also: {}.",
        "chart": "Flow chart of {}; the numbered list says the same in words. Dashed boxes are conditional or optional.",
    },
}
_UNITS = {"workday": "working days", "day": "days", "month": "months", "year": "years"}


def standing(case: Case | None, name: str) -> Literal["", "now", "halted", "passed"]:
    """Where a case stands with regard to one state."""
    if case is None:
        return ""
    if name == case.node:
        return "halted" if case.suspension is not None else "now"
    return "passed" if name in case.path else ""


def steps(definition: Definition, case: Case | None = None, language: Language = "zh") -> Iterator[str]:
    """One sentence a state, then one on the acts open everywhere."""
    say = WORDS[language]
    for n, (name, state) in enumerate(definition.states.items(), start=1):
        marks = list(_marks(definition, state, standing(case, name), language))
        ways = [_way(definition, move, language) for move in definition.moves.values() if name in move.from_]
        head = f"{n}. {state.said(language)}" + (say["marks"].format(say["comma"].join(marks)) if marks else "")
        yield head + (say["ways"] + say["semicolon"].join(ways) if ways else "") + say["stop"]
    general = [ACT_LABELS[act] if language == "zh" else act for act, rule in definition.acts.items() if not rule.in_]
    if general:
        yield say["general"].format(say["list"].join(general).replace("_", " "))


def _marks(definition: Definition, state: State, where: str, language: Language) -> Iterator[str]:
    say = WORDS[language]
    if state.holder in definition.roles:
        yield definition.roles[state.holder].said(language)
    if state.obligatory is not None:
        yield say[state.obligatory]
    if state.ends:
        yield say["ends"]
    if where:
        yield say[where]


def _way(definition: Definition, move: Move, language: Language) -> str:
    say = WORDS[language]
    by = say["list"].join(definition.roles[role].said(language) for role in move.by if role in definition.roles)
    to = definition.states[move.to].said(language) if move.to in definition.states else move.to
    needs = [_need(definition, need, language) for need in move.needs]
    needs += [say["reason"]] if move.reason or move.waives else []
    way = say["way"].format(by=by, move=move.said(language), to=to)
    return way + (say["needs"].format("".join(say["need"].format(need) for need in needs)) if needs else "")


def _need(definition: Definition, need: Need, language: Language) -> str:
    say = WORDS[language]
    if need.any:
        return say["or"].join(_need(definition, each, language) for each in need.any)
    if need.clock:
        clock = definition.clocks.get(need.clock)
        if clock is None:
            return need.clock
        return clock.said(language) + say["marks"].format(_length(clock.length, language))
    fact = definition.facts.get(need.fact)
    label = fact.said(language) if fact is not None else need.fact
    if need.among is None:
        return label
    return say["is"].format(label, say["or"].join(_value(fact, value, language) for value in need.among))


def _value(fact: Fact | None, value: Scalar, language: Language) -> str:
    if isinstance(value, bool):
        return WORDS[language]["yes" if value else "no"]
    return fact.options.get(str(value), str(value)) if fact is not None and language == "zh" else str(value)


def _length(term: Term, language: Language) -> str:
    return str(term) if language == "zh" else f"{term.length} {_UNITS[term.unit]}"
