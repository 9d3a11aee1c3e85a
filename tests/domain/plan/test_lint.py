"""Checks of a plan's text: the whole of Yantai's as a golden file, an invented city's, and every rule at its border."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.decision import checks as decision_checks
from zhicheng.domain.decision import record
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.lint import CHECKS, RULES, check
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding

ROOT = Path(__file__).parents[3]
YANTAI = ROOT / "plans" / "yantai-2022-2024"
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"
GOLDEN = Path(__file__).parent / "golden" / "yantai-2022-2024.json"
AS_OF = date(2025, 6, 30)


@pytest.fixture(scope="module")
def yantai() -> Plan:
    return load(YANTAI)


@pytest.fixture(scope="module")
def lanhe() -> Plan:
    return load(LANHE)


def of(rule: str, plan: Plan) -> list[Finding]:
    return [finding for finding in check(plan) if finding.rule == rule]


def about(findings: Iterable[Finding]) -> list[str]:
    return [finding.key.split(":", 1)[1] for finding in findings]


def target(plan: Plan, key: str, **changes: object) -> Plan:
    return replace(plan, targets=tuple(replace(each, **changes) if each.key == key else each for each in plan.targets))


def instrument(plan: Plan, key: str, **changes: object) -> Plan:
    changed = tuple(replace(each, **changes) if each.key == key else each for each in plan.instruments)
    return replace(plan, instruments=changed)


def retold(plan: Plan, old: str, new: str) -> Plan:
    """The plan with words of its text exchanged, blanks filled up, so that no place moves."""
    assert len(new) <= len(old)
    assert old in plan.text
    return replace(plan, text=plan.text.replace(old, new.ljust(len(old))))


# the whole


def test_whole_lint_of_yantai_is_the_golden_file(yantai: Plan) -> None:
    """Rewrite after a deliberate change: UPDATE_GOLDEN=1 pytest tests/domain/plan/test_lint.py, then read the difference."""
    found = [*check(yantai), *decision_checks.check(record.load(YANTAI, yantai), yantai, AS_OF)]
    now = json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(now, encoding="utf-8")

    assert now == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", [YANTAI, LANHE], ids=["yantai", "lanhe"])
def test_every_finding_stands_at_its_place(folder: Path) -> None:
    plan = load(folder)
    found = [*check(plan), *decision_checks.check(record.load(folder, plan), plan, AS_OF)]

    assert found
    for each in found:
        assert each.quote == (plan.quote(each.span) if each.span else "")
        assert each.message.endswith(("。", "。”"))
        assert each.message_en
        if each.span and each.clause:
            assert each.span.within(plan.clause(each.clause).span)


@pytest.mark.parametrize("folder", [YANTAI, LANHE], ids=["yantai", "lanhe"])
def test_keys_are_unique_and_only_what_is_not_met_is_an_error(folder: Path) -> None:
    plan = load(folder)
    found = [*check(plan), *decision_checks.check(record.load(folder, plan), plan, AS_OF)]

    assert len({each.key for each in found}) == len(found)
    assert {each.verdict for each in found if each.severity == "error"} <= {"not_met"}


def test_keys_do_not_hang_on_where_a_clause_stands(yantai: Plan) -> None:
    """The same plan with a line put before it: all places move, no key does."""
    shift = len("前言。\n")

    def moved(span: Span) -> Span:
        return Span(span.start + shift, span.end + shift)

    later = replace(
        yantai,
        text="前言。\n" + yantai.text,
        documents=tuple(replace(each, span=moved(each.span)) for each in yantai.documents),
        clauses=tuple(replace(each, span=moved(each.span)) for each in yantai.clauses),
        targets=tuple(replace(each, span=moved(each.span)) for each in yantai.targets),
        instruments=tuple(replace(each, span=moved(each.span)) for each in yantai.instruments),
        commitments=tuple(replace(each, span=moved(each.span)) for each in yantai.commitments),
        funds=tuple(replace(each, span=moved(each.span)) for each in yantai.funds),
        institutions=tuple(replace(each, span=moved(each.span)) for each in yantai.institutions),
        tasks=tuple(
            replace(task, units=tuple(replace(unit, span=moved(unit.span)) for unit in task.units))
            for task in yantai.tasks
        ),
    )

    assert [each.key for each in check(later)] == [each.key for each in check(yantai)]


def test_rules_have_stable_ids_and_both_languages() -> None:
    ids = [rule.id for rule in RULES]

    assert ids == sorted(set(ids))
    assert len(RULES) == len(CHECKS) == 25
    assert all(rule.title and rule.title_en and rule.why and rule.why_en for rule in RULES)


# an invented city, no code changed for it


def test_invented_city_is_asked_its_own_questions(lanhe: Plan) -> None:
    found = check(lanhe)

    assert {each.rule for each in found} == {
        *("P01", "P02", "P03", "P04", "P05", "P06", "P07", "P10", "P11", "P14", "P15", "P23", "P24")
    }
    assert not [each for each in found if "烟台" in each.message or "知识产权" in each.message]


def test_invented_city_quota_cannot_reach_its_target(lanhe: Plan) -> None:
    (quota,) = of("P06", lanhe)

    assert (quota.severity, quota.verdict) == ("error", "not_met")
    assert "90×3=270" in quota.message
    assert "差30" in quota.message


# rule by rule


def test_twelve_amounts_of_yantai_are_unset(yantai: Plan) -> None:
    assert about(of("P01", yantai)) == [
        "I04",
        "I05",
        "I07",
        "I08",
        "I12",
        "I14",
        "I15",
        "I16",
        "I17",
        "I20",
        "I28",
        "I30",
    ]
    assert [each.severity for each in of("P01", yantai) if each.key in ("P01:I05", "P01:I30")] == ["info", "info"]


def test_amount_is_set_as_soon_as_a_ceiling_stands(yantai: Plan) -> None:
    assert "I12" not in about(of("P01", instrument(yantai, "I12", ceiling=Money.yuan(1))))


def test_targets_without_number_and_base(yantai: Plan) -> None:
    assert about(of("P02", yantai)) == ["T3", "T7", "T8", "T9"]
    assert about(of("P03", yantai)) == ["T3", "T4a", "T4b", "T5", "T6", "T7", "T8", "T9"]
    assert about(of("P03", target(yantai, "T4a", base="2021年末"))) == ["T3", "T4b", "T5", "T6", "T7", "T8", "T9"]


def test_zero_is_a_number(yantai: Plan) -> None:
    assert about(of("P02", target(yantai, "T3", value=Decimal(0)))) == ["T7", "T8", "T9"]


def test_owner_and_source_are_asked_once_a_clause(yantai: Plan) -> None:
    assert about(of("P04", yantai)) == ["goals", "talent-bases", "publicity", "operation-system", "ip-finance"]
    assert "talent-bases" not in about(of("P04", target(yantai, "T10", owner="市市场监管局")))
    assert "talent-bases" not in about(of("P05", target(yantai, "T10", source="签到表")))


@pytest.mark.parametrize(
    ("wanted", "severity", "rounds"),
    [
        (20, "info", 1),
        (21, "warning", 2),
        (40, "warning", 2),
        (41, "warning", 3),
        (60, "warning", 3),
        (61, "error", None),
    ],
)
def test_quota_times_years_against_the_target(yantai: Plan, wanted: int, severity: str, rounds: int | None) -> None:
    (found,) = of("P06", target(yantai, "T5", value=Decimal(wanted)))

    assert found.severity == severity
    assert "20×3=60" in found.message
    assert (f"至少要评{rounds}轮" in found.message) if rounds else ("完不成" in found.message)
    assert found.verdict == ("met" if rounds else "not_met")


def test_quota_of_yantai_shows_its_arithmetic(yantai: Plan) -> None:
    (found,) = of("P06", yantai)

    assert "T5要求40家" in found.message
    assert "20×2=40" in found.message
    assert found.suggestion.endswith("“2022年14家、2023年13家、2024年13家”")
    assert found.cites == ("方案 二(四)1", "方案 一")


def test_quota_of_another_unit_is_no_quota_of_the_target(yantai: Plan) -> None:
    assert of("P06", target(yantai, "T5", unit="件")) == []


def test_money_promised_without_finance(yantai: Plan) -> None:
    assert about(of("P07", yantai)) == ["3.1", "6.2"]
    assert of("P07", yantai)[0].suggestion == "责任单位改为：市市场监管局、市教育局、市工业和信息化局、市财政局"


def test_finance_joins_the_supporting_units_where_the_text_names_a_lead(lanhe: Plan) -> None:
    (found,) = of("P07", lanhe)

    assert found.suggestion == "配合单位改为：各街道办事处、市财政局"


def test_commendation_needs_no_finance(yantai: Plan) -> None:
    assert about(of("P07", instrument(yantai, "I12", kind="commendation"))) == ["6.2"]


def test_finance_named_without_money(yantai: Plan) -> None:
    assert about(of("P08", yantai)) == ["2.3"]


@pytest.mark.parametrize(("ceiling", "found"), [(199_999, 1), (200_000, 0), (200_001, 0)])
def test_higher_level_must_not_get_less(yantai: Plan, ceiling: int, found: int) -> None:
    assert len(of("P09", instrument(yantai, "I19", ceiling=Money.yuan(ceiling)))) == found


def test_levels_of_different_things_are_not_compared(yantai: Plan) -> None:
    assert about(of("P09", yantai)) == ["I19/I18"]


def test_sum_without_yuan(yantai: Plan) -> None:
    assert about(of("P10", yantai)) == ["I10:15万", "I23:100万", "I24:50万"]
    assert of("P10", yantai)[0].suggestion == "“15万”改为“15万元”"
    assert about(of("P10", retold(yantai, "最高15万资助", "高15万元资助"))) == ["I23:100万", "I24:50万"]


def test_explanation_with_another_bound(yantai: Plan) -> None:
    (found,) = of("P11", yantai)

    assert (found.quote, found.clause) == ("85分以上", "explanation-protection")
    assert of("P11", retold(yantai, "满意度达到85分以上", "满意度达到85分")) == []


def test_explanation_with_another_number(yantai: Plan) -> None:
    found = of("P11", retold(yantai, "万人高价值发明专利达到8.1件", "万人高价值发明专利达到8.2件"))

    assert about(found) == ["T1:explanation-protection", "T2:explanation-factor-allocation"]


def test_explanation_with_another_name(yantai: Plan) -> None:
    (found,) = of("P12", yantai)

    assert (found.quote, found.suggestion) == ("商标品牌指导站", "解读中“商标品牌指导站”改为“商标品牌辅导站”")
    assert of("P12", retold(yantai, "商标品牌指导站", "商标品牌辅导站")) == []


def test_other_names_of_units(yantai: Plan) -> None:
    assert [each.quote for each in of("P13", yantai)] == ["市市场监督管理局", "市发改委", "市农业局"]


def test_vague_verbs_only_in_the_plan_itself(yantai: Plan) -> None:
    assert [each.quote for each in of("P14", yantai)] == ["明显增强", "明显提升", "显著增强", "快速增长"]


def test_undefined_conditions_name_their_words(yantai: Plan) -> None:
    found = {each.key: each.message for each in of("P15", yantai)}

    assert "“经济效益突出”、“择优”" in found["P15:I12"]
    assert "P15:I18" not in found


def test_colours_are_asked_until_they_are_defined(yantai: Plan, lanhe: Plan) -> None:
    assert [each.quote for each in of("P16", yantai)] == ["蓝黄红"]
    assert of("P16", lanhe) == []
    defined = retold(yantai, "全面对标对表,为新时代知识产权强国建设", "蓝牌指按期,黄牌指将到期,红牌指逾期")
    assert of("P16", defined) == []


def test_lists_by_name_only(yantai: Plan) -> None:
    assert about(of("P17", yantai)) == ["clusters", "chains"]


def test_stacking_is_asked_only_where_it_is_not_said(yantai: Plan, lanhe: Plan) -> None:
    (found,) = of("P18", yantai)

    assert found.span is None
    assert of("P18", lanhe) == []


def test_milestones_of_the_years_between(yantai: Plan) -> None:
    assert about(of("P19", yantai)) == ["plan"]
    assert of("P19", replace(yantai, period=(2024, 2024))) == []
    assert of("P19", retold(yantai, "细化分解任务,强化考核评比", "2023年底前完成一半")) == []


def test_yearly_duties_without_a_month(yantai: Plan, lanhe: Plan) -> None:
    assert [each.quote[:2] for each in of("P20", yantai)] == ["每年", "每年"]
    assert of("P20", lanhe) == []


def test_title_with_other_dashes(yantai: Plan) -> None:
    (found,) = of("P21", yantai)

    assert "--" in found.quote
    assert "——" in found.suggestion


def test_targets_without_deadline(yantai: Plan) -> None:
    assert about(of("P22", yantai)) == ["T12", "T13"]
    assert about(of("P22", target(yantai, "T12", deadline_year=2024))) == ["T13"]


def test_open_ended_spending_counts_quotas(yantai: Plan) -> None:
    (found,) = of("P23", yantai)

    assert "18项有上限的支持中，只有1项写了名额（I18每年最多20×20万元=400万元）" in found.message


def test_increase_and_its_bound(yantai: Plan) -> None:
    assert about(of("P24", yantai)) == ["T5", "T6"]
    assert about(of("P25", yantai)) == ["T5"]
    assert of("P25", target(yantai, "T5", comparator="increase by >=")) == []
