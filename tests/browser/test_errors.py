"""Error pages in a browser."""

import pytest

from tests.browser.pages import check_page, untranslated


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_page_not_found_is_a_whole_page(page, city, language):
    city.speak(page, language)
    check_page(page, "/nowhere/", status=404)
    if language == "en":
        assert untranslated(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_refusal_is_a_whole_page_with_its_reason(page, city, language):
    city.speak(page, language)
    city.sign_in(page, "enterprise")
    check_page(page, "/plan/versions/", status=403)
    assert ("leading group office" if language == "en" else "领导小组办公室") in page.locator("main").inner_text()
    if language == "en":
        assert untranslated(page) == []
