"""办理案件: any act of a procedure on one case or on many. Not here: opening one, what each act does (engine/procedure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from zhicheng.base.errors import Conflict, Refused, ZhichengError
from zhicheng.engine import procedure as engine
from zhicheng.engine.procedure import ACT_LABELS, Act, Definition, Entry, Lack
from zhicheng.engine.procedure.definition import Scalar
from zhicheng.store import cases, clock, desks, ledger, outbox, procedures
from zhicheng.store.models import Account, Case, CaseEntry, CaseWatch
from zhicheng.store.queries import plans
from zhicheng.usecases.notices import tell_of_entry
from zhicheng.usecases.policy import Person, require
from zhicheng.usecases.standing import PartyKey, account_of, actor, in_words, told, visible_case

Acts = Iterable[Act]
HANDS = frozenset({"transfer", "delegate", "add_signer", "countersign"})


@dataclass(frozen=True)
class Outcome:
    """What acts did, or would do: the case's row, the new entries, and whom they tell, in words."""

    case: Case
    entries: tuple[Entry, ...]
    told: tuple[str, ...]


def act_on_case(
    person: Person,
    number: str,
    *acts: Act,
    revision: int | None = None,
    day: date | None = None,
    key: PartyKey | None = None,
) -> Outcome:
    """Do acts one after another as one: all or none, one transaction, one ledger entry, one announcement.

    revision: how often the case had been acted on when the person saw it; Conflict, naming who acted since, where that
    has changed. key: proof of a party without account. Raises what the engine raises, and Missing for a case not to be seen.
    """
    _require(person, key)
    with ledger.writing(), in_words():
        row = _case(person, number, key)
        _require_unchanged(row, revision)
        at, before = clock.now(), cases.digest(row)
        outcome = _done(person, row, acts, day or clock.today(), at, key)
        ledger.append(
            person.account, "case.act", f"case:{number}", cites="、".join(filter(None, (e.cites for e in outcome.entries)))[:300],
            detail={"entries": [_plain(entry) for entry in outcome.entries]}, before=before, after=cases.digest(row),
        )  # fmt: skip
        _announce(row, outcome.entries)
    return outcome


def preview(person: Person, number: str, *acts: Act, day: date | None = None, key: PartyKey | None = None) -> Outcome:
    """What the acts would do and whom they would tell; nothing is written. Raises what act_on_case would."""
    _require(person, key)
    with in_words():
        row = _case(person, number, key)
        rules, old, new = _tried(person, row, acts, day or clock.today(), key)
        fresh = new.trail[len(old.trail) :]
        return Outcome(row, fresh, _told(row, rules.definition, fresh))


def _require(person: Person, key: PartyKey | None) -> None:
    require(person, "cases.act" if key is None else "cases.status")


def _case(person: Person, number: str, key: PartyKey | None) -> Case:
    return cases.row(number) if key is not None and key.number == number else visible_case(person, number)


def _require_unchanged(row: Case, revision: int | None) -> None:
    if revision is None or revision == row.revision:
        return
    last = CaseEntry.objects.filter(case=row).order_by("-n").first()
    if last is None:
        return
    entry = cases.entry(last)
    who = desks.said(entry.person) if ":" in entry.person and not entry.person.startswith(desks.PARTY) else "当事人"
    when = clock.local(last.at).strftime("%Y-%m-%d %H:%M")
    raise Conflict(f"这件案件已由{who}于 {when} 办理“{ACT_LABELS.get(last.act, '立案')}”", todo="看过最新情况再办")


def _tried(
    person: Person, row: Case, acts: Iterable[Act], day: date, key: PartyKey | None
) -> tuple[engine.Rules, engine.Case, engine.Case]:
    rules, old = procedures.rules(row), cases.read(row)
    who, new = actor(person, row, rules.definition, key), old
    for act in acts:
        _require_known_hands(act)
        new = engine.perform(rules, new, who, act, day)
    return rules, old, new


def _done(person: Person, row: Case, acts: Iterable[Act], day: date, at: datetime, key: PartyKey | None) -> Outcome:
    rules, old, new = _tried(person, row, acts, day, key)
    fresh = new.trail[len(old.trail) :]
    for entry in fresh:
        move = rules.definition.moves.get(entry.name) if entry.act == "move" else None
        if move is not None and move.hands_to is not None:
            _hand_over(row, str(new.facts[move.hands_to].value))
    cases.write(row, rules, old, new, account=person.account, at=at)
    for entry in fresh:
        tell_of_entry(row, rules.definition, entry, at, by=person.account)
    return Outcome(row, fresh, _told(row, rules.definition, fresh))


