"""Findings and open questions on pages: what needs a person first, who may answer, every answer kept, constant queries."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhicheng.domain.plan.model import Plan
from zhicheng.domain.plan.reading.fields import FIELDS
from zhicheng.faces.web import desk_words, rules
from zhicheng.faces.web.pages import ledger as ledger_page
from zhicheng.store.models import Account, Finding, FindingAnswer, LedgerEntry, QuestionAnswer
from zhicheng.usecases.training_city import training_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_hashes(settings: LazySettings) -> None:
    """Twelve demonstration accounts a test: the real hash is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def city(_quick_hashes: None, small_plan: Plan) -> Plan:
    training_city(small_plan)
    return small_plan


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def test_unanswered_findings_come_before_answered_ones(city: Plan) -> None:
    office, finding = _as("office"), Finding.objects.first()
    office.post(f"/findings/{finding.pk}/", {"kind": "deferred", "reason": "等财政局意见"})

    page = office.get("/findings/").content.decode()

    assert page.index('id="g-answered"') > page.rindex('name="finding"')
    assert "等财政局意见" in page
    assert f'id="pick-{finding.pk}"' not in page


@pytest.mark.parametrize(("name", "field"), [("rule", "rule"), ("clause", "clause_key")])
def test_list_is_narrowed_by_rule_and_clause(city: Plan, name: str, field: str) -> None:
    value = getattr(Finding.objects.exclude(clause_key="").first(), field)

    page = _as("office").get("/findings/", {name: value}).content.decode()

    shown = {f.pk for f in Finding.objects.all() if f'id="pick-{f.pk}"' in page}
    assert shown == set(Finding.objects.filter(**{field: value}).values_list("pk", flat=True))


def test_answer_without_reason_is_said_beside_the_form_and_nothing_is_kept(city: Plan) -> None:
    finding = Finding.objects.first()

    answer = _as("office").post(f"/findings/{finding.pk}/", {"kind": "accepted", "reason": " "})

    assert answer.status_code == 400
    assert "答复要写理由" in answer.content.decode()
    assert not FindingAnswer.objects.exists()


def test_every_answer_stays_in_the_history(city: Plan) -> None:
    office, finding = _as("office"), Finding.objects.first()
    for kind, reason in (("deferred", "先放一放"), ("accepted", "第二稿改")):
        office.post(f"/findings/{finding.pk}/", {"kind": kind, "reason": reason})

    page = office.get(f"/findings/{finding.pk}/").content.decode()

    assert page.index("第二稿改") < page.index("先放一放")
    assert LedgerEntry.objects.filter(act="finding.answer").count() == 2
    assert "下一条待答复" in page
    assert f'class="button" href="/findings/{finding.pk}/"' not in page


def test_finding_shows_its_words_between_the_words_around_them(city: Plan) -> None:
    finding = Finding.objects.filter(start__isnull=False).first()

    page = _as("expert").get(f"/findings/{finding.pk}/").content.decode()

    assert "<mark>" in page
    assert "您可以看，不能答复" in page
    assert "<textarea" not in page


def test_many_are_previewed_before_anything_is_written(city: Plan) -> None:
    office, both = _as("office"), [f.pk for f in Finding.objects.all()[:2]]

    preview = office.post("/findings/answer/", {"finding": both, "kind": "accepted", "reason": "统一在第二稿改"})
    assert "此时尚未改动任何数据" in preview.content.decode()
    assert not FindingAnswer.objects.exists()

    office.post(
        "/findings/answer/", {"finding": both, "kind": "accepted", "reason": "统一在第二稿改", "confirmed": "1"}
    )
    assert FindingAnswer.objects.count() == 2


def test_district_answers_what_concerns_the_own_unit_and_the_rest_stays(city: Plan) -> None:
    own, other = Finding.objects.filter(clause_key="strict")[0], Finding.objects.filter(clause_key="paper")[0]
    district = _as("district")  # of the unit that is named in `strict` only
    said = {"finding": [own.pk, other.pk], "kind": "accepted", "reason": "改"}

    assert "只能就涉及本单位的事项" in district.post("/findings/answer/", said).content.decode()
    district.post("/findings/answer/", {**said, "confirmed": "1"})

    assert [answer.finding_key for answer in FindingAnswer.objects.all()] == [own.key]
    assert district.post(f"/findings/{other.pk}/", {"kind": "accepted", "reason": "改"}).status_code == 403


