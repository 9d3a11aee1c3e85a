"""Sign-in and password pages in a browser."""

import pytest

from tests.browser.pages import check_page, settle, untranslated, violations


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_sign_in_page_holds(page, city, language):
    city.speak(page, language)
    check_page(page, "/sign-in/")
    if language == "en":
        assert untranslated(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_password_page_holds(page, city, language):
    city.speak(page, language)
    city.sign_in(page, "expert")
    check_page(page, "/password/")
    if language == "en":
        assert untranslated(page) == []


def test_wrong_password_is_announced_and_nothing_breaks(page):
    settle(page, "/sign-in/")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []


def test_menu_opens_by_keyboard_and_closes_with_escape(page, city):
    city.sign_in(page, "office")
    page.locator("details.menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("details.menu ul").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("details.menu ul").is_visible()


def test_signing_out_says_so(page, city):
    city.sign_in(page, "reviewer")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    assert "已退出" in page.locator(".messages").inner_text()
