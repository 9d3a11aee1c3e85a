"""Papers in a browser: drafted, seen, issued, fetched."""

from __future__ import annotations

import re

import pytest

from tests.browser.pages import check_page, untranslated
from zhicheng.store.papers import fonts

pytestmark = pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了")
TEXT = "现将有关事项通知如下。\n一、总体要求\n逐项明确责任人,按时报送。\n特此通知。"


def _drafted(page, city, subject):
    city.sign_in(page, "office")
    page.goto(f"{city.url}/papers/new/notice/")
    page.locator("[name=office]").select_option("amr")
    page.locator("[name=subject]").fill(subject)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile(r"/papers/drafts/\d+/"))
    return page.url


def _completed(page):
    page.locator("[name=addressee]").fill("各区市市场监督管理局")
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=text]").press("Tab")
    page.get_by_text("可以签发").wait_for()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_hold(page, city, language):
    url = _drafted(page, city, "报送进展情况")
    _completed(page)
    city.speak(page, language)
    for address in (f"{city.url}/papers/", f"{city.url}/papers/new/consultation/", url):
        check_page(page, address)
        if language == "en":
            assert untranslated(page) == []
    page.locator("details.sure summary").first.click()
    page.locator("form[action$='/issue/'] button").click()
    page.wait_for_url(re.compile(r"/papers/\d+/$"))
    check_page(page, page.url)
    if language == "en":
        assert untranslated(page) == []


def test_draft_saves_itself_says_what_is_missing_and_shows_its_pages(page, city):
    _drafted(page, city, "召开工作会议")
    assert page.locator("#state .holebox").inner_text().count("缺“") == 2

    _completed(page)
    page.locator(".sides img").first.wait_for()

    assert "中文里用全角标点" in page.locator("#state").inner_text()
    assert page.locator(".sides img").count() == 2
    for image in page.locator(".sides img").all():
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    page.reload()
    assert page.locator("[name=text]").input_value() == TEXT


def test_issued_paper_is_fetched_as_pdf_and_word(page, city):
    _drafted(page, city, "做好年度总结")
    _completed(page)
    number = page.locator("#state .receipt b").inner_text()
    page.locator("details.sure summary").first.click()
    page.get_by_role("button", name="确定签发").click()
    page.wait_for_url(re.compile(r"/papers/\d+/$"))

    assert number in page.locator(".messages").inner_text()
    for name, begins in (("下载 PDF", b"%PDF"), ("下载 Word", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert number in download.value.suggested_filename
        with open(download.value.path(), "rb") as file:
            assert file.read(4).startswith(begins)
