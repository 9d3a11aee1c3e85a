"""The lock file can be installed anywhere: it names the public index only."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PUBLIC = {"pypi.org", "files.pythonhosted.org"}


def test_lock_names_no_private_index() -> None:
    lock = (ROOT / "uv.lock").read_text()

    hosts = set(re.findall(r"https?://([^/\"\s]+)", lock))

    assert hosts <= PUBLIC
    assert not re.findall(r"file://|path = \"/", lock)


def test_project_configures_no_index_of_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert "index" not in project.get("tool", {}).get("uv", {})
    assert "index-url" not in (ROOT / "Makefile").read_text()
