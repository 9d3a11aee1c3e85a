"""Keeping a city from the command line: back up, restore, verify, reset."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
City = Callable[..., subprocess.CompletedProcess[str]]


def test_city_is_kept_and_proved(city: City, tmp_path: Path) -> None:
    city("demo", "build")
    archive = tmp_path / "city.zip"

    saved = json.loads(city("backup", str(archive), "--json").stdout)
    proved = json.loads(city("audit", "verify", "--json").stdout)
    password = city("accounts", "reset", "demo-audit-admin").stdout.strip()
    nobody = city("accounts", "reset", "nobody", check=False)
    elsewhere = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    restored = city("restore", str(archive), "--db", elsewhere)

    assert archive.exists()
    assert saved["entries"] > 0
    assert proved["ok"] is True
    assert len(password.split("-")) == 4
    assert (nobody.returncode, "没有这个账号" in nobody.stderr) == (2, True)
    assert "核验通过" in restored.stdout