def _hand_over(row: Case, unit: str) -> None:
    if not plans.current().units.filter(key=unit).exists():
        raise Refused(f"现行方案没有单位“{unit}”", todo="从单位列表中选择移送单位")
    if unit == row.unit_key:
        raise Refused("移送单位就是本单位", todo="另选单位，或直接办理")
    cases.hand_over(row, unit)


def _require_known_hands(act: Act) -> None:
    """Raises Refused unless whoever is to get an item exists; the engine knows no units and no accounts."""
    if act.kind not in HANDS:
        return
    for desk in filter(None, (act.to, *act.signers)):
        kind, _, name = desk.partition(":")
        known = (kind == "unit" and plans.current().units.filter(key=name).exists()) or (
            kind == "account" and name.isdigit() and Account.objects.filter(pk=int(name), is_active=True).exists()
        )
        if not known:
            raise Refused(f"没有“{desk}”这个单位或人员", todo="从列表中选择")


def _told(row: Case, definition: Definition, entries: Iterable[Entry]) -> tuple[str, ...]:
    names = [name for entry in entries for name in entry.notifies]
    watchers = "关注本案的人" if CaseWatch.objects.filter(case=row).exists() else ""
    return tuple(filter(None, [*(words for words, _, _ in told(row, definition, names)), watchers]))


def _plain(entry: Entry) -> dict[str, object]:
    """An entry without people's words: what the ledger may hold."""
    hands = entry.name if entry.act not in HANDS else ""
    return {
        "n": entry.n,
        "act": entry.act,
        "name": hands,
        "from": entry.source,
        "to": entry.to,
        "papers": list(entry.produces),
    }


def _announce(row: Case, entries: Iterable[Entry]) -> None:
    for entry in entries:
        outbox.announce("case.acted", {"case": row.number, "entry": entry.n, "act": entry.act})
        for kind in entry.produces:
            outbox.announce("paper.wanted", {"case": row.number, "entry": entry.n, "paper": kind})


# --- many at once ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BulkLine:
    """One case of a bulk act: where it goes, or why it stays out. revision: as it was looked at."""

    number: str
    subject: str
    revision: int
    before: str
    after: str = ""
    why: str = ""
    lacks: tuple[Lack, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def goes(self) -> bool:
        return not self.why


def preview_in_bulk(person: Person, numbers: Iterable[str], acts: Callable[[Case], Acts]) -> list[BulkLine]:
    """The acts tried on each case; nothing is written."""
    return [_line(person, number, None, acts, preview_only=True) for number in dict.fromkeys(numbers)]


def act_in_bulk(person: Person, looked_at: Iterable[tuple[str, int]], acts: Callable[[Case], Acts]) -> list[BulkLine]:
    """The acts done on each case that is still as it was looked at; each its own transaction, its own result."""
    return [_line(person, number, revision, acts, preview_only=False) for number, revision in dict(looked_at).items()]


def _line(
    person: Person, number: str, revision: int | None, acts: Callable[[Case], Acts], *, preview_only: bool
) -> BulkLine:
    subject, before, known = "", "", revision or 0
    try:
        row = visible_case(person, number)
        definition = procedures.version(row.procedure_id)
        subject, known, before = row.subject, row.revision, definition.states[row.node].label
        if preview_only:
            done = preview(person, number, *acts(row))
        else:
            done = act_on_case(person, number, *acts(row), revision=revision)
    except ZhichengError as error:
        return BulkLine(number, subject, known, before, why=str(error), lacks=tuple(getattr(error, "lacks", ())))
    after = definition.states[done.entries[-1].to].label
    return BulkLine(number, subject, known, before, after, told=done.told)


# --- watching -------------------------------------------------------------------------------------------------------


def watch(person: Person, number: str, on: bool = True) -> None:
    """Follow a case, or no longer. A private matter: no ledger entry."""
    require(person, "cases.read")
    row = visible_case(person, number)
    if on:
        CaseWatch.objects.get_or_create(case=row, account=account_of(person))
    else:
        CaseWatch.objects.filter(case=row, account=account_of(person)).delete()


def recorded(facts: dict[str, Scalar], source: str = "") -> list[Act]:
    """The act that records facts, if there are any: put before a move that needs them."""
    return [Act("record", facts=facts, source=source)] if facts else []
