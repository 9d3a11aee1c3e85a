"""待答问题: what the text leaves open, unanswered first, each answered with a source. Not here: how questions arise (domain)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.domain.plan.model import Plan, Question
from zhicheng.faces.web.display import fullwidth, moment
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.tables import table_response
from zhicheng.store.models import QuestionAnswer
from zhicheng.store.queries import accounts
from zhicheng.store.queries import findings as answered
from zhicheng.store.queries import plan as reads
from zhicheng.usecases.answer_finding import answer_question
from zhicheng.usecases.policy import may


@require_safe
@gated("findings.read")
def questions(request: HttpRequest) -> HttpResponse:
    """Open questions of the version in force by clause, unanswered first; those that stand inside an incentive beside them."""
    version, plan = reads.in_force()
    newest = answered.newest_question_answers(version.plan_key)
    rows = [_row(plan, question, newest.get(question.key)) for question in plan.questions]
    of_money = [
        {"about": i, "text": text, "clause": plan.clause(i.clause)} for i in plan.instruments for text in i.open
    ]
    context = {
        "version": version,
        "open": [row for row in rows if row["answer"] is None],
        "answered": [row for row in rows if row["answer"] is not None],
        "of_money": of_money,
        "may_answer": may(request.person, "questions.answer").allowed,  # type: ignore[attr-defined]
    }
    return render(request, "questions/list.html", context)


@require_safe
@gated("findings.read")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Every open question with its newest answer as a file. form: csv or xlsx."""
    version, plan = reads.in_force()
    newest = answered.newest_question_answers(version.plan_key)
    body = []
    for asked in plan.questions:
        answer = newest.get(asked.key)
        said = (answer.text, answer.source, moment(answer.at)) if answer else ("", "", "")
        body.append((asked.key, plan.clause(asked.clause).label, asked.text, plan.quote(asked.span), asked.to, *said))
    head = (_("编号"), _("出处"), _("问题"), _("原文"), _("由谁答"), _("答复"), _("依据"), _("答复时间"))
    return table_response("待答问题", head, body, form)


@require_http_methods(["GET", "HEAD", "POST"])
@gated("findings.read")
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question at its place, with every answer ever given and the form for the next."""
    version, plan = reads.in_force()
    asked = next((each for each in plan.questions if each.key == key), None)
    if asked is None:
        raise Missing(_("现行方案没有这个问题"), where=key, todo=_("从待答问题列表中选择"))
    person, said, fault = request.person, request.POST, None  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            answer_question(person, version, key, said.get("text", ""), said.get("source", ""))
            messages.success(request, _("已答复。原答复仍留在记录里。"))
            return redirect(reverse("questions"))
        except UnreadableInput as error:
            fault = error
    answers = list(answered.answers_to_question(version.plan_key, key))
    names = accounts.names(answer.by for answer in answers)
    context = {
        "row": _row(plan, asked, answers[0] if answers else None),
        "answers": [{"answer": answer, "by": names.get(answer.by or 0, "")} for answer in answers],
        "may": may(person, "questions.answer"),
        "fault": fault,
        "said": said,
    }
    return render(request, "questions/question.html", context, status=400 if fault else 200)


def _row(plan: Plan, asked: Question, answer: QuestionAnswer | None) -> dict[str, Any]:
    return {
        "question": asked,
        "clause": plan.clause(asked.clause),
        "quote": fullwidth(plan.quote(asked.span)),
        "answer": answer,
    }
