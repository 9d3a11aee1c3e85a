"""答复检查意见、待答问题: a person's word on what a check says or the text leaves open. Not here: checks, lists."""

from __future__ import annotations

from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.store import clock, ledger
from zhicheng.store.models import FindingAnswer, PlanVersion, QuestionAnswer
from zhicheng.store.queries import findings
from zhicheng.usecases.policy import Person, require


def answer_finding(person: Person, number: int, kind: str, reason: str) -> FindingAnswer:
    """Answer the finding with this number: accepted, deferred or not_a_fault, with a reason. An earlier answer stays on record.

    The reason is kept with the answer; the ledger holds only that and how it was answered.
    """
    finding = findings.finding(number)
    require(person, "findings.answer", findings.concern(finding))
    if kind not in dict(FindingAnswer.KINDS):
        raise UnreadableInput(f"没有“{kind}”这种答复", todo="选择采纳、暂缓或不属问题")
    if not reason.strip():
        raise UnreadableInput("答复要写理由", todo="写明依据或安排")
    with ledger.writing():
        before = findings.answers(finding).first()
        answer = FindingAnswer.objects.create(
            plan_key=finding.version.plan_key, finding_key=finding.key, kind=kind, reason=reason.strip(),
            by=person.account, at=clock.now(),
        )  # fmt: skip
        ledger.append(
            person.account, "finding.answer", f"finding:{finding.key}", cites="、".join(finding.cites)[:300],
            detail={"answer": kind, "version": finding.version.number},
            before=None if before is None else _state(before), after=_state(answer),
        )  # fmt: skip
    return answer


def answer_question(person: Person, version: PlanVersion, key: str, text: str, source: str) -> QuestionAnswer:
    """Answer an open question of a version: what was decided, and by which document. An earlier answer stays on record."""
    require(person, "questions.answer")
    question = version.questions.select_related("clause").filter(key=key).first()
    if question is None:
        raise Missing(f"方案没有待答问题“{key}”", todo="从待答问题列表中选择")
    if not text.strip() or not source.strip():
        raise UnreadableInput("答复和依据都要写", todo="写明由谁、以哪份文件答复")
    with ledger.writing():
        before = findings.question_answers(question).first()
        answer = QuestionAnswer.objects.create(
            plan_key=version.plan_key, question_key=key, text=text.strip(), source=source.strip(), by=person.account,
            at=clock.now(),
        )  # fmt: skip
        ledger.append(
            person.account, "question.answer", f"question:{key}", cites=question.clause.label,
            detail={"version": version.number},
            before=None if before is None else {"text": before.text, "source": before.source},
            after={"text": answer.text, "source": answer.source},
        )  # fmt: skip
    return answer


def _state(answer: FindingAnswer) -> dict[str, str]:
    return {"answer": answer.kind, "reason": answer.reason}
