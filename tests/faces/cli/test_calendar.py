"""`zhicheng calendar due` as a person and as a program use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., tuple[int, str, str]]


def test_due_across_labour_day_counts_make_up_days(run: Run) -> None:
    code, out, _ = run("calendar", "due", "--start", "2024-04-26", "--workdays", "5", "--json")

    answer = json.loads(out)
    assert code == 0
    assert answer["due"] == "2024-05-07"
    assert answer["provisional"] is False
    assert answer["counted"][0] == "2024-04-28"  # a Sunday worked in place of 2024-05-02


def test_due_of_a_minimum_term_stays_on_its_saturday(run: Run) -> None:
    _, out, _ = run("calendar", "due", "--start", "2021-09-30", "--days", "30", "--stay", "--json")

    assert json.loads(out)["due"] == "2021-10-30"


def test_due_without_a_length_is_wrong_use(run: Run) -> None:
    code, out, err = run("calendar", "due", "--start", "2024-04-26")

    assert (code, out) == (2, "")
    assert "三者须且只须给一个" in err


def test_due_beyond_the_announced_years_says_provisional(run: Run) -> None:
    _, out, _ = run("calendar", "due", "--start", "2031-04-26", "--workdays", "5")

    assert "暂定" in out


def test_announcement_is_loaded_once(city: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    file = tmp_path / "2035.yaml"
    file.write_text("{year: 2035, source: 国办发明电〔2034〕9号, rest: {2035-01-01: 元旦}}")

    first = json.loads(city("calendar", "announce", str(file), "--json").stdout)
    again = json.loads(city("calendar", "announce", str(file), "--json").stdout)

    assert first == {"announcements": 1, "cases": 0, "moved": 0}
    assert again["announcements"] == 0
