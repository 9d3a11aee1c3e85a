"""公文: draft, look, issue under the next number, print again. Not here: words (engine/papers), drawing (store/papers).

A number is given only in the transaction that keeps the paper, so a series has no gap and no number twice. What was issued
is printed again from the very bytes that were kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.utils import timezone

from zhicheng.base.errors import Conflict, Missing, UnreadableInput
from zhicheng.base.text import typed
from zhicheng.engine.chain import canonical, digest
from zhicheng.engine.law import said
from zhicheng.engine.papers.compose import Sheet, checked, compose
from zhicheng.engine.papers.kind import Kind, Office
from zhicheng.engine.papers.load import Stationery
from zhicheng.engine.papers.number import Number
from zhicheng.store import attachments as files
from zhicheng.store import clock, ledger, outbox
from zhicheng.store.models import Attachment, Paper, PaperDraft
from zhicheng.store.papers import fonts, pdf, word
from zhicheng.store.queries import papers as rows
from zhicheng.usecases.policy import Person, may, require

Form = Literal["pdf", "word"]
LONGEST = 100_000  # characters in one field


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose paper it would be, for the policy."""

    units: frozenset[str]


def writes_for(person: Person, stationery: Stationery) -> list[Office]:
    """The offices whose papers a person may draft: all of them, or the one of their unit."""
    return [o for o in stationery.offices if may(person, "papers.draft", _Of(frozenset({o.key}))).allowed]


def sees(person: Person) -> frozenset[str] | None:
    """The units whose papers a person sees; None for all of them."""
    return None if may(person, "papers.read").allowed else frozenset({person.unit} - {""})


def write_draft(
    person: Person, kind: str, office: str, data: Mapping[str, str], *, number: int | None = None, subject: str = ""
) -> PaperDraft:
    """Keep a draft as it stands, complete or not; number: the draft to go on with.

    Raises Missing for a kind or office the city lacks, UnreadableInput for a field that is none or far too long.
    """
    require(person, "papers.draft", _Of(frozenset({office})))
    stationery = rows.stationery()
    fields = stationery.kind(kind).fields
    stationery.office(office)
    for name, value in data.items():
        if name not in fields or len(value) > LONGEST:
            raise UnreadableInput(f"“{name}”这一栏收不下", where=kind, todo=f"每栏最多{LONGEST}字")
    kept = {name: plain for name, value in data.items() if (plain := typed(value))}
    now = clock.now()
    with ledger.writing():
        draft = rows.draft(number) if number is not None else PaperDraft(kind_key=kind, by=person.account, at=now)
        if number is not None:
            require(person, "papers.draft", draft)
        draft.office_key, draft.data, draft.changed_at = office, kept, now
        draft.subject = subject or draft.subject
        draft.save()
    return draft


def discard_draft(person: Person, number: int) -> None:
    """Throw a draft away; it never had a number, so nothing is missing."""
    with ledger.writing():
        draft = rows.draft(number)
        require(person, "papers.draft", draft)
        draft.delete()
        ledger.append(person.account, "paper.discard", f"paper-draft:{number}", detail={"kind": draft.kind_key})


def preview(person: Person, number: int, form: Form = "pdf") -> bytes:
    """The draft as it would look today, marked 草稿 and without a serial; raises UnreadableInput naming what is missing."""
    sheet, stationery = _as_drafted(person, number)
    if form == "word":
        return word.render(sheet, _moment(), draft=True)
    return pdf.render(sheet, stationery.sheet, _moment(), draft=True)


def _as_drafted(person: Person, number: int) -> tuple[Sheet, Stationery]:
    draft = rows.draft(number)
    require(person, "papers.draft", draft)
    stationery = rows.stationery()
    kind, office = stationery.kind(draft.kind_key), stationery.office(draft.office_key)
    return compose(kind, office, draft.data, clock.today(), None, fonts.whole_words()), stationery


def lacks(stationery: Stationery, draft: PaperDraft) -> list[str]:
    """What keeps a draft from being issued, in words."""
    kind, office = stationery.kind(draft.kind_key), stationery.office(draft.office_key)
    found = [fault.message for fault in checked(kind, draft.data)]
    if not office.code:
        found.append(f"{office.name}的机关代字待定，编不了号")
    if not fonts.of_this_machine().usable:
        found.append("本机没有中文字体")
    return found


