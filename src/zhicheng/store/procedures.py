"""Procedures a city runs: which are in force here, which versions its cases are on, and its calendar. Not here: cases."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from zhicheng.base import calendar
from zhicheng.base.calendar import Announcement, Calendar
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Definition, Rules
from zhicheng.store.models import Case, CaseProcedure, DaysOff, Decision


def places() -> tuple[str, ...]:
    """The levels whose procedures bind this city, tightest first, as its decision record names them; the nation always."""
    newest = Decision.objects.order_by("-version__number", "-number").values_list("laws", flat=True).first()
    return tuple(dict.fromkeys([*reversed(newest or []), "cn"]))


def pick(key: str, day: date) -> Definition:
    """The definition under which a case opened here on `day` runs; raises Missing."""
    return procedure.pick(procedure.shipped(), key, day, places())


def in_force(day: date) -> list[Definition]:
    """Every procedure in force here on `day`, one a key, by name."""
    keys = dict.fromkeys(row.id for row in procedure.shipped() if row.holds_on(day) and row.place in places())
    return [pick(key, day) for key in keys]


def keep(definition: Definition, at: datetime) -> CaseProcedure:
    """The stored row of this very version, made where it is new; inside the caller's transaction."""
    row = CaseProcedure.objects.filter(pk=definition.version).first()
    if row is None:
        row = CaseProcedure(
            version=definition.version, key=definition.id, place=definition.place, name=definition.name,
            content=definition.to_json(), kept_at=at,
        )  # fmt: skip
        row.save()
    return row


@lru_cache(maxsize=64)
def version(digest: str) -> Definition:
    """The definition kept under this hash, once kept the same for ever, whatever the library says today."""
    return Definition.model_validate_json(CaseProcedure.objects.get(pk=digest).content)


def rules(row: Case, known: Calendar | None = None) -> Rules:
    """Under what this case is handled: the version it was opened under, the calendar as announced today (known: read already)."""
    return Rules(version(row.procedure_id), legal_calendar() if known is None else known)


def legal_calendar() -> Calendar:
    """The national calendar with every announcement loaded here since; one small query."""
    loaded = tuple(DaysOff.objects.order_by("pk").values_list("pk", flat=True))
    return _calendar(loaded)


@lru_cache(maxsize=4)
def _calendar(loaded: tuple[int, ...]) -> Calendar:
    rows = DaysOff.objects.filter(pk__in=loaded).order_by("pk")
    return calendar.national().announcing(*(_announcement(row) for row in rows)) if loaded else calendar.national()


def _announcement(row: DaysOff) -> Announcement:
    rest = {date.fromisoformat(day): name for day, name in row.content["rest"].items()}
    return Announcement(row.year, row.source, rest, frozenset(map(date.fromisoformat, row.content["work"])))


def loaded() -> list[Announcement]:
    """Every announcement loaded here, oldest first."""
    return [_announcement(row) for row in DaysOff.objects.order_by("pk")]


def keep_announcement(found: Announcement, at: datetime) -> DaysOff:
    """The announcement as a row; days as ISO dates."""
    content = {
        "rest": {day.isoformat(): name for day, name in sorted(found.rest.items())},
        "work": [day.isoformat() for day in sorted(found.work)],
    }
    row = DaysOff(year=found.year, source=found.source, content=content, at=at)
    row.save()
    return row
