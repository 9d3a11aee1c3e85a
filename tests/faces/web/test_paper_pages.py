"""Pages of papers: lists keep to one's own, files leave as downloads, what is missing is said, nothing changes by a link."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.papers import DATA
from zhicheng.engine.papers.load import stationery
from zhicheng.store import accounts
from zhicheng.store.models import Account, Paper, PaperDraft
from zhicheng.store.papers import fonts
from zhicheng.usecases import issue_paper as errands
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.stationery import adopt_stationery

LANHE = Path(__file__).parents[2] / "plans" / "lanhe-2026-2028"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了"),
]


@pytest.fixture(autouse=True)
def _city(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    adopt_stationery(MACHINE, stationery(LANHE))


def _enter(client: Client, role: str, unit: str = "") -> None:
    account = Account.objects.create(
        username=f"{role}{unit}", name="王", unit_key=unit, created_at=timezone.now(), must_change_password=False
    )
    accounts.set_roles(account, {role})
    client.force_login(account)


def _draft() -> PaperDraft:
    return errands.write_draft(MACHINE, "letter", "trade", DATA["letter"])


def _issued() -> Paper:
    return errands.issue(MACHINE, _draft().pk)


def test_unit_sees_its_own_papers_and_no_other(client: Client) -> None:
    paper, draft = _issued(), _draft()
    _enter(client, "unit_officer", "trade")
    own = client.get("/papers/").content.decode()
    _enter(client, "unit_officer", "treasury")
    other = client.get("/papers/").content.decode()

    assert str(paper.number) in own
    assert f"/papers/drafts/{draft.pk}/" in own
    assert str(paper.number) not in other
    assert f"/papers/drafts/{draft.pk}/" not in other
    for address in (
        f"/papers/{paper.pk}/", f"/papers/{paper.pk}/file/pdf/", f"/papers/{paper.pk}/pages/1/",
        f"/papers/drafts/{draft.pk}/", f"/papers/drafts/{draft.pk}/pages/", f"/papers/drafts/{draft.pk}/pages/1/",
        f"/papers/drafts/{draft.pk}/file/pdf/",
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
    for address in ("", "issue/", "discard/"):
        assert client.post(f"/papers/drafts/{draft.pk}/{address}", {"office": "trade"}).status_code == 403
    assert PaperDraft.objects.get().data == draft.data


def test_files_are_downloads_and_always_the_same(client: Client) -> None:
    paper = _issued()
    _enter(client, "office")

    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        first, second = (client.get(f"/papers/{paper.pk}/file/{form}/") for _ in range(2))
        assert first.content == second.content
        assert first.content.startswith(begins)
        assert first["Content-Disposition"].startswith("attachment;")
    assert client.get(f"/papers/{paper.pk}/pages/1/").content.startswith(b"\x89PNG")
    assert client.get(f"/papers/{paper.pk}/pages/9/").status_code == 404


def test_draft_is_saved_incomplete_and_says_what_it_lacks(client: Client) -> None:
    _enter(client, "unit_officer", "trade")

    answer = client.post("/papers/new/notice/", {"office": "trade", "subject": "某事 <b>"}, follow=True)

    page = answer.content.decode()
    assert PaperDraft.objects.get().data == {"subject": "某事 <b>"}
    assert "缺“主送机关”" in page
    assert "某事 &lt;b&gt;" in page
    assert client.post(f"/papers/drafts/{PaperDraft.objects.get().pk}/issue/").status_code == 400
    assert client.post("/papers/new/notice/", {"office": "elsewhere"}).status_code == 200
    assert PaperDraft.objects.count() == 1


def test_paper_about_a_case_leads_back_to_it(client: Client) -> None:
    draft = errands.write_draft(MACHINE, "letter", "trade", DATA["letter"], subject="case:FW2026-00001#3")
    _enter(client, "office")

    assert "FW2026-00001" in client.get("/papers/").content.decode()
    assert 'href="/cases/FW2026-00001/"' in client.get(f"/papers/drafts/{draft.pk}/").content.decode()
    paper = errands.issue(MACHINE, draft.pk)
    assert 'href="/cases/FW2026-00001/"' in client.get(f"/papers/{paper.pk}/").content.decode()


def test_issuing_and_discarding_need_a_button(client: Client) -> None:
    draft = _draft()
    _enter(client, "office")

    assert client.get(f"/papers/drafts/{draft.pk}/issue/").status_code == 405
    assert client.get(f"/papers/drafts/{draft.pk}/discard/").status_code == 405
    assert PaperDraft.objects.filter(pk=draft.pk).exists()


def test_machine_without_fonts_says_so_on_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "of_this_machine", lambda: fonts.choose([]))
    _enter(client, "office")

    assert "本机没有中文字体，公文印不出来" in client.get("/papers/").content.decode()


def test_issued_paper_is_shown_and_fetched_without_fonts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = _issued()
    monkeypatch.setattr(fonts, "of_this_machine", lambda: fonts.choose([]))
    _enter(client, "office")

    for address in ("", "file/pdf/", "file/docx/", "pages/1/"):
        assert client.get(f"/papers/{paper.pk}/{address}").status_code == 200, address


def test_list_costs_the_same_for_many_papers(client: Client, django_assert_max_num_queries: object) -> None:
    for _ in range(3):
        _issued()
        _draft()
    _enter(client, "office")
    client.get("/papers/")

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/papers/")
