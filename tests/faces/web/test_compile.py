"""The compile page on the server's side: what comes in, what is refused and how, whose drafts one sees, constant queries."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from zhicheng.domain.plan.model import Plan
from zhicheng.store.models import Account, Draft, PlanVersion
from zhicheng.usecases.training_city import training_city

pytestmark = pytest.mark.django_db
TEXT = """甲市知识产权行动方案
一、工作目标
到2030年,地理标志登记达到5件。
二、主要任务
(一)实施保护工程。
1.严格保护。对通过认定的企业,每家给予最高10万元奖励。(责任单位:甲局、财政局)
版权所有 甲市政府
"""


@pytest.fixture(autouse=True)
def _city(small_plan: Plan, tmp_path: Path, settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path
    training_city(small_plan)


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def _upload(client: Client, content: bytes = TEXT.encode(), name: str = "方案.txt") -> Draft:
    client.post("/compile/", {"file": SimpleUploadedFile(name, content)})
    return Draft.objects.latest("pk")


def _word(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("方案.txt", TEXT.encode("gb18030")),
        ("方案.docx", _word(TEXT)),
        (
            "方案.html",
            ("<html><body>" + "".join(f"<p>{line}</p>" for line in TEXT.splitlines()) + "</body></html>").encode(),
        ),
    ],
)
def test_each_kind_of_file_becomes_the_same_structure(name: str, content: bytes) -> None:
    draft = _upload(_as("office"), content, name)

    page = _as("office").get(f"/compile/{draft.pk}/").content.decode()

    assert "100,000.00" in page
    assert "严格保护" in page
    assert "1 项激励" in page


def test_source_can_be_had_again_as_it_came() -> None:
    office = _as("office")
    draft = _upload(office)

    answer = office.get(f"/attachments/{draft.source_sha256}/")

    assert b"".join(answer.streaming_content) == TEXT.encode()


def test_unreadable_file_says_why_on_the_page_and_loses_no_draft() -> None:
    office = _as("office")
    draft = _upload(office)

    answer = office.post("/compile/", {"file": SimpleUploadedFile("空.txt", b" ")})

    assert answer.status_code == 400
    assert "空的" in answer.content.decode()
    assert f"/compile/{draft.pk}/" in answer.content.decode()
    assert Draft.objects.count() == 1


def test_form_without_file_says_so() -> None:
    assert "没有选文件" in _as("office").post("/compile/").content.decode()


def test_file_above_the_ceiling_is_refused_while_it_comes_in(settings: LazySettings) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1_000

    answer = _as("office").post("/compile/", {"file": SimpleUploadedFile("大.txt", b"x" * 200_000)})

    assert answer.status_code == 413
    assert "上限" in answer.content.decode()
    assert not Draft.objects.exists()


def test_draft_of_another_unit_is_not_there() -> None:
    draft = _upload(_as("office"))
    Account.objects.filter(username="demo-reviewer").update(unit_key="finance")

    assert _as("reviewer").get(f"/compile/{draft.pk}/").status_code == 404
    assert _as("reviewer").post(f"/compile/{draft.pk}/discard/").status_code == 404


def test_change_on_an_old_page_is_a_conflict_and_overwrites_nothing() -> None:
    office = _as("office")
    draft = _upload(office)
    key = draft.compiled["clauses"][1]["key"]
    said = {"act": "accept", "about": key, "revision": "0"}
    office.post(f"/compile/{draft.pk}/correct/", said)

    answer = office.post(f"/compile/{draft.pk}/correct/", said)

    assert answer.status_code == 409
    assert "已被改动" in answer.content.decode()


def test_wrong_value_is_said_beside_the_form_with_what_was_typed() -> None:
    office = _as("office")
    draft = _upload(office)
    money = next(p["id"] for p in draft.compiled["pieces"] if p["kind"] == "incentive")

    answer = office.post(
        f"/compile/{draft.pk}/pieces/{money}/",
        {"class": "incentive", "ceiling": "十万", "reason": "按附件", "revision": "0"},
    )

    assert answer.status_code == 400
    assert "没有写明单位" in answer.content.decode()
    assert 'value="十万"' in answer.content.decode()


def test_class_words_and_value_are_changed_in_one_go() -> None:
    office = _as("office")
    draft = _upload(office)
    money = next(p["id"] for p in draft.compiled["pieces"] if p["kind"] == "incentive")
    address = f"/compile/{draft.pk}/pieces/{money}/"

    office.post(
        address,
        {
            "class": "incentive",
            "quote": "每家给予最高10万元奖励",
            "per": "家",
            "annual_cap": "20万元",
            "reason": "附件",
            "revision": "0",
        },
    )
    draft.refresh_from_db()

    assert [row["act"] for row in draft.corrections] == ["bounds", "set"]
    assert "20万元" in office.get(f"/compile/{draft.pk}/").content.decode()


def test_draft_version_is_made_and_put_in_force_with_its_citation() -> None:
    office = _as("office")
    draft = _upload(office)
    starts = [u["start"] for u in draft.compiled["unread"]]
    office.post(
        f"/compile/{draft.pk}/correct/",
        {"act": "excuse", "about": starts, "ready_reason": "页脚，不属方案", "revision": "0"},
    )

    made = office.post(
        f"/compile/{draft.pk}/publish/",
        {"revision": "1", "title": "甲市方案", "first_year": "2028", "last_year": "2030"},
    )
    assert made.headers["Location"] == "/plan/versions/1/2/"
    assert "草案版" in office.get("/plan/versions/").content.decode()
    assert _as("reviewer").post(f"/compile/{draft.pk}/adopt/", {"cites": "会议"}).status_code == 403
    office.post(f"/compile/{draft.pk}/adopt/", {"cites": "第9次常务会议"})

    assert [(v.number, v.draft) for v in PlanVersion.objects.order_by("number")] == [(1, False), (2, True), (3, False)]
    assert office.get("/plan/").content.decode().count("甲市方案") > 0


def test_number_of_queries_does_not_grow_with_corrections_and_drafts() -> None:
    office = _as("office")
    draft = _upload(office)
    keys = [clause["key"] for clause in draft.compiled["clauses"]]
    office.post(f"/compile/{draft.pk}/correct/", {"act": "accept", "about": keys[0], "revision": "0"})
    office.get(f"/compile/{draft.pk}/")
    with CaptureQueriesContext(connection) as few:
        office.get(f"/compile/{draft.pk}/")
        office.get("/compile/")
    for revision, key in enumerate(keys[1:5], 1):
        office.post(f"/compile/{draft.pk}/correct/", {"act": "accept", "about": key, "revision": str(revision)})
    for n in range(3):
        _upload(office, (TEXT + f"第{n}稿").encode())
    with CaptureQueriesContext(connection) as many:
        office.get(f"/compile/{draft.pk}/")
        office.get("/compile/")

    assert len(many) == len(few)


def test_another_plan_becomes_a_draft_version_under_its_own_key() -> None:
    office = _as("office")
    other = "乙市质量强市方案\n一、总体目标\n到2031年,质量奖达到3个。\n二、重点任务\n(一)办好评奖。对获奖企业给予最高5万元奖励。(责任单位:丙局)\n"
    draft = _upload(office, other.encode())
    assert draft.against is None
    revision = 0
    if unread := [u["start"] for u in draft.compiled["unread"]]:
        said = {"act": "excuse", "about": unread, "ready_reason": "页头，标题与承办信息", "revision": "0"}
        office.post(f"/compile/{draft.pk}/correct/", said)
        revision = 1
    assert "方案代号" in office.get(f"/compile/{draft.pk}/publish/").content.decode()

    head = {
        "key": "quality-2029",
        "city": "乙市",
        "title": "乙市质量强市方案",
        "first_year": "2029",
        "last_year": "2031",
    }
    office.post(f"/compile/{draft.pk}/publish/", {**head, "revision": str(revision)})

    made = PlanVersion.objects.get(draft=True)
    assert (made.plan_key, made.first_year, made.instruments.get().ceiling_fen) == ("quality-2029", 2029, 5_000_000)


@pytest.mark.parametrize(
    ("key", "years"),
    [("", ("2029", "2031")), ("质量", ("2029", "2031")), ("quality", ("2031", "2029")), ("quality", ("", ""))],
)
def test_version_without_key_or_years_is_refused_beside_the_form(key: str, years: tuple[str, str]) -> None:
    office = _as("office")
    draft = _upload(office, "乙市质量方案\n一、总体目标\n到2031年,质量奖达到3个。\n".encode())
    head = {"key": key, "title": "乙市质量方案", "first_year": years[0], "last_year": years[1], "revision": "0"}

    answer = office.post(f"/compile/{draft.pk}/publish/", head)

    assert answer.status_code == 400
    assert not PlanVersion.objects.filter(draft=True).exists()


def test_conflict_in_a_form_shows_both_changes_and_keeps_what_was_typed() -> None:
    office, reviewer = _as("office"), _as("reviewer")
    draft = _upload(office)
    money = next(p["id"] for p in draft.compiled["pieces"] if p["kind"] == "incentive")
    address = f"/compile/{draft.pk}/pieces/{money}/"
    reviewer.post(address, {"class": "incentive", "ceiling": "11万元", "reason": "按会签意见", "revision": "0"})

    answer = office.post(address, {"class": "incentive", "ceiling": "12万元", "reason": "按附件二", "revision": "0"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "按会签意见" in page
    assert 'value="12万元"' in page
    office.post(address, {"class": "incentive", "ceiling": "12万元", "reason": "按附件二", "revision": "1"})
    assert "120,000.00" in office.get(f"/compile/{draft.pk}/").content.decode()


def test_last_step_is_undone_from_the_band() -> None:
    office = _as("office")
    draft = _upload(office)
    key = draft.compiled["clauses"][1]["key"]
    office.post(f"/compile/{draft.pk}/correct/", {"act": "accept", "about": key, "revision": "0"})

    office.post(f"/compile/{draft.pk}/undo/", {"revision": "1"})

    draft.refresh_from_db()
    assert draft.corrections == []
    assert "撤销上一步" not in office.get(f"/compile/{draft.pk}/").content.decode()


def test_version_number_of_five_thousand_digits_is_refused() -> None:
    office = _as("office")
    draft = _upload(office)

    answer = office.post(f"/compile/{draft.pk}/undo/", {"revision": "9" * 5000})

    assert answer.status_code == 400
