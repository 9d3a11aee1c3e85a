"""答复检查意见、待答问题: a person's word on what a check says or the text leaves open. Not here: checks, lists."""

from __future__ import annotations

from zhicheng.base.errors import Conflict, Missing, UnreadableInput
from zhicheng.base.text import typed
from zhicheng.store import clock, ledger
from zhicheng.store.models import FindingAnswer, PlanVersion, QuestionAnswer
from zhicheng.store.queries import findings
from zhicheng.usecases.policy import Person, require

LONGEST = 2000  # characters of a reason or an answer
LONGEST_SOURCE = 300


def answer_finding(person: Person, number: int, kind: str, reason: str, *, seen: int | None = None) -> FindingAnswer:
    """Answer the finding with this number: accepted, deferred or not_a_fault, with a reason. An earlier answer stays on record.

    The reason is kept with the answer; the ledger holds only that and how it was answered. seen: number of the newest
    answer the person saw, 0 for none; raises Conflict where another came in between.
    """
    finding = findings.finding(number)
    require(person, "findings.answer", findings.concern(finding))
    if kind not in dict(FindingAnswer.KINDS):
        raise UnreadableInput(f"没有“{kind}”这种答复", todo="选择采纳、暂缓或不属问题")
    reason = typed(reason)
    if not reason:
        raise UnreadableInput("答复要写理由", todo="写明依据或安排")
    _require_short(reason, "理由", LONGEST)
    with ledger.writing():
        before = findings.answers(finding).first()
        if seen is not None and seen != (before.pk if before else 0):
            raise Conflict(
                "在您打开页面以后，已有人答复了这条意见", where=finding.key, todo="刷新页面，看过新的答复再答"
            )
        answer = FindingAnswer.objects.create(
            plan_key=finding.version.plan_key, finding_key=finding.key, kind=kind, reason=reason,
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
    text, source = typed(text), typed(source)
    if not text or not source:
        raise UnreadableInput("答复和依据都要写", todo="写明由谁、以哪份文件答复")
    _require_short(text, "答复", LONGEST)
    _require_short(source, "依据", LONGEST_SOURCE)
    with ledger.writing():
        before = findings.question_answers(question).first()
        answer = QuestionAnswer.objects.create(
            plan_key=version.plan_key, question_key=key, text=text, source=source, by=person.account,
            at=clock.now(),
        )  # fmt: skip
        ledger.append(
            person.account, "question.answer", f"question:{key}", cites=question.clause.label,
            detail={"version": version.number},
            before=None if before is None else {"text": before.text, "source": before.source},
            after={"text": answer.text, "source": answer.source},
        )  # fmt: skip
    return answer


def _require_short(text: str, name: str, most: int) -> None:
    if len(text) > most:
        raise UnreadableInput(f"{name}有{len(text)}字，超过{most}字", todo="写要点，详情另附文件")


def _state(answer: FindingAnswer) -> dict[str, str]:
    return {"answer": answer.kind, "reason": answer.reason}
