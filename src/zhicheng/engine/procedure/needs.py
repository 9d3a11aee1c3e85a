"""What a move needs, judged in three values: met, not met, unknown (待核实). Not here: who may make the move."""

from __future__ import annotations

from datetime import date

from zhicheng.engine.procedure.case import Case, Lack
from zhicheng.engine.procedure.clocks import Rules, view
from zhicheng.engine.procedure.definition import Fact, Need


def lacks(rules: Rules, case: Case, needs: tuple[Need, ...], day: date) -> list[Lack]:
    """Every need that is not met, in the order of the table; an unknown fact is never taken for a no."""
    return [lack for need in needs if (lack := _lack(rules, case, need, day)) is not None]


def _lack(rules: Rules, case: Case, need: Need, day: date) -> Lack | None:
    if need.any:
        return _lack_of_any(rules, case, need, day)
    if need.clock:
        return _lack_of_clock(rules, case, need.clock, day)
    fact = rules.definition.facts[need.fact]
    cites = rules.definition.cite(fact.articles, day)
    known = case.facts.get(need.fact)
    if known is None:
        return Lack("unknown", _wanted(fact, need), cites)
    met = known.value is not False if need.among is None else known.value in need.among
    return None if met else Lack("not_met", f"{_wanted(fact, need)}，现为{_shown(fact, known.value)}", cites)


def _lack_of_any(rules: Rules, case: Case, need: Need, day: date) -> Lack | None:
    found = [_lack(rules, case, each, day) for each in need.any]
    missing = [lack for lack in found if lack is not None]
    if len(missing) < len(found):
        return None
    kind = "unknown" if any(lack.kind == "unknown" for lack in missing) else "not_met"
    return Lack("unknown" if kind == "unknown" else "not_met", "以下任一：" + "；".join(lack.what for lack in missing))


def _lack_of_clock(rules: Rules, case: Case, name: str, day: date) -> Lack | None:
    """A minimum must have been served, an ahead clock not be missed, a limit not be over."""
    clock = rules.definition.clocks[name]
    seen, cites = view(rules, case, name, day), rules.definition.cite(clock.articles, day)
    if seen is None:
        return Lack("unknown", f"{clock.label}尚未开始", cites)
    if seen.due is None:
        why = f"缺{seen.missing}" if seen.missing else "正在停止计算"
        return Lack("unknown", f"{clock.label}无法计算，{why}", cites)
    if clock.kind == "minimum":
        run = case.run(name)
        served = day if run is None or run.stopped is None else run.stopped
        return None if served >= seen.due else Lack("not_met", f"{clock.label}未满，{seen.due} 届满", cites)
    return None if day <= seen.due else Lack("not_met", f"{clock.label}已过，最迟 {seen.due}", cites)


def _wanted(fact: Fact, need: Need) -> str:
    if need.among is None:
        return fact.label
    return f"{fact.label}应为{'或'.join(_shown(fact, value) for value in need.among)}"


def _shown(fact: Fact, value: bool | int | str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return fact.options.get(str(value), str(value))
