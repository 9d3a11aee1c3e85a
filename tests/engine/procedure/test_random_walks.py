"""Random walks over every shipped definition: what must hold after any act, restored from JSON at every step."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.base import calendar
from zhicheng.base.calendar import Term
from zhicheng.base.errors import ZhichengError
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, Actor, Case, Definition
from zhicheng.engine.procedure.definition import Fact, Need

from .conftest import PERMIT

DEFINITIONS = {f"{each.place}/{each.id}/{each.in_force}": each for each in procedure.shipped()}
DEFINITIONS["permit"] = procedure.read_definition(PERMIT, "permit.yaml")
UNITS = ("市财政局", "市司法局", "市商务局")


def value(draw: Random, fact: Fact):
    match fact.kind:
        case "yes_no":
            return draw.random() < 0.5
        case "number":
            return draw.randint(0, 9)
        case "choice":
            return draw.choice(sorted(fact.options))
        case "date":
            return (date(2024, 1, 1) + timedelta(draw.randint(0, 900))).isoformat()
        case "text":
            return "理由"


def helpful(definition: Definition, needs: tuple[Need, ...]) -> dict:
    """Facts that would meet the needs, where facts can."""
    easy = {"yes_no": True, "number": 0, "text": "理由", "date": "2030-12-31"}
    out: dict = {}
    for need in [row for each in needs for row in (each.any or (each,))]:
        if need.clock and definition.clocks[need.clock].day is not None:
            out[definition.clocks[need.clock].day] = easy["date"]
        elif need.fact:
            fact = definition.facts[need.fact]
            out[need.fact] = need.among[0] if need.among else easy.get(fact.kind, next(iter(fact.options), ""))
    return out


def attempt(draw: Random, definition: Definition, case: Case) -> tuple[Actor, Act]:
    """Somebody and something they might try; often, but not always, something listed."""
    roles = draw.sample(sorted(definition.roles), draw.randint(0, 2))
    one = Actor("乙", draw.choice(UNITS), frozenset(roles))
    actor = draw.choice([everyone(definition), everyone(definition), one])
    here = [name for name, move in definition.moves.items() if case.node in move.from_]
    chance = draw.random()
    if chance < 0.35:
        return actor, Act(
            "move", draw.choice(here or sorted(definition.moves)), remarks=draw.choice(["理由", "理由", ""])
        )
    if chance < 0.65 and here:
        return actor, Act("record", facts=helpful(definition, definition.moves[draw.choice(here)].needs))
    if chance < 0.7:
        name = draw.choice(sorted(definition.facts))
        return actor, Act("record", facts={name: value(draw, definition.facts[name])})
    kind = draw.choice(
        [
            *sorted(set(definition.acts) - {"terminate"}),
            "sign",
            "sign",
            "extend",
            "exclude",
            "include",
            "resume",
            "terminate",
        ]
    )
    names = {
        "dispose": draw.choice(["accepted", "partly", "declined"]),
        "suspend": next(iter(definition.acts["suspend"].grounds), ""),
        **dict.fromkeys(("extend", "exclude", "include"), draw.choice(sorted(definition.clocks))),
    }
    rules = [clock.excluded for clock in definition.clocks.values() if clock.excluded is not None]
    grounds = sorted({ground for rule in rules for ground in rule.grounds})
    return actor, Act(
        kind,
        names.get(kind, ""),
        to=draw.choice(grounds or UNITS if kind == "exclude" else [*sorted(set(case.path)), *UNITS]),
        remarks=draw.choice(["理由", "理由", ""]),
        item=draw.randint(0, len(case.items)),
        opinion=draw.choice(["agree", "remarks", "disagree"]),
        signers=UNITS,
        points=draw.choice([(), (("（一）1", "意见"), ("", "再一条意见"))]),
        numbers=tuple(point.id for point in case.points if draw.random() < 0.5),
        until=case.trail[-1].day + timedelta(draw.randint(0, 60)),
        term=draw.choice([None, Term(1, "workday")]),
    )


def everyone(definition: Definition) -> Actor:
    return Actor("甲", "甲局", frozenset(definition.roles))


def check(definition: Definition, case: Case) -> None:
    state = definition.states[case.node]
    assert case.path[0] == definition.start
    assert case.path[-1] == case.node
    assert [entry.n for entry in case.trail] == list(range(1, len(case.trail) + 1))
    assert case.trail[-1].to == case.node
    assert [item.id for item in case.items] == list(range(1, len(case.items) + 1))
    assert all(item.node == case.node for item in case.open_items())
    handling = [item for item in case.open_items() if item.kind == "handle"]
    if state.ends:
        assert case.open_items() == []
        assert all(run.stopped for run in case.clocks)
        assert case.suspension is None
    else:
        assert len(handling) == (state.holder is not None)
        assert any(case.node in move.from_ for move in definition.moves.values())
    assert [point.id for point in case.points] == list(range(1, len(case.points) + 1))
    assert all(point.reason for point in case.points if point.disposition in ("partly", "declined"))
    running = [run.name for run in case.clocks if run.stopped is None]
    assert len(running) == len(set(running))
    for run in case.clocks:
        open_pause = bool(run.pauses) and run.pauses[-1].until is None
        clock = definition.clocks[run.name]
        halted = case.suspension is not None and "suspended" in clock.not_counted
        still = case.node in clock.not_counted or halted or bool(run.excluded)
        assert open_pause == (run.stopped is None and still)


def dues(rules, case: Case, day: date) -> dict[str, date]:
    seen = [procedure.view(rules, case, run.name, day) for run in case.clocks if run.stopped is None]
    return {each.name: each.due for each in seen if each is not None and each.due is not None}


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
@settings(max_examples=80)
@given(seed=st.integers(0, 2**32))
def test_any_walk_keeps_the_case_whole(name, seed):
    definition, draw = DEFINITIONS[name], Random(seed)
    rules = procedure.Rules(definition, calendar.national())
    day = max(definition.in_force, date(2024, 1, 2))
    opened = case = procedure.open_case(rules, "1", everyone(definition), day)
    done = []

    for _ in range(60):
        day += timedelta(draw.choice([0, 0, 1, 5, 40]))
        actor, act = attempt(draw, definition, case)
        text = case.to_json()
        case = Case.from_json(text)  # a new process would begin here
        assert case.to_json() == text
        try:
            new = procedure.perform(rules, case, actor, act, day)
        except ZhichengError:
            assert case.to_json() == text
            continue
        assert len(new.trail) == len(case.trail) + 1
        check(definition, new)
        if act.kind == "resume":
            unpaused = replace(before_suspension(opened, done), facts=new.facts)
            before, after = dues(rules, unpaused, day), dues(rules, new, day)
            assert all(after[clock] >= before[clock] for clock in after.keys() & before.keys())
        done.append((actor, act, day, new))
        case = new

    again = opened
    for actor, act, on, _ in done:
        again = procedure.perform(rules, again, actor, act, on)
    assert again == case


def before_suspension(opened: Case, done) -> Case:
    return next((new for *_, new in reversed(done) if new.suspension is None), opened)


def signed(rules, case: Case, actor: Actor, day: date) -> Case:
    """The case with one unit asked and agreeing, where a step may not be left without."""
    rule = rules.definition.states[case.node].countersign
    if rule is None or not rule.at_least:
        return case
    case = procedure.perform(rules, case, actor, Act("countersign", signers=("市财政局",)), day)
    unit = Actor("丙", "市财政局", frozenset())
    return procedure.perform(rules, case, unit, Act("sign", item=case.open_items()[-1].id), day)


def test_walks_reach_every_end():
    """The walk above is worth little if it never gets anywhere: an eager walker reaches a success in each definition."""
    for definition in DEFINITIONS.values():
        rules = procedure.Rules(definition, calendar.national())
        all_roles = everyone(definition)
        day = max(definition.in_force, date(2024, 1, 2))
        seen, stack = set(), [procedure.open_case(rules, "1", all_roles, day)]
        while stack:
            case = stack.pop()
            if case.node in seen:
                continue
            seen.add(case.node)
            on = case.trail[-1].day + timedelta(40)
            for name, move in definition.moves.items():
                if case.node in move.from_:
                    ready = procedure.perform(
                        rules, case, all_roles, Act("record", facts=helpful(definition, move.needs)), on
                    )
                    asked = signed(rules, ready, all_roles, on)
                    stack.append(procedure.perform(rules, asked, all_roles, Act("move", name, remarks="理由"), on))
        ends = {name for name, state in definition.states.items() if state.ends}
        assert seen >= ends - {definition.acts["terminate"].to}
