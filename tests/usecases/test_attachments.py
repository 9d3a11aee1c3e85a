"""Attachments: kept by content, only what they say they are, seen by those who may, always a download."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from zhicheng.base.errors import Missing, Refused, UnreadableInput
from zhicheng.store import attachments as files
from zhicheng.store.models import Attachment, LedgerEntry
from zhicheng.usecases.attachments import add_attachment, open_attachment
from zhicheng.usecases.drafts import start_draft
from zhicheng.usecases.policy import ANONYMOUS, Person

pytestmark = pytest.mark.django_db
OFFICE = Person(account=7, roles=frozenset({"office"}))
PDF = b"%PDF-1.7 content"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.ATTACHMENT_MAX_BYTES = 2_000_000
    return tmp_path / "attachments"


def _package(member: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(member, "x")
    return content.getvalue()


def test_attachment_is_kept_under_its_content(folder: Path) -> None:
    attachment = add_attachment(OFFICE, [PDF[:5], PDF[5:]], "../会议纪要.pdf", subject="stage:公众参与")

    assert (folder / attachment.sha256[:2] / attachment.sha256).read_bytes() == PDF
    assert (attachment.name, attachment.size, attachment.media_type) == ("会议纪要.pdf", len(PDF), "application/pdf")
    assert LedgerEntry.objects.get().act == "attachment.add"
    assert sorted(p.name for p in folder.iterdir()) == [attachment.sha256[:2]]


def test_same_content_is_kept_once() -> None:
    first = add_attachment(OFFICE, [PDF], "一.pdf")

    assert add_attachment(OFFICE, [PDF], "二.pdf") == first
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.docx", _package("word/document.xml")), ("台账.xlsx", _package("xl/workbook.xml")),
        ("公文.ofd", _package("OFD.xml")), ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."), ("图.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("名单.csv", "姓名，单位".encode("gb18030")), ("说明.txt", "说明".encode()), ("统一码.txt", "说明".encode("utf-16")),
    ],
)  # fmt: skip
def test_file_that_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    assert add_attachment(OFFICE, [content], name).size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("图.svg", b"<svg/>", "不收这种文件"),
        ("程序", b"MZ", "不收这种文件"),
        ("假.pdf", b"<html>", "与扩展名不符"),
        ("假.docx", _package("xl/workbook.xml"), "与扩展名不符"),
        ("假.docx", b"PK not a zip", "与扩展名不符"),
        ("假.txt", b"a\0b", "与扩展名不符"),
        ("假.txt", "a\0b".encode("utf-16"), "与扩展名不符"),
        ("空.pdf", b"", "空文件"),
    ],
)
def test_file_that_is_not_what_it_says_leaves_nothing(folder: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        add_attachment(OFFICE, [content], name)
    assert not Attachment.objects.exists()
    assert list(folder.rglob("*")) == [] if folder.exists() else True


@pytest.mark.parametrize(("size", "taken"), [(2_000_000, True), (2_000_001, False)])
def test_size_ends_at_the_limit(size: int, taken: bool) -> None:
    def chunks() -> Iterator[bytes]:
        yield PDF
        yield b"x" * (size - len(PDF))

    if taken:
        assert add_attachment(OFFICE, chunks(), "大.pdf").size == size
    else:
        with pytest.raises(UnreadableInput, match="超过2兆字节"):
            add_attachment(OFFICE, chunks(), "大.pdf")


def test_public_sees_only_the_published_record() -> None:
    inner = add_attachment(OFFICE, [PDF], "内部.pdf")
    public = add_attachment(OFFICE, [PDF + b"2"], "公开.pdf", public=True)

    assert open_attachment(ANONYMOUS, public.sha256)[0] == public
    for person in (ANONYMOUS, Person(account=9, roles=frozenset({"enterprise"}))):
        with pytest.raises(Missing):
            open_attachment(person, inner.sha256)
    assert open_attachment(OFFICE, inner.sha256)[0] == inner


def test_dead_upload_is_cleared_after_a_day(folder: Path) -> None:
    folder.mkdir()
    old, young = folder / ".incoming-old", folder / ".incoming-young"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (0, 0))

    assert files.clear_abandoned() == 1
    assert list(folder.iterdir()) == [young]


def test_address_that_is_none_reaches_no_file() -> None:
    for address in ("../secret_key", "A" * 64, ""):
        with pytest.raises(Missing):
            files.path(address)


def test_enterprise_may_not_add() -> None:
    with pytest.raises(Refused):
        add_attachment(Person(account=9, roles=frozenset({"enterprise"})), [PDF], "一.pdf")


def test_attachment_always_leaves_as_a_download(client: Client) -> None:
    attachment = add_attachment(OFFICE, [PDF], "公开.pdf", public=True)

    answer = client.get(f"/attachments/{attachment.sha256}/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/attachments/{'0' * 64}/").status_code == 404


def test_saved_page_never_leaves_as_a_page(client: Client) -> None:
    attachment = add_attachment(OFFICE, [b"<script>1</script>"], "网页.html", public=True)

    answer = client.get(f"/attachments/{attachment.sha256}/")

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")


def test_file_of_a_draft_is_seen_by_those_whose_draft_it_is() -> None:
    writer = Person(account=7, unit="first-bureau", roles=frozenset({"office"}))
    draft = start_draft(writer, name="方案.txt", content="一、保护\n1. 严格保护。".encode())
    mate = Person(account=8, unit="first-bureau", roles=frozenset({"unit_officer"}))

    for person in (writer, mate):
        assert open_attachment(person, draft.source_sha256)[0].subject == "draft"
    for person in (
        Person(account=9, unit="finance", roles=frozenset({"finance"})),
        Person(account=10, roles=frozenset({"auditor"})),
    ):
        with pytest.raises(Missing):
            open_attachment(person, draft.source_sha256)