def next_number(office: Office, kind: Kind) -> Number | None:
    """The number a paper would be given today; None where the office has no code yet."""
    if not office.code:
        return None
    series, year = f"{office.code}{kind.series}", clock.today().year
    begins = office.begins.get(f"{series}〔{year}〕", 1)
    return Number(series, year, max(rows.last_serial(series, year), begins - 1) + 1)


def issue(person: Person, number: int) -> Paper:
    """Issue a draft: number, day, both files, one ledger entry, one announcement `paper.issued`; the draft is gone.

    Raises UnreadableInput naming every field that is missing, Conflict without 机关代字 or Chinese fonts.
    """
    fonts.required()
    with ledger.writing():
        draft = rows.draft(number)
        require(person, "papers.issue", draft)
        row = rows.stationery_row()
        stationery = rows.as_it_was(row)
        kind, office = stationery.kind(draft.kind_key), stationery.office(draft.office_key)
        given, moment, day = next_number(office, kind), _moment(), clock.today()
        if given is None:
            raise Conflict(
                f"{office.name}的机关代字待定，编不了号", todo="在方案目录的 papers/offices.yaml 写明 code 后重新装入"
            )
        sheet = compose(kind, office, draft.data, day, given, fonts.whole_words())
        made_pdf, made_word = pdf.render(sheet, stationery.sheet, moment), word.render(sheet, moment)
        name = f"{given} {''.join(sheet.title)}"
        paper = Paper.objects.create(
            series=given.series, year=given.year, serial=given.serial, kind_key=kind.key, kind_name=kind.name,
            office_key=office.key, office_name=office.name, title="".join(sheet.title)[:300], data=draft.data,
            subject=draft.subject, stationery=row, fonts=fonts.required().plain(), day=day, issued_at=moment,
            issued_by=person.account, pdf=_kept(person, made_pdf, f"{name}.pdf", given, moment),
            word=_kept(person, made_word, f"{name}.docx", given, moment),
        )  # fmt: skip
        draft.delete()
        state = {"pdf": paper.pdf.sha256, "word": paper.word.sha256, "stationery": row.sha256,
                 "data": digest(canonical(draft.data), "sha256")}  # fmt: skip
        ledger.append(
            person.account, "paper.issue", f"paper:{given}", cites=_cited(kind, draft.data)[:300],
            detail={"kind": kind.key, "office": office.key} | state, after=state,
        )  # fmt: skip
        outbox.announce("paper.issued", {"paper": paper.pk, "number": str(given), "subject": paper.subject})
    return paper


def _cited(kind: Kind, data: Mapping[str, str]) -> str:
    """The articles a paper rests on: those it names, else those of its kind."""
    named = [data[name] for name, field in kind.fields.items() if field.kind == "articles" and name in data]
    return "、".join(line for text in named for line in text.splitlines()) or said(
        row.article() for row in kind.articles.values()
    )


def _moment() -> datetime:
    """The city's present second in its own time zone: what the files say of their making."""
    return timezone.localtime(clock.now(), timezone.get_default_timezone()).replace(microsecond=0)


def _kept(person: Person, content: bytes, name: str, given: Number, moment: datetime) -> Attachment:
    name = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|')
    stem, dot, extension = name.rpartition(".")
    stored = files.put([content], f"{stem[:180]}{dot}{extension}")
    kept, _ = Attachment.objects.get_or_create(
        sha256=stored.sha256,
        defaults={
            "name": f"{stem[:180]}{dot}{extension}", "media_type": stored.media_type, "size": stored.size,
            "subject": f"paper:{given}", "by": person.account, "at": moment,
        },
    )  # fmt: skip
    return kept


def open_paper(person: Person, pk: int) -> Paper:
    """An issued paper for a person who may read it; raises Refused, Missing."""
    require(person, "papers.list")
    paper = rows.paper(pk)
    require(person, "papers.read", paper)
    return paper


def reprint(person: Person, pk: int, form: Form) -> tuple[Attachment, bytes]:
    """The bytes that were issued; raises Missing where the file is gone, Conflict where it is no longer the same."""
    paper = open_paper(person, pk)
    kept = paper.pdf if form == "pdf" else paper.word
    file = files.path(kept.sha256)
    if not file.exists():
        raise Missing("公文的文件已不在磁盘上", where=kept.name, todo="请系统管理员从备份恢复")
    content = Path(file).read_bytes()
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise Conflict("公文的文件已被改动，与签发时不符", where=kept.name, todo="请系统管理员从备份恢复")
    return kept, content
