"""The decision record as a page: facts with dates and words, holes as holes, clocks day by day, any day."""

from pathlib import Path

import pytest

from zhicheng.domain.decision import record as files
from zhicheng.domain.plan import folder
from zhicheng.store.models import Finding
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.record_decision import record_decision

YANTAI = Path(__file__).resolve().parents[3] / "plans/yantai-2022-2024"
AFTER = "/decision/?as_of=2025-06-30"


def _text(answer):
    return answer.content.decode()


def _stage(page, key):
    """The part of the page that is one stage."""
    start = page.index(f'id="{key}"')
    ends = [page.find(mark, start) for mark in ('<li class="stage', "</ol></section>")]
    return page[start : min(end for end in ends if end > 0)]


@pytest.fixture
def recorded(db):
    """The bundled plan with its real record, holes included."""
    plan = folder.load(YANTAI)
    open_city(MACHINE, name=plan.city, plan_key=plan.key)
    version = adopt_plan(MACHINE, plan)
    record_decision(MACHINE, files.load(YANTAI, plan), version)
    return version


def test_plan_without_a_record_says_so(client, adopted):
    page = _text(client.get("/decision/"))

    assert "没有登记决策记录" in page


def test_eight_stages_stand_in_order(client, recorded):
    page = _text(client.get(AFTER))

    keys = ("initiation", "participation", "expert_argument", "risk_assessment", "legality_review", "discussion", "publication", "evaluation")  # fmt: skip
    places = [page.index(f'id="{key}"') for key in keys]
    assert places == sorted(places)
    assert "公开网页没有这一栏" in _stage(page, "legality_review")


def test_what_must_be_put_right_comes_before_the_record(client, recorded):
    page = _text(client.get(AFTER))

    assert page.index("需要补正") < page.index('id="stages"')
    assert page.index(">D17<") < page.index(">D21<") < page.index(">D06<")  # missing before doubtful


def test_empty_stage_is_a_hole_whatever_the_page_calls_it(client, recorded):
    stage = _stage(_text(client.get(AFTER)), "risk_assessment")

    assert "空缺" in stage
    assert "holebox" in stage
    assert "组织风险评估" in stage  # what the law asks


def test_zero_opinions_is_a_result(client, recorded):
    stage = _stage(_text(client.get(AFTER)), "participation")

    assert "<b>0</b>" in stage
    assert "是结果，不是空白" in stage
    assert "未收到相关反馈意见" in stage


def test_consultation_clock_ends_on_its_thirtieth_day(client, recorded):
    stage = _stage(_text(client.get(AFTER)), "participation")

    assert "恰好 30 日" in stage
    assert "2021-10-30 第 30 天" in stage
    assert "最后一天 2021-10-30 是休息日" in stage


def test_review_clock_counts_back_to_the_latest_lawful_day(client, recorded):
    stage = _stage(_text(client.get(AFTER)), "legality_review")

    assert "最晚应在 2022-04-14 开始" in stage
    assert "2022-04-24 是周末，因调休上班，计为工作日。" in stage


def test_evaluation_is_due_only_after_the_plan(client, recorded):
    assert "逾期 181 天" in _stage(_text(client.get(AFTER)), "evaluation")
    assert "期未满" in _stage(_text(client.get("/decision/?as_of=2024-07-01")), "evaluation")


def test_earlier_day_does_not_know_what_came_later(client, recorded):
    page = _text(client.get("/decision/?as_of=2021-10-15"))

    participation, discussion = _stage(page, "participation"), _stage(page, "discussion")
    assert "进行中" in participation
    assert "<b>0</b>" not in participation  # how many opinions came is known at the end
    assert "尚未开始" in discussion
    assert "常务会议" not in discussion
    assert 'class="stage gap"' not in page
    assert ">D17<" not in page  # nothing to publish yet


def test_day_that_is_no_date_says_how_to_write_it(client, recorded):
    answer = client.get("/decision/?as_of=30.6.2025")

    assert answer.status_code == 400
    assert "2025-06-30" in _text(answer)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_day_beyond_all_measure_is_refused_in_words(client, recorded, day):
    answer = client.get(f"/decision/?as_of={day}")

    assert answer.status_code == 400
    assert "离方案期太远" in _text(answer)


@pytest.mark.parametrize("day", ["2002-01-01", "2044-12-31"])
def test_farthest_days_are_shown(client, recorded, day):
    assert client.get(f"/decision/?as_of={day}").status_code == 200


def test_basis_later_than_the_consulted_draft_is_marked_only_where_its_date_is_known(client, recorded):
    page = _text(client.get(AFTER))
    basis = page[page.index('id="basis"') :]

    assert basis.count("晚于征求意见") == 2
    assert basis.count("待核实") >= 3


def test_answering_is_offered_to_those_who_may_see_findings(client, recorded, enter, findings_page):
    finding = Finding.objects.create(
        version=recorded, key="D17:publication", rule="D17", severity="warning", verdict="cannot_be_shown",
        message="没有公布", checked_at=recorded.adopted_at,
    )  # fmt: skip

    assert f"{findings_page}{finding.pk}/" not in _text(client.get(AFTER))
    assert f"{findings_page}{finding.pk}/" in _text(enter("office").get(AFTER))


def test_number_of_queries_is_fixed(client, recorded, enter, django_assert_max_num_queries):
    enter("office")
    client.get(AFTER)
    with django_assert_max_num_queries(20):
        client.get(AFTER)
