"""A city of its own, in processes of its own, on the database system under test. Not here: what is done to it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings

_START = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zhicheng.faces.settings'; import django; django.setup()\n"


@dataclass(frozen=True)
class SeparateCity:
    """environment: what a process needs to work on this city. var: its folder."""

    environment: dict[str, str]
    var: Path

    def ask(self, code: str) -> list[str]:
        """Run a few lines in a process of its own; the words it prints."""
        done = subprocess.run(
            [sys.executable, "-c", _START + code], env=self.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def subjects(self, act: str) -> list[str]:
        """What the ledger says an act was done to, without the kind in front."""
        found = self.ask(
            "from zhicheng.store.models import LedgerEntry\n"
            f"print(*LedgerEntry.objects.filter(act='{act}').values_list('subject', flat=True))"
        )
        return [subject.partition(":")[2] for subject in found]

    def ledger_is_whole(self) -> bool:
        return self.ask(
            "from zhicheng.usecases.audit import verify_ledger; from zhicheng.usecases.policy import MACHINE\n"
            "print(verify_ledger(MACHINE).ok)"
        ) == ["True"]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[SeparateCity]:
    url = settings.DATABASE_URL
    name = f"crash_{os.getpid()}_{random.randrange(10**6)}"
    if url.startswith("sqlite"):
        database = f"sqlite:///{tmp_path}/var/city.sqlite3"
    else:
        _on_server(url, f"CREATE DATABASE {name}")
        database = urlparse(url)._replace(path=f"/{name}").geturl()
    environment = {**os.environ, "ZHICHENG_DB": database, "ZHICHENG_VAR": str(tmp_path / "var")}
    environment.pop("ZHICHENG_ANCHORS", None)
    own = SeparateCity(environment, tmp_path / "var")
    own.ask("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    yield own
    if not url.startswith("sqlite"):
        _on_server(url, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)
