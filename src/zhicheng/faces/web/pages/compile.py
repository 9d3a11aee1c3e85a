"""读入核对: a file comes in, a person checks what was read beside the text, the draft becomes a draft version.

Not here: what a correction does (domain/plan/reading), how the page is laid out in values (desk), writing (usecases/drafts).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.base.errors import Conflict, Missing, UnreadableInput
from zhicheng.domain.plan.reading.correct import PLAIN, Correction
from zhicheng.domain.plan.reading.fields import FIELDS, written
from zhicheng.domain.plan.reading.model import Piece, Reading, progress
from zhicheng.domain.plan.reading.version import Head, head_of
from zhicheng.faces.web import desk, desk_words
from zhicheng.faces.web.gate import gated
from zhicheng.store.models import Draft
from zhicheng.store.queries import accounts, drafts
from zhicheng.usecases import drafts as errands
from zhicheng.usecases.adopt_plan import adopt_version
from zhicheng.usecases.policy import Person, may

NARRATIVE = "叙述，不含目标、资金、职责"
SHOWN_DRAFTS = 30


@require_http_methods(["GET", "HEAD", "POST"])
@gated("plan.compile")
def intake(request: HttpRequest) -> HttpResponse:
    """The drafts in hand and the form for another file. What cannot be read says so here, and nothing else is touched."""
    fault = None
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise UnreadableInput(_("没有选文件"), todo=_("选一份文件再读入"))
            draft = errands.start_draft(_person(request), name=file.name or "", content=file.read())
            return redirect("draft", draft.pk)
        except UnreadableInput as error:
            fault = error
    mine = list(_mine(request)[:SHOWN_DRAFTS])
    names = accounts.names(draft.by for draft in mine)
    rows = [
        {
            "draft": d,
            "progress": progress(errands.reading_without_plan(d)) if d.state == "open" else None,
            "by": names.get(d.by or 0, ""),
        }
        for d in mine
    ]
    return render(request, "compile/intake.html", {"rows": rows, "fault": fault}, status=400 if fault else 200)


@require_safe
@gated("plan.compile")
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """The desk: text on one side, structure on the other, what must be settled first."""
    kept, reading = _draft(request, number)
    return render(request, "compile/desk.html", _desk(request, kept, reading))


@require_POST
@gated("plan.compile")
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Accept or reopen a clause, explain unread words: the acts that need no form of their own."""
    said = request.POST
    act, about, reason = said.get("act", ""), said.get("about", ""), _reason(said)
    if act in ("excuse", "join") and not about:
        raise UnreadableInput(_("没有选未读文字"), todo=_("勾选要说明的几段再提交"))
    if act == "excuse":
        about = ",".join(said.getlist("about"))
    several = said.getlist("about") if act == "join" else [about]
    corrections = [Correction(act, each, {}, reason) for each in several]
    if act == "accept" and said.get("narrative"):
        corrections.insert(0, Correction("excuse", said["narrative"], {}, NARRATIVE))
    errands.correct_reading(_person(request), number, _revision(said), corrections)
    return _back(number, said.get("open", ""))


@require_POST
@gated("plan.compile")
def undo(request: HttpRequest, number: int) -> HttpResponse:
    errands.undo_correction(_person(request), number, _revision(request.POST))
    return _back(number, "")


@require_http_methods(["GET", "HEAD", "POST"])
@gated("plan.compile")
def piece(request: HttpRequest, number: int, identifier: str) -> HttpResponse:
    """改读法: the form of one thing read: its class, its words, its values, and the reason."""
    kept, reading = _draft(request, number)
    found = reading.piece(identifier)
    if found is None:
        raise Missing(_("这一处已被改成别的读法"), where=identifier, todo=_("回到核对页，从原文点开"))
    fault, said = None, None
    if request.method == "POST":
        said = request.POST
        try:
            corrections = list(_changes(reading, found, said.dict()))
            if not corrections:
                raise UnreadableInput(_("没有改动任何一栏"), todo=_("改好一栏再存；读得对就接受本条"))
            errands.correct_reading(_person(request), number, _revision(said), corrections)
            return _back(number, found.clause)
        except (UnreadableInput, Conflict) as error:
            fault = error
    context = {
        "draft": kept, "piece": found, "row": desk.row(reading, found), "clause": reading.clause(found.clause),
        "inputs": desk.inputs(found, said.dict() if said else None), "kinds": desk_words.KINDS, "fault": fault, "said": said,
        "quote": said.get("quote") if said else desk.row(reading, found).quote,
    }  # fmt: skip
    return _form(request, "compile/piece", context | _theirs(kept, fault), _status(fault))


