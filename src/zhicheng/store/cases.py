"""Cases between the engine's plain data and their rows: number, write, read back. Not here: what may be done, lists for pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max

from zhicheng.base.errors import Missing
from zhicheng.engine import procedure as engine
from zhicheng.engine.procedure import ClockView, Definition, Rules, WorkItem
from zhicheng.store import desks
from zhicheng.store.models import Case, CaseAlarm, CaseEntry, CaseFact, CaseSeat, CaseWork
from zhicheng.store.models.case import NEVER

_DAY = timedelta(1)


def next_number(definition: Definition, year: int) -> tuple[str, int]:
    """The next receipt number of the definition's letters in a year, and its serial; under the ledger's lock."""
    taken = Case.objects.filter(series=definition.receipt, year=year).aggregate(last=Max("serial"))["last"]
    serial = (taken or 0) + 1
    return f"{definition.receipt}{year}-{serial:05d}", serial


def row(number: str) -> Case:
    """The case with this receipt number; raises Missing."""
    found = Case.objects.filter(number=number).first()
    if found is None:
        raise Missing("没有这个编号的案件，或者你无权查看", where=number, todo="核对编号，或从待办里打开")
    return found


def read(row: Case, *, trail: bool = True) -> engine.Case:
    """The engine's case exactly as it was written; without its trail where only the present state matters."""
    case = engine.Case.from_json(row.snapshot)
    if not trail:
        return case
    entries = [json.loads(text) for text in row.entries.order_by("n").values_list("content", flat=True)]
    return engine.Case.from_json(json.dumps({**json.loads(case.to_json()), "trail": entries}))


def entry(row: CaseEntry) -> engine.Entry:
    """One entry of a trail as the engine wrote it."""
    return engine.Case.from_json(json.dumps({**_EMPTY, "trail": [json.loads(row.content)]})).trail[0]


_EMPTY = json.loads(engine.Case("", "", "", date.min, "", ()).to_json())


def write(
    row: Case, rules: Rules, old: engine.Case | None, new: engine.Case, *, account: int | None, at: datetime
) -> None:
    """Everything that follows from a case having become `new`, in the caller's transaction. The row may be a fresh one."""
    today = new.trail[-1].day
    row.revision, row.changed_at = len(new.trail), at
    _present(row, rules, new, today)
    row.save()
    before = len(old.trail) if old is not None else 0
    for entry in new.trail[before:]:
        _enter(row, entry, account, at)
    known = old.facts if old is not None else {}
    for name, fact in new.facts.items():
        if known.get(name) != fact:
            CaseFact(
                case=row, name=name, value=fact.value, source=fact.source, day=fact.day, entry=_of(new, name)
            ).save()
    project_work(row, rules, new)


def digest(row: Case) -> dict[str, object]:
    """The state of a case for the ledger, which keeps only its hash."""
    return {"case": row.number, "revision": row.revision, "snapshot": row.snapshot, "unit": row.unit_key}


def _present(row: Case, rules: Rules, case: engine.Case, today: date) -> None:
    """The columns that say how the case stands."""
    state = rules.definition.states[case.node]
    row.node, row.state_kind, row.suspended = case.node, state.kind, case.suspension is not None
    row.snapshot = replace(case, trail=()).to_json()
    row.closed_on = today if state.ends else None
    project_dates(row, rules, case, today)


def _of(case: engine.Case, fact: str) -> int:
    """The number of the entry that recorded the newest value of a fact."""
    return next((entry.n for entry in reversed(case.trail) if fact in entry.details), len(case.trail))


def _enter(row: Case, entry: engine.Entry, account: int | None, at: datetime) -> None:
    whole = engine.Case("", "", "", entry.day, "", (), trail=(entry,)).to_json()
    content = json.dumps(json.loads(whole)["trail"][0], ensure_ascii=False)
    CaseEntry(
        case=row, n=entry.n, at=at, account=account, act=entry.act, name=entry.name, visibility=entry.visibility,
        content=content,
    ).save()  # fmt: skip


# --- dates ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which time alone changes something. about: the clock, or item:N. due: its last day."""

    day: date
    about: str
    kind: str
    due: date


def moments(rules: Rules, case: engine.Case, today: date) -> Iterator[Moment]:
    """Every warning, overdue and minimum served that the running clocks and asked signatures will bring or have brought."""
    for seen in engine.views(rules, case, today):
        if seen.due is None or seen.state == "stopped":
            continue
        if seen.clock.kind == "minimum":
            yield Moment(seen.due, seen.name, "complete", seen.due)
            continue
        if seen.warn_on is not None:
            yield Moment(seen.warn_on, seen.name, "warning", seen.due)
        yield Moment(seen.due + _DAY, seen.name, "overdue", seen.due)
    for item in case.open_items():
        if item.due is not None:
            yield Moment(item.due + _DAY, f"item:{item.id}", "overdue", item.due)


