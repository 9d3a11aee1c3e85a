"""公布以后的检查: versions, publication, execution, evaluation, supporting rules. Not here: the stages before (stages.py)."""

from __future__ import annotations

from collections.abc import Iterator

from zhicheng.base.calendar.reckon import due
from zhicheng.base.calendar.terms import add_months
from zhicheng.base.citation import Span
from zhicheng.domain.decision.checks.case import OPEN, Case, day, finding
from zhicheng.domain.decision.model import evaluation_overdue
from zhicheng.engine.checks import Finding, Rule

DRAFT_DIFF = Rule(
    "D14",
    "warning",
    "征求意见稿与决定稿无从比较",
    "Consulted and decided versions cannot be compared",
    "征求意见以后改动多少，决定要不要再次征求意见；没有征求意见稿就无从比较。",
    "How far the text changed after consultation decides whether to consult again.",
)


def draft_compared(case: Case) -> Iterator[Finding]:
    if case.fact("consultation.draft_published").yes or not case.record.stage("participation").done:
        return
    yield finding(
        DRAFT_DIFF,
        case,
        "draft",
        "记录中没有征求意见稿，不能比较它与通过稿改了什么；不推定改过，也不推定没改。",
        "The consulted draft is not on record; whether it changed is a question, not a fact.",
        verdict="cannot_be_shown",
        severity="info",
        place=case.place("consultation.start"),
        articles=case.articles("opinions_studied", case.day_of_act("meeting.date")),
        fix="补录征求意见稿，与通过稿逐条比较；实质改动的，说明是否需要再次征求意见",
    )


LATER_BASIS = Rule(
    "D21",
    "warning",
    "依据晚于征求意见稿",
    "Basis later than the consulted draft",
    "决策依据的日期晚于征求意见稿，说明征求意见以后文稿至少改过依据部分。",
    "A document named as basis is later than the draft that was consulted on.",
)


def basis_after_draft(case: Case) -> Iterator[Finding]:
    """Proved by the earliest day the basis can bear; an unconfirmed date proves nothing and is said so."""
    start = case.record.day("consultation.start")
    if start is None:
        return
    articles = case.articles("participation", case.day_of_act("meeting.date"))
    fix = "说明征求意见以后修改了哪些内容；实质修改的，再次征求意见"
    for basis in case.plan.upstreams:
        if basis.not_before and basis.not_before > start:
            yield finding(
                LATER_BASIS,
                case,
                basis.key,
                f"依据《{basis.title}》（{basis.issued_note}）晚于{day(start)}开始征求意见的草案"
                + ("。" if basis.confirmed else "；该日期待核实。"),
                f"《{basis.title}》 is later than the draft of {start.isoformat()}"
                + ("." if basis.confirmed else " (date unconfirmed)."),
                verdict="not_met" if basis.confirmed else "cannot_be_shown",
                severity=None if basis.confirmed else "info",
                place=(basis.clause, basis.span),
                articles=articles,
                fix=fix,
            )
    background = case.fact("initiation.background")
    if background.when and background.when.first > start:
        yield finding(
            LATER_BASIS,
            case,
            "background",
            f"所述背景（{background.when.chinese}）晚于{day(start)}开始征求意见的草案。",
            f"The stated background ({background.when}) is later than the draft of {start.isoformat()}.",
            verdict="not_met",
            place=case.place("initiation.background"),
            articles=articles,
            fix=fix,
        )


UNPUBLISHED = Rule(
    "D17",
    "error",
    "没有公布或者没有文号",
    "Not published or no number",
    "决策应当及时公布；没有文号和日期的文本，无法确认是否有效。",
    "The decision is to be published; without number and date its validity cannot be told.",
)


