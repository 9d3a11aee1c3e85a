"""The living plan and search in a browser: readable, reachable, complete in both languages."""

import pytest

from tests.browser.pages import check_page, settle, tab_stops, untranslated, violations

PAGES = ["/plan/", "/plan/documents/explanation/", "/plan/clauses/overseas-protection/", "/search/", "/search/?q=质押"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page_holds(page, city, address, language):
    city.speak(page, language)
    check_page(page, address)
    if language == "en":
        assert untranslated(page) == []


def test_clause_opens_in_place_and_escape_gives_the_place_back(page):
    settle(page, "/plan/")
    link = page.locator("#c-overseas-protection a.opener")
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#p-overseas-protection .panel")
    panel.wait_for()
    assert "I03" in panel.inner_text()
    assert link.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "panel-overseas-protection"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert page.evaluate("document.activeElement.className") == "opener"


def test_only_one_clause_is_open(page):
    settle(page, "/plan/")
    for key in ("strict-protection", "market-upgrading"):
        page.locator(f"#c-{key} a.opener").click()
        page.locator(f"#p-{key} .panel").wait_for()
    assert page.locator(".panel").count() == 1


def test_clause_is_a_page_without_script(chromium, city):
    context = chromium.new_context(base_url=city.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/plan/")
    page.locator("#c-ip-finance a.opener").click()
    assert page.url.endswith("/plan/clauses/ip-finance/")
    assert "I14" in page.locator(".panel").inner_text()
    context.close()


def test_failed_panel_says_so_and_leaves_the_text(page):
    settle(page, "/plan/")
    page.route("**/plan/clauses/**", lambda route: route.abort())
    page.locator("#c-ip-finance a.opener").click()
    page.locator("#p-ip-finance .hole").wait_for()
    assert "没有取到" in page.locator("#p-ip-finance").inner_text()


def test_single_keys_act_only_when_switched_on(page):
    settle(page, "/plan/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.locator("#keys").check()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator(".panel").wait_for()
    assert page.locator(".panel").count() == 1


def test_address_of_a_clause_is_copied_and_said(page, city):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    settle(page, "/plan/clauses/ip-finance/")
    page.get_by_role("button", name="复制地址").click()
    page.get_by_text("地址已复制").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == f"{city.url}/plan/clauses/ip-finance/"


def test_outline_follows_the_reader(page):
    settle(page, "/plan/")
    page.locator("#c-ip-finance").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('c-ip-finance').scrollIntoView()")
    page.locator(".outline li.here a[href='#c-ip-finance']").wait_for()


def test_outline_on_the_phone_is_a_sheet(page):
    page.set_viewport_size({"width": 390, "height": 800})
    settle(page, "/plan/")
    assert not page.locator("#outline").is_visible()
    page.locator("a.tolist").click()
    page.locator("#outline").wait_for()
    page.locator("#outline a[href='#c-supervision']").click()
    assert not page.locator("#outline").is_visible()


def test_first_tab_stop_skips_to_the_content(page):
    settle(page, "/plan/")
    assert tab_stops(page, limit=1) == ["A 跳到正文"]


def test_large_type_does_not_break_the_phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    settle(page, "/plan/")
    page.get_by_role("button", name="大字").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.className").startswith("large")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
