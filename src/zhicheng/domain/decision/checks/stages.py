"""阶段的检查: participation, experts, risk, legality, discussion. Not here: publication and after (after.py), incentives (fairness.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhicheng.base.calendar.reckon import due, latest_start
from zhicheng.base.calendar.terms import Term
from zhicheng.domain.decision.checks.case import Case, day, finding, weekday
from zhicheng.domain.decision.model import FACTS
from zhicheng.engine.checks import Finding, Rule

SHORT_CONSULTATION = Rule(
    "D01",
    "error",
    "公开征求意见不足期限",
    "Consultation too short",
    "公开征求意见一般不少于30日；因情况紧急缩短的，应当在征求意见时说明。",
    "Open consultation normally lasts at least 30 days; a shorter one needs a stated reason.",
)


def _consultation(case: Case) -> tuple[date, date, Term] | None:
    """Start, end and the term that the law of the start's day sets; None if one of them is unknown."""
    start, end = case.record.day("consultation.start"), case.record.day("consultation.end")
    duty = case.law.term("consultation_term", start) if start else None
    return (start, end, duty.term) if start and end and duty and duty.term else None


def consultation_too_short(case: Case) -> Iterator[Finding]:
    """Days are natural days, the first is not counted; the period never ends early for a day off."""
    known = _consultation(case)
    place = case.place("consultation.start", "consultation.end")
    if known is None:
        if case.record.stage("participation").applies:
            yield finding(
                SHORT_CONSULTATION,
                case,
                "term",
                "记录没有载明征求意见的起止日期，不能证明期限是否足够。",
                "Start or end of the consultation is not recorded.",
                verdict="cannot_be_shown",
                place=place,
                articles=case.articles("consultation_term", case.day_of_act("consultation.start", "consultation.end")),
                fix="补录征集公告（载明起止日期）",
            )
        return
    start, end, term = known
    days, least = (end - start).days, term.natural_days(start)
    if days >= least:
        return
    reason = case.fact("consultation.short_reason").text
    yield finding(
        SHORT_CONSULTATION,
        case,
        "term",
        f"{day(start)}至{day(end)}，首日不计，共{days}日，少于{term}"
        + (f"；所述理由：{reason}。" if reason else "，记录没有缩短期限的理由。"),
        f"{days} days, fewer than {least}" + ("; a reason is stated." if reason else " and no reason is recorded."),
        verdict="cannot_be_shown" if reason else "not_met",
        severity="warning" if reason else None,
        place=place,
        articles=case.articles("consultation_term", start),
        fix="补充征求意见至期满，或者补录当时公布的缩短理由",
    )


MATERIALS = Rule(
    "D02",
    "error",
    "没有公布草案或者说明",
    "Draft or explanation not published",
    "征求意见应当公布决策草案及其说明，否则公众无从提出意见。",
    "Consultation needs the published draft and its explanation.",
)


def consultation_materials(case: Case) -> Iterator[Finding]:
    when = case.day_of_act("consultation.start")
    for key, noun, noun_en in (
        ("consultation.draft_published", "草案", "draft"),
        ("consultation.explanation_published", "草案说明", "explanation"),
    ):
        answer = case.fact(key).yes
        if answer or not case.record.stage("participation").applies:
            continue
        yield finding(
            MATERIALS,
            case,
            noun_en,
            f"征求意见时没有公布{noun}。" if answer is False else f"记录不能证明征求意见时公布了{noun}。",
            f"The {noun_en} {'was not published' if answer is False else 'cannot be shown to have been published'}.",
            verdict="not_met" if answer is False else "cannot_be_shown",
            place=case.place(key, "consultation.start"),
            articles=case.articles("consultation_documents", when),
            fix=f"补录征集公告及当时公布的{noun}",
        )


EXACT_MINIMUM = Rule(
    "D03",
    "warning",
    "期限恰为最低限",
    "Exactly the minimum",
    "期限恰好等于最低限，起算日或者截止时刻稍有出入就不足，应当保留公告的时间证据。",
    "The period meets the minimum to the day; any slip would break it.",
)


