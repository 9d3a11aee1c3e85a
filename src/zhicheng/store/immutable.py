"""Rows that may be added and never changed: refused by the model and by the database itself.

Not here: which rows these are (models/) and when the guards are made (migrations).
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_M = TypeVar("_M", bound=models.Model)


class ImmutableRow(Exception):
    """Somebody tried to change or delete a row that stands for ever. A fault of the program, never of a person."""


class ImmutableRows(models.QuerySet[_M]):
    """A queryset that reads and adds, and refuses the rest."""

    def update(self, **values: Any) -> NoReturn:
        raise ImmutableRow(f"{self.model.__name__}: update")

    def delete(self) -> NoReturn:
        raise ImmutableRow(f"{self.model.__name__}: delete")


class Immutable(models.Model):
    """A row written once. save() inserts or raises ImmutableRow; the table carries a trigger that says the same."""

    objects = models.Manager.from_queryset(ImmutableRows)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableRow(f"{type(self).__name__}: save")
        super().save(force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRow(f"{type(self).__name__}: delete")


def guarded_tables() -> list[str]:
    """Tables of every immutable model of the store, sorted."""
    return sorted(m._meta.db_table for m in apps.get_app_config("store").get_models() if issubclass(m, Immutable))


def guard(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Put the triggers on `tables`; they refuse UPDATE and DELETE (and TRUNCATE where the database knows it)."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, tables):
            cursor.execute(statement)


def unguard(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Take the triggers away: for migrations that alter a table, and for tests that empty the database."""
    with connection.cursor() as cursor:
        for table in tables:
            for act in ("update", "delete", "truncate"):
                if connection.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}")


def _statements(vendor: str, tables: list[str]) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable row'); END"
            for table in tables
            for act in ("update", "delete")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'immutable row' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"FOR EACH {'STATEMENT' if act == 'truncate' else 'ROW'} EXECUTE FUNCTION refuse_change()"
        for table in tables
        for act in ("update", "delete", "truncate")
    ]
