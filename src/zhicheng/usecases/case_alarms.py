"""到期提醒, and what a new calendar moves: what time and the State Council bring about. Not here: acts of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from zhicheng.base.calendar import due, read_announcements
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Definition, Rules
from zhicheng.store import cases, clock, desks, ledger, outbox, procedures
from zhicheng.store.cases import Moment
from zhicheng.store.models import Case, CaseAlarm, CaseWatch, CaseWork
from zhicheng.store.models.case import NEVER
from zhicheng.store.queries import cases as queries
from zhicheng.usecases.notices import tell
from zhicheng.usecases.policy import Person, require

BATCH = 200
WORDS = {"warning": "将于 {due} 届满", "overdue": "已于 {due} 届满，超期", "complete": "已于 {due} 届满，可以办下一步"}


def raise_alarms(person: Person) -> int:
    """Tell whom it concerns of every warning, overdue and minimum served by today, once each; returns how many.

    Reads only cases in which time has changed something. Each batch is one transaction, so a run that dies loses nothing.
    """
    require(person, "city.tick")
    raised, today = 0, clock.today()
    while queries.to_look_at(today, 1).exists():
        with ledger.writing():
            for row in queries.to_look_at(today, BATCH):
                raised += _look(row, today)
    return raised


def _look(row: Case, today: date) -> int:
    rules, case = procedures.rules(row), cases.read(row, trail=False)
    at, come = clock.now(), [m for m in cases.pending(row, rules, case, today) if m.day <= today]
    passed = {m.about for m in come if m.kind == "overdue"}
    for moment in come:
        CaseAlarm.objects.create(case=row, about=moment.about, kind=moment.kind, due=moment.due, at=at)
        if moment.kind == "warning" and moment.about in passed:
            continue  # both came while nobody looked: the later word says it all
        tell(row, _concerned(row), moment.kind, _said(row, rules.definition, moment), at)
        ledger.append(
            None, f"case.{moment.kind}", f"case:{row.number}",
            detail={"about": moment.about, "due": moment.due.isoformat()},
        )  # fmt: skip
        outbox.announce("case.alarm", {"case": row.number, "kind": moment.kind, "about": moment.about})
    cases.project_dates(row, rules, case, today)
    row.save(update_fields=["next_due", "look_on", "provisional"])
    return len(come)


def _said(row: Case, definition: Definition, moment: Moment) -> str:
    label = _label(definition, moment.about)
    return f"{row.number} {row.subject}：{label}{WORDS[moment.kind].format(due=moment.due)}"


def _label(definition: Definition, about: str) -> str:
    """What a clock, or the answer asked of a signer (item:N), is called."""
    found = definition.clocks.get(about)
    return found.label if found is not None else "会签答复"


def _concerned(row: Case) -> set[int]:
    """Who has the case or a part of it in hand, who waits for it, who watches it."""
    found = set(CaseWatch.objects.filter(case=row).values_list("account", flat=True))
    for work in CaseWork.objects.filter(case=row):
        for desk in (work.desk, work.delegate, work.waiting):
            found |= set(desks.sitting(desk, filter(None, work.accounts.split("|")) if desk == work.desk else ()))
    return found


# --- a new calendar -------------------------------------------------------------------------------------------------


def announce_days_off(person: Person, text: str, where: str = "放假通知") -> dict[str, int]:
    """Load announcements of days off; every open clock they touch is reckoned anew and whom it concerns is told.

    Returns how many announcements were new, cases reckoned anew, and cases whose due day moved. Loading the same again
    changes nothing.
    """
    require(person, "calendar.announce")
    found, at = read_announcements(text, where), clock.now()
    with ledger.writing():
        known = procedures.loaded()
        fresh = [each for each in found if each not in known]
        if not fresh:
            return {"announcements": 0, "cases": 0, "moved": 0}
        before = procedures.legal_calendar()
        for each in fresh:
            procedures.keep_announcement(each, at)
        touched = _touched({each.year for each in fresh})
        moved = sum(_reckon_anew(row, Rules(procedures.version(row.procedure_id), before), at) for row in touched)
        counts = {"announcements": len(fresh), "cases": len(touched), "moved": moved}
        ledger.append(
            person.account, "calendar.announce", "calendar:cn", cites="、".join(each.source for each in fresh)[:300],
            detail=counts | {"years": sorted({each.year for each in fresh})},
        )  # fmt: skip
    return counts


def _touched(years: Iterable[int]) -> list[Case]:
    """Open cases whose dates may rest on these years: due from then on, or not to be said yet."""
    first = date(min(years), 1, 1)
    rests = Q(provisional=True) | Q(next_due__gte=first, next_due__lt=NEVER) | Q(look_on__gte=first, look_on__lt=NEVER)
    return list(Case.objects.filter(rests, closed_on__isnull=True).order_by("pk"))


def _reckon_anew(row: Case, former: Rules, at: datetime) -> int:
    """1 if a due day of the case moved, and then everybody concerned was told."""
    rules, old, today = procedures.rules(row), cases.read(row, trail=False), clock.today()
    new = _asked_anew(old, former, rules)
    was = {moment.about: moment.due for moment in cases.moments(former, old, today)}
    now = {moment.about: moment.due for moment in cases.moments(rules, new, today)}
    row.snapshot = new.to_json()
    cases.project_dates(row, rules, new, today)
    row.save(update_fields=["next_due", "look_on", "provisional", "snapshot"])
    cases.project_work(row, rules, new)
    changed = [(name, was[name], day) for name, day in now.items() if name in was and was[name] != day]
    for name, before, after in changed:
        label = _label(rules.definition, name)
        tell(
            row, _concerned(row), "moved", f"{row.number} {row.subject}：{label}因放假安排由 {before} 改为 {after}", at
        )
    return int(bool(changed))


def _asked_anew(case: procedure.Case, former: Rules, rules: Rules) -> procedure.Case:
    """The case with the days of its open countersignatures reckoned anew; a day that a person set otherwise stays."""
    for item in case.open_items():
        rule = rules.definition.states[item.node].countersign
        if item.kind != "countersign" or item.due is None or rule is None or rule.term is None:
            continue
        if item.due == due(item.opened, rule.term, former.calendar, speed=former.speed).due:
            day = due(item.opened, rule.term, rules.calendar, speed=rules.speed).due
            case = case.with_item(replace(item, due=day))
    return case
