"""What every page must hold in a real browser: check_page. Not here: what one page must show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Response

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-4.14.1.min.js").read_text()
AXE_RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
  .then(found => found.violations.map(v => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")))"""
# Everything a mouse can press must be a stop of the Tab key, and visible while it is.
UNREACHABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(e => e.checkVisibility() && !e.disabled && (e.tabIndex < 0)).map(e => e.outerHTML.slice(0, 160))"""
CLICKABLE_NOT_FOCUSABLE = """() => [...document.querySelectorAll("[onclick], [role=button], [hx-get], [hx-post]")]
  .filter(e => e.checkVisibility() && e.tabIndex < 0 && !e.matches("form, body")).map(e => e.outerHTML.slice(0, 160))"""


@dataclass(frozen=True)
class City:
    """The served training city. environment: for a program that works on its database beside the server."""

    url: str
    environment: dict[str, str]

    def speak(self, page: Page, language: str) -> None:
        """Chinese (zh-hans) or English (en) from now on, as the switch in the bar sets it."""
        page.context.add_cookies([{"name": "django_language", "value": language, "url": self.url}])

    def sign_in(self, page: Page, role: str) -> None:
        """Come in with the demonstration account of a role (office, unit_officer, auditor …), as the sign-in page offers it."""
        page.goto(f"{self.url}/sign-in/")
        page.locator("tr", has_text=f"demo-{role.replace('_', '-')}").get_by_role("button").first.click()
        page.wait_for_load_state("networkidle")
        assert page.locator("details.menu").count() == 1, f"没有登录成 {role}"


class Watch:
    """Collects what a browser complains of while a page is open: console errors, CSP violations, failed or outside requests."""

    def __init__(self, page: Page) -> None:
        self.page, self.faults = page, []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        if not response.url.startswith(("http://127.0.0.1", "data:", "blob:")):
            self.faults.append(f"outside: {response.url}")


def settle(page: Page, url: str, status: int = 200) -> None:
    response = page.goto(url, wait_until="load")
    assert response is not None
    assert response.status == status, f"{url}: {response.status}"


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands now."""
    page.evaluate(AXE)  # the debugging protocol is not bound by the page's CSP
    return page.evaluate(AXE_RUN)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def tab_stops(page: Page, limit: int = 400) -> list[str]:
    """The names of the places Tab reaches, from the top, until it leaves the page or comes round."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    seen: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(e => e === document.body ? '' : (e.dataset.seen ? '' : (e.dataset.seen = '1', e.tagName + ' ' + (e.innerText || e.name || e.ariaLabel || ''))))"
            "(document.activeElement)"
        )
        if not here:
            break
        seen.append(here)
    return seen


def check_page(page: Page, url: str, status: int = 200) -> None:
    """axe 0 violations at 1280 and 390 px, no sideways scroll at 360, a quiet console, everything within reach of the keyboard.

    Leaves the page open at 1280 px, so that a test goes on to look at what it shows.
    """
    watch = Watch(page)
    page.set_viewport_size({"width": 390, "height": 900})
    settle(page, url, status)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"{url} @{width}"
    page.set_viewport_size({"width": 360, "height": 800})
    assert sideways(page) <= 0, f"{url}: 360 px 时横向溢出 {sideways(page)} px"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(UNREACHABLE) == []
    assert page.evaluate(CLICKABLE_NOT_FOCUSABLE) == []
    expected = [fault for fault in watch.faults if not (status >= 400 and "status of" in fault)]
    assert expected == [], url


def untranslated(page: Page) -> list[str]:
    """Chinese left on an English page outside the city's own texts (marked lang=zh-Hans)."""
    return page.evaluate(
        """() => { const found = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) { const n = walk.currentNode;
          if (/[\\u4e00-\\u9fff]/.test(n.data) && !n.parentElement.closest('[lang^=zh], script')) found.push(n.data.trim().slice(0, 60)); }
        return found; }"""
    )