def exactly_minimum(case: Case) -> Iterator[Finding]:
    known = _consultation(case)
    if known is None or (known[1] - known[0]).days != known[2].natural_days(known[0]):
        return
    start, end, term = known
    off = "" if case.calendar.working(end) else f"，当日是{weekday(end)}，不上班"
    yield finding(
        EXACT_MINIMUM,
        case,
        "consultation",
        f"{day(start)}起，首日不计，{day(end)}是第{(end - start).days}日{off}：恰为{term}，没有余量。",
        f"Day {(end - start).days} is {end.isoformat()}: exactly the minimum.",
        verdict="met",
        place=case.place("consultation.end", "consultation.start"),
        articles=case.articles("consultation_term", start),
        fix="归档征集公告的发布时间和撤下时间；以后征求意见多留几日",
    )


CATALOGUED = Rule(
    "D04",
    "error",
    "列入目录而程序不全",
    "Catalogued but stages missing",
    "列入年度决策事项目录的，公众参与、专家论证、风险评估、合法性审查一个也不能少。",
    "A catalogued decision needs participation, experts, risk assessment and legality review.",
)
_CATALOGUE_STAGES = ("participation", "expert_argument", "risk_assessment", "legality_review")


def catalogued_stages(case: Case) -> Iterator[Finding]:
    catalogued = case.fact("initiation.catalogued").yes
    empty = [stage for stage in map(case.record.stage, _CATALOGUE_STAGES) if stage.state in ("empty", "not_applicable")]
    if catalogued is False or not empty:
        return
    names = "、".join(stage.title for stage in empty)
    yield finding(
        CATALOGUED,
        case,
        "stages",
        f"已列入年度目录，记录中没有{names}。"
        if catalogued
        else f"是否列入年度目录，记录未载明；列入的，还缺{names}。",
        f"Missing if catalogued: {', '.join(stage.title_en for stage in empty)}.",
        verdict="not_met" if catalogued else "cannot_be_shown",
        place=(None, empty[0].heading),
        articles=case.articles("catalogued", case.day_of_act("meeting.date")),
        fix=f"补录年度目录的文号和序号；列入的，补做或者补录{names}",
    )


ORDER = Rule(
    "D05",
    "error",
    "合法性审查之前已讨论",
    "Discussed before legality review",
    "未经合法性审查或者审查不合法的，不得提交讨论。",
    "Without a passed legality review a draft may not be discussed.",
)


def review_before_discussion(case: Case) -> Iterator[Finding]:
    passed, met = case.record.day("legality.passed"), case.record.day("meeting.date")
    if not case.record.stage("discussion").done or (passed and met and passed <= met):
        return
    shown = bool(passed and met)
    yield finding(
        ORDER,
        case,
        "order",
        f"{day(met)}讨论，{day(passed)}才通过合法性审查。"
        if passed and met
        else "合法性审查或者讨论的日期未载明，不能证明先审查后讨论。",
        "Discussed before the legality review was passed." if shown else "The order cannot be shown.",
        verdict="not_met" if shown else "cannot_be_shown",
        place=case.place("legality.passed", "meeting.date"),
        articles=case.articles("legality_review", case.day_of_act("meeting.date")),
        fix="补录合法性审查意见书的日期；确未审查的，补审后重新提交讨论",
    )


REVIEW_TIME = Rule(
    "D06",
    "error",
    "合法性审查时间不足",
    "Legality review too short",
    "送请合法性审查应当保证必要的审查时间，一般不少于7个工作日。",
    "The legality review normally gets at least seven working days.",
)