def unpublished(case: Case) -> Iterator[Finding]:
    """Missing is not failed: what the record does not show may well have happened."""
    if not case.record.stage("discussion").done:
        return
    lacking = [key for key in ("publication.date", "publication.number") if not case.fact(key).known]
    if not lacking:
        return
    names = "、".join(case.fact(key).rule.label for key in lacking)
    yield finding(
        UNPUBLISHED,
        case,
        "publication",
        f"记录没有{names}，不能确认决策是否正式公布。",
        f"Not recorded: {', '.join(lacking)}.",
        verdict="cannot_be_shown",
        place=case.place("publication.date"),
        articles=case.articles("publication", case.day_of_act("publication.date", "meeting.date")),
        fix="补录印发文件（发文字号、成文日期、公布渠道）",
    )


LATE_DISCLOSURE = Rule(
    "D28",
    "warning",
    "公开晚于20个工作日",
    "Disclosed after twenty working days",
    "主动公开的政府信息应当自形成之日起20个工作日内公开。",
    "Government information is disclosed within twenty working days.",
)


def late_disclosure(case: Case) -> Iterator[Finding]:
    met = case.record.day("meeting.date")
    duty = case.law.term("disclosure_term", met) if met else None
    published, page = case.record.day("publication.date"), case.record.day("publication.page_date")
    shown = published or page
    if met is None or duty is None or duty.term is None or shown is None:
        return
    last = due(met, duty.term, case.calendar).due
    if last is None or shown <= last:
        return
    late = (shown - last).days
    said = f"{day(published)}公布" if published else f"网页日期{day(shown)}，若为首次公开"
    yield finding(
        LATE_DISCLOSURE,
        case,
        "disclosure",
        f"{day(met)}通过，满{duty.term}为{day(last)}；{said}，晚{late}日。",
        f"Twenty working days end on {last.isoformat()}; {'published' if published else 'page dated'} {shown.isoformat()}, {late} days later.",
        verdict="not_met" if published else "cannot_be_shown",
        place=case.place("publication.date", "publication.page_date", "meeting.date"),
        articles=case.articles("disclosure_term", met),
        fix="补录首次公开的日期和渠道",
    )


NO_EXECUTOR = Rule(
    "D18",
    "warning",
    "没有执行单位",
    "No executing unit",
    "决策应当明确执行单位。",
    "A decision names who carries it out.",
)


def no_executor(case: Case) -> Iterator[Finding]:
    for task in case.plan.tasks:
        if not task.units:
            clause = case.plan.clause(task.clause)
            yield finding(
                NO_EXECUTOR,
                case,
                task.key,
                f"任务{task.key}“{task.title}”没有写责任单位。",
                f"Task {task.key} names no unit.",
                verdict="not_met",
                place=(clause.key, clause.span),
                articles=case.articles("execution", case.day_of_act("meeting.date")),
                fix=f"在任务末尾补写“（责任单位：{OPEN}）”",
            )


NO_EVALUATION = Rule(
    "D19",
    "warning",
    "期满没有评估",
    "No evaluation after the period",
    "方案期满没有执行评估：目标完成没有、钱用得如何，没有结论。",
    "The plan's period is over and no evaluation is on record.",
)


def no_evaluation(case: Case) -> Iterator[Finding]:
    days = evaluation_overdue(case.record, case.plan.period[1], case.today)
    if days <= 0:
        return
    yield finding(
        NO_EVALUATION,
        case,
        "evaluation",
        f"方案{case.plan.period[1]}年12月31日期满，至{day(case.today)}已{days}日，记录没有执行评估。",
        f"The period ended {days} days ago; no evaluation is on record.",
        verdict="cannot_be_shown",
        place=case.place("evaluation.date"),
        articles=case.articles("evaluation", case.today),
        fix=f"组织执行评估，逐项给出{case.plan.period[1]}年终值；已有评估的，补录报告",
    )


SAME_EVALUATOR = Rule(
    "D20",
    "error",
    "评估单位此前承担论证",
    "Evaluator assessed before",
    "承担过主要论证评估工作的单位不得参加后评估。",
    "Whoever did the main assessment before may not evaluate.",
)


