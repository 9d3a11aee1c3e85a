"""A training city opens with papers to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from zhicheng.store.papers import fonts

pytestmark = pytest.mark.slow


@pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了")
def test_training_city_opens_with_its_sample_papers(city: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    city("demo", "build")
    city("demo", "build")

    with sqlite3.connect(tmp_path / "var" / "city.sqlite3") as database:
        issued = database.execute("SELECT series, year, serial FROM store_paper ORDER BY id").fetchall()
        drafts = database.execute("SELECT kind_key FROM store_paperdraft ORDER BY id").fetchall()
    assert issued == [("烟市监发", 2024, 1), ("烟市监督", 2024, 1)]
    assert drafts == [("consultation",), ("correction",)]
