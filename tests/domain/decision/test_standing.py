"""How a stage stands on a day: never complete because its name is there, never overdue before its day."""

from datetime import date

import pytest

from zhicheng.base.partial_date import PartialDate
from zhicheng.domain.decision.model import STAGES, DecisionRecord, Fact, Paper, Stage
from zhicheng.domain.decision.standing import as_known_on, missing_papers, standing

ON = date(2024, 7, 1)


def _stage(key: str, *facts: Fact, papers: tuple[Paper, ...] = (), done: bool = True, applies: bool = True) -> Stage:
    return Stage(key, key, key, applies, "", "", done, None, facts, papers)


def _state(stage: Stage, on: date = ON) -> str:
    empty = (_stage(rule.key, done=False) for rule in STAGES)
    record = DecisionRecord("", "", ("cn",), tuple(stage if each.key == stage.key else each for each in empty))
    return standing(record, stage, 2024, on).state


def _day(key: str, *parts: int) -> Fact:
    return Fact(key, when=PartialDate(*parts))


MET = _day("meeting.date", 2022, 5, 5)


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (_stage("discussion", MET), "done"),
        (_stage("discussion", MET, Fact("meeting.recorded")), "unverified"),
        (_stage("discussion", MET, papers=(Paper("纪要", "missing"),)), "lacking"),
        (_stage("discussion", MET, papers=(Paper("纪要", "internal"),)), "done"),
        (_stage("discussion", _day("meeting.date", 2022, 5)), "undated"),
        (_stage("discussion"), "undated"),
        (_stage("discussion", done=False), "empty"),
        (_stage("discussion", applies=False), "not_applicable"),
        (_stage("evaluation", done=False), "not_due"),
    ],
)
def test_stage_stands_as_its_record_shows(stage: Stage, state: str) -> None:
    assert _state(stage) == state


def test_stage_is_ahead_before_its_day_and_held_on_it() -> None:
    stage = _stage("discussion", MET)

    assert _state(stage, date(2022, 5, 4)) == "upcoming"
    assert _state(stage, date(2022, 5, 5)) == "done"


def test_stage_without_record_is_wanting_only_once_the_decision_was_taken() -> None:
    risk = _stage("risk_assessment", done=False)
    stages = tuple(
        _stage("discussion", MET) if rule.key == "discussion" else _stage(rule.key, done=False) for rule in STAGES
    )
    record = DecisionRecord("", "", ("cn",), stages)

    assert standing(record, risk, 2024, date(2022, 5, 4)).state == "upcoming"
    assert standing(record, risk, 2024, date(2022, 5, 5)).state == "empty"


def test_stage_with_an_end_runs_until_that_day() -> None:
    stage = _stage("participation", _day("consultation.start", 2021, 9, 30), _day("consultation.end", 2021, 10, 30))

    assert _state(stage, date(2021, 10, 29)) == "running"
    assert _state(stage, date(2021, 10, 30)) == "done"


def test_evaluation_is_overdue_from_the_day_after_the_plan() -> None:
    stage = _stage("evaluation", done=False)
    record = DecisionRecord("", "", ("cn",), tuple(_stage(rule.key, done=False) for rule in STAGES))

    assert standing(record, stage, 2024, date(2024, 12, 31)).state == "not_due"
    assert standing(record, stage, 2024, date(2025, 1, 1)).days == 1
    assert standing(record, stage, 2024, date(2025, 6, 30)).days == 181


def test_only_missing_papers_are_missing() -> None:
    papers = (Paper("甲", "missing"), Paper("乙", "present"), Paper("丙", "internal"), Paper("丁", "unknown"))

    assert missing_papers(_stage("discussion", papers=papers)) == ("甲",)


def test_fact_ahead_of_the_day_is_not_known_yet() -> None:
    assert not as_known_on(MET, date(2022, 5, 4)).known
    assert as_known_on(MET, date(2022, 5, 5)) == MET
    undated = Fact("countersign.units", count=20)
    assert as_known_on(undated, date(2000, 1, 1)) == undated
