"""Models and migrations say the same, in one line of history."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_history_has_one_end() -> None:
    assert len(MigrationLoader(connection).graph.leaf_nodes("store")) == 1
