"""Checks of the decision record: Yantai's holes, an invented city's faults, and every term at its border."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision import record
from zhicheng.domain.decision.checks import RULES, check
from zhicheng.domain.decision.model import FACTS, DecisionRecord, Fact, Stage
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding

ROOT = Path(__file__).parents[3]
YANTAI = ROOT / "plans" / "yantai-2022-2024"
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"
AS_OF = date(2025, 6, 30)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(YANTAI)


@pytest.fixture(scope="module")
def yantai(plan: Plan) -> DecisionRecord:
    return record.load(YANTAI, plan)


def told(decision: DecisionRecord, key: str, **value: Any) -> DecisionRecord:
    """The record with one fact set (day=…, yes=…, count=…, text=…, items=…) or, without a value, unknown."""
    if "day" in value:
        value["when"] = PartialDate.written(value.pop("day"))
    fact = replace(
        decision.fact(key), **{"when": None, "count": None, "yes": None, "text": None, "items": None, **value}
    )

    def changed(stage: Stage) -> Stage:
        if stage.key != FACTS[key].stage:
            return stage
        return replace(stage, facts=(*(each for each in stage.facts if each.key != key), fact))

    return replace(decision, stages=tuple(changed(stage) for stage in decision.stages))


def staged(decision: DecisionRecord, key: str, **changes: Any) -> DecisionRecord:
    return replace(
        decision, stages=tuple(replace(each, **changes) if each.key == key else each for each in decision.stages)
    )


def of(rule: str, decision: DecisionRecord, plan: Plan, today: date = AS_OF) -> list[Finding]:
    return [finding for finding in check(decision, plan, today) if finding.rule == rule]


def test_rules_have_unique_ids_and_both_languages() -> None:
    ids = [rule.id for rule in RULES]

    assert ids == sorted(set(ids))
    assert set(ids) == {f"D{number:02d}" for number in range(1, 33)}
    assert all(rule.title and rule.title_en and rule.why and rule.why_en for rule in RULES)


def test_yantai_has_no_error_because_nothing_is_proved_wrong(yantai: DecisionRecord, plan: Plan) -> None:
    assert [each for each in check(yantai, plan, AS_OF) if each.severity == "error"] == []


def test_invented_city_is_proved_wrong_where_it_is() -> None:
    lanhe = load(LANHE)
    found = check(record.load(LANHE, lanhe), lanhe, date(2026, 6, 1))

    errors = {each.key for each in found if each.severity == "error"}
    assert errors == {"D01:term", "D05:order", "D07:risk", "D13:consultation.disposed", "D23:rent"}


@pytest.mark.parametrize(
    ("days", "short", "exact"), [(28, True, False), (29, True, False), (30, False, True), (31, False, False)]
)
def test_consultation_counts_natural_days_without_the_first(
    yantai: DecisionRecord, plan: Plan, days: int, short: bool, exact: bool
) -> None:
    end = date(2021, 9, 30) + timedelta(days)
    decision = told(yantai, "consultation.end", day=end)

    assert [each.severity for each in of("D01", decision, plan)] == (["error"] if short else [])
    assert bool(of("D03", decision, plan)) is exact


def test_stated_reason_softens_a_short_consultation(yantai: DecisionRecord, plan: Plan) -> None:
    decision = told(
        told(yantai, "consultation.end", day=date(2021, 10, 15)), "consultation.short_reason", text="汛期紧急"
    )

    (found,) = of("D01", decision, plan)

    assert (found.severity, found.verdict) == ("warning", "cannot_be_shown")
    assert "汛期紧急" in found.message


def test_unknown_consultation_day_is_not_a_short_consultation(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D01", told(yantai, "consultation.start"), plan)

    assert (found.severity, found.verdict) == ("warning", "cannot_be_shown")


def test_exact_minimum_says_the_last_day_is_a_saturday(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D03", yantai, plan)

    assert "2021年10月30日是第30日，当日是星期六" in found.message
    assert found.verdict == "met"


@pytest.mark.parametrize(("answer", "verdict"), [(False, "not_met"), (None, "cannot_be_shown"), (True, None)])
def test_published_draft(yantai: DecisionRecord, plan: Plan, answer: bool | None, verdict: str | None) -> None:
    found = [
        each
        for each in of("D02", told(yantai, "consultation.draft_published", yes=answer), plan)
        if each.key == "D02:draft"
    ]

    assert [each.verdict for each in found] == ([verdict] if verdict else [])


@pytest.mark.parametrize(("answer", "severities"), [(True, ["error"]), (None, ["warning"]), (False, [])])
def test_catalogued_decision_needs_its_risk_assessment(
    yantai: DecisionRecord, plan: Plan, answer: bool | None, severities: list[str]
) -> None:
    assert [each.severity for each in of("D04", told(yantai, "initiation.catalogued", yes=answer), plan)] == severities


@pytest.mark.parametrize(
    ("met", "severities"), [(date(2022, 4, 23), ["error"]), (date(2022, 4, 24), []), (date(2022, 4, 25), [])]
)
def test_discussion_follows_legality_review(
    yantai: DecisionRecord, plan: Plan, met: date, severities: list[str]
) -> None:
    assert [each.severity for each in of("D05", told(yantai, "meeting.date", day=met), plan)] == severities


def test_unknown_submission_is_counted_backwards(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D06", yantai, plan)

    assert (found.severity, found.verdict) == ("warning", "cannot_be_shown")
    assert "2022年4月24日（星期日，调休上班）" in found.message
    assert "最迟应当在2022年4月14日送审" in found.message


@pytest.mark.parametrize(
    ("sent", "days"),
    [(date(2022, 4, 13), None), (date(2022, 4, 14), None), (date(2022, 4, 15), 6), (date(2022, 4, 24), 0)],
)
def test_legality_review_gets_seven_working_days(
    yantai: DecisionRecord, plan: Plan, sent: date, days: int | None
) -> None:
    found = of("D06", told(yantai, "legality.submitted", day=sent), plan)

    assert [each.severity for each in found] == ([] if days is None else ["error"])
    if days is not None:
        assert f"其间{days}个工作日" in found[0].message


@pytest.mark.parametrize(("answer", "errors"), [(False, 1), (True, 0), (None, 0)])
def test_uncontrollable_risk_stops_the_draft(
    yantai: DecisionRecord, plan: Plan, answer: bool | None, errors: int
) -> None:
    assert len(of("D07", told(yantai, "risk.controllable", yes=answer), plan)) == errors


def test_stage_left_out_without_a_reason(yantai: DecisionRecord, plan: Plan) -> None:
    left_out = staged(yantai, "risk_assessment", applies=False)
    reasoned = staged(left_out, "risk_assessment", reason="已评估过", decided_by="市政府")

    assert [each.key for each in of("D08", left_out, plan)] == ["D08:risk_assessment"]
    assert of("D08", reasoned, plan) == []
    assert of("D26", reasoned, plan) == []


@pytest.mark.parametrize(("answer", "severities"), [(True, ["error"]), (None, ["warning"]), (False, [])])
def test_expert_with_an_interest(
    yantai: DecisionRecord, plan: Plan, answer: bool | None, severities: list[str]
) -> None:
    assert [each.severity for each in of("D09", told(yantai, "experts.interested", yes=answer), plan)] == severities


@pytest.mark.parametrize(("done", "severity"), [(True, "warning"), (False, "error"), (None, "warning")])
def test_fair_competition_conclusion(yantai: DecisionRecord, plan: Plan, done: bool | None, severity: str) -> None:
    (found,) = of("D11", told(yantai, "fair_competition.done", yes=done), plan)

    assert found.severity == severity


def test_act_of_2022_is_judged_by_the_law_of_2022_and_today_is_a_remark(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D11", yantai, plan)

    assert "公平竞争审查制度实施细则" in {article.law for article in found.articles}
    assert "公平竞争审查条例" not in {article.law for article in found.articles}
    assert "《公平竞争审查条例》第十四条" in found.remark
    assert "不作为判断依据" in found.remark


def test_before_the_new_law_there_is_nothing_to_remark(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D11", yantai, plan, today=date(2024, 7, 31))

    assert found.remark == ""


@pytest.mark.parametrize(
    ("met", "severity", "bound"),
    [(date(2025, 4, 19), "info", False), (date(2025, 4, 20), "warning", True)],
)
def test_selection_is_judged_only_once_the_rule_is_in_force(
    yantai: DecisionRecord, plan: Plan, met: date, severity: str, bound: bool
) -> None:
    found = next(each for each in of("D24", told(yantai, "meeting.date", day=met), plan) if each.key == "D24:I13")

    assert (found.severity, bool(found.articles)) == (severity, bound)
    assert bool(found.remark) is not bound


def test_local_wording_finds_the_citys_own_short_name(yantai: DecisionRecord, plan: Plan) -> None:
    assert {each.key: each.quote for each in of("D12", yantai, plan)} == {"D12:I02": "我市", "D12:I12": "驻烟"}


def test_registration_of_an_indication_is_no_seat_condition(yantai: DecisionRecord, plan: Plan) -> None:
    assert [each.key for each in of("D23", yantai, plan)] == ["D23:I13"]


@pytest.mark.parametrize(
    ("received", "disposed", "severities"),
    [(0, None, []), (1, None, ["warning"]), (1, False, ["error"]), (1, True, []), (None, None, ["warning"])],
)
def test_every_opinion_gets_a_result(
    yantai: DecisionRecord, plan: Plan, received: int | None, disposed: bool | None, severities: list[str]
) -> None:
    decision = told(told(yantai, "consultation.opinions", count=received), "consultation.disposed", yes=disposed)

    assert [each.severity for each in of("D13", decision, plan)] == severities


def test_internal_record_not_seen_is_information(yantai: DecisionRecord, plan: Plan) -> None:
    assert {each.severity for rule in ("D15", "D16") for each in of(rule, yantai, plan)} == {"info"}

    told_so = {each.key: each.severity for each in of("D15", told(yantai, "meeting.head_last", yes=False), plan)}
    assert told_so == {"D15:meeting.head_last": "error", "D15:meeting.recorded": "info"}


def test_number_and_day_of_publication_close_the_question(yantai: DecisionRecord, plan: Plan) -> None:
    decision = told(
        told(yantai, "publication.number", text="烟政发〔2022〕1号"), "publication.date", day=date(2022, 5, 20)
    )

    assert len(of("D17", yantai, plan)) == 1
    assert of("D17", decision, plan) == []


@pytest.mark.parametrize(
    ("shown", "late"), [(date(2022, 5, 31), False), (date(2022, 6, 1), False), (date(2022, 6, 2), True)]
)
def test_disclosure_within_twenty_working_days(yantai: DecisionRecord, plan: Plan, shown: date, late: bool) -> None:
    found = of("D28", told(yantai, "publication.date", day=shown), plan)

    assert [each.verdict for each in found] == (["not_met"] if late else [])


def test_page_date_proves_no_late_disclosure(yantai: DecisionRecord, plan: Plan) -> None:
    (found,) = of("D28", yantai, plan)

    assert (found.verdict, "若为首次公开" in found.message) == ("cannot_be_shown", True)


@pytest.mark.parametrize(("today", "count"), [(date(2024, 12, 31), 0), (date(2025, 1, 1), 1), (date(2025, 6, 30), 1)])
def test_evaluation_after_the_period(yantai: DecisionRecord, plan: Plan, today: date, count: int) -> None:
    assert len(of("D19", yantai, plan, today=today)) == count


def test_evaluator_must_not_have_assessed_before(yantai: DecisionRecord, plan: Plan) -> None:
    decision = told(told(yantai, "evaluation.evaluator", text="甲院"), "evaluation.earlier_assessors", items=("甲院",))
    other = told(decision, "evaluation.evaluator", text="乙院")

    assert [each.severity for each in of("D20", decision, plan)] == ["error"]
    assert of("D20", other, plan) == []


def test_basis_later_than_the_draft(yantai: DecisionRecord, plan: Plan) -> None:
    found = {each.key: (each.severity, each.verdict) for each in of("D21", yantai, plan)}

    assert found == {
        "D21:guideline-2022": ("warning", "not_met"),
        "D21:pilot-notice": ("warning", "not_met"),
        "D21:background": ("warning", "not_met"),
        "D21:national-plan-14-5": ("info", "cannot_be_shown"),
    }


@pytest.mark.parametrize(("start", "found"), [(date(2021, 11, 30), True), (date(2021, 12, 1), False)])
def test_basis_of_the_same_day_is_not_later(yantai: DecisionRecord, plan: Plan, start: date, found: bool) -> None:
    keys = [each.key for each in of("D21", told(yantai, "consultation.start", day=start), plan)]

    assert ("D21:pilot-notice" in keys) is found


def test_zero_opinions_ask_for_the_channels(yantai: DecisionRecord, plan: Plan) -> None:
    (asked,) = of("D22", yantai, plan)
    (shown,) = of("D22", told(yantai, "consultation.channels", items=("网站", "来信")), plan)

    assert (asked.verdict, shown.verdict) == ("cannot_be_shown", "met")
    assert "网站、来信" in shown.message
    assert of("D22", told(yantai, "consultation.opinions", count=1), plan) == []


@pytest.mark.parametrize(("today", "count"), [(date(2022, 11, 5), 0), (date(2022, 11, 6), 14)])
def test_supporting_rules_are_due_after_six_months(yantai: DecisionRecord, plan: Plan, today: date, count: int) -> None:
    assert len(of("D25", yantai, plan, today=today)) == count


def test_empty_stage_and_unknown_days(yantai: DecisionRecord, plan: Plan) -> None:
    assert [each.key for each in of("D26", yantai, plan)] == ["D26:risk_assessment"]
    assert [each.key for each in of("D27", yantai, plan)] == [
        "D27:initiation.date",
        "D27:countersign.date",
        "D27:fair_competition.date",
    ]


@pytest.mark.parametrize(("named", "count"), [(19, 1), (20, 0)])
def test_countersigning_units_are_named(yantai: DecisionRecord, plan: Plan, named: int, count: int) -> None:
    decision = told(yantai, "countersign.named", items=tuple(f"单位{number}" for number in range(named)))

    assert len(of("D31", decision, plan)) == count


def test_task_without_unit_has_no_executor(yantai: DecisionRecord, plan: Plan) -> None:
    bare = replace(plan, tasks=(replace(plan.tasks[0], units=()), *plan.tasks[1:]))

    assert [each.key for each in of("D18", yantai, bare)] == ["D18:1.1"]
    assert of("D18", yantai, plan) == []


def test_plan_without_money_needs_no_fair_competition_conclusion(yantai: DecisionRecord, plan: Plan) -> None:
    assert of("D11", yantai, replace(plan, instruments=())) == []


def test_unknown_fact_has_no_value() -> None:
    assert not Fact("risk.date").known


def test_drafter_that_reviews_itself_is_asked_for_two_persons(yantai: DecisionRecord, plan: Plan) -> None:
    other = told(yantai, "initiation.undertaking_unit", text="市科技局")

    assert [each.key for each in of("D32", yantai, plan)] == ["D32:persons"]
    assert of("D32", other, plan) == []
