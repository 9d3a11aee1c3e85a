"""检查意见: what the checks say, what needs a person first; one finding with its answers; many answered at once.

Not here: the checks (domain), who may answer (usecases/policy), open questions (questions.py), the page of rules (rules.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web import rules
from zhicheng.faces.web.display import fullwidth, moment
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.tables import table_response
from zhicheng.faces.web.words import ANSWERS, SEVERITIES
from zhicheng.store import ledger
from zhicheng.store.models import Finding
from zhicheng.store.queries import accounts
from zhicheng.store.queries import findings as rows
from zhicheng.store.queries import plan as reads
from zhicheng.store.queries.findings import Concern
from zhicheng.store.queries.plan import Remark
from zhicheng.usecases.answer_finding import answer_finding
from zhicheng.usecases.check_plan import check_plan
from zhicheng.usecases.policy import Permission, Person, may

# The weightiest first: name, severities, verdicts, what it asks of a person.
GROUPS = (
    ("error", gettext_lazy("不符"), ("error",), ("not_met",), gettext_lazy("有据可查的错误，须改正")),
    ("warning", gettext_lazy("存疑"), ("warning",), ("not_met",), gettext_lazy("文本或记录本身有问题，须判断")),
    (
        "unshown",
        gettext_lazy("不能证明"),
        ("error", "warning"),
        ("cannot_be_shown",),
        gettext_lazy("记录里看不出来，须补证据或补规定"),
    ),
    ("info", gettext_lazy("提示"), ("info",), ("not_met", "cannot_be_shown"), gettext_lazy("不妨碍执行，宜知道")),
    ("met", gettext_lazy("合规但留意"), ("error", "warning", "info"), ("met",), gettext_lazy("已符合，有一点要留意")),
)
VERDICTS = {"not_met": gettext_lazy("不符"), "cannot_be_shown": gettext_lazy("不能证明"), "met": gettext_lazy("符合")}
FOLDED_ABOVE = 3  # findings of one rule
CONTEXT = 60  # characters shown on either side of a quote at its place


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in the list: where it is, whether this person may answer it and, if not, why."""

    remark: Remark
    label: str
    document: str
    may: Permission
    mine: bool  # concerns the reader's own unit

    @property
    def finding(self) -> Finding:
        return self.remark.finding


@require_safe
@gated("findings.read")
def findings(request: HttpRequest) -> HttpResponse:
    """Unanswered findings by weight, then the answered ones; narrowed by rule, clause, document and answer."""
    version, plan = reads.in_force()
    everything = _rows(_person(request), plan, reads.remarks(version))
    chosen = [row for row in everything if _wanted(row, request.GET)]
    waiting = [row for row in chosen if row.remark.answer is None]
    groups = []
    for key, name, severe, shown, asks in GROUPS:
        own = [row for row in waiting if row.finding.severity in severe and row.finding.verdict in shown]
        wide = key in ("error", "warning") or bool(request.GET.get("rule") or request.GET.get("clause"))
        groups.append({"key": key, "name": name, "asks": asks, "rows": own, "parts": _by_rule(own, wide)})
    used = {row.finding.rule for row in everything}
    context = {
        "version": version,
        "groups": [group for group in groups if group["rows"]],
        "answered": [row for row in chosen if row.remark.answer is not None],
        "waiting": len(waiting),
        "total": len(everything),
        "open_total": sum(row.remark.answer is None for row in everything),
        "rules": [rule for rule in rules.all_rules() if rule.id in used],
        "clauses": [c for c in plan.clauses if c.key in {row.finding.clause_key for row in everything}],
        "documents": plan.documents,
        "said": request.GET,
        "narrowed": any(request.GET.get(name) for name in ("rule", "clause", "document", "answered", "mine")),
        "answers": ANSWERS,
        "has_unit": bool(_person(request).unit),
        "questions": len(plan.questions),
        "may_answer": any(row.may.allowed for row in waiting),
        "may_check": may(_person(request), "findings.check").allowed,
        "checked_at": max((row.finding.checked_at for row in everything), default=None),
    }
    return render(request, "findings/list.html", context)


@require_safe
@gated("findings.read")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The narrowed list with its newest answers as a file. form: csv or xlsx."""
    version, plan = reads.in_force()
    head = (
        _("规则"),
        _("轻重"),
        _("结论"),
        _("出处"),
        _("意见"),
        _("原文"),
        _("建议"),
        _("答复"),
        _("理由"),
        _("答复时间"),
    )
    body = []
    for row in _rows(_person(request), plan, reads.remarks(version)):
        if _wanted(row, request.GET):
            said, answer = row.finding, row.remark.answer
            answered = (ANSWERS[answer.kind], answer.reason, moment(answer.at)) if answer else ("", "", "")
            body.append(
                (said.rule, SEVERITIES[said.severity], VERDICTS[said.verdict], row.label, said.message, said.quote, said.suggestion, *answered)
            )  # fmt: skip
    return table_response("检查意见", head, body, form)


@require_http_methods(["GET", "HEAD", "POST"])
@gated("findings.read")
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding: the words at their place, what is said, what to write instead, the law, the answers."""
    found, fault = rows.finding(number), None
    if request.method == "POST":
        try:
            said = request.POST
            seen = said.get("seen", "")
            answer = answer_finding(
                _person(request), number, said.get("kind", ""), said.get("reason", ""),
                seen=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
            )  # fmt: skip
            messages.success(
                request, _("已答复：%(answer)s。原答复仍留在下面的记录里。") % {"answer": ANSWERS[answer.kind]}
            )
            return redirect("finding", number)
        except UnreadableInput as error:
            fault = error
    plan = reads.numbered(found.version.number)[1]
    answers = list(rows.answers(found))
    names = accounts.names(answer.by for answer in answers)
    context = {
        "finding": found,
        "version": found.version,
        "rule": rules.rule(found.rule),
        "clause": next((c for c in plan.clauses if c.key == found.clause_key), None),
        "place": _place(plan, found),
        "articles": rules.articles(found.articles),
        "answers": [{"answer": answer, "by": names.get(answer.by or 0, "")} for answer in answers],
        "kinds": ANSWERS,
        "may": may(_person(request), "findings.answer", concern_of(plan, found)),
        "may_ledger": may(_person(request), "ledger.read").allowed,
        "next": _next(_person(request), plan, found) if answers else None,
        "fault": fault,
        "said": request.POST,
    }
    return render(request, "findings/finding.html", context, status=400 if fault else 200)


