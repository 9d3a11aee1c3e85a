"""kill -9 of the web server while people sign in: every sign-in that was answered is on record, the ledger stays whole."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from conftest import SeparateCity

pytestmark = pytest.mark.slow
PLAN = Path(__file__).parents[2] / "plans" / "yantai-2022-2024"
PASSWORD = "zhicheng-peixun-2024"  # the training city's, see usecases/training_city.py
NAMES = ("demo-office", "demo-finance", "demo-expert", "demo-auditor")


def test_killed_web_server_keeps_every_sign_in_it_answered(city: SeparateCity) -> None:
    city.ask(
        "from pathlib import Path; from zhicheng.domain.plan.folder import load\n"
        "from zhicheng.usecases.training_city import training_city\n"
        f"training_city(load(Path({str(PLAN)!r})))"
    )
    chance, answered = random.Random(3), []
    for _ in range(3):
        answered += _life_of_a_server(city, chance)

    numbers = city.ask(
        "from zhicheng.store.models import Account\nfor a in Account.objects.all(): print(a.username, a.pk)"
    )
    number_of = dict(zip(numbers[::2], numbers[1::2], strict=True))
    entered = Counter(city.subjects("session.start"))
    kept = city.ask("from zhicheng.store.models import Session; print(*Session.objects.values_list('pk', flat=True))")
    assert len(answered) >= 3
    for name, times in Counter(name for name, _ in answered).items():
        assert entered[number_of[name]] >= times
    assert set(dict(answered).values()) <= set(kept)  # the newest session of each account
    assert city.ledger_is_whole()


def _life_of_a_server(city: SeparateCity, chance: random.Random) -> list[tuple[str, str]]:
    """Start the server, sign people in, kill it while that goes on; (user name, session) of each that was answered."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "zhicheng.faces.wsgi:application"],
        env=city.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    answered: list[tuple[str, str]] = []
    limit = time.monotonic() + 60
    try:
        while time.monotonic() < limit:
            name = NAMES[len(answered) % len(NAMES)]
            try:
                answered.append((name, _sign_in(port, name)))
            except (OSError, http.client.HTTPException):
                if answered:
                    return answered
                time.sleep(0.1)  # not up yet
            if len(answered) == 1:  # it is at work: from now on it dies at any moment
                threading.Timer(chance.uniform(0.2, 0.8), os.killpg, (server.pid, signal.SIGKILL)).start()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    raise AssertionError("the server was never reached or never died")


def _sign_in(port: int, name: str) -> str:
    """Sign in as a browser does; the session's key once the server has answered."""
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    site.request("GET", "/sign-in/")
    page = site.getresponse()
    body = page.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert token is not None, body[:500]
    form = urlencode({"csrfmiddlewaretoken": token[1], "username": name, "password": PASSWORD})
    cookie = (page.headers["Set-Cookie"] or "").split(";")[0]
    site.request("POST", "/sign-in/", form, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    answer = site.getresponse()
    cookies = " ".join(answer.headers.get_all("Set-Cookie") or [])
    session = re.search(r"sessionid=([a-z0-9]+)", cookies)
    assert answer.status == 302, answer.read().decode()[:500]
    assert session is not None
    return session[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
