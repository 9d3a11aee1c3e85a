"""公文的网页: drafts, the form of one, issuing, the issued papers with both files. Not here: what is right (issue_paper)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.engine.papers.compose import remarks, uncertain
from zhicheng.engine.papers.kind import Field, Kind, Office
from zhicheng.engine.papers.load import Stationery
from zhicheng.faces.web.gate import gated
from zhicheng.store import clock
from zhicheng.store.models import PaperDraft
from zhicheng.store.papers import fonts, screen
from zhicheng.store.queries import accounts
from zhicheng.store.queries import papers as rows
from zhicheng.usecases import issue_paper as errands
from zhicheng.usecases.policy import Person, may, require

A_PAGE = 30
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDGETS: dict[str, Callable[[], forms.Widget]] = {
    "line": lambda: forms.TextInput(attrs={"lang": "zh-Hans"}),
    "phone": lambda: forms.TextInput(attrs={"inputmode": "tel"}),
    "date": lambda: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "text": lambda: forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"}),
    "list": lambda: forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"}),
    "names": lambda: forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"}),
    "articles": lambda: forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"}),
}


@require_safe
@gated("papers.list")
def papers(request: HttpRequest) -> HttpResponse:
    """What waits to be finished, what may be begun, what was issued."""
    person = _person(request)
    units = errands.sees(person)
    stationery = rows.stationery_or_none()
    wanted = request.GET.get("kind", "")
    issued = rows.papers(units).filter(kind_key=wanted) if wanted else rows.papers(units)
    context = {
        "stationery": stationery,
        "drafts": [_draft_row(stationery, draft) for draft in rows.drafts(units)[:A_PAGE]] if stationery else [],
        "kinds": _kinds(stationery) if stationery else [],
        "writes": bool(stationery and errands.writes_for(person, stationery)),
        "page": Paginator(issued, A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "fonts": fonts.of_this_machine(),
    }
    return render(request, "papers/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gated("papers.list")
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty form of a kind; its first saving makes the draft."""
    person, stationery = _person(request), rows.stationery()
    of_kind, offices = stationery.kind(kind), errands.writes_for(person, stationery)
    form = _form(of_kind, offices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = errands.write_draft(person, kind, *_said(form))
        return redirect("paper-draft", draft.pk)
    return render(
        request, "papers/draft.html", {"kind": of_kind, "form": form, "offices": offices, "name": _name(of_kind)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gated("papers.list")
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A draft: its form, what it lacks, its slips of writing, its pages as they would be printed today."""
    person, stationery, found = _person(request), rows.stationery(), rows.draft(number)
    kind, offices = stationery.kind(found.kind_key), errands.writes_for(person, stationery)
    form = _form(kind, offices, request.POST or {**found.data, "office": found.office_key})
    if request.method == "POST" and form.is_valid():
        found = errands.write_draft(person, found.kind_key, *_said(form), number=number)
        if not request.headers.get("HX-Request"):
            return redirect("paper-draft", number)
    _require_own(person, found)
    return render(request, "papers/draft.html", _draft_context(stationery, kind, found, form, offices))


def _draft_context(
    stationery: Stationery, kind: Kind, found: PaperDraft, form: forms.Form, offices: list[Office]
) -> dict[str, Any]:
    lacks = errands.lacks(stationery, found)
    office = stationery.office(found.office_key)
    return {
        "kind": kind, "name": _name(kind), "draft": found, "form": form, "offices": offices, "office": office,
        "lacks": lacks, "slips": remarks(kind, found.data), "uncertain": uncertain(kind, clock.today()),
        "next": errands.next_number(office, kind), "case": _case_of(found.subject), "version": int(found.changed_at.timestamp() * 1000),
    }  # fmt: skip


@require_safe
@gated("papers.list")
def pages(request: HttpRequest, number: int) -> HttpResponse:
    """The pages of a draft as pictures, for the side of its form; what keeps it from being drawn is said instead."""
    try:
        count, fault = screen.sides(errands.preview(_person(request), number)), None
    except UnreadableInput as error:
        count, fault = 0, error
    context = {
        "draft": rows.draft(number),
        "sides": range(1, count + 1),
        "fault": fault,
        "version": request.GET.get("v"),
    }
    return render(request, f"papers/{'pages' if request.headers.get('HX-Request') else 'sides'}.html", context)


@require_safe
@gated("papers.list")
def picture(request: HttpRequest, number: int, side: int) -> HttpResponse:
    return _side(errands.preview(_person(request), number), side)


@require_safe
@gated("papers.list")
def preview(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The draft as a file, marked as a draft."""
    content = errands.preview(_person(request), number, "word" if form == "docx" else "pdf")
    return _file(content, f"{_('草稿')}{number}.{'docx' if form == 'docx' else 'pdf'}")


@require_POST
@gated("papers.list")
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Number and issue; the draft becomes a paper."""
    paper = errands.issue(_person(request), number)
    messages.success(request, _("已签发：%(number)s") % {"number": paper.number})
    return redirect("paper", paper.pk)


@require_POST
@gated("papers.list")
def discard(request: HttpRequest, number: int) -> HttpResponse:
    errands.discard_draft(_person(request), number)
    messages.success(request, _("草稿已删除；它没有编号，不影响发文字号。"))
    return redirect("papers")


@require_safe
@gated("papers.list")
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """One issued paper: what it says, who issued it, what it was printed with, both files."""
    found = errands.open_paper(_person(request), number)
    stationery = rows.as_it_was(found.stationery)
    kind = stationery.kind(found.kind_key)
    faces = {face.key: face.label for face in fonts.of_this_machine().faces}
    context = {
        "paper": found, "kind": kind, "name": _name(kind),
        "said": [(_label(field), found.data[name]) for name, field in kind.fields.items() if found.data.get(name)],
        "faces": [(faces[key], used["family"]) for key, used in found.fonts.items() if key in faces],
        "sides": range(1, screen.sides(errands.reprint(_person(request), number, "pdf")[1]) + 1),
        "by": accounts.names([found.issued_by]).get(found.issued_by or 0, ""),
        "office": stationery.office(found.office_key), "case": _case_of(found.subject),
    }  # fmt: skip
    return render(request, "papers/paper.html", context)


@require_safe
@gated("papers.list")
def paper_picture(request: HttpRequest, number: int, side: int) -> HttpResponse:
    return _side(errands.reprint(_person(request), number, "pdf")[1], side)


@require_safe
@gated("papers.list")
def paper_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The bytes that were issued, every time the same."""
    kept, content = errands.reprint(_person(request), number, "word" if form == "docx" else "pdf")
    return _file(content, kept.name)


def _person(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _require_own(person: Person, found: PaperDraft) -> None:
    """A draft is read by those who may write it, and by those who read every paper."""
    if not may(person, "papers.draft", found).allowed:
        require(person, "papers.read", found)


def _kinds(stationery: Stationery) -> list[dict[str, Any]]:
    return [{"key": kind.key, "name": _name(kind), "kind": kind} for kind in stationery.kinds]


def _draft_row(stationery: Stationery, found: PaperDraft) -> dict[str, Any]:
    kind = stationery.kind(found.kind_key)
    said = [found.data[name].replace("\n", "") for name in kind.fields if found.data.get(name)]
    return {
        "draft": found, "name": _name(kind), "about": "，".join(said[:2]), "lacks": errands.lacks(stationery, found),
        "office": stationery.office(found.office_key).name, "case": _case_of(found.subject),
    }  # fmt: skip


def _case_of(subject: str) -> str:
    """The number of the case a paper is about; empty for one that is about none."""
    what, _, rest = subject.partition(":")
    return rest.partition("#")[0] if what == "case" else ""


def _name(kind: Kind) -> str:
    return kind.en if get_language() == "en" else kind.name


def _label(field: Field) -> str:
    return field.en if get_language() == "en" else field.label


def _form(kind: Kind, offices: list[Office], said: Any) -> forms.Form:
    """The form of a kind. Nothing is required to save; what is missing to issue is said beside it."""
    choices = [(office.key, office.name) for office in offices]
    fields: dict[str, forms.Field] = {
        "office": forms.ChoiceField(
            label=_("发文机关"), choices=choices, widget=forms.Select(attrs={"lang": "zh-Hans"})
        )
    }
    for name, field in kind.fields.items():
        widget = _WIDGETS[field.kind]()
        if field.lines:
            widget.attrs["rows"] = field.lines
        label = _label(field) if field.required else _("%(label)s（可不填）") % {"label": _label(field)}
        fields[name] = forms.CharField(
            label=label, required=False, strip=True, max_length=errands.LONGEST, widget=widget,
            help_text=_help(field),
        )  # fmt: skip
    form = forms.Form(said)
    form.fields.update(fields)
    return form


def _help(field: Field) -> str:
    """The hint, and words one may take over, in the words of the data."""
    hint = format_html('<span lang="zh-Hans">{}</span>', field.hint) if field.hint else ""
    lines = ((each.text, "" if each.confirmed else "（待核实）") for each in field.suggest)
    return format_html("{}{}", hint, format_html_join("", '<span class="offer" lang="zh-Hans">{}{}</span>', lines))


def _said(form: forms.Form) -> tuple[str, dict[str, str]]:
    data = dict(form.cleaned_data)
    return data.pop("office"), data


def _side(content: bytes, side: int) -> HttpResponse:
    made = screen.picture(content, side)
    if made is None:
        raise Missing(_("没有这一面"), where=str(side), todo=_("从公文的网页打开"))
    return HttpResponse(made, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    kind = DOCX if name.endswith(".docx") else "application/pdf"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
