"""读入核对: a file becomes a draft, people correct what was read, the draft becomes a draft version.

Not here: reading the text (domain/plan/compiler), what a correction does (domain/plan/reading), putting a version in
force (adopt_plan).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from zhicheng.base.errors import Conflict, Missing, UnreadableInput
from zhicheng.domain.plan import lint
from zhicheng.domain.plan.compiler import UnitVocabulary, compile_file
from zhicheng.domain.plan.model import Plan
from zhicheng.domain.plan.reading.begin import begin
from zhicheng.domain.plan.reading.correct import Correction, correct
from zhicheng.domain.plan.reading.model import Reading, progress
from zhicheng.domain.plan.reading.stored import as_json, of_json
from zhicheng.domain.plan.reading.version import Head, version
from zhicheng.engine.checks import Finding
from zhicheng.store import clock, ledger, outbox, plans
from zhicheng.store.models import Draft, PlanVersion
from zhicheng.store.queries import drafts
from zhicheng.store.queries import plans as versions
from zhicheng.store.queries.attachments import DRAFT
from zhicheng.usecases.adopt_plan import write
from zhicheng.usecases.attachments import add_attachment
from zhicheng.usecases.policy import ROLE_NAMES, Person, require


def start_draft(person: Person, *, name: str, content: bytes) -> Draft:
    """Compile a file and keep what was read as a draft, from the first moment on.

    Raises UnreadableInput (scanned, empty, broken, unknown kind) with what to do; nothing is kept then.
    """
    require(person, "plan.compile")
    in_force = versions.versions().filter(draft=False).first()
    before = versions.plan_of(in_force) if in_force else None
    reading = begin(compile_file(content, name, units=_vocabulary(before)), before)
    file = add_attachment(person, [content], name, subject=DRAFT)
    with ledger.writing():
        now = clock.now()
        draft = Draft.objects.create(
            title=(reading.title or name)[:200], source_name=name[-200:], text=reading.text,
            source_sha256=file.sha256, compiled=as_json(reading),
            against=in_force.number if in_force and reading.before else None, unit_key=person.unit, by=person.account,
            created_at=now, changed_at=now,
        )  # fmt: skip
        ledger.append(
            person.account, "draft.start", f"draft:{draft.pk}",
            detail={"source_sha256": draft.source_sha256, "against": draft.against}, after=_state(draft),
        )  # fmt: skip
    return draft


def _vocabulary(before: Plan | None) -> UnitVocabulary:
    """The names by which the version in force knows its units."""
    units = before.units if before else ()
    return UnitVocabulary({name: unit.name for unit in units for name in (unit.name, *(n.name for n in unit.names))})


def reading_of(draft: Draft) -> Reading:
    """The draft's reading with every correction laid over it; a fixed number of queries."""
    reading = of_json(draft.compiled, draft.text, drafts.read_against(draft))
    return correct(reading, map(Correction.of_json, draft.corrections))


def reading_without_plan(draft: Draft) -> Reading:
    """The same without the version it is read against: enough to say how far it is, and no query."""
    return correct(of_json(draft.compiled, draft.text, None), map(Correction.of_json, draft.corrections))


def correct_reading(person: Person, number: int, revision: int, corrections: Sequence[Correction]) -> Draft:
    """Lay corrections over the draft, all or none. revision: the one the person saw; Conflict where it has grown since."""
    detail = {"acts": [f"{c.act} {c.about}" for c in corrections]}
    with _changing(person, number, revision, "draft.correct", detail) as draft:
        correct(reading_of(draft), corrections)
        said = {"by": person.account, "at": clock.now().isoformat()}
        draft.corrections = [*draft.corrections, *({**c.as_json(), **said} for c in corrections)]
    return draft


def undo_correction(person: Person, number: int, revision: int) -> Draft:
    """Take the last correction back. Raises Conflict where there is none."""
    with _changing(person, number, revision, "draft.undo", {}) as draft:
        if not draft.corrections:
            raise Conflict("没有可撤销的改动", todo="刷新页面")
        draft.corrections = draft.corrections[:-1]
    return draft


def keep_draft(person: Person, number: int, title: str) -> Draft:
    """Keep the draft under a title, to be found again. What was corrected is saved already, act by act."""
    if not title.strip():
        raise UnreadableInput("草稿没有标题", where="标题", todo="写一个找得到的标题")
    with _changing(person, number, None, "draft.keep", {}) as draft:
        draft.title, draft.kept = title.strip()[:200], True
    return draft


