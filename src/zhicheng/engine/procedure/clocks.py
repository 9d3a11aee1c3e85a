"""The clocks of a running case: start, stop, stand still, extend, and what they say today. Not here: counting of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from zhicheng.base.calendar import Calendar, Pause, Reckoning, Term, due, latest_start
from zhicheng.engine.procedure.case import Case, ClockRun
from zhicheng.engine.procedure.definition import Clock, Definition

ClockState = Literal["running", "warning", "overdue", "complete", "paused", "stopped", "unknown"]


@dataclass(frozen=True)
class Rules:
    """Under what a case is handled: its definition, the calendar, the speed of a training city (1 = real)."""

    definition: Definition
    calendar: Calendar
    speed: int = 1


@dataclass(frozen=True)
class ClockView:
    """A clock on one day. due: last day of a limit, first day after which a minimum is served, latest day for an ahead
    clock. state unknown: `missing` says which date is not known. reckoning explains the days.
    """

    name: str
    clock: Clock
    state: ClockState
    due: date | None = None
    reckoning: Reckoning | None = None
    missing: str = ""
    warn_on: date | None = None


def fire(rules: Rules, case: Case, events: Iterable[str], day: date) -> Case:
    """The clocks after events (a move, a state entered, `open`): ends first, then starts; a start anew restarts."""
    happened = set(events)
    runs = list(case.clocks)
    for name, clock in rules.definition.clocks.items():
        starts = bool(happened & set(clock.starts))
        if starts or happened & set(clock.ends):
            runs = [_stopped(run, day) if run.name == name else run for run in runs]
        if starts:
            runs.append(ClockRun(name, day))
        elif clock.kind == "ahead" and happened & set(clock.ends):
            runs.append(ClockRun(name, day, stopped=day))
    return replace(case, clocks=tuple(runs))


def stop_all(case: Case, day: date) -> Case:
    return replace(case, clocks=tuple(_stopped(run, day) for run in case.clocks))


def stand_still(rules: Rules, case: Case, day: date) -> Case:
    """The clocks after a change of step or a suspension: those that do not count here get an open pause, others go on."""
    return replace(case, clocks=tuple(_settled(rules.definition, case, run, day) for run in case.clocks))


def _settled(definition: Definition, case: Case, run: ClockRun, day: date) -> ClockRun:
    clock = definition.clocks.get(run.name)
    if clock is None or run.stopped is not None:
        return run
    reason = f"不计入：{run.excluded}" if run.excluded else ""
    if case.suspension is not None and "suspended" in clock.not_counted:
        reason = f"中止：{case.suspension.reason}"
    elif case.node in clock.not_counted:
        reason = f"不计入：{definition.states[case.node].label}"
    paused = bool(run.pauses) and run.pauses[-1].until is None
    if reason and not paused:
        return replace(run, pauses=(*run.pauses, Pause(day, None, reason)))
    return _unpaused(run, day) if paused and not reason else run


def _unpaused(run: ClockRun, day: date) -> ClockRun:
    return replace(run, pauses=(*run.pauses[:-1], replace(run.pauses[-1], until=day)))


def _stopped(run: ClockRun, day: date) -> ClockRun:
    if run.stopped is not None:
        return run
    paused = bool(run.pauses) and run.pauses[-1].until is None
    return replace(_unpaused(run, day) if paused else run, stopped=day)


def view(rules: Rules, case: Case, name: str, day: date) -> ClockView | None:
    """What one clock says on `day`; None if it has not begun."""
    clock = rules.definition.clocks[name]
    if clock.kind == "ahead":
        return _ahead(rules, case, name, clock, day)
    run = case.run(name)
    if run is None:
        return None
    start = run.start if clock.day is None else _date_fact(case, clock.day)
    if start is None:
        return ClockView(name, clock, "unknown", missing=_fact_label(rules, clock))
    found = due(
        start,
        clock.length,
        rules.calendar,
        rest_day=clock.rest_day,
        extensions=run.extensions,
        pauses=run.pauses,
        speed=rules.speed,
    )
    warn_on = _warn_on(rules, clock.warn, found.due)
    return ClockView(name, clock, _state(clock, run, found.due, warn_on, day), found.due, found, warn_on=warn_on)


def views(rules: Rules, case: Case, day: date) -> list[ClockView]:
    """All clocks that have begun, running ones by due day first, stopped ones last."""
    found = [seen for name in rules.definition.clocks if (seen := view(rules, case, name, day)) is not None]
    return sorted(found, key=lambda seen: (seen.state == "stopped", seen.due or date.max, seen.name))


def _state(clock: Clock, run: ClockRun, end: date | None, warn_on: date | None, day: date) -> ClockState:
    if run.stopped is not None:
        return "stopped"
    if end is None:
        return "paused"
    if clock.kind == "minimum":
        return "complete" if day >= end else "running"
    if day > end:
        return "overdue"
    return "warning" if warn_on is not None and day >= warn_on else "running"


def _warn_on(rules: Rules, warn: Term | None, end: date | None) -> date | None:
    return (
        latest_start(end, warn.faster(rules.speed), rules.calendar).start
        if warn is not None and end is not None
        else None
    )


def _ahead(rules: Rules, case: Case, name: str, clock: Clock, day: date) -> ClockView:
    target = _date_fact(case, clock.day or "")
    if target is None:
        return ClockView(name, clock, "unknown", missing=_fact_label(rules, clock))
    found = latest_start(target, clock.length.faster(rules.speed), rules.calendar)
    run = case.run(name)
    state: ClockState = "overdue" if day > found.start else "running"
    return ClockView(name, clock, "stopped" if run is not None and run.stopped else state, found.start, found)


def _date_fact(case: Case, name: str) -> date | None:
    known = case.facts.get(name)
    return date.fromisoformat(str(known.value)) if known is not None else None


def _fact_label(rules: Rules, clock: Clock) -> str:
    fact = rules.definition.facts.get(clock.day or "")
    return fact.label if fact is not None else clock.day or ""
