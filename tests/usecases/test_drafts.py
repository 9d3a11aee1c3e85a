"""From a file to a draft version: kept act by act, corrected, resumed, published; every act in the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput
from zhicheng.base.money import Money
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan
from zhicheng.domain.plan.reading.correct import Correction
from zhicheng.domain.plan.reading.model import progress
from zhicheng.domain.plan.reading.version import Head, head_of
from zhicheng.store.models import Draft, LedgerEntry, PlanVersion
from zhicheng.store.queries import drafts, plans
from zhicheng.usecases import drafts as errands
from zhicheng.usecases.adopt_plan import adopt_plan
from zhicheng.usecases.policy import MACHINE, Person

pytestmark = pytest.mark.django_db
OFFICE = Person(account=7, unit="first-bureau", roles=frozenset({"office"}))
COLLEAGUE = Person(account=8, unit="first-bureau", roles=frozenset({"reviewer"}))
STRANGER = Person(account=9, unit="finance", roles=frozenset({"office"}))
HEAD = Head("jia-2028", "甲市方案", "", "甲市", "甲市人民政府", "甲局", (2028, 2030), {})
TEXT = """甲市知识产权行动方案
一、工作目标
到2030年,地理标志登记达到5件。
二、主要任务
(一)实施保护工程。
1.严格保护。对通过认定的企业,每家给予最高10万元奖励。(责任单位:甲局、财政局)
版权所有 甲市政府
"""


@pytest.fixture(autouse=True)
def _files(tmp_path: object, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path


def _start(person: Person = OFFICE) -> Draft:
    return errands.start_draft(person, name="方案.txt", content=TEXT.encode())


def _settled(person: Person = OFFICE) -> Draft:
    """A draft with nothing unread any more."""
    draft = _start(person)
    starts = ",".join(str(u.span.start) for u in errands.reading_of(draft).unread)
    return errands.correct_reading(person, draft.pk, 0, [Correction("excuse", starts, {}, "页脚，不属方案")])


def test_file_becomes_a_draft_of_the_person_and_the_unit() -> None:
    draft = _start()

    assert drafts.draft_of(draft.pk, COLLEAGUE.account, COLLEAGUE.unit) == draft
    assert draft.text == TEXT
    with pytest.raises(Missing):
        drafts.draft_of(draft.pk, STRANGER.account, STRANGER.unit)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("空.txt", b"  \n", "空的"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 40, "旧版 Word"),
        ("坏.pdf", b"%PDF-1.4 nothing", "PDF"),
    ],
)
def test_file_that_cannot_be_read_says_why_and_leaves_nothing(name: str, content: bytes, fault: str) -> None:
    with pytest.raises(UnreadableInput, match=fault):
        errands.start_draft(OFFICE, name=name, content=content)

    assert not Draft.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_correction_is_kept_at_once_with_who_and_why() -> None:
    draft = _start()
    money = next(p for p in errands.reading_of(draft).pieces if p.kind == "incentive")

    errands.correct_reading(COLLEAGUE, draft.pk, 0, [Correction("set", money.id, {"ceiling": "12万元"}, "按附件二")])

    again = errands.reading_of(Draft.objects.get(pk=draft.pk))
    kept = Draft.objects.get(pk=draft.pk)
    assert again.piece(money.id).values["ceiling"] == Money.yuan(120_000)
    assert (kept.corrections[0]["by"], kept.corrections[0]["reason"]) == (8, "按附件二")
    entry = LedgerEntry.objects.last()
    assert (entry.act, entry.subject, entry.actor) == ("draft.correct", f"draft:{draft.pk}", 8)
    assert "按附件二" not in str(entry.detail)


def test_two_people_never_overwrite_one_another() -> None:
    draft = _start()
    key = errands.reading_of(draft).to_accept[0].key
    errands.correct_reading(OFFICE, draft.pk, 0, [Correction("accept", key, {})])

    with pytest.raises(Conflict, match="已被改动"):
        errands.correct_reading(COLLEAGUE, draft.pk, 0, [Correction("reopen", key, {})])


def test_corrections_are_laid_all_or_none() -> None:
    draft = _start()
    key = errands.reading_of(draft).to_accept[0].key

    with pytest.raises(UnreadableInput):
        errands.correct_reading(OFFICE, draft.pk, 0, [Correction("accept", key, {}), Correction("dance", "", {})])

    assert Draft.objects.get(pk=draft.pk).corrections == []


def test_undo_takes_the_last_step_back_only() -> None:
    draft = _settled()
    key = errands.reading_of(draft).to_accept[0].key
    errands.correct_reading(OFFICE, draft.pk, 1, [Correction("accept", key, {})])

    undone = errands.undo_correction(OFFICE, draft.pk, 2)

    assert not errands.reading_of(undone).clause(key).accepted
    assert progress(errands.reading_of(undone)).unread == 0


def test_kept_draft_is_found_again_under_its_title() -> None:
    draft = _start()

    errands.keep_draft(OFFICE, draft.pk, "甲市方案第一稿")

    assert [d.title for d in drafts.drafts_of(7, "")] == ["甲市方案第一稿"]


def test_discarded_draft_leaves_the_list_and_cannot_be_changed() -> None:
    draft = _start()
    errands.discard_draft(OFFICE, draft.pk)

    assert list(drafts.drafts_of(7, "")) == []
    with pytest.raises(Conflict, match="已放弃"):
        errands.keep_draft(OFFICE, draft.pk, "又想要了")


def test_draft_becomes_a_draft_version_that_is_not_in_force(small_plan: Plan) -> None:
    adopted = adopt_plan(MACHINE, small_plan)
    draft = _settled()

    made = errands.publish_version(OFFICE, draft.pk, 1, HEAD)

    assert (made.number, made.draft, plans.current()) == (2, True, adopted)
    assert plans.plan_of(made).instruments[0].ceiling == Money.yuan(100_000)
    assert Draft.objects.get(pk=draft.pk).state == "published"
    assert list(LedgerEntry.objects.order_by("-number").values_list("act", flat=True)[:2]) == [
        "draft.publish",
        "plan.draft",
    ]
    with pytest.raises(Conflict, match="已成版"):
        errands.correct_reading(OFFICE, draft.pk, 2, [Correction("accept", "x", {})])


def test_open_questions_travel_with_the_version() -> None:
    draft = _settled()
    key = errands.reading_of(draft).to_accept[-1].key
    ask = Correction("read", key, {"kind": "question", "quote": "通过认定", "text": "由谁认定？"}, "原文未写")
    errands.correct_reading(OFFICE, draft.pk, 1, [ask])

    made = errands.publish_version(OFFICE, draft.pk, 2, HEAD)

    assert "由谁认定？" in [q.text for q in plans.plan_of(made).questions]


def test_unread_words_stand_in_the_way_of_a_version() -> None:
    draft = _start()

    with pytest.raises(UnreadableInput, match="段文字未读"):
        errands.publish_version(OFFICE, draft.pk, 0, HEAD)

    assert not PlanVersion.objects.exists()


def test_version_that_says_nothing_new_is_refused() -> None:
    plan = load(Path(__file__).parents[2] / "plans" / "yantai-2022-2024")
    adopt_plan(MACHINE, plan)
    draft = errands.start_draft(OFFICE, name="方案.txt", content=plan.text.encode())

    with pytest.raises(Conflict, match="与第1版完全相同"):
        errands.publish_version(OFFICE, draft.pk, 0, head_of(plan))

    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize("role", ["auditor", "unit_officer", "system_admin"])
def test_others_read_nothing_in(role: str) -> None:
    with pytest.raises(Refused):
        errands.start_draft(Person(account=3, roles=frozenset({role})), name="a.txt", content=TEXT.encode())