def discard_draft(person: Person, number: int) -> Draft:
    """Give the draft up. It leaves the lists; the ledger keeps that it was."""
    with _changing(person, number, None, "draft.discard", {}) as draft:
        draft.state = "discarded"
    return draft


def plan_of_draft(person: Person, reading: Reading, head: Head) -> Plan:
    """The plan the draft would become."""
    office = next((ROLE_NAMES[role] for role in ROLE_NAMES if role in person.roles), "本机")
    return version(reading, head, by=office, today=clock.today())


def findings_of(plan: Plan) -> list[Finding]:
    """Everything the checks of a text say of the plan a draft would become."""
    return lint.check(plan)


def errors_of(plan: Plan) -> list[Finding]:
    """What the checks call an error: it stands in the way of a version; everything else travels with it."""
    return [finding for finding in findings_of(plan) if finding.severity == "error"]


def publish_version(person: Person, number: int, revision: int, head: Head) -> PlanVersion:
    """Make the draft a draft version (草案版): immutable, to be read and compared, not in force.

    Open questions travel with it. Raises UnreadableInput for unread words or errors, Conflict where it says exactly
    what the version it was read against says.
    """
    with _changing(person, number, revision, "draft.publish", {}) as draft:
        reading = reading_of(draft)
        if unread := progress(reading).unread:
            raise UnreadableInput(
                f"还有{unread}段文字未读", where="未读文字", todo="逐段读作条款，或写明为什么不属方案"
            )
        _require_head(head)
        plan = plan_of_draft(person, reading, head)
        if errors := errors_of(plan):
            raise UnreadableInput(
                f"检查出{len(errors)}处不符：{errors[0].message}", where=errors[0].key, todo="改正后再生成版本"
            )
        if draft.against and versions.version(draft.against).content_sha256 == plans.content_hash(plan):
            raise Conflict(f"与第{draft.against}版完全相同", todo="不必再生成版本")
        made = write(person, plan, draft=True)
        draft.state, draft.version = "published", made.number
        ledger.append(
            person.account, "plan.draft", f"plan:{plan.key}",
            detail={
                "version": made.number, "content_sha256": made.content_sha256, "text_sha256": plan.sha256,
                "draft": draft.pk, "questions": progress(reading).questions,
            },
            after={"content_sha256": made.content_sha256},
        )  # fmt: skip
        outbox.announce("plan.drafted", {"version": made.number})
    return made


def _require_head(head: Head) -> None:
    """Raises UnreadableInput for a version without name, title or years: no clause can supply them."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,90}", head.key):
        raise UnreadableInput("方案代号不合写法", where="方案代号", todo="用小写字母、数字和短横，例如 jia-2028-2030")
    if not head.title:
        raise UnreadableInput("没有写标题", where="标题", todo="写方案的全称")
    if not 1900 < head.period[0] <= head.period[1] < 2200:
        raise UnreadableInput("起止年份不对", where="起始年、终止年", todo="写四位年份，起始年不晚于终止年")


@contextmanager
def _changing(person: Person, number: int, revision: int | None, act: str, detail: dict[str, Any]) -> Iterator[Draft]:
    """One act on one's own open draft: locked, saved, entered in the ledger; nothing of it if the act fails."""
    require(person, "plan.compile")
    with ledger.writing():
        draft = Draft.objects.select_for_update().filter(pk=number).first()
        if draft is None or not _own(person, draft):
            raise Missing("没有这份草稿，或它属于别的单位", where=f"草稿{number}", todo="从草稿列表中选择")
        if draft.state != "open":
            raise Conflict(f"这份草稿{draft.get_state_display()}，不能再改", todo="重新读入一份")
        if revision is not None and draft.revision != revision:
            raise Conflict(
                "在您打开页面以后，这份草稿已被改动", where=f"草稿{number}", todo="刷新页面，看过别人的改动再改"
            )
        before = _state(draft)
        yield draft
        draft.revision, draft.changed_at = draft.revision + 1, clock.now()
        draft.save()
        ledger.append(person.account, act, f"draft:{draft.pk}", detail=detail, before=before, after=_state(draft))


def _own(person: Person, draft: Draft) -> bool:
    return person.machine or draft.by == person.account or bool(person.unit and draft.unit_key == person.unit)


def _state(draft: Draft) -> dict[str, Any]:
    """What the ledger's hashes cover: text, corrections and where the draft stands."""
    return {
        "text_sha256": hashlib.sha256(draft.text.encode()).hexdigest(), "corrections": draft.corrections,
        "state": draft.state, "title": draft.title, "version": draft.version,
    }  # fmt: skip
