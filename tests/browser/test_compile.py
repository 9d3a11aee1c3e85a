"""读入核对 in a browser: the whole errand from a file to a draft version, by mouse and by keyboard, with and without script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.pages import check_page, sideways, untranslated, violations

SOURCE = Path(__file__).resolve().parents[2] / "plans/yantai-2022-2024/source.txt"
OLD, NEW = "进入省级培育项目的电商平台,每家给予最高10万元奖励", "进入省级培育项目的电商平台,每家给予最高20万元奖励"
FOOTER = "\n版权所有 烟台市人民政府\n"


def _file(tmp_path: Path) -> str:
    """The plan with one sum changed and a footer nobody knows."""
    text = SOURCE.read_text()
    assert text.count(OLD) == 1
    file = tmp_path / "方案第二稿.txt"
    file.write_text(text.replace(OLD, NEW) + FOOTER)
    return str(file)


def _upload(page, tmp_path: Path) -> str:
    """Read the changed plan in; the address of its desk."""
    page.goto("/compile/")
    page.set_input_files("#file", _file(tmp_path))
    page.get_by_role("button", name="读入", exact=True).click()
    page.wait_for_url("**/compile/*/")
    return page.url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_desk_and_its_lists_hold(page, city, tmp_path, language):
    city.sign_in(page, "office")
    desk = _upload(page, tmp_path)
    city.speak(page, language)
    for address in (
        "/compile/",
        desk,
        f"{desk}publish/",
        f"{desk}clauses/e-commerce-platforms/",
        f"{desk}pieces/incentive:1583/",
    ):
        check_page(page, address)
        if language == "en":
            assert untranslated(page) == [], address


def test_whole_errand_from_file_to_draft_version(page, city, tmp_path):
    city.sign_in(page, "office")
    desk = _upload(page, tmp_path)
    assert "28／29" in page.locator(".band").inner_text()

    # one clause is left to read: its sum stands on both sides
    clause = page.locator("details.clause[open]")
    assert "建设知识产权保护规范化电商平台" in clause.inner_text()
    assert "200,000.00 元" in clause.inner_text()

    # correct a value with a reason
    clause.locator(".field.k-incentive .edit").click()
    form = clause.locator("form.reread")
    form.locator("[name=quota_per_year]").fill("5")
    form.locator("[name=reason]").fill("按市局年度计划")
    form.get_by_role("button", name="存改动").click()
    page.locator(".typed", has_text="按市局年度计划").wait_for()

    # say why the footer is no part of the plan, then accept the clause
    page.get_by_role("button", name="全选").click()
    page.get_by_role("button", name="说明所选").click()
    page.locator(".band", has_text="未读 0 段").wait_for()
    page.locator("details.clause[open]").get_by_role("button", name="接受本条").click()
    page.locator(".band", has_text="29／29").wait_for()
    assert violations(page) == []

    # keep, come back, publish
    page.locator(".band summary", has_text="存草稿").click()
    page.locator("#title").fill("第二稿")
    page.get_by_role("button", name="存好，回列表").click()
    page.get_by_role("link", name="第二稿").first.click()
    page.wait_for_url(desk)
    assert "29／29" in page.locator(".band").inner_text()
    page.get_by_role("link", name="生成新版…").click()
    assert "改过的条款 1" in page.locator("main").inner_text()
    page.get_by_role("button", name="生成草案版").click()
    assert "草案版，尚未生效" in page.locator(".messages").inner_text()
    page.goto("/plan/clauses/e-commerce-platforms/")
    assert "最高10万元" in page.locator("main").inner_text()


def test_text_and_structure_frame_one_another_by_keyboard(page, city, tmp_path):
    city.sign_in(page, "office")
    _upload(page, tmp_path)
    page.locator("#f-incentive-1583 a.at").focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "s-incentive-1583"
    assert page.locator("#s-incentive-1583.framed").count() == 1
    assert page.locator("#f-incentive-1583.framed").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#f-incentive-1583.framed").count() == 1


def test_unread_words_bar_the_way_to_a_version(page, city, tmp_path):
    city.sign_in(page, "office")
    desk = _upload(page, tmp_path)
    page.goto(f"{desk}publish/")

    assert page.get_by_role("button", name="生成草案版").is_disabled()
    assert "还有 1 段文字未读" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("空.txt", b" ", "空的"),
        ("扫描.pdf", b"%PDF-1.4\n%%EOF\n", "PDF"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "另存为"),
    ],
)
def test_file_that_cannot_be_read_says_so_on_the_page(page, city, tmp_path, name, content, fault):
    city.sign_in(page, "office")
    file = tmp_path / name
    file.write_bytes(content)
    page.goto("/compile/")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="读入", exact=True).click()

    assert fault in page.get_by_role("alert").inner_text()
    assert violations(page) == []


def test_desk_works_without_script(chromium, city, tmp_path):
    context = chromium.new_context(base_url=city.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("tr", has_text="demo-office").get_by_role("button").first.click()
    desk = _upload(page, tmp_path)
    page.locator("details.clause[open] .field.k-incentive .edit").click()
    page.locator("[name=per]").fill("企业")
    page.locator("[name=reason]").first.fill("与激励目录一致")
    page.get_by_role("button", name="存改动").click()

    assert page.url.startswith(desk)
    assert "与激励目录一致" in page.locator("details.clause[open]").inner_text()
    context.close()


def test_desk_on_a_phone_does_not_scroll_sideways(page, city, tmp_path):
    city.sign_in(page, "office")
    desk = _upload(page, tmp_path)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{desk}?open=e-commerce-platforms")

    assert sideways(page) <= 0


def test_words_touched_on_a_phone_bring_their_field_as_a_sheet(page, city, tmp_path):
    city.sign_in(page, "office")
    desk = _upload(page, tmp_path)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(desk)
    words = page.locator("#s-incentive-1583")
    words.click()

    sheet = page.locator(".field.sheet")
    box = sheet.bounding_box()
    assert "20万元" in sheet.inner_text()
    assert box["y"] + box["height"] == 800
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator(".field.sheet").count() == 0
    assert page.evaluate("document.activeElement.id") == "s-incentive-1583"