def review_time(case: Case) -> Iterator[Finding]:
    """Working days from the day after submission to the day of passing; counted backwards where submission is unknown."""
    passed, sent = case.record.day("legality.passed"), case.record.day("legality.submitted")
    if passed is None:
        return
    duty = case.law.term("legality_term", passed)
    if duty is None or duty.term is None:
        return
    place = case.place("legality.passed")
    articles = case.articles("legality_term", passed)
    if sent is None:
        latest = latest_start(passed, duty.term, case.calendar).start
        working = case.calendar.working(passed)
        odd = f"（{weekday(passed)}，调休上班）" if working and passed.weekday() > 4 else ""
        yield finding(
            REVIEW_TIME,
            case,
            "time",
            f"送审日期未载明，审查时间无法计算。{day(passed)}{odd}通过，满{duty.term}的，最迟应当在{day(latest)}送审。",
            f"Submission date unknown; to allow {duty.term.length} working days it had to be sent by {latest.isoformat()}.",
            verdict="cannot_be_shown",
            place=place,
            articles=articles,
            fix="补录送请合法性审查的函及收文日期",
        )
        return
    if passed < (end := due(sent, duty.term, case.calendar, rest_day="stay").due or passed):
        days = sum(
            case.calendar.working(date.fromordinal(each))
            for each in range(sent.toordinal() + 1, passed.toordinal() + 1)
        )
        yield finding(
            REVIEW_TIME,
            case,
            "time",
            f"{day(sent)}送审，{day(passed)}通过，其间{days}个工作日，少于{duty.term}（应当到{day(end)}）。",
            f"{days} working days, fewer than {duty.term.length}.",
            verdict="not_met",
            place=place,
            articles=articles,
            fix="说明审查时间不足的原因；以后按工作日留足时间",
        )


UNCONTROLLED = Rule(
    "D07",
    "error",
    "风险不可控仍继续",
    "Moved on with uncontrollable risk",
    "风险不可控的，应当先调整决策草案，使风险可控。",
    "With an uncontrollable risk the draft must be changed first.",
)


def uncontrolled_risk(case: Case) -> Iterator[Finding]:
    if case.fact("risk.controllable").yes is False and case.record.stage("discussion").done:
        yield finding(
            UNCONTROLLED,
            case,
            "risk",
            "风险评估结果为不可控，仍提交了讨论。",
            "The risk was found uncontrollable, yet the draft went on.",
            verdict="not_met",
            place=case.place("risk.controllable"),
            articles=case.articles("risk_assessment", case.day_of_act("risk.date", "meeting.date")),
            fix="调整草案后重新评估，再提交讨论",
        )


NOT_APPLICABLE = Rule(
    "D08",
    "warning",
    "写“不适用”而无理由",
    "Not applicable without reason",
    "某一阶段不适用的，应当写明理由和由谁决定。",
    "A stage left out needs a reason and who decided so.",
)


def not_applicable_unreasoned(case: Case) -> Iterator[Finding]:
    for stage in case.record.stages:
        if not stage.applies and not (stage.reason and stage.decided_by):
            yield finding(
                NOT_APPLICABLE,
                case,
                stage.key,
                f"{stage.title}写为不适用，没有写理由或者决定人。",
                f"{stage.key}: not applicable, no reason or decider given.",
                verdict="not_met",
                place=(None, stage.heading),
                articles=case.articles(stage.key, case.day_of_act("meeting.date")),
                fix=f"补写{stage.title}不适用的理由和决定人",
            )


INTEREST = Rule(
    "D09",
    "error",
    "专家有利害关系",
    "Expert with an interest",
    "选择专家应当没有直接利害关系；专家单位是激励受益人的也算。",
    "Experts must have no direct interest in the decision.",
)
SIGNATURE = Rule(
    "D10",
    "warning",
    "专家意见没有签名或者名单未公布",
    "Expert opinion unsigned or list unpublished",
    "专家论证应当有署名的书面意见；名单公开便于监督。",
    "Expert opinions are written and signed.",
)


def experts(case: Case) -> Iterator[Finding]:
    stage = case.record.stage("expert_argument")
    if not stage.done:
        return
    when = case.day_of_act("experts.date")
    interested = case.fact("experts.interested").yes
    if interested is not False:
        yield finding(
            INTEREST,
            case,
            "interest",
            "有专家与决策有直接利害关系。" if interested else "记录没有专家的利害关系声明，不能证明没有利害关系。",
            "An expert has an interest." if interested else "Independence of the experts cannot be shown.",
            verdict="not_met" if interested else "cannot_be_shown",
            place=case.place("experts.interested", "experts.date"),
            articles=case.articles("expert_argument", when),
            fix="补录专家名单、单位和无利害关系声明" if interested is None else "更换有利害关系的专家，重新论证",
        )
    for key, about, lacking, unknown in (
        ("experts.signed", "signature", "专家意见没有签名。", "记录没有专家签名的书面意见。"),
        ("experts.list_published", "list", "专家名单没有公布。", "记录没有专家人数和名单。"),
    ):
        answer = case.fact(key).yes
        if answer:
            continue
        yield finding(
            SIGNATURE,
            case,
            about,
            lacking if answer is False else unknown,
            f"Expert {about} {'missing' if answer is False else 'cannot be shown'}.",
            verdict="not_met" if answer is False else "cannot_be_shown",
            place=case.place(key, "experts.date"),
            articles=case.articles("expert_argument", when),
            fix="补录专家名单和署名的论证意见",
        )


