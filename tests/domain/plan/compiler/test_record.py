"""The decision record of a page: what is told, what is named without content, what is absent."""

from __future__ import annotations

from pathlib import Path

from zhicheng.domain.plan.compiler import compile_text

PAGE = (Path(__file__).parent / "samples" / "00_yantai.txt").read_bytes().decode("utf-8")


def decision(text: str) -> dict:
    return compile_text(text).to_json()["decision"]


def values(fact: dict) -> dict:
    return {key: value for key, value in fact.items() if key not in ("quote", "start", "end")}


def test_city_page_record_is_read_whole():
    told = decision(PAGE)

    assert values(told["organiser"]) == {"unit": "烟台市市场监管局"}
    assert values(told["planned_completion"]) == {"date": "2022-09"}
    assert values(told["department_countersign"]) == {
        "count": 20,
        "named": ["市发改委", "市财政局", "市科技局", "市农业局"],
        "all_agreed": True,
        "opinions_adopted": True,
        "date": None,
    }
    assert values(told["public_participation"]) == {"from": "2021-09-30", "to": "2021-10-30", "opinions": 0}
    assert values(told["expert_argument"]) == {
        "date": "2021-11-05",
        "basis": "山东省重大行政决策程序规定",
        "changes_requested": False,
    }
    assert values(told["legality_review"]) == {
        "date": "2022-04-24",
        "passed": True,
        "reviewer": "市司法局",
        "opinions_adopted": True,
    }
    assert values(told["collective_discussion"]) == {
        "date": "2022-05-05",
        "meeting": "市政府第7次常务会议",
        "number": 7,
        "chair": "郑德雁",
        "chair_post": "市委副书记、市长",
        "reporter": "谭克良",
        "reporter_post": "市市场监督管理局局长",
        "decision": ["原则同意", "审议通过"],
    }


def test_stage_named_without_content_says_so():
    stages = {stage["name"]: stage["content"] for stage in decision(PAGE)["stages"]}

    assert stages == {
        "决策启动": True,
        "公众参与": True,
        "专家论证": True,
        "风险评估": False,
        "集体讨论": True,
        "决策公布": False,
        "执行评估": False,
    }


def test_what_the_page_does_not_tell_is_null():
    told = decision(PAGE)

    assert (told["risk_assessment"], told["publication"], told["execution_evaluation"]) == (None, None, None)


def test_basis_documents_carry_issuer_and_years():
    found = [(f["title"], f["issuer"], f["years"]) for f in decision(PAGE)["basis_documents"]]

    assert found[:3] == [
        ("知识产权强国建设纲要(2021-2035年)", "中共中央、国务院", [2021, 2035]),
        ("“十四五”国家知识产权保护和运用规划", None, []),
        ("推动知识产权高质量发展年度工作指引(2022)", "国家知识产权局", [2022]),
    ]


def test_every_fact_quotes_its_place():
    told = decision(PAGE)
    facts = [f for f in told.values() if isinstance(f, dict)] + told["stages"] + told["basis_documents"]

    assert all(PAGE[f["start"] : f["end"]] == f["quote"] for f in facts)


def test_opinions_received_are_counted():
    text = "一、任务\n（一）甲事。（市科技局负责）\n二、保障\n话。\n一、征求意见情况\n2023年1月5日至2023年2月6日公开征求意见，共收到意见建议12条。\n"

    assert values(decision(text)["public_participation"]) == {"from": "2023-01-05", "to": "2023-02-06", "opinions": 12}


def test_plan_alone_has_an_empty_record():
    told = decision("一、任务\n（一）甲事。（市科技局负责）\n")

    assert all(not value for value in told.values())


REST = "一、任务\n（一）甲事。（市科技局负责）\n二、保障措施\n（一）加强领导。\n"


def test_record_told_in_other_words_is_read():
    told = decision(
        REST
        + "一、征求意见情况\n2023年3月1日至3月31日公开征求意见，共收到意见5条。\n二、部门意见\n征求了市发展改革委、市财政局等15个部门意见，均无不同意见。\n"
        "三、风险评估\n2023年4月5日完成社会稳定风险评估，风险等级为低风险。\n四、合法性审查\n2023年4月10日，经市司法局合法性审查，出具了意见。\n"
        "2023年4月20日，市政府第25次常务会议审议通过了《方案》。\n"
    )

    assert values(told["public_participation"])["opinions"] == 5
    assert values(told["department_countersign"])["count"] == 15
    assert values(told["risk_assessment"]) == {"date": "2023-04-05", "level": "低风险"}
    assert values(told["legality_review"])["reviewer"] == "市司法局"
    assert (told["collective_discussion"]["number"], told["collective_discussion"]["date"]) == (25, "2023-04-20")


def test_number_day_and_openness_of_the_letter_are_the_publication():
    letter = (
        "海州市人民政府办公室关于印发海州市行动方案的通知\n海政办发〔2023〕8号\n各区人民政府：\n"
        "《海州市行动方案》已经市政府同意，现印发给你们，请认真贯彻执行。\n海州市人民政府办公室\n二〇二三年三月十五日\n（此件公开发布）\n"
    )

    told = decision(letter + "海州市行动方案\n" + REST)

    assert values(told["publication"]) == {
        "number": "海政办发〔2023〕8号",
        "date": "2023-03-15",
        "openness": "此件公开发布",
    }
