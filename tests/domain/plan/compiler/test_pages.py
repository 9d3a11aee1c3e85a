"""The documents of one page, known by what they say of themselves."""

from __future__ import annotations

from pathlib import Path

from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.compiler.pages import split_pages
from zhicheng.domain.plan.compiler.paragraphs import split_paragraphs

PLAN = (
    "海州市质量强市三年行动方案\n（2023—2025年）\n为建设质量强市，制定本方案。\n一、工作目标\n到2025年，满意度达到80分。\n"
    "二、主要任务\n（一）甲事。给予最高10万元奖励。（责任单位：市科技局）\n三、保障措施\n（一）加强领导。\n"
)
LETTER = (
    "海州市人民政府办公室关于印发海州市质量强市三年行动方案的通知\n海政办发〔2023〕8号\n各区、县人民政府，市政府各部门：\n"
    "《海州市质量强市三年行动方案》已经市政府同意，现印发给你们，请认真贯彻执行。\n海州市人民政府办公室\n2023年3月15日\n（此件公开发布）\n"
)
EXPLANATION = "一、起草背景\n为贯彻国家部署，起草《方案》。\n二、主要内容\n到2025年，满意度达到80分以上，最高奖励99万元。\n三、特色亮点\n突出质量。\n"
RECORD = "一、征求意见情况\n2023年1月5日至2月6日公开征求意见，收到意见3条。\n二、专家论证情况\n2023年2月10日召开专家论证会。\n"
MEETING = "2023年3月1日，市长王某主持召开市政府第12次常务会议。会议审议通过了《方案》。\n"


def kinds(text: str) -> list[str]:
    return [d.kind for d in split_pages(text, split_paragraphs(text))]


def test_letter_and_plan_are_two_documents():
    assert kinds(LETTER + PLAN) == ["notice", "plan"]


def test_explanation_record_and_meeting_follow_the_plan():
    assert kinds(PLAN + EXPLANATION + RECORD + MEETING) == ["plan", "explanation", "consultation", "meeting"]


def test_menu_and_footer_are_apart():
    text = "首页 > 政策文件\n索引号：123\n" + PLAN + "上一篇：无\n版权所有 海州市人民政府\n"

    assert kinds(text) == ["navigation", "plan", "footer"]


def test_plain_text_without_any_sign_is_one_plan():
    assert kinds("开展工作，取得成效。" * 60) == ["plan"]


def test_explanation_alone_is_no_plan():
    assert kinds("《质量强市三年行动方案》政策解读\n" + EXPLANATION) == ["explanation"]


def test_numbers_of_the_explanation_never_count_as_the_plans():
    compiled = compile_text(PLAN + EXPLANATION)

    assert [e.item.maximum for e in compiled.incentives] == [100000]
    assert [e.item.span.of(compiled.text) for e in compiled.targets] == ["满意度达到80分"]
    assert [e.item.span.of(compiled.text) for e in compiled.explained] == ["满意度达到80分以上"]


def test_title_keeps_its_signs_and_its_second_line():
    assert compile_text(LETTER + PLAN).title == "海州市质量强市三年行动方案（2023—2025年）"


def test_city_page_holds_plan_explanation_record_and_meeting():
    text = (Path(__file__).parent / "samples" / "00_yantai.txt").read_bytes().decode("utf-8")

    compiled = compile_text(text)

    assert [d.kind for d in compiled.documents if d.kind != "navigation"] == [
        "plan",
        "explanation",
        "consultation",
        "meeting",
    ]
    assert compiled.title == "烟台市知识产权高质量发展三年行动方案——烟台市建设国家知识产权强市工作方案(2022—2024年)"


def test_plan_behind_the_word_annex_is_a_plan():
    assert kinds(LETTER + "附件\n" + PLAN) == ["notice", "plan"]


def test_lists_behind_a_plan_are_annexes():
    assert kinds(PLAN + "附件1\n任务清单\n序号\t任务\n1\t甲事\n附件2\n名词解释\n质量强市：略。\n") == [
        "plan",
        "annex",
        "annex",
    ]


def test_plan_whose_chapters_sound_like_an_explanation_is_still_the_plan():
    text = "海州市培育工程方案\n一、背景意义\n意义重大。\n二、主要内容\n（一）甲事。做事。（责任单位：市科技局）\n三、特色亮点\n亮点多。\n"

    assert kinds(text) == ["plan"]
