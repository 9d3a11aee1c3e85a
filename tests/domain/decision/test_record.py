"""The record of Yantai's decision, and records with one fault each."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.decision import record
from zhicheng.domain.decision.model import STAGES, DecisionRecord, evaluation_overdue
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan

YANTAI = Path(__file__).parents[3] / "plans" / "yantai-2022-2024"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(YANTAI)


@pytest.fixture(scope="module")
def yantai(plan: Plan) -> DecisionRecord:
    return record.load(YANTAI, plan)


def test_yantai_has_five_stages_held_two_empty_and_no_evaluation(yantai: DecisionRecord) -> None:
    states = {stage.title: stage.state for stage in yantai.stages}

    assert states == {
        "决策启动": "done_undated",
        "公众参与": "done",
        "专家论证": "done",
        "风险评估": "empty",
        "合法性审查": "done",
        "集体讨论": "done",
        "决策公布": "empty",
        "执行评估": "empty",
    }


def test_zero_opinions_is_a_result_and_not_an_empty_field(yantai: DecisionRecord) -> None:
    opinions = yantai.fact("consultation.opinions")

    assert (opinions.count, opinions.known, opinions.shown) == (0, True, "0")


def test_date_not_on_the_page_stays_unknown(yantai: DecisionRecord) -> None:
    submitted = yantai.fact("legality.submitted")

    assert (submitted.date, submitted.known, submitted.shown) == (None, False, "记录未载明")


def test_month_is_not_made_into_a_day(yantai: DecisionRecord) -> None:
    planned = yantai.fact("initiation.planned_completion")

    assert (planned.date, planned.shown) == (None, "2022年9月")


def test_every_quoted_fact_stands_in_the_source(yantai: DecisionRecord, plan: Plan) -> None:
    quoted = [fact for fact in yantai.facts if fact.span]

    assert len(quoted) >= 20
    for fact in quoted:
        assert fact.clause is not None
        assert fact.span is not None
        assert fact.span.within(plan.clause(fact.clause).span)


def test_stage_without_content_points_at_its_empty_column(yantai: DecisionRecord, plan: Plan) -> None:
    heading = yantai.stage("risk_assessment").heading

    assert heading is not None
    assert plan.quote(heading) == "风险评估"
    assert yantai.stage("legality_review").heading is None


@pytest.mark.parametrize(("today", "days"), [(date(2024, 12, 31), 0), (date(2025, 1, 1), 1), (date(2025, 6, 30), 181)])
def test_evaluation_is_overdue_from_the_day_after_the_period(yantai: DecisionRecord, today: date, days: int) -> None:
    assert evaluation_overdue(yantai, 2024, today) == days


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value: 2021-09-30", "value: 九月三十", "不是日期"),
        ("consultation.opinions, value: 0", "consultation.opinions, value: 无", "不是整数"),
        ("experts.changes_requested, value: 否", "experts.changes_requested, value: 无", "不是是 或 否"),
        ("fact: experts.date", "fact: meeting.date", "本阶段没有“meeting.date”"),
        ("quote: 2022年5月5日下午}", "quote: 2022年5月6日下午}", "条款里没有"),
        ("value: 2022-09-10, source: 网页地址中的日期, ", "value: 2022-09-10, ", "有值而没有出处"),
        ("stage: risk_assessment", "stage: risk", "不认识阶段"),
        ("stage: risk_assessment\n", "stage: risk_assessment\n  applies: false\n", "没有写理由和决定人"),
        ("state: 缺}", "state: 无}", "不认识“无”"),
    ],
)
def test_fault_in_the_record_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "city"
    shutil.copytree(YANTAI, folder)
    text = (folder / "decision.yaml").read_text()
    assert old in text
    (folder / "decision.yaml").write_text(text.replace(old, new))

    with pytest.raises(UnreadableInput, match=said) as raised:
        record.load(folder, load(folder))

    assert "decision.yaml" in raised.value.where


def test_stages_the_file_leaves_out_are_there_and_empty(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "decision.yaml").write_text("{title: 方案, organ: 市政府, laws: [cn], stages: []}")

    found = record.load(tmp_path, plan)

    assert [stage.key for stage in found.stages] == [rule.key for rule in STAGES]
    assert {stage.state for stage in found.stages} == {"empty"}
