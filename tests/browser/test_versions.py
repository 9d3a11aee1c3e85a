"""Versions and their comparison in a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.pages import check_page, untranslated


@pytest.fixture(scope="module")
def two_versions(city):
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("second_version.py"))], env=city.environment, check=True
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ["/plan/versions/", "/plan/versions/1/2/"])
def test_page_holds(page, city, two_versions, address, language):
    city.speak(page, language)
    city.sign_in(page, "office")
    check_page(page, address)
    if language == "en":
        assert untranslated(page) == []


def test_raised_ceiling_is_the_first_thing_one_reads(page, city, two_versions):
    city.sign_in(page, "office")
    page.goto("/plan/versions/1/2/")
    row = page.locator("section.block").first.locator("tbody tr").first.inner_text()
    assert "10万元" in row
    assert "20万元" in row
