"""Checks of a definition (程序检查): do its names fit together, can it be walked, does each clock cite its law.

Not here: checks of a running case's record, which belong to the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhicheng.engine.checks import Finding, Rule, Severity
from zhicheng.engine.procedure.definition import HOLDER, Definition, Move, Need, fits

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in [
        Rule("F01", "error", "步骤不存在", "Unknown state", "移动到不存在的步骤会使案件失踪", "A case would get lost"),
        Rule("F02", "error", "角色不存在", "Unknown role", "没有人能办", "Nobody could act"),
        Rule("F03", "error", "到不了的步骤", "Unreachable state", "写了却永远用不上", "Written but never used"),
        Rule("F04", "error", "走不出的步骤", "Dead end", "案件会停在这里办不结", "A case would stay here for ever"),
        Rule("F05", "error", "期限没有依据", "Clock without article", "期限必须有条款", "A term needs its law"),
        Rule("F06", "error", "没有人能办的一步", "Move nobody may make", "没有写明谁办", "No role is named"),
        Rule(
            "F07",
            "error",
            "名称没有定义",
            "Name without definition",
            "事实、条款或期限未定义",
            "Fact, article or clock",
        ),
        Rule("F08", "error", "办结后还有下一步", "Move out of an end state", "办结即终了", "An end is an end"),
        Rule("F09", "error", "没有成功的结局", "No successful end", "程序办不成任何事", "Nothing can be achieved"),
        Rule("F10", "error", "期限从不开始", "Clock that never starts", "没有起算事件", "No event starts it"),
        Rule("F11", "error", "必经步骤被略过", "Obligatory state waived", "法定必经", "The law knows no exception"),
        Rule(
            "F12",
            "error",
            "有条件的步骤无法略过",
            "Conditional state without waiver",
            "不适用时走不过去",
            "No way round",
        ),
        Rule("F13", "error", "会签步骤没有经办人", "Countersigning without holder", "无人发起会签", "Nobody can ask"),
        Rule(
            "F14",
            "warning",
            "最低期限没有把关",
            "Minimum that guards nothing",
            "没有一步以它为前提",
            "No move needs it",
        ),
        Rule("F18", "error", "期限与条款不符", "Term differs from its article", "期限以条款为准", "The law decides"),
        Rule("F17", "error", "取值不可能", "Impossible value", "永远不会满足", "Can never be met"),
        Rule(
            "F19",
            "error",
            "公布意见去向后还能撤回",
            "Disclosure that can be taken back",
            "公布了收不回",
            "It cannot be unsaid",
        ),
        Rule(
            "F15",
            "info",
            "条款待核对原文",
            "Article not confirmed",
            "启用前由法规机构核对",
            "To be confirmed before use",
        ),
        Rule(
            "F16", "warning", "从未用到的名称", "Name never used", "多余，或别处写错", "Surplus, or misspelt elsewhere"
        ),
    ]
}


def lint(definition: Definition) -> list[Finding]:
    """All findings, errors first; clause of a finding is the place in the file, e.g. moves.publish.to."""
    found = [
        *_unknown_names(definition),
        *_graph(definition),
        *_clocks(definition),
        *_stages(definition),
        *_values(definition),
        *_terms(definition),
        *_disclosures(definition),
        *_unconfirmed(definition),
        *_unused(definition),
    ]
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda finding: order[finding.severity])


def _finding(rule: str, place: str, message: str, message_en: str, suggestion: str = "") -> Finding:
    severity: Severity = RULES[rule].severity
    return Finding(
        key=f"{rule}:{place}",
        rule=rule,
        severity=severity,
        verdict="not_met" if severity == "error" else "cannot_be_shown",
        clause=place,
        span=None,
        quote="",
        message=message,
        message_en=message_en,
        suggestion=suggestion,
    )


# --- names ----------------------------------------------------------------------------------------------------------


def _unknown_names(definition: Definition) -> Iterator[Finding]:
    kinds: list[tuple[str, str, str, Iterable[tuple[str, str]], Mapping[str, object] | set[str]]] = [
        ("F01", "步骤", "state", _state_names(definition), definition.states),
        ("F02", "角色", "role", _role_names(definition), definition.roles),
        ("F07", "条款", "article", _article_names(definition), definition.articles),
        ("F07", "事实", "fact", _fact_names(definition), definition.facts),
        ("F07", "期限", "clock", _clock_names(definition), definition.clocks),
    ]
    for rule, noun, noun_en, names, known in kinds:
        for place, name in names:
            if name not in known:
                message = f"{place} 提到的{noun}“{name}”没有定义"
                yield _finding(rule, place, message, f"{place}: unknown {noun_en} {name}", f"定义该{noun}，或改正名称")


def _state_names(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "start", definition.start
    for name, move in definition.moves.items():
        yield from ((f"moves.{name}.from", each) for each in move.from_)
        yield f"moves.{name}.to", move.to
        if move.waives is not None:
            yield f"moves.{name}.waives", move.waives
    for name, clock in definition.clocks.items():
        yield from ((f"clocks.{name}.not_counted", each) for each in clock.not_counted if each != "suspended")
    for act, rule in definition.acts.items():
        yield from ((f"acts.{act}.in", each) for each in rule.in_)
        if rule.to is not None:
            yield f"acts.{act}.to", rule.to


def _role_names(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from (("opening.by", each) for each in definition.opening.by)
    for name, state in definition.states.items():
        if state.holder is not None:
            yield f"states.{name}.holder", state.holder
    for name, move in definition.moves.items():
        yield from ((f"moves.{name}.by", each) for each in move.by)
        yield from ((f"moves.{name}.notifies", each) for each in move.notifies)
    for act, rule in definition.acts.items():
        yield from ((f"acts.{act}.by", each) for each in rule.by if each != HOLDER)
        yield from ((f"acts.{act}.notifies", each) for each in rule.notifies)
    for name, fact in definition.facts.items():
        yield from ((f"facts.{name}.by", each) for each in fact.by)
    for name, clock in definition.clocks.items():
        yield from ((f"clocks.{name}.extensions", role) for each in clock.extensions for role in each.by)
        yield from ((f"clocks.{name}.excluded", role) for role in (clock.excluded.by if clock.excluded else ()))


def _article_names(definition: Definition) -> Iterator[tuple[str, str]]:
    for group in ("roles", "states", "moves", "clocks", "facts", "acts"):
        for name, row in getattr(definition, group).items():
            yield from ((f"{group}.{name}.articles", each) for each in row.articles)
    for name, state in definition.states.items():
        if state.countersign is not None:
            yield from ((f"states.{name}.countersign", each) for each in state.countersign.articles)
    for name, clock in definition.clocks.items():
        yield from ((f"clocks.{name}.extensions", key) for each in clock.extensions for key in each.articles)
        yield from ((f"clocks.{name}.excluded", key) for key in (clock.excluded.articles if clock.excluded else ()))


def _needs(move: Move) -> Iterator[Need]:
    stack = list(move.needs)
    while stack:
        need = stack.pop()
        stack += need.any
        if not need.any:
            yield need


def _fact_names(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from (("opening.asks", each) for each in definition.opening.asks)
    for name, move in definition.moves.items():
        yield from ((f"moves.{name}.needs", need.fact) for need in _needs(move) if need.fact)
        if move.hands_to is not None:
            yield f"moves.{name}.hands_to", move.hands_to
    for name, clock in definition.clocks.items():
        if clock.day is not None:
            yield f"clocks.{name}.day", clock.day


def _clock_names(definition: Definition) -> Iterator[tuple[str, str]]:
    for name, move in definition.moves.items():
        yield from ((f"moves.{name}.needs", need.clock) for need in _needs(move) if need.clock)


# --- the graph ------------------------------------------------------------------------------------------------------


def edges(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every way from one state to another by a move of the table or by termination."""
    for move in definition.moves.values():
        yield from ((source, move.to) for source in move.from_)
    end = definition.acts.get("terminate")
    if end is not None and end.to is not None:
        yield from ((name, end.to) for name in end.in_ or definition.states if not _ends(definition, name))


