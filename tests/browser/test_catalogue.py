"""Overview, targets, incentives, units, commitments and decision record in a browser: both widths, both languages, by keyboard."""

import pytest

from tests.browser.pages import check_page, settle, tab_stops, untranslated

PUBLIC = [
    "/targets/", "/incentives/", "/incentives/?amount=unset", "/incentives/I03/", "/commitments/", "/decision/",
    "/decision/?as_of=2025-06-30",
]  # fmt: skip
OFFICIAL = ["/overview/", "/units/", "/units/finance/", "/units/court/", "/decision/"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_holds(page, city, address, language):
    city.speak(page, language)
    check_page(page, address)
    if language == "en":
        assert untranslated(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", OFFICIAL)
def test_page_for_officials_holds(page, city, address, language):
    city.sign_in(page, "office")
    city.speak(page, language)
    check_page(page, address)
    if language == "en":
        assert untranslated(page) == []


def test_incentives_are_narrowed_by_keyboard_alone(page):
    settle(page, "/incentives/")
    page.get_by_label("金额", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="筛选").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incentives/?amount=unset**")
    assert page.locator("table.incentives tbody tr").count() == 12


def test_incentives_are_narrowed_without_script(chromium, city):
    context = chromium.new_context(base_url=city.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/incentives/")
    page.get_by_label("财政部门").select_option("absent")
    page.get_by_role("button", name="筛选").click()
    keys = page.locator("table.incentives tbody tr td:first-child").all_inner_texts()
    assert keys == ["I12", "I28", "I30"]
    context.close()


def test_record_is_shown_as_of_the_day_that_is_asked_for(page):
    settle(page, "/decision/")
    page.get_by_label("截至日").fill("2025-06-30")
    page.get_by_role("button", name="换到这一天").click()
    page.wait_for_url("**as_of=2025-06-30")
    assert "逾期 181 天" in page.locator("#evaluation").inner_text()


def test_line_to_put_right_leads_to_its_stage_by_keyboard(page):
    settle(page, "/decision/?as_of=2025-06-30")
    page.locator(".repairs a.button[href='#legality_review']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#legality_review")
    top = page.locator("#legality_review").bounding_box()["y"]
    assert 0 <= top < 200


def test_every_incentive_is_reached_by_the_tab_key(page):
    settle(page, "/incentives/")
    stops = tab_stops(page)
    assert sum("奖励" in stop or "资助" in stop or "补贴" in stop for stop in stops) >= 20


def test_small_statement_is_reached_from_the_unit_that_owes_it(page, city):
    city.sign_in(page, "office")
    settle(page, "/units/amr/")
    page.get_by_role("link", name="技术调查官制度").click()
    page.wait_for_url("**/commitments/#C01")
    assert page.locator("#C01").is_visible()


def test_files_for_excel_are_offered(page):
    settle(page, "/incentives/?amount=unset")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    assert waiting.value.suggested_filename == "激励目录.xlsx"
