"""Nothing is fetched at run time: a city is opened and every plain page is read with the network forbidden."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Runs in a process of its own: an audit hook cannot be taken back.
SCRIPT = """
import sys

def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        raise RuntimeError(f"network used: {event} {arguments!r}")

sys.addaudithook(forbid)
from zhicheng.faces.cli.main import main
try:
    main(["demo", "build"])
except SystemExit as end:
    assert not end.code, end.code

from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

client = Client(HTTP_HOST="127.0.0.1")
from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD
seen = 0
for account in (None, "demo-office", "demo-system-admin", "demo-audit-admin"):
    if account:
        assert client.login(username=account, password=DEMONSTRATION_PASSWORD)
    for name in [n for n in get_resolver().reverse_dict if isinstance(n, str) and n != "sign-out"]:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, (name, answer.status_code)
        seen += 1
assert seen > 20, seen
try:
    import socket
    socket.create_connection(("127.0.0.1", 9))
except RuntimeError:
    print("offline", seen)
"""


def test_city_and_pages_work_with_the_network_cut(tmp_path: Path) -> None:
    environment = {**os.environ, "ZHICHENG_VAR": str(tmp_path / "var")}
    environment.pop("ZHICHENG_DB", None)

    ran = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("offline")