def pending(row: Case, rules: Rules, case: engine.Case, today: date) -> list[Moment]:
    """The moments nobody was told of yet, soonest first."""
    raised = set(CaseAlarm.objects.filter(case=row).values_list("about", "kind", "due")) if row.pk else set()
    return sorted((m for m in moments(rules, case, today) if (m.about, m.kind, m.due) not in raised), key=_by_day)


def _by_day(moment: Moment) -> tuple[date, str, str]:
    return moment.day, moment.about, moment.kind


def project_dates(row: Case, rules: Rules, case: engine.Case, today: date) -> None:
    """next_due, look_on, provisional. A closed case has none."""
    if row.closed_on is not None:
        row.next_due, row.look_on, row.provisional = NEVER, NEVER, False
        return
    running = [seen for seen in engine.views(rules, case, today) if seen.state != "stopped"]
    row.next_due = soonest(running)
    row.provisional = any(seen.reckoning is not None and seen.reckoning.provisional for seen in running)
    row.look_on = next((moment.day for moment in pending(row, rules, case, today)), NEVER)


def soonest(views: Iterable[ClockView]) -> date:
    """The first last day of a limit among running clocks; NEVER without one."""
    return min((v.due for v in views if v.clock.kind != "minimum" and v.due and v.state != "stopped"), default=NEVER)


# --- who has it -----------------------------------------------------------------------------------------------------


def seat(row: Case, role: str, desk: str, accounts: Iterable[str] = ()) -> None:
    """Give a role of the case to a desk, instead of whoever had it."""
    limited = "".join(f"|{each}" for each in accounts) + "|" if accounts else ""
    CaseSeat.objects.update_or_create(case=row, role=role, defaults={"desk": desk, "accounts": limited})


def project_work(row: Case, rules: Rules, case: engine.Case) -> None:
    """The rows of open items, each at its desk; and who has the case now."""
    seats = {each.role: each for each in CaseSeat.objects.filter(case=row)}
    items = case.open_items()
    CaseWork.objects.filter(case=row).delete()
    rows = [_work(row, rules.definition, item, seats) for item in items]
    handling = next((work for work in rows if work.kind == "handle"), None)
    for work in rows:
        work.waiting = _waiting(row, work, handling)
    for asked in {desk for item in items for desk in (item.assignee, item.delegate) if desk}:
        if f"asked:{asked}" not in seats:  # who was once asked keeps sight of the case
            seat(row, f"asked:{asked}", asked)
    CaseWork.objects.bulk_create(rows)
    row.holder, row.holder_role = (handling.desk, handling.role) if handling is not None else ("", "")
    Case.objects.filter(pk=row.pk).update(holder=row.holder, holder_role=row.holder_role)


def _work(row: Case, definition: Definition, item: WorkItem, seats: dict[str, CaseSeat]) -> CaseWork:
    taken = seats.get(item.role)
    role = definition.roles.get(item.role)
    if item.assignee:
        desk = item.assignee
    elif taken is not None:
        desk = taken.desk
    else:
        desk = desks.PARTY if role is not None and role.party else desks.of_unit(row.unit_key)
    return CaseWork(
        case=row, item=item.id, kind=item.kind, node=item.node, role=item.role, desk=desk,
        accounts=taken.accounts if taken is not None and not item.assignee else "", delegate=item.delegate,
        delegate_until=item.delegate_until, opened_on=item.opened, due=item.due or row.next_due, urged=item.urged,
    )  # fmt: skip


def _waiting(row: Case, work: CaseWork, handling: CaseWork | None) -> str:
    """Who waits for this item: the office for a party or a signer, the one who opened the case for the office."""
    if work.kind != "handle":
        return handling.desk if handling is not None and handling.desk != work.desk else ""
    ours = desks.of_unit(row.unit_key)
    if work.desk != ours:
        return ours
    return desks.of_account(row.opened_by) if row.opened_by is not None else ""


def hand_over(row: Case, unit_key: str) -> None:
    """移送: every seat of the former unit goes to another; it is that unit's case from now on."""
    CaseSeat.objects.filter(case=row, desk=desks.of_unit(row.unit_key)).exclude(role__startswith="asked:").update(
        desk=desks.of_unit(unit_key)
    )
    row.unit_key = unit_key