def _next(person: Person, plan: Plan, done: Finding) -> Finding | None:
    """The next finding this person may answer and nobody has: of the same rule first."""
    left = [
        row.finding
        for row in _rows(person, plan, reads.remarks(done.version))
        if row.may.allowed and row.remark.answer is None and row.finding.pk != done.pk
    ]
    return next((each for each in left if each.rule == done.rule), left[0] if left else None)


@require_POST
@gated("findings.read")
def answer_many(request: HttpRequest) -> HttpResponse:
    """批量答复: first what would happen to each finding chosen, nothing written; confirmed, all that may be answered are."""
    version, plan = reads.in_force()
    said, person = request.POST, _person(request)
    wanted = {int(number) for number in said.getlist("finding") if number.isdecimal() and len(number) < 19}
    chosen = [row for row in _rows(person, plan, reads.remarks(version)) if row.finding.pk in wanted]
    kind, reason = said.get("kind", ""), said.get("reason", "").strip()
    if not chosen:
        raise UnreadableInput(_("没有选检查意见"), todo=_("勾选要一并答复的几条再提交"))
    if kind not in ANSWERS or not reason:
        raise UnreadableInput(_("答复和理由都要写"), todo=_("选一种答复，写明依据或安排"))
    able = [row for row in chosen if row.may.allowed]
    if said.get("confirmed"):
        with ledger.writing():
            for row in able:
                answer_finding(person, row.finding.pk, kind, reason)
        done = ngettext("已答复 %(n)s 条检查意见。", "已答复 %(n)s 条检查意见。", len(able)) % {"n": len(able)}
        messages.success(request, done)
        return redirect("findings")
    context = {"rows": chosen, "able": able, "kind": kind, "word": ANSWERS[kind], "reason": reason, "version": version}
    return render(request, "findings/preview.html", context)


@require_POST
@gated("findings.check")
def check_again(request: HttpRequest) -> HttpResponse:
    """Run every check anew, as of the city's today; answers stay."""
    counts = check_plan(_person(request), reads.in_force()[0])
    messages.success(
        request, _("已重新检查：新增 %(new)s 条，仍在 %(renewed)s 条，消除 %(gone)s 条。答复都还在。") % counts
    )
    return redirect(reverse("findings"))


def concern_of(plan: Plan, found: Finding) -> Concern:
    """The units whose task stands in the finding's clause, read from the plan at hand."""
    return Concern(frozenset(a.unit for task in plan.tasks if task.clause == found.clause_key for a in task.units))


def _person(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _rows(person: Person, plan: Plan, remarks: Iterable[Remark]) -> list[Row]:
    clauses = {clause.key: clause for clause in plan.clauses}
    made = []
    for remark in remarks:
        clause = clauses.get(remark.clause_key)
        concern = concern_of(plan, remark.finding)
        permission = may(person, "findings.answer", concern)
        where = (clause.label, clause.document) if clause else ("", "")
        made.append(Row(remark, *where, permission, person.unit in concern.units))
    return made


def _by_rule(found: list[Row], wide: bool) -> list[dict[str, Any]]:
    """The findings of each rule together, the most frequent first, folded where there are many of them."""
    parts: dict[str, list[Row]] = {}
    for row in found:
        parts.setdefault(row.finding.rule, []).append(row)
    return [
        {"id": key, "rule": rules.rule(key), "rows": own, "open": wide or len(own) <= FOLDED_ABOVE}
        for key, own in sorted(parts.items(), key=lambda part: -len(part[1]))
    ]


def _wanted(row: Row, said: QueryDict) -> bool:
    answered = said.get("answered", "")
    return (
        said.get("rule", "") in ("", row.finding.rule)
        and said.get("clause", "") in ("", row.finding.clause_key)
        and said.get("document", "") in ("", row.document)
        and (not said.get("mine") or row.mine)
        and (answered not in ("yes", "no") or (answered == "yes") == (row.remark.answer is not None))
    )


def _place(plan: Plan, found: Finding) -> dict[str, Any] | None:
    """The quote between the words around it, cut at line ends; None where the record lacks the thing altogether."""
    if found.span is None:
        return None
    start, end = found.span.start, found.span.end
    before = plan.text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = plan.text[end : end + CONTEXT].partition("\n")[0]
    return {
        "before": fullwidth(before), "quote": fullwidth(plan.text[start:end]), "after": fullwidth(after),
        "start": start, "end": end,
        "cut_before": start - len(before) > 0 and plan.text[start - len(before) - 1] != "\n",
        "cut_after": len(after) == CONTEXT,
    }  # fmt: skip
