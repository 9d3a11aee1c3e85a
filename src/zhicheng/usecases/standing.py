"""Where a person stands in a case: desks, seats, roles, whom an act tells. Not here: writing; what the roles may do (engine)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from zhicheng.base.errors import Refused, ZhichengError
from zhicheng.engine.procedure import Actor, Definition
from zhicheng.store import desks
from zhicheng.store.models import Case, CaseSeat
from zhicheng.store.queries import cases as queries
from zhicheng.usecases.policy import WORKERS, Person, may

SEES_ALL = frozenset({"office", "auditor"})


@dataclass(frozen=True, slots=True)
class PartyKey:
    """Proof that somebody without an account is a party of one case; only party_access.enter hands one out."""

    number: str
    role: str


@dataclass(frozen=True)
class Handling:
    """The unit that handles a case, as the policy asks for it."""

    units: frozenset[str]


def desks_of(person: Person) -> tuple[str, ...]:
    """The desks a person sits at: their own, and their unit's if they are of those who work for it."""
    own: tuple[str, ...] = (desks.of_account(person.account),) if person.account is not None else ()
    works = person.unit and person.roles & WORKERS
    return (*own, desks.of_unit(person.unit)) if works else own


def account_of(person: Person) -> int:
    """The person's account number; raises Refused for somebody without one."""
    if person.account is None:
        raise Refused("需要先登录", todo="先登录")
    return person.account


def visible_case(person: Person, number: str) -> Case:
    """The case, if the person may see it; raises Missing."""
    return queries.case(number, desks_of(person), person.account, everything=sees_all(person))


def sees_all(person: Person) -> bool:
    return person.machine or bool(person.roles & SEES_ALL)


def actor(person: Person, row: Case, definition: Definition, key: PartyKey | None = None) -> Actor:
    """The person with the roles they hold in this case."""
    if key is not None and key.number == row.number:
        return Actor(f"{desks.PARTY}:{key.role}", "", frozenset({key.role}))
    mine = desks_of(person)
    seats = [each for each in row.seats.all() if each.desk in mine and each.role in definition.roles]
    roles = {each.role for each in seats if _allowed(each, person)}
    return Actor(signs_as(definition, mine, roles), _unit(mine), frozenset(roles))


def signs_as(definition: Definition, mine: tuple[str, ...], roles: Iterable[str]) -> str:
    """Under which name somebody enters the case's data: a party by role alone, so that no data of a case says who it is."""
    held = sorted(roles)
    if held and all(definition.roles[role].party for role in held):
        return f"{desks.PARTY}:{held[0]}"
    return mine[0] if mine else "system"


def _unit(mine: tuple[str, ...]) -> str:
    return next((desk for desk in mine if desk.startswith("unit:")), "")


def _allowed(seat: CaseSeat, person: Person) -> bool:
    wanted = set(filter(None, seat.accounts.split("|")))
    return not wanted or seat.desk.startswith("account:") or bool(wanted & person.roles)


def is_office(who: Actor, definition: Definition, person: Person, row: Case) -> bool:
    """Whether somebody sees the inside of a case: seated otherwise than as a party, asked by the office, or seeing all."""
    seated = any(not definition.roles[role].party for role in who.roles)
    mine = desks_of(person)
    asked = any(each.desk in mine and each.role.startswith("asked:") for each in row.seats.all())
    return seated or asked or sees_all(person)


def sees_parties(person: Person, row: Case) -> bool:
    """Whether names and telephones of the parties may be shown: only to those who handle the case."""
    return may(person, "cases.parties", Handling(frozenset({row.unit_key}))).allowed


def told(row: Case, definition: Definition, names: Iterable[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Whom a list of roles and desks means here: (words, desk, account roles), each once."""
    seats = {each.role: each for each in CaseSeat.objects.filter(case=row)}
    out: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for name in names:
        role = definition.roles.get(name)
        if role is None:
            desk, words, accounts = name, desks.said(name), tuple[str, ...]()
        else:
            seat = seats.get(name)
            desk = seat.desk if seat is not None else desks.PARTY if role.party else desks.of_unit(row.unit_key)
            accounts = tuple(filter(None, seat.accounts.split("|"))) if seat is not None else ()
            sitting = "" if role.party else desks.said(desk)
            words = f"{role.label}（{sitting}）" if sitting else role.label
        out.setdefault(words, (words, desk, accounts))
    return list(out.values())


@contextmanager
def in_words() -> Iterator[None]:
    """Errors of the engine with names in place of desks."""
    try:
        yield
    except ZhichengError as error:
        error.what, error.todo = desks.said(error.what), desks.said(error.todo)
        error.args = (error.what,)
        raise
