"""Error pages in a browser."""

import pytest

from tests.browser.pages import check_page, untranslated


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_page_not_found_is_a_whole_page(page, city, language):
    city.speak(page, language)
    check_page(page, "/nowhere/", status=404)
    if language == "en":
        assert untranslated(page) == []
