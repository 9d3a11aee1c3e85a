"""Every small statement of the plan has a home that anybody can reach."""

import dataclasses

from zhicheng.store import clock
from zhicheng.store.models import QuestionAnswer
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE


def _text(answer):
    return answer.content.decode()


def test_every_statement_is_there_with_an_address_of_its_own(client, adopted, small_plan):
    page = _text(client.get("/commitments/"))

    parts = (*small_plan.commitments, *small_plan.institutions, *small_plan.funds, *small_plan.upstreams, *small_plan.questions)  # fmt: skip
    assert all(f'id="{part.key}"' in page for part in parts)
    for words in ("发布白皮书", "领导小组", "奖励基金", "某省规划", "每家按年还是按次？"):
        assert words in page


def test_fund_without_size_is_unset_and_not_firm(client, adopted):
    page = _text(client.get("/commitments/"))

    assert "只说探索" in page
    assert "待定" in page


def test_answered_question_leaves_the_list(client, adopted):
    QuestionAnswer.objects.create(
        plan_key=adopted.plan_key, question_key="Q1", text="按年", source="会议", at=clock.now()
    )

    page = _text(client.get("/commitments/"))

    assert "每家按年还是按次？" not in page
    assert "没有待答问题" in page


def test_answering_a_question_is_offered_to_those_who_may(client, adopted, enter):
    assert "/questions/Q1/" not in _text(client.get("/commitments/"))
    assert "/questions/Q1/" in _text(enter("office").get("/commitments/"))


def test_number_of_queries_does_not_grow(client, adopted, small_plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as first:
        client.get("/commitments/")
    queries = len(first)
    many = tuple(dataclasses.replace(small_plan.commitments[0], key=f"C{n}") for n in range(60))
    adopt_plan(MACHINE, dataclasses.replace(small_plan, commitments=many))
    with django_assert_max_num_queries(queries):
        client.get("/commitments/")
