"""A real browser on a real server: one training city a worker, served as `make run` serves it. Not here: what pages show.

Without Chromium these tests are skipped loudly; with CI=true a missing Chromium is an error.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import City

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
RUN = [sys.executable, "-c", "from zhicheng.faces.cli.main import main; main()", "run", "--port"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker("browser")
    if not here or Path(CHROMIUM).exists():
        return
    message = "没有 chromium，浏览器测试跳过：sudo apt-get install chromium fonts-noto-cjk"
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(message)
    config.get_terminal_writer().line(f"！！{message}", red=True)
    for item in here:
        item.add_marker(pytest.mark.skip(reason=message))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A fresh training city on a free port."""
    folder = tmp_path_factory.mktemp("city")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ZHICHENG_VAR": str(folder), "ZHICHENG_DB": f"sqlite:///{folder / 'city.sqlite3'}"}
    log = (folder / "server.log").open("w")
    server = subprocess.Popen([*RUN, str(port)], env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{url}/sign-in/", timeout=5)
            except OSError:
                time.sleep(0.1)
            else:
                yield City(url, environment)
                return
        pytest.fail("服务没有起来：\n" + (folder / "server.log").read_text()[-3000:])
    finally:
        server.terminate()
        server.wait(timeout=20)


# Playwright leaves an event loop running in its thread, and Django would then refuse the database to every later test of
# this worker; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, city: City) -> Iterator[Page]:
    """A page of a visitor nobody knows, in Chinese, at desktop width. `city.sign_in(page, role)` makes them known."""
    context = chromium.new_context(base_url=city.url, locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