UNDISPOSED = Rule(
    "D13",
    "error",
    "意见没有处理结果",
    "Opinion without disposition",
    "收到的每一条意见都应当有采纳、部分采纳或者不采纳的结果和理由。",
    "Every opinion needs a result and a reason.",
)


def undisposed_opinions(case: Case) -> Iterator[Finding]:
    when = case.day_of_act("meeting.date")
    received = case.fact("consultation.opinions").count
    for key, whose, asked in (
        ("countersign.adopted", "会签", case.fact("countersign.units").known),
        ("consultation.disposed", "公众", received is None or received > 0),
        ("legality.adopted", "合法性审查", case.record.stage("legality_review").done),
    ):
        answer = case.fact(key).yes
        stage = case.stage_of(key)
        if answer or not asked or not stage.done:
            continue
        yield finding(
            UNDISPOSED,
            case,
            key,
            f"{whose}意见没有全部给出处理结果。" if answer is False else f"记录不能证明{whose}意见都有处理结果。",
            f"{key}: {'not all disposed of' if answer is False else 'cannot be shown'}.",
            verdict="not_met" if answer is False else "cannot_be_shown",
            place=case.place(key, "consultation.opinions" if whose == "公众" else key),
            articles=case.articles("opinions_studied", when),
            fix=f"补录{whose}意见采纳情况表，逐条写明结果和理由",
        )


COUNTERSIGN_NAMES = Rule(
    "D31",
    "info",
    "会签部门没有全部列名",
    "Countersigning units not all named",
    "会签应当一个部门一行：同意与否、意见、采纳结果。",
    "Countersigning is recorded one unit a row.",
)


def countersign_names(case: Case) -> Iterator[Finding]:
    count, named = case.fact("countersign.units").count, case.fact("countersign.named").items or ()
    if count is not None and len(named) < count:
        yield finding(
            COUNTERSIGN_NAMES,
            case,
            "names",
            f"会签{count}个部门，点名{len(named)}个（{'、'.join(named) or '无'}），其余{count - len(named)}个未列。",
            f"{count} units countersigned, {len(named)} are named.",
            verdict="cannot_be_shown",
            place=case.place("countersign.units"),
            articles=case.articles("countersign", case.day_of_act("countersign.date", "meeting.date")),
            fix="补录会签表，逐个部门写明意见和采纳结果",
        )


HEAD_LAST = Rule(
    "D15",
    "error",
    "行政首长未最后发言或者没有记录",
    "Head did not speak last, or no record",
    "行政首长应当最后发表意见；讨论情况如实记录，不同意见载明。",
    "The head speaks last; the discussion is recorded truthfully.",
)
PARTY_REPORT = Rule(
    "D16",
    "warning",
    "没有请示报告的记录",
    "No report to the Party committee",
    "决策出台前应当按规定向同级党委请示报告。",
    "The decision is reported to the Party committee before issue.",
)


