"""立案、收件: open a case of a procedure, by an official or by somebody from outside. Not here: what happens to it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhicheng.base.errors import Missing, Refused, UnreadableInput
from zhicheng.base.text import typed
from zhicheng.engine import procedure as engine
from zhicheng.engine.procedure import Actor, Blocked, Definition, Lack, Rules
from zhicheng.engine.procedure.definition import Scalar
from zhicheng.store import cases, clock, desks, ledger, outbox, procedures
from zhicheng.store.models import Case, CaseParty, Intake
from zhicheng.store.queries import plans
from zhicheng.usecases.notices import tell_of_entry
from zhicheng.usecases.policy import WORKERS, Person, require
from zhicheng.usecases.standing import desks_of, in_words, signs_as


@dataclass(frozen=True, slots=True)
class Contact:
    """Who from outside is behind a case, and how to reach them. account: where they have one."""

    name: str
    phone: str = ""
    address: str = ""
    account: int | None = None


@dataclass(frozen=True)
class Filing:
    """What is handed in. unit: the handling unit (empty: the filer's own, or the one that receives from outside).

    seats: further roles and the units that take them; roles not named go to the handling unit.
    """

    procedure: str
    subject: str
    facts: Mapping[str, Scalar]
    unit: str = ""
    seats: Mapping[str, str] | None = None
    contact: Contact | None = None


def open_case(person: Person, filing: Filing, *, day: date | None = None, demonstration: bool = False) -> Case:
    """Open a case under the version in force on `day` (today); one transaction, one ledger entry, one announcement.

    Raises Refused where this person may not open one, Blocked with what must still be said.
    """
    day = day or clock.today()
    definition = procedures.pick(filing.procedure, day)
    role = opening_role(person, definition)
    filing = _plain(filing)
    outside = bool(role) and definition.roles[role].party
    require(person, "cases.file" if outside else "cases.open")
    _require_complete(definition, filing, role)
    unit = _unit(person, definition, filing, outside)
    at = clock.now()
    with ledger.writing(), in_words():
        number, serial = cases.next_number(definition, day.year)
        row = Case(
            number=number, kind=definition.id, series=definition.receipt, year=day.year, serial=serial,
            procedure=procedures.keep(definition, at), subject=filing.subject.strip()[:200], unit_key=unit,
            opened_on=day, opened_by=person.account, changed_at=at, demonstration=demonstration,
        )  # fmt: skip
        rules = Rules(definition, procedures.legal_calendar())
        new = engine.open_case(rules, number, _opener(person, definition, role), day, filing.facts)
        row.node, row.state_kind, row.snapshot = new.node, definition.states[new.node].kind, ""
        row.save()
        _seat(row, definition, filing, role, person)
        cases.write(row, rules, None, new, account=person.account, at=at)
        ledger.append(
            person.account, "case.open", f"case:{number}",
            detail={"procedure": definition.id, "version": definition.version, "unit": unit, "state": new.node},
            after=cases.digest(row),
        )  # fmt: skip
        outbox.announce("case.opened", {"case": number})
        tell_of_entry(row, definition, _with_holder(new.trail[-1], definition, new), at, by=person.account)
    return row


def _plain(filing: Filing) -> Filing:
    """The same without signs nobody sees; raises UnreadableInput for what the tables cannot hold."""
    contact = filing.contact
    if contact is not None:
        contact = replace(contact, name=typed(contact.name), phone=typed(contact.phone), address=typed(contact.address))
        for word, text, most in (
            ("姓名", contact.name, 100),
            ("电话", contact.phone, 40),
            ("地址", contact.address, 200),
        ):
            if len(text) > most:
                raise UnreadableInput(f"{word}有{len(text)}字，超过{most}字", where=word, todo="写得短些再提交")
    return replace(filing, subject=typed(filing.subject), contact=contact)


def opening_role(person: Person, definition: Definition) -> str:
    """The role in which this person may open a case of the procedure: "" for an official where nothing is said.

    Raises Refused with who may.
    """
    works = bool(person.roles & WORKERS)
    if not definition.opening.by and (works or person.machine):
        return ""
    for role in definition.opening.by:
        party = definition.roles[role].party
        if (works and not party) or (party and not works and not person.roles & {"auditor", "expert"}):
            return role
    allowed = "、".join(definition.roles[role].label for role in definition.opening.by) or "工作人员"
    raise Refused(f"“{definition.name}”由{allowed}提交", todo="请有权的一方提交")


def _require_complete(definition: Definition, filing: Filing, role: str) -> None:
    if not filing.subject.strip():
        raise UnreadableInput("没有写事由", todo="用一句话写明要办的事")
    asked = [name for name in definition.opening.asks if filing.facts.get(name) in (None, "")]
    missing = [Lack("unknown", definition.facts[name].label) for name in asked]
    outside = bool(role) and definition.roles[role].party
    if outside and (filing.contact is None or not filing.contact.name.strip() or not filing.contact.phone.strip()):
        missing.append(Lack("unknown", "姓名和电话（用来查询和通知）"))
    if missing:
        raise Blocked("还不能提交", missing, todo="补齐后再提交")


def _unit(person: Person, definition: Definition, filing: Filing, outside: bool) -> str:
    """The handling unit; raises Missing where nobody was told to receive, UnreadableInput for an unknown unit."""
    unit = filing.unit
    if outside:
        unit = Intake.objects.filter(pk=definition.id).values_list("unit_key", flat=True).first() or ""
        if not unit:
            raise Missing(f"本市尚未指定“{definition.name}”的受理单位", todo="联系领导小组办公室指定")
    unit = unit or person.unit
    if not plans.current().units.filter(key=unit).exists():
        raise UnreadableInput(f"现行方案没有单位“{unit}”", todo="从单位列表中选择承办单位")
    return unit


def _opener(person: Person, definition: Definition, role: str) -> Actor:
    roles = {role} if role else {name for name, each in definition.roles.items() if not each.party}
    mine = desks_of(person)
    unit = next((desk for desk in mine if desk.startswith("unit:")), "")
    return Actor(signs_as(definition, mine, roles if role else ()), unit, frozenset(roles))


def _seat(row: Case, definition: Definition, filing: Filing, role: str, person: Person) -> None:
    """Who sits where: the handling unit in every role of the office not given to another, the filer in theirs."""
    given = filing.seats or {}
    if unknown := given.keys() - definition.roles.keys():
        raise UnreadableInput(f"程序里没有角色“{min(unknown)}”", todo="从程序的角色中选择")
    for name, each in definition.roles.items():
        if not each.party:
            cases.seat(row, name, desks.of_unit(given.get(name, row.unit_key)), each.accounts)
    if role and definition.roles[role].party:
        account = person.account
        if account is not None:
            cases.seat(row, role, desks.of_account(account))
        contact = filing.contact
        if contact is not None:
            CaseParty.objects.create(
                case=row, role=role, name=contact.name.strip(), phone=contact.phone.strip(), account=account,
                address=contact.address.strip(), protected=definition.roles[role].protected,
            )  # fmt: skip
    elif filing.contact is not None:
        _represent(row, definition, filing.contact)


def _represent(row: Case, definition: Definition, contact: Contact) -> None:
    """The party on whose behalf an official files at the desk."""
    party = next((name for name in definition.opening.by if definition.roles[name].party), "")
    if party:
        CaseParty.objects.create(
            case=row, role=party, name=contact.name.strip(), phone=contact.phone.strip(), account=contact.account,
            address=contact.address.strip(), protected=definition.roles[party].protected,
        )  # fmt: skip
        if contact.account is not None:
            cases.seat(row, party, desks.of_account(contact.account))


def _with_holder(entry: engine.Entry, definition: Definition, case: engine.Case) -> engine.Entry:
    """The opening as a notice to whoever has to take the case in hand."""
    holder = definition.states[case.node].holder
    return replace(entry, notifies=(holder,) if holder else ())


def set_intake(person: Person, procedure: str, unit: str) -> None:
    """Say which unit receives what the public files under a procedure."""
    require(person, "cases.intake")
    procedures.pick(procedure, clock.today())
    if not plans.current().units.filter(key=unit).exists():
        raise UnreadableInput(f"现行方案没有单位“{unit}”", todo="从单位列表中选择")
    with ledger.writing():
        before = Intake.objects.filter(pk=procedure).values_list("unit_key", flat=True).first()
        if before == unit:
            return
        Intake.objects.update_or_create(pk=procedure, defaults={"unit_key": unit})
        state = {"procedure": procedure, "unit": unit}
        ledger.append(
            person.account, "case.intake", f"procedure:{procedure}", detail=state,
            before={"procedure": procedure, "unit": before} if before else None, after=state,
        )  # fmt: skip
