"""Four processes issue papers at once, one of them killed in the middle: no gap, no number twice, every file whole."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.papers import DATA
from zhicheng.store.papers import fonts

if TYPE_CHECKING:
    from conftest import SeparateCity

LANHE = Path(__file__).parents[1] / "plans" / "lanhe-2026-2028"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了"),
]
START = f"""
import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zhicheng.faces.settings'
import json, sys, django; django.setup()
from pathlib import Path
from zhicheng.engine.papers.load import stationery
from zhicheng.usecases import issue_paper as papers
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.stationery import adopt_stationery
DATA = json.loads({json.dumps(DATA["letter"], ensure_ascii=True)!r})
"""
OPEN = START + f"adopt_stationery(MACHINE, stationery(Path({str(LANHE)!r})))"
WRITE = START + (
    "for _ in range(int(sys.argv[1])):\n"
    "    paper = papers.issue(MACHINE, papers.write_draft(MACHINE, 'letter', 'trade', DATA).pk)\n"
    "    print(paper.serial, paper.pdf.sha256, paper.word.sha256, flush=True)\n"
)


def _writer(city: SeparateCity, papers: int, out: Path) -> subprocess.Popen[bytes]:
    with out.open("wb") as output:
        return subprocess.Popen([sys.executable, "-c", WRITE, str(papers)], env=city.environment, stdout=output)


def test_four_writers_and_a_kill_leave_no_gap_and_no_number_twice(city: SeparateCity, tmp_path: Path) -> None:
    city.ask(OPEN)
    outs = [tmp_path / f"writer{place}" for place in range(4)]
    writers = [_writer(city, 6 if place else 500, out) for place, out in enumerate(outs)]
    limit = time.monotonic() + 60
    while outs[0].stat().st_size == 0 and time.monotonic() < limit:
        time.sleep(0.02)
    time.sleep(0.1)
    writers[0].send_signal(signal.SIGKILL)
    codes = [writer.wait(timeout=120) for writer in writers]

    said = [line.split() for out in outs for line in out.read_text().splitlines() if len(line.split()) == 3]
    kept = city.ask(
        "from zhicheng.store.models import Paper\nprint(*sorted(Paper.objects.values_list('serial', flat=True)))"
    )
    assert codes == [-signal.SIGKILL, 0, 0, 0]
    assert [int(serial) for serial in kept] == list(range(1, len(kept) + 1))
    assert len(said) >= 19
    assert {serial for serial, _, _ in said} <= set(kept)
    assert len({serial for serial, _, _ in said}) == len(said)
    for _, *addresses in said:
        for address in addresses:
            content = (city.var / "attachments" / address[:2] / address).read_bytes()
            assert hashlib.sha256(content).hexdigest() == address
    assert city.ledger_is_whole()