def discussion_record(case: Case) -> Iterator[Finding]:
    """What only the internal record shows: unknown is information, not a reproach."""
    if not case.record.stage("discussion").done:
        return
    when = case.day_of_act("meeting.date")
    for rule, key, duty, failed, unknown in (
        (
            HEAD_LAST,
            "meeting.head_last",
            "discussion",
            "行政首长没有最后发表意见。",
            "公开的记录看不出行政首长是否最后发表意见。",
        ),
        (
            HEAD_LAST,
            "meeting.recorded",
            "discussion",
            "讨论没有如实记录。",
            "公开的记录没有出席人员、讨论经过和不同意见。",
        ),
        (
            PARTY_REPORT,
            "meeting.party_report",
            "party_report",
            "没有向同级党委请示报告。",
            "记录没有向同级党委请示报告的情况。",
        ),
    ):
        answer = case.fact(key).yes
        if answer:
            continue
        yield finding(
            rule,
            case,
            key,
            failed if answer is False else unknown,
            f"{key}: {'no' if answer is False else 'cannot be shown (internal record)'}.",
            verdict="not_met" if answer is False else "cannot_be_shown",
            severity=None if answer is False else "info",
            place=case.place(key, "meeting.date"),
            articles=case.articles(duty, when),
            fix="由承办单位核对会议纪要后在内部记录中补录" if answer is None else "依程序补正，并在归档材料中说明",
        )


ZERO_OPINIONS = Rule(
    "D22",
    "info",
    "没有收到意见",
    "No opinion received",
    "没有收到意见是一项结果；应当看用了哪些渠道、是否足以让利害关系人知道。",
    "Zero opinions is a result: through which channels were they sought?",
)


def zero_opinions(case: Case) -> Iterator[Finding]:
    if case.fact("consultation.opinions").count != 0:
        return
    channels = case.fact("consultation.channels").items
    yield finding(
        ZERO_OPINIONS,
        case,
        "opinions",
        "收到意见0条。" + (f"渠道：{'、'.join(channels)}。" if channels else "用了哪些渠道，记录未载明。"),
        f"0 opinions; channels {'recorded' if channels else 'not recorded'}.",
        verdict="met" if channels else "cannot_be_shown",
        place=case.place("consultation.opinions"),
        articles=case.articles("participation", case.day_of_act("consultation.start")),
        fix="补录征求意见的渠道；利害关系人集中的，另行座谈或者书面征求" if not channels else "",
    )


EMPTY_STAGE = Rule(
    "D26",
    "warning",
    "阶段没有内容",
    "Stage without content",
    "栏目在而内容空，既不能证明办过，也不能证明可以不办。",
    "The stage's column is there, with nothing in it.",
)
DATE_UNKNOWN = Rule(
    "D27",
    "info",
    "日期无法证明",
    "Date cannot be shown",
    "没有日期，先后次序和期限都无从核对。",
    "Without a date neither order nor term can be checked.",
)
_OWN_RULE = {"publication", "evaluation"}
_OWN_DATE_RULE = {"legality.submitted", "consultation.start", "consultation.end"}


def empty_stages(case: Case) -> Iterator[Finding]:
    for stage in case.record.stages:
        if stage.state != "empty" or stage.key in _OWN_RULE:
            continue
        lacking = "、".join(paper.name for paper in stage.papers if paper.state == "missing") or f"{stage.title}材料"
        yield finding(
            EMPTY_STAGE,
            case,
            stage.key,
            f"“{stage.title}”没有内容：缺{lacking}。",
            f"“{stage.title_en}” has no content.",
            verdict="cannot_be_shown",
            place=(None, stage.heading),
            articles=case.articles(stage.key, case.day_of_act("meeting.date")),
            fix=f"补录{lacking}；依法不需要的，写明理由和决定人",
        )


def unknown_dates(case: Case) -> Iterator[Finding]:
    """Acts that are said to have been done, on a day that is not recorded."""
    for stage in case.record.stages:
        for fact in stage.facts:
            if not stage.done or fact.rule.kind != "date" or fact.date or fact.known or fact.key in _OWN_DATE_RULE:
                continue
            yield finding(
                DATE_UNKNOWN,
                case,
                fact.key,
                f"{fact.rule.label}未载明。",
                f"{fact.key} is not recorded.",
                verdict="cannot_be_shown",
                place=case.place(fact.key, *_kin(fact.key)),
                articles=case.articles(stage.key, case.day_of_act("meeting.date")),
                fix=f"补录{fact.rule.label}及其材料",
            )


def _kin(key: str) -> tuple[str, ...]:
    """Other facts of the same act, at whose place an unknown one is shown."""
    act = key.split(".")[0]
    return tuple(other for other in FACTS if other.split(".")[0] == act and other != key)
