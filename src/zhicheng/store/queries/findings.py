"""One finding with its answers, and the units it concerns. Not here: lists by place (queries/plan), giving an answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from zhicheng.base.errors import Missing
from zhicheng.store.models import Assignment, Finding, FindingAnswer, Question, QuestionAnswer


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a thing concerns: the units named for the tasks of its clause."""

    units: frozenset[str]


def finding(number: int) -> Finding:
    """The finding with this number; raises Missing, also for one that a later check no longer found."""
    found = Finding.objects.select_related("version").filter(pk=number).first()
    if found is None:
        raise Missing("没有这条检查意见，或者重新检查后已不存在", todo="从检查意见列表中选择")
    return found


def answers(finding: Finding) -> QuerySet[FindingAnswer]:
    """Every answer to the finding, newest first; the first counts."""
    return FindingAnswer.objects.filter(plan_key=finding.version.plan_key, finding_key=finding.key)


def concern(finding: Finding) -> Concern:
    """The units whose tasks stand in the finding's clause."""
    named = Assignment.objects.filter(task__version=finding.version, task__clause__key=finding.clause_key)
    return Concern(frozenset(named.values_list("unit__key", flat=True)))


def question_answers(question: Question) -> QuerySet[QuestionAnswer]:
    """Every answer to an open question, newest first; the first counts."""
    return QuestionAnswer.objects.filter(plan_key=question.version.plan_key, question_key=question.key)


def answers_to_question(plan_key: str, question_key: str) -> QuerySet[QuestionAnswer]:
    """Every answer to a question known by its key, newest first."""
    return QuestionAnswer.objects.filter(plan_key=plan_key, question_key=question_key)


def newest_question_answers(plan_key: str) -> dict[str, QuestionAnswer]:
    """The answer that counts for each question of a plan that has one; one query."""
    newest: dict[str, QuestionAnswer] = {}
    for answer in QuestionAnswer.objects.filter(plan_key=plan_key):
        newest.setdefault(answer.question_key, answer)  # newest first, see Meta.ordering
    return newest
