"""`zhicheng run`: everything starts together and ends together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
RUN = [sys.executable, "-c", "from zhicheng.faces.cli.main import main; main()", "run", "--port"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    mine, todo = set(), [pid]
    while todo:
        parent = todo.pop()
        new = [p for p, pp in pairs if pp == parent and p not in mine]
        mine.update(new)
        todo.extend(new)
    return mine


def alive(pids: set[int]) -> set[int]:
    def lives(pid: int) -> bool:
        try:
            return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return False

    return {pid for pid in pids if lives(pid)}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    environment = {**os.environ, "ZHICHENG_VAR": str(tmp_path / "var"), "PYTHONUNBUFFERED": "1"}
    environment.pop("ZHICHENG_DB", None)
    process = subprocess.Popen([*RUN, str(port)], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while "Ctrl-C" not in process.stdout.readline():
        assert process.poll() is None
    yield process, port
    if process.poll() is None:
        process.kill()


def wait_until_gone(pids: set[int], seconds: float = 15) -> set[int]:
    end = time.monotonic() + seconds
    while (left := alive(pids)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def test_run_serves_alone_on_its_port_and_ctrl_c_ends_every_process(site: tuple[subprocess.Popen[str], int]) -> None:
    process, port = site
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/plan/").read().decode()
    second = subprocess.run([*RUN, str(port)], capture_output=True, text=True, check=False)
    started = children(process.pid)

    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)

    assert "工作目标" in page
    assert second.returncode == 2
    assert "已被占用" in second.stderr
    assert "make run PORT=" in second.stderr
    assert len(started) >= 2
    assert wait_until_gone(started) == set()


def test_run_killed_outright_leaves_no_process(site: tuple[subprocess.Popen[str], int]) -> None:
    process, _ = site
    started = children(process.pid)

    process.kill()
    process.wait(timeout=20)

    assert wait_until_gone(started) == set()