def _ends(definition: Definition, name: str) -> bool:
    return name in definition.states and definition.states[name].ends


def _reached(starts: Iterable[str], ways: Iterable[tuple[str, str]]) -> set[str]:
    after: dict[str, set[str]] = {}
    for source, target in ways:
        after.setdefault(source, set()).add(target)
    seen, stack = set(starts), list(starts)
    while stack:
        for target in after.get(stack.pop(), set()) - seen:
            seen.add(target)
            stack.append(target)
    return seen


def _graph(definition: Definition) -> Iterator[Finding]:
    ways = list(edges(definition))
    moves = [(source, move.to) for move in definition.moves.values() for source in move.from_]
    reachable = _reached([definition.start], ways)
    closing = _reached([name for name, state in definition.states.items() if state.ends], [(b, a) for a, b in moves])
    for name, state in definition.states.items():
        place = f"states.{name}"
        if name not in reachable:
            yield _finding(
                "F03", place, f"从起点到不了“{state.label}”", f"{name} cannot be reached", "补一步通向它的办理"
            )
        if not state.ends and name not in closing:
            yield _finding(
                "F04", place, f"“{state.label}”没有通向办结的路", f"{name} leads to no end", "补一步离开它的办理"
            )
    for name, move in definition.moves.items():
        if not move.by:
            yield _finding("F06", f"moves.{name}.by", f"“{move.label}”没有人能办", f"nobody may {name}", "写明由谁办理")
        for source in move.from_:
            if _ends(definition, source):
                text = f"“{definition.states[source].label}”已办结，却还能“{move.label}”"
                yield _finding(
                    "F08", f"moves.{name}.from", text, f"{name} leaves the end {source}", "改由未办结的步骤出发"
                )
    if not any(state.kind == "success" for state in definition.states.values()):
        yield _finding("F09", "states", "没有 kind 为 success 的步骤", "no successful end", "写明办成的结局")


