"""The overview: what waits for a person first, one next step each; figures that lead to their source."""

import dataclasses

import pytest

from zhicheng.domain.decision.model import STAGES, DecisionRecord, Paper, Stage
from zhicheng.faces.web.pages.overview import by_rule
from zhicheng.store import clock
from zhicheng.store.models import Account, Finding, FindingAnswer
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.record_decision import record_decision


def _text(answer):
    return answer.content.decode()


def test_overview_is_for_officials(client, adopted, enter):
    assert client.get("/overview/").headers["Location"].startswith("/sign-in/")
    assert enter("enterprise").get("/overview/").status_code == 403


def test_city_never_checked_does_not_claim_to_be_without_findings(adopted, enter):
    page = _text(enter("office").get("/overview/"))

    assert "尚未检查" in page
    assert "条检查意见没有答复</span>" not in page


def test_unanswered_findings_are_counted_and_answered_ones_are_not(adopted, enter, find):
    first, *_rest = find(3)
    FindingAnswer.objects.create(plan_key=adopted.plan_key, finding_key=first.key, kind="accepted", reason="是", at=clock.now())  # fmt: skip

    page = _text(enter("office").get("/overview/"))

    assert "2 条检查意见没有答复</span>" in page
    assert "（2 处）" in page


def test_several_findings_of_a_rule_lead_to_the_list_and_one_to_its_own_page(adopted, enter, find, findings_page):
    client = enter("office")
    find(2)
    assert f"{findings_page}?rule=P01" in _text(client.get("/overview/"))

    (finding,) = find(1)
    assert f"{findings_page}{finding.pk}/" in _text(client.get("/overview/"))


def _kept(**fields):
    return Finding(**{"key": "k", "rule": "P01", "severity": "warning", "verdict": "cannot_be_shown", **fields})


def test_proved_faults_come_before_what_cannot_be_shown_and_many_before_few():
    many = [_kept(rule="P02", key=str(n)) for n in range(3)]
    few, proved, error = _kept(rule="P01"), _kept(rule="P03", verdict="not_met"), _kept(rule="P04", severity="error")

    groups = by_rule([few, *many, proved, error])

    assert [group[0].rule for group in groups] == ["P04", "P03", "P02", "P01"]


def test_open_questions_unset_amounts_and_bare_targets_wait(adopted, enter):
    page = _text(enter("office").get("/overview/"))

    for words in ("1 个待答问题", "1 项激励金额待定", "/incentives/?amount=unset", "1 项指标没有责任主体或数据来源"):
        assert words in page


def test_missing_record_and_missing_papers_wait(adopted, enter):
    client = enter("office")
    assert "没有决策记录" in _text(client.get("/overview/"))

    stages = tuple(
        Stage(rule.key, rule.title, rule.tab, True, "", "", rule.key != "risk_assessment", None, (), (Paper(f"{rule.title}纸", "missing"),))
        for rule in STAGES
    )  # fmt: skip
    record_decision(MACHINE, DecisionRecord("某市方案", "某市", ("cn",), stages), adopted)
    page = _text(client.get("/overview/"))

    assert "个阶段空缺或逾期" in page
    assert "件材料" in page
    assert "风险评估纸" in page


def test_locked_account_is_told_with_whom_to_ask(adopted, enter):
    Account.objects.create(
        username="li", name="李", created_at=clock.now(), must_change_password=False,
        locked_until=clock.now() + clock.timezone.timedelta(days=3650),
    )  # fmt: skip

    page = _text(enter("office").get("/overview/"))

    assert "1 个账号被锁定" in page
    assert "/accounts/" not in page


def test_who_answers_for_one_unit_sees_that_unit_first_and_the_rest_by_choice(adopted, enter, find):
    find(2, clause_key="paper")
    client = enter("finance", unit="finance")

    assert "条检查意见没有答复</span>" not in _text(client.get("/overview/"))
    assert "2 条检查意见没有答复</span>" in _text(client.get("/overview/?scope=all"))


def test_office_sees_everything_unasked(adopted, enter, find):
    find(2, clause_key="paper")

    assert "2 条检查意见没有答复</span>" in _text(enter("office", unit="finance").get("/overview/"))


@pytest.mark.parametrize(
    ("role", "unit", "act"),
    [
        ("office", "", "去答复"),
        ("unit_officer", "finance", "去答复"),
        ("unit_officer", "districts", "去答复"),
        ("auditor", "", "看意见"),
    ],
)
def test_answering_is_offered_only_to_those_who_may(adopted, enter, find, role, unit, act):
    find(1, clause_key="strict")
    page = _text(enter(role, unit=unit).get("/overview/"))

    offered = page[page.index('class="actions"') : page.index("个待答问题" if role == "office" else 'id="figures"')]
    assert act in offered
    assert ("去答复" in offered) == (act == "去答复")


def test_figures_lead_to_their_source(adopted, enter):
    page = _text(enter("office").get("/overview/"))

    for address in ("/plan/", "/units/", "/targets/", "/incentives/", "/commitments/", "/commitments/#questions"):
        assert f'href="{address}"' in page


def test_number_of_queries_does_not_grow(adopted, enter, find, small_plan, django_assert_max_num_queries):
    client = enter("office")
    find(1)
    client.get("/overview/")
    with django_assert_max_num_queries(14) as first:
        client.get("/overview/")
    queries = len(first)
    find(60)
    many = tuple(dataclasses.replace(small_plan.instruments[1], key=f"I{n}") for n in range(50))
    adopt_plan(MACHINE, dataclasses.replace(small_plan, instruments=many))
    client.get("/overview/")
    with django_assert_max_num_queries(queries):
        client.get("/overview/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_overview_speaks_both_languages(adopted, enter, find, language):
    find(1)
    client = enter("office")
    client.post("/language/", {"language": language, "next": "/"})

    page = _text(client.get("/overview/"))

    assert ("remark 0" in page) == (language == "en")
