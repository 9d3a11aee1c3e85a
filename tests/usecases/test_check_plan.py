"""Checking a version: rows follow the newest check, answers stay, each day brings one check."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
import time_machine

from zhicheng.base.errors import Missing, Refused, UnreadableInput
from zhicheng.domain.decision import record as records
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.checks import Finding as Found
from zhicheng.faces.jobs.handlers import HANDLERS, JOBS_OF
from zhicheng.faces.jobs.worker import work
from zhicheng.store import findings as rows
from zhicheng.store.models import Finding, FindingAnswer, Job, LedgerEntry, PlanVersion, QuestionAnswer
from zhicheng.store.queries import findings
from zhicheng.usecases import check_plan as errand
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.answer_finding import answer_finding, answer_question
from zhicheng.usecases.check_plan import check_plan
from zhicheng.usecases.policy import MACHINE, Person
from zhicheng.usecases.record_decision import record_decision
from zhicheng.usecases.tick import tick

pytestmark = pytest.mark.django_db
OFFICE = Person(account=7, roles=frozenset({"office"}))
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
YANTAI = Path(__file__).parents[2] / "plans" / "yantai-2022-2024"


def _found(key: str, message: str = "意见", clause: str = "strict") -> Found:
    return Found(key, key[:3], "warning", "not_met", clause, None, "", message, "")


@pytest.fixture
def version(small_plan: Plan) -> PlanVersion:
    return adopt_plan(MACHINE, small_plan)


def _keep(version: PlanVersion, *found: Found) -> dict[str, int]:
    return rows.renew(version, found, NOW)


def test_check_again_keeps_rows_changes_words_and_drops_what_is_gone(version: PlanVersion) -> None:
    assert _keep(version, _found("P01:a"), _found("P02:b")) == {"new": 2, "renewed": 0, "gone": 0}
    first = Finding.objects.get(key="P01:a").pk

    assert _keep(version, _found("P01:a", "新意见"), _found("P03:c")) == {"new": 1, "renewed": 1, "gone": 1}
    assert list(Finding.objects.order_by("key").values_list("key", "message")) == [
        ("P01:a", "新意见"),
        ("P03:c", "意见"),
    ]
    assert Finding.objects.get(key="P01:a").pk == first


def test_answer_survives_checking_again_and_a_new_version(version: PlanVersion, small_plan: Plan) -> None:
    _keep(version, _found("P01:a"))
    answer = answer_finding(OFFICE, Finding.objects.get().pk, "deferred", "待省里口径")
    _keep(version)
    _keep(version, _found("P01:a"))
    redraft = adopt_plan(MACHINE, dataclasses.replace(small_plan, subtitle="修订"))
    _keep(redraft, _found("P01:a"))

    for finding in Finding.objects.all():
        assert list(findings.answers(finding)) == [answer]


def test_newest_answer_counts_and_the_older_stays_on_record(version: PlanVersion) -> None:
    _keep(version, _found("P01:a"))
    number = Finding.objects.get().pk
    answer_finding(OFFICE, number, "deferred", "再议")
    answer_finding(OFFICE, number, "accepted", "下次修订时改")

    assert [a.kind for a in findings.answers(Finding.objects.get())] == ["accepted", "deferred"]
    entries = LedgerEntry.objects.filter(act="finding.answer").order_by("number")
    assert [e.detail["answer"] for e in entries] == ["deferred", "accepted"]
    assert entries[1].before == entries[0].after != ""
    assert "下次修订时改" not in str(list(entries.values()))


def test_answer_needs_a_known_kind_and_a_reason(version: PlanVersion) -> None:
    _keep(version, _found("P01:a"))
    number = Finding.objects.get().pk

    with pytest.raises(UnreadableInput, match="理由"):
        answer_finding(OFFICE, number, "accepted", " ")
    with pytest.raises(UnreadableInput, match="maybe"):
        answer_finding(OFFICE, number, "maybe", "理由")
    with pytest.raises(Missing):
        answer_finding(OFFICE, number + 1, "accepted", "理由")
    assert not FindingAnswer.objects.exists()


@pytest.mark.parametrize(
    ("unit", "clause", "may"), [("finance", "strict", True), ("finance", "paper", False), ("", "paper", False)]
)
def test_unit_officer_answers_only_for_the_units_own_clauses(
    version: PlanVersion, unit: str, clause: str, may: bool
) -> None:
    _keep(version, _found("P01:a", clause=clause))
    officer = Person(account=8, unit=unit, roles=frozenset({"unit_officer"}))

    if may:
        assert answer_finding(officer, Finding.objects.get().pk, "accepted", "改").by == 8
    else:
        with pytest.raises(Refused, match="本单位"):
            answer_finding(officer, Finding.objects.get().pk, "accepted", "改")


def test_open_question_is_answered_with_its_ground(version: PlanVersion) -> None:
    answer = answer_question(OFFICE, version, "Q1", "按年", "某局答复函")

    assert list(findings.question_answers(version.questions.get())) == [answer]
    assert LedgerEntry.objects.get(act="question.answer").cites == "方案 一1"
    with pytest.raises(Missing):
        answer_question(OFFICE, version, "Q9", "按年", "函")
    with pytest.raises(UnreadableInput):
        answer_question(OFFICE, version, "Q1", "按年", "")
    with pytest.raises(Refused):
        answer_question(Person(account=8, roles=frozenset({"reviewer"})), version, "Q1", "按年", "函")
    assert QuestionAnswer.objects.count() == 1


def test_bundled_plan_is_checked_whole_text_and_record() -> None:
    plan = load(YANTAI)
    version = adopt_plan(MACHINE, plan)
    record_decision(MACHINE, records.load(YANTAI, plan), version)

    with time_machine.travel(NOW, tick=False):
        counts, found = check_plan(MACHINE, version), errand.find(version)

    stored = {row.key: row for row in version.findings.all()}
    assert counts["new"] == len(found) == len(stored)
    assert {key[0] for key in stored} == {"P", "D"}
    for each in found:
        row = stored[each.key]
        assert (row.message, row.severity, row.verdict, row.span) == (
            each.message,
            each.severity,
            each.verdict,
            each.span,
        )
        assert each.span is None or plan.quote(each.span) == row.quote


def test_adopting_has_the_plan_checked_by_the_worker(version: PlanVersion) -> None:
    work(HANDLERS, JOBS_OF, stop=Event(), until_idle=True)

    assert Finding.objects.filter(version=version).exists()
    assert set(Job.objects.values_list("kind", "state")) == {("check_plan", "done")}
    assert LedgerEntry.objects.filter(act="plan.check").exists()


def test_tick_orders_one_check_a_day(version: PlanVersion) -> None:
    for moment, ordered in [(NOW, 1), (NOW, 0), (NOW + timedelta(hours=15), 1), (NOW + timedelta(hours=15), 0)]:
        with time_machine.travel(moment, tick=False):
            assert tick(MACHINE)["checks_ordered"] == ordered

    days = [key.split(":")[1] for key in Job.objects.order_by("pk").values_list("key", flat=True)]
    assert days == [date(2026, 11, 24).isoformat(), date(2026, 11, 25).isoformat()]


def test_only_those_who_may_have_the_plan_checked(version: PlanVersion) -> None:
    with pytest.raises(Refused):
        check_plan(Person(account=8, roles=frozenset({"expert"})), version)
