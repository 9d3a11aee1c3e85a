"""Retake the pictures of docs/screenshots from a fresh training city: python tools/screenshots.py [NAME …]

One line of PAGES a picture; a page that is not there yet is named and left out. Not here: what pages must show (tests/browser).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs/screenshots"
RUN = [sys.executable, "-c", "from zhicheng.faces.cli.main import main; main()", "run", "--port"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


@dataclass(frozen=True)
class Picture:
    """name: of the file; role: whose demonstration account, None for the public; click: what to open first."""

    name: str
    address: str
    role: str | None = None
    widths: tuple[int, ...] = (1280, 390)
    height: int = 1000
    click: str = ""
    language: str = "zh-hans"


PAGES = (
    Picture("plan", "/plan/"),
    Picture("plan-en", "/plan/", widths=(1280,), language="en"),
    Picture("clause", "/plan/#c-overseas-protection", click="#c-overseas-protection a.opener"),
    Picture("clause-page", "/plan/clauses/overseas-protection/", widths=(1280,)),
    Picture("search", "/search/?q=质押", widths=(1280,)),
    Picture("decision", "/decision/", height=1600),
    Picture("targets", "/targets/"),
    Picture("incentives", "/incentives/"),
    Picture("rules", "/rules/", widths=(1280,)),
    Picture("overview", "/overview/", "office"),
    Picture("units", "/units/", "office", (1280,)),
    Picture("findings", "/findings/", "office"),
    Picture("compile", "/compile/", "office", (1280,)),
    Picture("versions", "/plan/versions/", "office", (1280,)),
    Picture("ledger", "/ledger/", "auditor", (1280,)),
    Picture("accounts", "/accounts/", "system_admin", (1280,)),
    Picture("sign-in", "/sign-in/", widths=(1280,)),
)


@contextmanager
def training_city() -> Iterator[str]:
    """The address of a fresh training city, served as `make run` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ZHICHENG_VAR": folder, "ZHICHENG_DB": f"sqlite:///{folder}/city.sqlite3"}
        server = subprocess.Popen([*RUN, str(port)], env=environment, stdout=subprocess.DEVNULL)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5)
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def take(browser: Browser, city: str, picture: Picture, width: int) -> str:
    """Take one picture; returns what went wrong, empty if nothing did."""
    context = browser.new_context(base_url=city, viewport={"width": width, "height": picture.height})
    context.add_cookies([{"name": "django_language", "value": picture.language, "url": city}])
    page = context.new_page()
    try:
        if picture.role:
            page.goto("/sign-in/")
            page.locator("tr", has_text=f"demo-{picture.role.replace('_', '-')}").get_by_role("button").first.click()
            page.wait_for_load_state("networkidle")
        response = page.goto(picture.address, wait_until="networkidle")
        if response is None or response.status != 200:
            return f"{picture.name}: {picture.address} 还没有（{response.status if response else '无回应'}）"
        if picture.click:
            page.locator(picture.click).click()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
        page.screenshot(path=OUT / f"{picture.name}-{width}.png")
        return ""
    finally:
        context.close()


def main(names: list[str]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PAGES if not names or picture.name in names]
    with training_city() as city, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        problems = [take(browser, city, picture, width) for picture in wanted for width in picture.widths]
        browser.close()
    for problem in filter(None, problems):
        print(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