@require_http_methods(["GET", "HEAD", "POST"])
@gated("plan.compile")
def clause(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Read more words of a clause as something, ask a question about them, or mend its list of units."""
    kept, reading = _draft(request, number)
    found = next((c for c in reading.clauses if c.key == key), None)
    if found is None:
        raise Missing(_("草稿里没有这一条"), where=key, todo=_("回到核对页，从结构里点开"))
    fault, said = None, None
    if request.method == "POST":
        said = request.POST
        names = ("units",) if said.get("act") == "units" else ("kind", "quote", "text")
        values = {name: said[name].strip() for name in names if said.get(name)}
        try:
            act = Correction(said.get("act", ""), key, values, _reason(said))
            errands.correct_reading(_person(request), number, _revision(said), [act])
            return _back(number, key)
        except (UnreadableInput, Conflict) as error:
            fault = error
    context = {
        "draft": kept, "clause": found, "kinds": desk_words.KINDS, "fault": fault, "said": said,
        "quote": (said or request.GET).get("quote", ""), "kind": (said or request.GET).get("kind", ""),
        "units": "、".join(u.name + {"lead": "（牵头）", "support": "（配合）"}.get(u.role or "", "") for u in found.units),
    }  # fmt: skip
    return _form(request, "compile/clause", context | _theirs(kept, fault), _status(fault))


@require_POST
@gated("plan.compile")
def keep(request: HttpRequest, number: int) -> HttpResponse:
    kept = errands.keep_draft(_person(request), number, request.POST.get("title", ""))
    messages.success(request, _("草稿“%(title)s”已存，随时可以接着核对。") % {"title": kept.title})
    return redirect("compile")


@require_POST
@gated("plan.compile")
def discard(request: HttpRequest, number: int) -> HttpResponse:
    kept = errands.discard_draft(_person(request), number)
    messages.success(request, _("草稿“%(title)s”已放弃。") % {"title": kept.title})
    return redirect("compile")


@require_http_methods(["GET", "HEAD", "POST"])
@gated("plan.compile")
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """What the version would be and what stands in its way, before anything is written; then the version."""
    kept, reading = _draft(request, number)
    head, fault = _head(reading, request.POST), None
    if request.method == "POST":
        try:
            made = errands.publish_version(_person(request), number, _revision(request.POST), head)
            messages.success(request, _("已生成第 %(n)s 版（草案版，尚未生效）。") % {"n": made.number})
            return redirect("diff", kept.against, made.number) if kept.against else redirect("draft", number)
        except UnreadableInput as error:
            fault = error
    plan = errands.plan_of_draft(_person(request), reading, head)
    errors = errands.errors_of(plan)
    now = progress(reading)
    context = {
        "draft": kept, "head": head, "progress": now, "errors": errors, "plan": plan, "fault": fault,
        "changes": desk.changes(reading), "ready": not now.unread and not errors, "not_accepted": now.clauses - now.accepted,
    }  # fmt: skip
    return render(request, "compile/publish.html", context, status=400 if fault else 200)


@require_POST
@gated("plan.adopt")
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """入库生效: the draft version this draft became is put in force, cited to what adopted it."""
    person = _person(request)
    kept = drafts.draft_of(number, person.account, person.unit)
    if kept.version is None:
        raise Missing(_("这份草稿还没有成版"), todo=_("先生成草案版"))
    made = adopt_version(person, kept.version, request.POST.get("cites", ""))
    messages.success(request, _("第 %(n)s 版已入库生效。") % {"n": made.number})
    return redirect("versions")


def _person(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _mine(request: HttpRequest) -> Any:
    person = _person(request)
    return drafts.drafts_of(person.account, person.unit)


def _draft(request: HttpRequest, number: int) -> tuple[Draft, Reading]:
    person = _person(request)
    kept = drafts.draft_of(number, person.account, person.unit)
    return kept, errands.reading_of(kept)


def _revision(said: QueryDict) -> int:
    value = said.get("revision", "")
    if not value.isdecimal() or len(value) > 9:
        raise UnreadableInput(_("表单缺了版次，无法确认有没有别人改过"), todo=_("刷新页面后重新提交"))
    return int(value)


def _reason(said: Mapping[str, Any]) -> str:
    """The reason a person wrote, else the ready-made one they chose."""
    return str(said.get("reason", "")).strip() or str(said.get("ready_reason", "")).strip()


def _back(number: int, open_: str) -> HttpResponse:
    """To the desk, with one clause open."""
    address = reverse("draft", args=[number])
    return redirect(f"{address}?{urlencode({'open': open_})}#k-{desk.dom(open_)}" if open_ else address)


def _form(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    """A form alone for htmx, which puts it into its place, else on a page of its own."""
    alone = bool(request.htmx)  # type: ignore[attr-defined]
    response = render(
        request, f"{name}_form.html" if alone else f"{name}.html", context, status=200 if alone else status
    )
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def _status(fault: Exception | None) -> int:
    return 200 if fault is None else 409 if isinstance(fault, Conflict) else 400


def _theirs(kept: Draft, fault: Exception | None) -> dict[str, Any]:
    """Where somebody else was first: what they changed, to be seen beside what this person typed. One query, or none."""
    if not isinstance(fault, Conflict) or not kept.corrections:
        return {}
    last = kept.corrections[-1]
    return {"theirs": desk.change_log([last], accounts.names([last.get("by")]))[0]}


def _changes(reading: Reading, found: Piece, said: Mapping[str, Any]) -> list[Correction]:
    """What the form changed, in the order it must happen: class, then words, then values. The reason holds for all."""
    reason, about, kind = _reason(said), found.id, said.get("class", found.kind)
    if kind == PLAIN:
        return [Correction("class", about, {"kind": PLAIN}, reason)]
    made = []
    quote = said.get("quote", "").strip()
    if kind != found.kind:
        made.append(Correction("class", about, {"kind": kind}, reason))
        about = f"{kind}:{found.span.start}"
    if quote and quote != desk.row(reading, found).quote:
        made.append(Correction("bounds", about, {"quote": quote}, reason))
        about = f"{kind}:{desk.start_of(reading, found, quote)}"
    if kind == found.kind:
        values = {
            field.name: said[field.name].strip()
            for field in FIELDS[found.kind]
            if field.name in said and said[field.name].strip() != written(field, found.values[field.name])
        }
        if values:
            made.append(Correction("set", about, values, reason))
    return made


def _head(reading: Reading, said: Mapping[str, Any]) -> Head:
    """The head of the version in force, under whatever the form says."""
    before = head_of(reading.before) if reading.before else Head("", reading.title, "", "", "", "", (0, 0), {})

    def text(name: str, fallback: str) -> str:
        return str(said.get(name, fallback)).strip()

    def year(name: str, fallback: int) -> int:
        value = str(said.get(name, ""))
        return int(value) if value.isdecimal() and len(value) == 4 else fallback

    return Head(
        before.key or text("key", ""), text("title", before.title), text("subtitle", before.subtitle),
        text("city", before.city), text("issuer", before.issuer), text("drafting_unit", before.drafting_unit),
        (year("first_year", before.period[0]), year("last_year", before.period[1])), before.meta,
    )  # fmt: skip


def _desk(request: HttpRequest, kept: Draft, reading: Reading) -> dict[str, Any]:
    now = progress(reading)
    sheets = desk.sheets(reading)
    plan_blocks = [block for sheet in sheets if sheet.is_plan for block in sheet.blocks]
    gaps = desk.gaps(reading)
    waiting = [block for block in plan_blocks if block.asked and not block.clause.accepted]
    wanted = request.GET.get("open", "")
    found = errands.findings_of(errands.plan_of_draft(_person(request), reading, _head(reading, {})))
    changed = {clause.key for clause in reading.clauses if not clause.same}
    names = accounts.names(row.get("by") for row in kept.corrections)
    return {
        "draft": kept, "reading": reading, "progress": now, "sheets": sheets, "blocks": plan_blocks,
        "parts": desk.parts(reading), "changes": desk.change_log(kept.corrections, names),
        "open_gaps": [gap for gap in gaps if not gap.unread.reason], "settled_gaps": [gap for gap in gaps if gap.unread.reason],
        "waiting": waiting, "open": wanted or (waiting[0].clause.key if waiting else ""),
        "questions": [(block, row) for block in plan_blocks for row in block.rows if row.piece.kind == "question"],
        "may_adopt": may(_person(request), "plan.adopt").allowed,
        "reasons": desk_words.REASONS, "counts": desk.totals(reading),
        "errors": [each for each in found if each.severity == "error"],
        "remarks": [each for each in found if each.severity != "error" and each.clause in changed],
    }  # fmt: skip
