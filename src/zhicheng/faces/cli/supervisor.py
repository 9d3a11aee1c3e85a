"""Starts web and worker together and ends them together. Not here: what they do."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from zhicheng.base.errors import ZhichengError

GRACE_SECONDS = 8
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """On Linux a child is told to stop when this process is killed, so that nothing is left behind."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def require_free(host: str, port: int) -> None:
    """Raises where another program already listens on the address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise ZhichengError(
                    f"端口 {port} 已被占用", where=host, todo="换一个端口，例如 make run PORT=8001"
                ) from None
            raise ZhichengError(
                f"不能在端口 {port} 上服务：{fault.strerror}", where=host, todo="核对地址；1024 以下的端口须有权限"
            ) from None


def wait_until_served(host: str, port: int, seconds: float = 30) -> bool:
    """Whether somebody answers at the address before the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
        time.sleep(0.05)
    return False


class Family:
    """The processes of one `zhicheng run`: they start together, and when one ends all end."""

    def __init__(self) -> None:
        self.children: list[subprocess.Popen[bytes]] = []
        self._ending = False

    def __enter__(self) -> Family:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, self._end)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self, command: Sequence[str]) -> None:
        # A group of its own: Ctrl-C reaches only this process, which then ends the children in order.
        child = subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603
        self.children.append(child)

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self._ending = True

    def wait(self) -> int:
        """Until a signal or until the first child ends; the exit code of that child, 0 after a signal."""
        while not self._ending:
            for child in self.children:
                if child.poll() is not None:
                    return child.returncode or 1
            time.sleep(0.2)
        return 0

    def end(self) -> None:
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            try:
                child.wait(timeout=max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


def web_command(host: str, port: int, threads: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning",
        "zhicheng.faces.wsgi:application",
    ]  # fmt: skip


def jobs_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "zhicheng.faces.jobs", *arguments]
