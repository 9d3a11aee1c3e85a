"""kill -9 between any two steps of cases: each is old or new, whole with its entries, and nothing confirmed is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import SeparateCity

pytestmark = pytest.mark.slow
PROCESS = Path(__file__).parent / "case_process.py"
LOOK = """
from zhicheng.store import cases
from zhicheng.store.models import Case, CaseWork, LedgerEntry
for row in Case.objects.all():
    case = cases.read(row)
    acts = LedgerEntry.objects.filter(subject=f"case:{row.number}")
    entries = 1 + sum(len(each.detail["entries"]) for each in acts.filter(act="case.act"))
    work = CaseWork.objects.filter(case=row).count()
    print(row.number, row.revision, len(case.trail), entries, acts.filter(act="case.open").count(), work, len(case.open_items()))
"""


def test_killed_in_the_middle_of_cases_leaves_old_or_new_with_its_entry(city: SeparateCity, tmp_path: Path) -> None:
    out, chance = tmp_path / "confirmed", random.Random(3)
    subprocess.run([sys.executable, str(PROCESS), "prepare"], env=city.environment, check=True)
    for _ in range(5):
        with out.open("ab") as output:
            walker = subprocess.Popen([sys.executable, str(PROCESS), "walk"], env=city.environment, stdout=output)
        size, limit = out.stat().st_size, time.monotonic() + 30
        while out.stat().st_size == size and time.monotonic() < limit and walker.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        walker.send_signal(signal.SIGKILL)
        assert walker.wait() == -signal.SIGKILL  # it was at work, not dead of a fault

    said = [line.split() for line in out.read_text().splitlines() if len(line.split()) == 2]
    confirmed = {number: int(revision) for number, revision in said}
    words = city.ask(LOOK)
    found = {words[n]: tuple(map(int, words[n + 1 : n + 7])) for n in range(0, len(words), 7)}
    assert len(confirmed) >= 5
    for number, revision in confirmed.items():
        assert found[number][0] >= revision, number
    for number, (revision, trail, entries, opened, work, items) in found.items():
        assert (trail, entries, opened) == (revision, revision, 1), number
        assert work == items, number
    assert city.ledger_is_whole()