def same_evaluator(case: Case) -> Iterator[Finding]:
    evaluator = case.fact("evaluation.evaluator").text
    earlier = case.fact("evaluation.earlier_assessors").items
    if evaluator and earlier and evaluator in earlier:
        yield finding(
            SAME_EVALUATOR,
            case,
            "evaluator",
            f"{evaluator}此前承担过主要论证评估，又承担后评估。",
            "The evaluator did the main assessment before.",
            verdict="not_met",
            place=case.place("evaluation.evaluator"),
            articles=case.articles("evaluator_apart", case.day_of_act("evaluation.date")),
            fix="另行委托没有参加过论证评估的单位",
        )


SUPPORTING_RULES = Rule(
    "D25",
    "warning",
    "配套规定六个月未见",
    "Supporting rules not seen after six months",
    "需要另行制定的标准和办法应当在六个月内公布，否则承诺无法兑现。",
    "Supporting rules are due within six months.",
)
_PROMISED = {"reward", "grant", "subsidy", "interest_subsidy"}


def supporting_rules(case: Case) -> Iterator[Finding]:
    """Instruments without amount, and papers the plan promises to draw up, once the term has run since adoption."""
    met = case.record.day("meeting.date")
    duty = case.law.term("supporting_rules_term", met) if met else None
    if met is None or duty is None or duty.term is None or duty.term.unit != "month":
        return
    last = add_months(met, duty.term.length)
    if case.today <= last:
        return
    tail = f"自{day(met)}通过满{duty.term}为{day(last)}，记录中未见。"
    for key, clause, span, what in _needing_rules(case):
        yield finding(
            SUPPORTING_RULES,
            case,
            key,
            f"{what}{tail}",
            f"{key} needs a supporting rule; due {last.isoformat()}, none on record.",
            verdict="cannot_be_shown",
            place=(clause, span),
            articles=case.articles("supporting_rules_term", met),
            fix="补录配套规定的文号和公布日期；尚未制定的，限期制定",
        )


def _needing_rules(case: Case) -> Iterator[tuple[str, str, Span, str]]:
    """What waits for a rule of its own: key, clause, place, opening words."""
    for each in case.plan.instruments:
        if each.amount_unset and each.kind in _PROMISED:
            yield each.key, each.clause, each.span, f"“{each.name}”没有金额，须另定标准；"
    for paper in case.plan.commitments:
        if paper.kind == "paper":
            yield paper.key, paper.clause, paper.span, f"“{paper.what}”"


PLANNED_LATER = Rule(
    "D29",
    "info",
    "计划完成时间晚于通过",
    "Planned completion after approval",
    "计划完成时间晚于讨论通过的日期，说明通过以后还有未办的事，或者页面没有更新。",
    "Planned completion lies after approval.",
)
IN_PRINCIPLE = Rule(
    "D30",
    "info",
    "“原则同意”后的文本",
    "Text after approval in principle",
    "“原则同意”通常意味着会后修改：讨论稿与印发稿是两个版本，都要留存。",
    "Approval in principle usually means edits afterwards: keep both versions.",
)


def after_meeting(case: Case) -> Iterator[Finding]:
    met, planned = case.record.day("meeting.date"), case.fact("initiation.planned_completion").when
    if met and planned and planned.first > met:
        yield finding(
            PLANNED_LATER,
            case,
            "planned",
            f"{day(met)}已通过，计划完成时间为{planned.chinese}。",
            f"Approved {met.isoformat()}, planned completion {planned}.",
            verdict="cannot_be_shown",
            place=case.place("initiation.planned_completion"),
            articles=case.articles("publication", met),
            fix="说明通过以后还有哪些事项；已办结的，更新页面",
        )
    word = case.fact("meeting.word").text or ""
    if "原则" in word:
        yield finding(
            IN_PRINCIPLE,
            case,
            "version",
            f"会议决定为“{word}”，讨论稿与印发稿是否相同，记录未载明。",
            "Approved in principle; whether the issued text equals the discussed one is not recorded.",
            verdict="cannot_be_shown",
            place=case.place("meeting.word"),
            articles=case.articles("discussion", case.day_of_act("meeting.date")),
            fix="分别归档讨论稿和印发稿，并附两稿对照",
        )