# --- clocks and stages ----------------------------------------------------------------------------------------------


def _clocks(definition: Definition) -> Iterator[Finding]:
    events = {"open", *definition.moves, *definition.states}
    needed = {need.clock for move in definition.moves.values() for need in _needs(move)}
    for name, clock in definition.clocks.items():
        place = f"clocks.{name}"
        if not clock.articles:
            yield _finding(
                "F05", place, f"期限“{clock.label}”没有条款", f"{name} cites no article", "写明条款，或不设期限"
            )
        for event in (*clock.starts, *clock.ends):
            if event not in events:
                text = f"期限“{clock.label}”的事件“{event}”不是办理也不是步骤"
                yield _finding("F07", f"{place}.{event}", text, f"{name}: unknown event {event}", "写办理或步骤的名称")
        if not clock.starts and clock.kind != "ahead":
            yield _finding("F10", place, f"期限“{clock.label}”没有起算事件", f"{name} never starts", "写明 starts")
        if clock.kind == "ahead" and clock.day is None:
            yield _finding("F10", place, f"期限“{clock.label}”没有写明对准哪一天", f"{name} has no day", "写明 day")
        if clock.kind != "limit" and name not in needed:
            text = f"没有一步以“{clock.label}”届满为前提"
            yield _finding("F14", place, text, f"no move needs {name}", f"在相应的一步写 needs: [{{clock: {name}}}]")


def _stages(definition: Definition) -> Iterator[Finding]:
    waived = {move.waives: name for name, move in definition.moves.items() if move.waives is not None}
    for name, state in definition.states.items():
        place = f"states.{name}"
        if state.obligatory == "always" and name in waived:
            text = f"“{state.label}”法定必经，却可由“{waived[name]}”略过"
            yield _finding("F11", place, text, f"{name} is obligatory but waived by {waived[name]}", "删去该办理")
        if state.obligatory == "conditional" and name not in waived:
            text = f"“{state.label}”不适用时没有办法略过"
            yield _finding("F12", place, text, f"{name} cannot be waived", "补一步写明 waives")
        if state.countersign is not None and state.holder is None:
            yield _finding("F13", place, f"“{state.label}”会签却没有经办人", f"{name} has no holder", "写明 holder")


def _disclosures(definition: Definition) -> Iterator[Finding]:
    for name, move in definition.moves.items():
        if move.discloses and not move.final:
            text = f"“{move.label}”公布意见去向，却可以撤回"
            yield _finding("F19", f"moves.{name}.final", text, f"{name} discloses but is not final", "写明 final: true")


def _terms(definition: Definition) -> Iterator[Finding]:
    """Clocks longer or shorter than the article they cite."""
    for name, clock in definition.clocks.items():
        for row in definition.cited(clock.articles):
            if row.term is not None and row.term != clock.length:
                text = f"期限“{clock.label}”为{clock.length}，{row.law}{row.number}为{row.term}"
                english = f"{name} is {clock.length}, the article says {row.term}"
                yield _finding("F18", f"clocks.{name}.length", text, english, "按条款改正")


def _values(definition: Definition) -> Iterator[Finding]:
    """Needs that ask for a value the fact cannot have."""
    for name, move in definition.moves.items():
        for need in _needs(move):
            fact = definition.facts.get(need.fact)
            for value in need.among or ():
                if fact is not None and not fits(fact, value):
                    text = f"“{move.label}”要求“{fact.label}”为“{value}”，该项没有这个取值"
                    english = f"{name}: {need.fact} can never be {value}"
                    yield _finding("F17", f"moves.{name}.needs", text, english, "改正取值")


def _unconfirmed(definition: Definition) -> Iterator[Finding]:
    for key, rows in definition.articles.items():
        for row in rows:
            if not row.confirmed:
                text = f"条款“{row.law}{row.number}”尚未核对原文"
                yield _finding(
                    "F15", f"articles.{key}", text, f"{row.law}{row.number} is not confirmed", "由法规机构核对"
                )


def _unused(definition: Definition) -> Iterator[Finding]:
    used = {
        "roles": {name for _, name in _role_names(definition)},
        "facts": {name for _, name in _fact_names(definition)},
        "articles": {name for _, name in _article_names(definition)},
    }
    for group, names in used.items():
        for name in getattr(definition, group).keys() - names:
            yield _finding(
                "F16", f"{group}.{name}", f"{group} 中的“{name}”从未用到", f"{name} is never used", "删去或改正"
            )
