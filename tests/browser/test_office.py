"""检查意见, 待答问题, 规则, 留痕, 账号 in a browser: each page holds in both languages; the errands of their people, whole."""

from __future__ import annotations

import pytest

from tests.browser.pages import check_page, tab_stops, untranslated, violations

PAGES = [
    ("office", "/findings/"),
    ("office", "/questions/"),
    ("audit_admin", "/ledger/"),
    ("security_admin", "/accounts/"),
    ("system_admin", "/accounts/new/"),
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("role", "address"), PAGES)
def test_page_holds(page, city, role, address, language):
    city.speak(page, language)
    city.sign_in(page, role)
    check_page(page, address)
    if language == "en":
        assert untranslated(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_page_of_rules_holds_for_the_public(page, city, language):
    city.speak(page, language)
    check_page(page, "/rules/")
    if language == "en":
        assert untranslated(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_finding_and_one_question_hold(page, city, language):
    city.speak(page, language)
    city.sign_in(page, "reviewer")
    for listed, link in (("/findings/", "a.said"), ("/questions/", "a.said")):
        page.goto(listed)
        check_page(page, page.locator(link).first.get_attribute("href"))
        if language == "en":
            assert untranslated(page) == []


def test_finding_is_answered_by_keyboard_and_the_answer_stays(page, city):
    city.sign_in(page, "office")
    page.goto("/findings/?rule=P07")
    said = page.locator("a.said").first.inner_text()
    page.locator("a.said").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/*/")
    assert page.locator("mark").is_visible()
    page.locator("input[value=deferred]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("等财政局会签后再定")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".messages", has_text="已答复").wait_for()

    assert "等财政局会签后再定" in page.locator("main ol").inner_text()
    page.goto("/findings/")
    assert said in page.locator("#g-answered").inner_text()


def test_several_findings_are_answered_after_a_preview(page, city):
    city.sign_in(page, "reviewer")
    page.goto("/findings/?rule=P10")
    boxes = page.locator("[name=finding]")
    chosen = boxes.count()
    assert chosen > 1
    page.get_by_role("button", name="全选").click()
    page.locator(".bulk [name=reason]").fill("下一稿补写“元”")
    page.get_by_role("button", name="先看会怎样").click()
    assert "尚未改动任何数据" in page.locator("main").inner_text()
    assert violations(page) == []
    page.get_by_role("button", name=f"确认答复 {chosen} 条").click()

    page.goto("/findings/?rule=P10&answered=no")
    assert page.locator("[name=finding]").count() == 0


def test_three_administrators_make_grant_and_reset_an_account(page, city, chromium):
    city.sign_in(page, "system_admin")
    page.goto("/accounts/new/")
    page.fill("#username", "zhao")
    page.fill("#name", "赵某")
    page.get_by_role("button", name="建立").click()
    first = page.locator(".once").nth(1).inner_text()
    page.get_by_role("link", name="看这个账号").click()
    account = page.url
    assert page.get_by_role("button", name="存角色").count() == 0

    city.sign_in(page, "security_admin")
    page.goto("/accounts/")
    assert "赵某" in page.locator("section", has_text="需要处置").first.inner_text()
    page.goto(account)
    page.get_by_label("责任单位经办").check()
    page.get_by_role("button", name="存角色").click()
    assert "责任单位经办" in page.locator(".facts").inner_text()
    page.get_by_text("重置口令").first.click()
    page.get_by_role("button", name="确定重置").click()
    second = page.locator(".once").nth(1).inner_text()
    assert second != first

    other = chromium.new_context(base_url=city.url, locale="zh-CN").new_page()
    other.goto("/sign-in/")
    other.fill("#id_username", "zhao")
    other.fill("#id_password", second)
    other.keyboard.press("Enter")
    other.wait_for_url("**/password/")
    other.context.close()

    city.sign_in(page, "audit_admin")
    page.goto(account)
    assert page.locator("main form").count() == 0
    page.get_by_role("link", name="这个账号的留痕").click()
    acts = page.locator("tbody").inner_text()
    assert all(word in acts for word in ("建立账号", "授予或收回角色", "重置口令", "登录"))


def test_ledger_is_verified_and_filtered_by_keyboard(page, city):
    city.sign_in(page, "audit_admin")
    page.goto("/ledger/")
    stops = tab_stops(page)
    assert any("核验全部留痕" in stop for stop in stops)
    page.get_by_role("button", name="核验全部留痕").focus()
    page.keyboard.press("Enter")
    page.locator(".verdict", has_text="逐笔相接").wait_for()
    assert violations(page) == []

    page.select_option("#act", "plan.adopt")
    page.get_by_role("button", name="筛选").click()
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody a").first.click()
    assert "/plan/" in page.url
