"""Papers: numbered without a gap, issued once, printed again to the byte, seen by whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from tests.papers import DATA
from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.papers.compose import Sheet, compose
from zhicheng.engine.papers.load import stationery
from zhicheng.store import attachments as files
from zhicheng.store.immutable import ImmutableRow
from zhicheng.store.models import Attachment, LedgerEntry, Outbox, Paper, PaperDraft
from zhicheng.store.papers import fonts, pdf, word
from zhicheng.store.queries import papers as rows
from zhicheng.usecases import issue_paper as papers
from zhicheng.usecases.attachments import open_attachment
from zhicheng.usecases.policy import MACHINE, Person
from zhicheng.usecases.stationery import adopt_stationery

LANHE = Path(__file__).parents[1] / "plans" / "lanhe-2026-2028"
OFFICE = Person(account=7, roles=frozenset({"office"}))
CLERK = Person(account=8, unit="trade", roles=frozenset({"unit_officer"}))
STRANGER = Person(account=9, unit="treasury", roles=frozenset({"unit_officer"}))
CITY = stationery(LANHE)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了"),
]


@pytest.fixture(autouse=True)
def _city(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    adopt_stationery(MACHINE, CITY)


def _draft(key: str = "notice", person: Person = OFFICE, **over: str) -> PaperDraft:
    return papers.write_draft(person, key, "trade", {**DATA[key], **over})


def _as_issued(paper: Paper) -> Sheet:
    """The words of an issued paper, put together anew from what was kept."""
    kept = rows.as_it_was(paper.stationery)
    kind, office = kept.kind(paper.kind_key), kept.office(paper.office_key)
    return compose(kind, office, paper.data, paper.day, paper.number, fonts.whole_words())


@pytest.mark.parametrize("key", sorted(DATA))
def test_each_kind_is_issued_and_printed_again_to_the_byte(key: str) -> None:
    paper = papers.issue(OFFICE, _draft(key).pk)

    _, first = papers.reprint(OFFICE, paper.pk, "pdf")
    _, words = papers.reprint(OFFICE, paper.pk, "word")
    drawn_anew = pdf.render(_as_issued(paper), rows.as_it_was(paper.stationery).sheet, paper.issued_at)
    assert str(paper.number) == f"澜商{CITY.kind(key).series}〔{paper.day.year}〕1号"
    assert drawn_anew == first == papers.reprint(OFFICE, paper.pk, "pdf")[1]
    assert word.render(_as_issued(paper), paper.issued_at) == words


def test_issue_leaves_paper_entry_and_announcement_and_no_draft() -> None:
    draft = _draft()

    paper = papers.issue(OFFICE, draft.pk)

    entry = LedgerEntry.objects.get(act="paper.issue")
    assert entry.subject == f"paper:{paper.number}"
    assert entry.detail["pdf"] == paper.pdf.sha256
    assert "王某" not in str(entry.detail)
    assert Outbox.objects.get(topic="paper.issued").payload["paper"] == paper.pk
    assert not PaperDraft.objects.exists()
    assert paper.data == rows.paper(paper.pk).data
    with pytest.raises(Missing, match="可能已经签发"):
        papers.issue(OFFICE, draft.pk)


def test_ledger_cites_the_articles_a_paper_rests_on() -> None:
    for key, cited in (
        ("acceptance", "《专利纠纷行政裁决和调解办法》第十二条、《专利纠纷行政裁决和调解办法》第二十条"),
        ("consultation", "《重大行政决策程序暂行条例》第十四条至第十八条"),
        ("notice", ""),
    ):
        papers.issue(OFFICE, _draft(key).pk)
        assert LedgerEntry.objects.order_by("-number").first().cites == cited


def test_each_series_counts_for_itself() -> None:
    numbers = [str(papers.issue(OFFICE, _draft(key).pk).number) for key in ("notice", "letter", "notice", "letter")]
    year = Paper.objects.first().day.year

    assert numbers == [f"澜商发〔{year}〕1号", f"澜商函〔{year}〕1号", f"澜商发〔{year}〕2号", f"澜商函〔{year}〕2号"]


def test_new_year_begins_at_one() -> None:
    with time_machine.travel(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), tick=False):
        old = papers.issue(OFFICE, _draft().pk)
    with time_machine.travel(datetime(2026, 12, 31, 16, 1, tzinfo=UTC), tick=False):
        new = papers.issue(OFFICE, _draft().pk)

    assert (str(old.number), str(new.number)) == ("澜商发〔2026〕1号", "澜商发〔2027〕1号")
    assert (old.day.isoformat(), new.day.isoformat()) == ("2026-12-31", "2027-01-01")


def test_series_that_ran_on_paper_goes_on() -> None:
    office = CITY.offices[0].model_copy(update={"begins": {"澜商发〔2026〕": 36}})
    adopt_stationery(MACHINE, type(CITY)(CITY.kinds, (office,), CITY.sheet))

    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        assert [papers.issue(OFFICE, _draft().pk).serial for _ in range(2)] == [36, 37]


def test_missing_fields_are_named_and_take_no_number() -> None:
    draft = papers.write_draft(OFFICE, "notice", "trade", {"subject": "某事"})

    assert papers.lacks(CITY, draft) == ["缺“主送机关”", "缺“正文”"]
    with pytest.raises(UnreadableInput, match="缺“主送机关”；缺“正文”"):
        papers.issue(OFFICE, draft.pk)
    assert PaperDraft.objects.filter(pk=draft.pk).exists()
    assert papers.issue(OFFICE, _draft().pk).serial == 1


def test_drawing_that_fails_takes_no_number() -> None:
    draft = _draft(text="甲\U000f0000乙")

    with pytest.raises(UnreadableInput, match="字体里没有这些字"):
        papers.issue(OFFICE, draft.pk)
    assert not Paper.objects.exists()
    assert not LedgerEntry.objects.filter(act="paper.issue").exists()
    assert papers.issue(OFFICE, _draft().pk).serial == 1


def test_office_without_a_code_issues_nothing() -> None:
    office = CITY.offices[0].model_copy(update={"code": None})
    adopt_stationery(MACHINE, type(CITY)(CITY.kinds, (office,), CITY.sheet))
    draft = _draft()

    assert papers.lacks(rows.stationery(), draft) == ["澜河市商务局的机关代字待定，编不了号"]
    with pytest.raises(Conflict, match="机关代字待定"):
        papers.issue(OFFICE, draft.pk)


def test_units_of_the_plan_become_offices_without_a_code(small_plan: Plan) -> None:
    adopt_stationery(MACHINE, CITY, small_plan)

    offices = {office.key: office for office in rows.stationery().offices}
    assert offices["first-bureau"].name == "某市甲局"
    assert offices["first-bureau"].code is None
    assert offices["trade"].code == "澜商"
    assert "districts" not in offices


def test_machine_without_fonts_issues_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = _draft()
    monkeypatch.setattr(fonts, "of_this_machine", lambda: fonts.choose(["DejaVu Sans"]))

    with pytest.raises(Conflict, match="本机没有中文字体"):
        papers.issue(OFFICE, draft.pk)
    assert not Paper.objects.exists()


def test_new_stationery_leaves_old_papers_as_they_were() -> None:
    paper = papers.issue(OFFICE, _draft("letter").pk)
    before = _as_issued(paper)
    adopt_stationery(MACHINE, stationery())

    assert _as_issued(rows.paper(paper.pk)) == before
    assert adopt_stationery(MACHINE, stationery()) == rows.stationery_row()
    with pytest.raises(Missing, match="本市没有这个文种"):
        papers.write_draft(OFFICE, "minutes", "trade", {})


def test_issued_paper_never_changes() -> None:
    paper = papers.issue(OFFICE, _draft().pk)

    paper.title = "改过"
    with pytest.raises(ImmutableRow):
        paper.save()
    with pytest.raises(ImmutableRow):
        paper.delete()


def test_file_that_was_altered_is_not_printed() -> None:
    paper = papers.issue(OFFICE, _draft().pk)
    files.path(paper.pdf.sha256).write_bytes(b"%PDF-forged")

    with pytest.raises(Conflict, match="已被改动"):
        papers.reprint(OFFICE, paper.pk, "pdf")
    files.path(paper.pdf.sha256).unlink()
    with pytest.raises(Missing, match="不在磁盘上"):
        papers.reprint(OFFICE, paper.pk, "pdf")


def test_draft_goes_on_and_is_looked_at() -> None:
    draft = papers.write_draft(CLERK, "notice", "trade", {"subject": " 某事\r\n"})

    again = papers.write_draft(CLERK, "notice", "trade", DATA["notice"], number=draft.pk)

    assert again.pk == draft.pk
    assert draft.data == {"subject": "某事"}
    assert papers.preview(CLERK, draft.pk).startswith(b"%PDF")
    assert papers.preview(CLERK, draft.pk, "word").startswith(b"PK")
    papers.discard_draft(CLERK, draft.pk)
    assert not PaperDraft.objects.exists()
    assert not Paper.objects.exists()


def test_unit_writes_and_reads_its_own_papers_only() -> None:
    paper = papers.issue(CLERK, _draft(person=CLERK).pk)
    draft = _draft(person=CLERK)

    assert papers.open_paper(CLERK, paper.pk) == paper
    for attempt in (
        lambda: papers.open_paper(STRANGER, paper.pk),
        lambda: papers.reprint(STRANGER, paper.pk, "pdf"),
        lambda: papers.preview(STRANGER, draft.pk),
        lambda: papers.issue(STRANGER, draft.pk),
        lambda: papers.discard_draft(STRANGER, draft.pk),
        lambda: papers.write_draft(STRANGER, "notice", "trade", {}),
        lambda: papers.write_draft(STRANGER, "notice", "trade", {}, number=draft.pk),
    ):
        with pytest.raises(Refused):
            attempt()
    assert papers.sees(CLERK) == {"trade"}
    assert papers.sees(OFFICE) is None
    assert not rows.papers(papers.sees(STRANGER)).exists()


def test_issued_files_leave_only_through_the_papers() -> None:
    paper = papers.issue(OFFICE, _draft().pk)

    with pytest.raises(Missing):
        open_attachment(STRANGER, paper.pdf.sha256)
    assert Attachment.objects.filter(subject=f"paper:{paper.number}").count() == 2


def test_database_itself_refuses_a_number_twice() -> None:
    paper = papers.issue(OFFICE, _draft().pk)
    paper.pk, paper._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save()


def test_control_characters_pasted_into_a_draft_do_not_break_its_files() -> None:
    draft = _draft(text="第一段\v第二段\x01。\u202e")

    assert draft.data["text"] == "第一段\n第二段。"
    assert papers.preview(OFFICE, draft.pk, "word").startswith(b"PK")
