"""Cases in a browser: every page sound, a service request from the public page to the archive by everybody's hands."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import City, check_page, untranslated

NUMBERS = {word: str(n) for n, word in enumerate("零一二三四五")}


def answer_human(page: Page) -> None:
    """Answer the question in words as a person who reads it."""
    asked = page.get_by_label(re.compile("请回答")).evaluate("e => e.labels[0].textContent")
    a, b = re.search(r"(.)加(.)等于", asked).groups()
    page.get_by_label(re.compile("请回答")).fill(str(int(NUMBERS[a]) + int(NUMBERS[b])))


def act(page: Page, name: str) -> None:
    """From the case page into the form of an act."""
    page.get_by_role("link", name=name, exact=True).first.click()


def send(page: Page, name: str) -> None:
    page.locator("form.form").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def test_work_and_case_pages_are_sound_for_everybody(page: Page, city: City) -> None:
    city.sign_in(page, "unit_officer")
    for address in (
        "/work/",
        "/cases/FW2024-00001/",
        "/cases/FW2024-00003/act/countersign/",
        "/services/service-request/",
    ):
        check_page(page, city.url + address)
    expect(page.get_by_role("heading", level=1)).to_have_text("服务事项")


def test_public_pages_are_sound(page: Page, city: City) -> None:
    for address in (
        "/services/",
        "/services/service-request/",
        "/services/complaint/",
        "/services/report/",
        "/status/",
        "/status/FW2024-00001/code/",
    ):
        check_page(page, city.url + address)


def test_pages_are_complete_in_english(page: Page, city: City) -> None:
    city.sign_in(page, "unit_officer")
    city.speak(page, "en")
    for address in (
        "/work/",
        "/cases/FW2024-00003/",
        "/cases/FW2024-00003/act/move/?name=give_answer",
        "/services/",
        "/status/",
    ):
        page.goto(city.url + address)
        assert untranslated(page) == [], address


def test_clock_opens_to_its_days_and_the_picture_to_the_steps(page: Page, city: City) -> None:
    city.sign_in(page, "unit_officer")
    page.goto(f"{city.url}/cases/FW2024-00001/")

    expect(page.locator("details.clock[open] td.lastday")).to_contain_text("届满")
    expect(page.locator("details.clock[open] td.off").first).to_contain_text("星期六")
    page.get_by_text("流程图", exact=True).click()
    expect(page.locator(".picture svg")).to_be_visible()
    expect(page.locator(".steps [aria-current=step]")).to_contain_text("办理中")


def test_service_request_from_the_public_page_to_the_archive(page: Page, city: City) -> None:
    page.goto(f"{city.url}/services/")
    page.get_by_role("link", name="去提交 服务事项").click()
    page.get_by_label("事由（一句话）").fill("请查三件专利")
    page.get_by_label("需要的服务").select_option("search")
    page.get_by_label("事项说明").fill("附表三件专利是否有效")
    page.get_by_label("姓名或单位名称").fill("周先生")
    page.get_by_label("电话（查询时核对）").fill("13800000001")
    answer_human(page)
    send(page, "提交")
    number = re.search(r"FW\d{4}-\d{5}", page.get_by_role("heading", level=1).inner_text()).group()
    expect(page.locator(".messages")).to_contain_text(number)
    check_page(page, page.url)
    visitor = page.context.cookies()

    def become(role: str) -> None:
        page.context.clear_cookies()
        city.sign_in(page, role)
        page.goto(f"{city.url}/cases/{number}/")

    become("unit_officer")
    act(page, "要求补正")
    page.get_by_role("radio", name="否").check()
    page.get_by_label("须补正的内容").fill("专利号")
    send(page, "要求补正")

    page.context.clear_cookies()  # another browser, another day: by number, telephone and code
    page.goto(f"{city.url}/status/")
    page.get_by_label("编号").fill(number)
    answer_human(page)
    send(page, "查询")
    expect(page.locator(".receipt")).to_contain_text("待补正")
    page.get_by_role("link", name="是我的，验证后看内容").click()
    page.get_by_label("提交时留的电话").fill("138 0000 0001")
    answer_human(page)
    send(page, "获取验证码")
    code = re.search(r"\d{6}", page.get_by_role("status").last.inner_text()).group()
    page.get_by_label("验证码（六位数字）").fill(code)
    send(page, "进入")
    act(page, "补正后交回")
    page.get_by_label("补正说明").fill("见附表")
    send(page, "补正后交回")
    visitor = page.context.cookies()

    become("unit_officer")
    act(page, "受理")
    page.get_by_role("radio", name="是").check()
    send(page, "受理")
    act(page, "退回")
    page.get_by_label("退回到").select_option(label="待受理")
    page.get_by_label("理由").fill("主体再核")
    send(page, "退回")
    act(page, "直送退回步骤")
    send(page, "直送退回步骤")
    act(page, "会签")
    page.get_by_role("checkbox", name="市财政局").check()
    send(page, "会签")
    expect(page.locator(".missing")).to_contain_text("尚缺市财政局")

    become("reviewer")
    act(page, "中止")
    page.get_by_label("法定事由").select_option("reply")
    send(page, "中止")
    expect(page.locator(".due")).to_contain_text("等待其他单位")
    act(page, "恢复")
    send(page, "恢复")

    become("finance")
    act(page, "签署意见")
    page.get_by_role("radio", name="同意，另提意见").check()
    page.get_by_label("意见内容（同意的可以不写）").fill("费用另计")
    send(page, "签署意见")

    become("unit_officer")
    act(page, "答复")
    page.get_by_label("答复内容").fill("三件均有效")
    expect(page.locator("form.form .note").last).to_contain_text("会通知：申请人")
    send(page, "答复")

    page.context.clear_cookies()
    page.context.add_cookies(visitor)
    page.goto(f"{city.url}/status/{number}/")
    expect(page.locator("main")).to_contain_text("三件均有效")
    expect(page.locator("main")).not_to_contain_text("费用另计")
    act(page, "评价")
    page.get_by_label("对本次服务的评价").select_option("very_good")
    send(page, "评价")

    become("unit_officer")
    act(page, "归档")
    page.get_by_role("radio", name="是").check()
    send(page, "归档")
    expect(page.locator("h2#now")).to_contain_text("办结：已办结归档")
    check_page(page, page.url)


def test_bulk_is_shown_before_it_is_done(page: Page, city: City) -> None:
    city.sign_in(page, "unit_officer")
    page.goto(f"{city.url}/work/")
    page.get_by_role("button", name="预览 服务事项 归档").click()
    page.get_by_role("radio", name="是").check()
    send(page, "预览")
    page.get_by_role("button", name=re.compile("确认送出 2 件")).click()
    page.wait_for_load_state("networkidle")

    expect(page.locator("main")).to_contain_text("办了 2 件，留下 0 件")