def test_checking_again_keeps_answers(city: Plan) -> None:
    office, finding = _as("office"), Finding.objects.first()
    office.post(f"/findings/{finding.pk}/", {"kind": "not_a_fault", "reason": "会议已定"})

    page = office.post("/findings/check/", follow=True).content.decode()

    assert "已重新检查" in page
    assert "会议已定" in page
    assert _as("auditor").post("/findings/check/").status_code == 403


def test_question_is_answered_with_its_source(city: Plan) -> None:
    office = _as("office")

    refused = office.post("/questions/Q1/", {"text": "按年", "source": ""})
    office.post("/questions/Q1/", {"text": "按年", "source": "2024年第3次会议"})

    assert "答复和依据都要写" in refused.content.decode()
    assert QuestionAnswer.objects.get().source == "2024年第3次会议"
    page = office.get("/questions/").content.decode()
    assert "2024年第3次会议" in page
    assert _as("finance").post("/questions/Q1/", {"text": "按次", "source": "x"}).status_code == 403


def test_number_of_queries_does_not_grow_with_the_findings(small_plan: Plan) -> None:
    training_city(small_plan)
    office = _as("office")
    office.get("/findings/")
    few = Finding.objects.count()
    with CaptureQueriesContext(connection) as before:
        office.get("/findings/")
    row = Finding.objects.exclude(clause_key="").first()
    for n in range(40):
        Finding.objects.create(
            **{f.name: getattr(row, f.name) for f in Finding._meta.fields if f.name != "id"} | {"key": f"{row.key}:{n}"}
        )
    with CaptureQueriesContext(connection) as after:
        office.get("/findings/")

    assert Finding.objects.count() == few + 40
    assert len(after) == len(before)


def test_page_of_rules_names_every_check_to_the_public(city: Plan) -> None:
    page = Client().get("/rules/").content.decode()

    assert all(f'id="{rule.id}"' in page for rule in rules.all_rules())
    assert "待核实" in page


def test_article_of_a_finding_carries_its_days_and_its_mark() -> None:
    known = next(d.article for law in rules.laws() for d in law.duties if d.article.in_force)

    shown = rules.articles([{"law": known.law, "number": known.number, "confirmed": known.confirmed}])[0]

    assert (shown.in_force, shown.confirmed) == (known.in_force, known.confirmed)


def test_every_value_a_reading_may_hold_has_a_word() -> None:
    for fields in FIELDS.values():
        for field in fields:
            assert field.name in desk_words.FIELD_WORDS
            assert set(field.choices.values()) <= set(desk_words.CHOICES)


def test_every_subject_of_the_ledger_has_a_word(city: Plan) -> None:
    kinds = {subject.partition(":")[0] for subject in LedgerEntry.objects.values_list("subject", flat=True)}

    assert kinds <= set(ledger_page.SUBJECTS)


def test_narrowed_list_leaves_as_a_file_with_its_answers(city: Plan) -> None:
    office, finding = _as("office"), Finding.objects.first()
    office.post(f"/findings/{finding.pk}/", {"kind": "deferred", "reason": "=1+1"})

    table = office.get("/findings/export/csv/", {"rule": finding.rule}).content.decode("utf-8-sig")

    assert len(table.splitlines()) == 1 + Finding.objects.filter(rule=finding.rule).count()
    assert "'=1+1" in table
    assert office.get("/questions/export/xlsx/").content[:2] == b"PK"
    assert _as("enterprise").get("/findings/export/csv/").status_code == 403


def test_number_of_five_thousand_digits_is_no_finding(city: Plan) -> None:
    answer = _as("office").post("/findings/answer/", {"finding": "9" * 5000, "kind": "accepted", "reason": "甲"})

    assert answer.status_code == 400


def test_answer_on_a_page_that_another_answer_overtook_is_a_conflict(city: Plan) -> None:
    office, finding = _as("office"), Finding.objects.first()
    page = office.get(f"/findings/{finding.pk}/").content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    said = {"kind": "accepted", "reason": "改", "seen": seen}

    assert office.post(f"/findings/{finding.pk}/", said).status_code == 302
    again = office.post(f"/findings/{finding.pk}/", said)

    assert again.status_code == 409
    assert "已有人答复" in again.content.decode()
    assert FindingAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "words"), [("\u200b\u00ad", "答复要写理由"), ("长" * 2001, "超过2000字"), ("\x01\x02", "答复要写理由")]
)
def test_reason_that_nobody_can_read_is_refused(city: Plan, reason: str, words: str) -> None:
    answer = _as("office").post(f"/findings/{Finding.objects.first().pk}/", {"kind": "accepted", "reason": reason})

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not FindingAnswer.objects.exists()
