"""kill -9 in the middle of writes and jobs: nothing confirmed is lost, nothing is done twice, the ledger stays whole."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow
PROCESS = Path(__file__).parent / "crash_process.py"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a city of its own, on the database system under test, its tables made."""
    url = settings.DATABASE_URL
    if url.startswith("sqlite"):
        database, drop = f"sqlite:///{tmp_path}/var/city.sqlite3", None
    else:
        database, drop = _own_database(url)
    environment = {**os.environ, "ZHICHENG_DB": database, "ZHICHENG_VAR": str(tmp_path / "var")}
    environment.pop("ZHICHENG_ANCHORS", None)
    _ask(environment, "from django.core.management import call_command; call_command('migrate', verbosity=0)")
    yield environment
    if drop is not None:
        drop()


def _own_database(url: str) -> tuple[str, object]:
    import psycopg

    name = f"crash_{os.getpid()}_{random.randrange(10**6)}"

    def run(statement: str) -> None:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement)

    run(f"CREATE DATABASE {name}")
    return urlparse(url)._replace(path=f"/{name}").geturl(), lambda: run(f"DROP DATABASE {name} WITH (FORCE)")


def _ask(environment: dict[str, str], code: str) -> str:
    """Run a few lines in a process of its own and give back what they print."""
    start = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zhicheng.faces.settings'; import django; django.setup()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _start(environment: dict[str, str], *arguments: str, out: Path) -> subprocess.Popen[bytes]:
    with out.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, str(PROCESS), *arguments], env=environment, stdout=output, stderr=subprocess.STDOUT
        )


def _kill_in_the_middle(process: subprocess.Popen[bytes], out: Path, chance: random.Random) -> None:
    """Wait until the process is at work, a little longer, then kill it as a power cut would."""
    size, limit = out.stat().st_size, time.monotonic() + 20
    while out.stat().st_size == size and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.4))
    process.send_signal(signal.SIGKILL)
    process.wait()


def _verdict(environment: dict[str, str]) -> str:
    return _ask(
        environment,
        "from zhicheng.usecases.audit import verify_ledger; from zhicheng.usecases.policy import MACHINE\n"
        "print(verify_ledger(MACHINE).ok)",
    ).strip()


def _subjects(environment: dict[str, str], act: str) -> list[str]:
    code = (
        "from zhicheng.store.models import LedgerEntry\n"
        f"print('\\n'.join(LedgerEntry.objects.filter(act='{act}').values_list('subject', flat=True)))"
    )
    return [line.partition(":")[2] for line in _ask(environment, code).split()]


def test_killed_writer_loses_nothing_it_confirmed(city: dict[str, str], tmp_path: Path) -> None:
    out, chance = tmp_path / "confirmed", random.Random(1)
    out.touch()
    for life in range(5):
        _kill_in_the_middle(_start(city, "write", f"life{life}", out=out), out, chance)

    confirmed = [line.split() for line in out.read_text().splitlines() if len(line.split()) == 2]
    wanted = _subjects(city, "work.want")
    assert len(confirmed) >= 5
    assert {word for word, _ in confirmed} <= set(wanted)
    assert max(Counter(wanted).values()) == 1
    for word, address in confirmed:
        kept = tmp_path / "var" / "attachments" / address[:2] / address
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == address, word
    announced = _ask(city, "from zhicheng.store.models import Outbox; print(Outbox.objects.count())").strip()
    assert int(announced) == len(wanted)
    assert _verdict(city) == "True"


def test_killed_worker_does_every_job_once(city: dict[str, str], tmp_path: Path) -> None:
    out, chance, jobs = tmp_path / "log", random.Random(2), 120
    out.touch()
    writer = _start(city, "write", "order", str(jobs), out=out)
    assert writer.wait(60) == 0
    for _ in range(5):
        _kill_in_the_middle(_start(city, "work", out=out), out, chance)
    assert 0 < len(_subjects(city, "work.done")) < jobs  # the kills came in the middle

    limit = time.monotonic() + 40
    while _states(city).keys() != {"done"} and time.monotonic() < limit:
        time.sleep(1)
        assert _start(city, "work", "--until-idle", out=out).wait(60) == 0, out.read_text()

    done = _subjects(city, "work.done")
    assert _states(city) == {"done": jobs}
    assert Counter(done) == Counter(f"order-{n}" for n in range(jobs))
    assert _verdict(city) == "True"


def _states(environment: dict[str, str]) -> dict[str, int]:
    code = (
        "from zhicheng.store.models import Job; from django.db.models import Count\n"
        "for state, n in Job.objects.order_by().values_list('state').annotate(n=Count('pk')): print(state, n)"
    )
    return {line.split()[0]: int(line.split()[1]) for line in _ask(environment, code).splitlines()}


def test_four_writers_get_no_lock_error_and_cannot_fork_the_chain(city: dict[str, str], tmp_path: Path) -> None:
    outs = [tmp_path / f"writer{n}" for n in range(4)]
    writers = [_start(city, "write", f"writer{n}", "25", out=out) for n, out in enumerate(outs)]

    assert [writer.wait(60) for writer in writers] == [0] * 4, "".join(out.read_text() for out in outs)
    assert sorted(_subjects(city, "work.want")) == sorted(f"writer{n}-{i}" for n in range(4) for i in range(25))
    assert _verdict(city) == "True"
