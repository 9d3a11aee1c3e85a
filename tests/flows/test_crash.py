"""kill -9 in the middle of writes and jobs: nothing confirmed is lost, nothing is done twice, the ledger stays whole."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import SeparateCity

pytestmark = pytest.mark.slow
PROCESS = Path(__file__).parent / "crash_process.py"


def _start(city: SeparateCity, *arguments: str, out: Path) -> subprocess.Popen[bytes]:
    with out.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, str(PROCESS), *arguments], env=city.environment, stdout=output, stderr=subprocess.STDOUT
        )


def _kill_in_the_middle(process: subprocess.Popen[bytes], out: Path, chance: random.Random) -> None:
    """Wait until the process is at work, a little longer, then kill it as a power cut would."""
    size, limit = out.stat().st_size, time.monotonic() + 30
    while out.stat().st_size == size and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.4))
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_killed_writer_loses_nothing_it_confirmed(city: SeparateCity, tmp_path: Path) -> None:
    out, chance = tmp_path / "confirmed", random.Random(1)
    out.touch()
    for life in range(4):
        _kill_in_the_middle(_start(city, "write", f"life{life}", out=out), out, chance)

    confirmed = [line.split() for line in out.read_text().splitlines() if len(line.split()) == 2]
    wanted = city.subjects("work.want")
    assert len(confirmed) >= 4
    assert {word for word, _ in confirmed} <= set(wanted)
    assert max(Counter(wanted).values()) == 1
    for word, address in confirmed:
        kept = city.var / "attachments" / address[:2] / address
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == address, word
    assert city.ask("from zhicheng.store.models import Outbox; print(Outbox.objects.count())") == [str(len(wanted))]
    assert city.ledger_is_whole()


def test_killed_worker_does_every_job_once(city: SeparateCity, tmp_path: Path) -> None:
    out, chance, jobs = tmp_path / "log", random.Random(2), 120
    out.touch()
    assert _start(city, "write", "order", str(jobs), out=out).wait(60) == 0
    for _ in range(4):
        _kill_in_the_middle(_start(city, "work", out=out), out, chance)
    assert 0 < len(city.subjects("work.done")) < jobs  # the kills came in the middle

    limit = time.monotonic() + 60
    while _states(city).keys() != {"done"} and time.monotonic() < limit:
        time.sleep(1)
        assert _start(city, "work", "--until-idle", out=out).wait(60) == 0, out.read_text()

    assert _states(city) == {"done": jobs}
    assert Counter(city.subjects("work.done")) == Counter(f"order-{n}" for n in range(jobs))
    assert city.ledger_is_whole()


def _states(city: SeparateCity) -> Counter[str]:
    return Counter(
        city.ask("from zhicheng.store.models import Job; print(*Job.objects.values_list('state', flat=True))")
    )


def test_four_writers_get_no_lock_error_and_cannot_fork_the_chain(city: SeparateCity, tmp_path: Path) -> None:
    outs = [tmp_path / f"writer{n}" for n in range(4)]
    writers = [_start(city, "write", f"writer{n}", "25", out=out) for n, out in enumerate(outs)]

    assert [writer.wait(60) for writer in writers] == [0] * 4, "".join(out.read_text() for out in outs)
    assert sorted(city.subjects("work.want")) == sorted(f"writer{n}-{i}" for n in range(4) for i in range(25))
    assert city.ledger_is_whole()
