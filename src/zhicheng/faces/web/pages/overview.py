"""总览: what needs a person first, each with the one lawful next step; then the plan in figures. Not here: doing any of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.domain.decision.standing import missing_papers, standing
from zhicheng.domain.plan.model import Plan
from zhicheng.faces.web import wording
from zhicheng.faces.web.figures import period_on, project_lines
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.pages.attention import address
from zhicheng.faces.web.words import SEVERITIES
from zhicheng.store import clock
from zhicheng.store.models import Finding, PlanVersion, Question
from zhicheng.store.queries import attention
from zhicheng.store.queries import decision as decisions
from zhicheng.store.queries import plan as reads
from zhicheng.store.queries.findings import Concern
from zhicheng.usecases.policy import Person, may

LISTED = 10  # rules shown one by one; the rest are counted, the whole list is one click away
_URGENT = ("red", "yellow", "blue", "none")
OF_ONE_UNIT = frozenset({"unit_officer", "district", "finance"})
SIGNS = {"error": ("red", "square"), "warning": ("yellow", "triangle"), "info": ("blue", "circle")}


@dataclass(frozen=True)
class Todo:
    """One thing that waits: how urgent, what, why, where it stands, and the one lawful next step."""

    colour: str
    shape: str
    word: Any
    title: Any
    why: Any
    clause: Any  # (key, label) or None
    url: str
    act: Any


@gated("overview.read")
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for anybody, or with ?scope=unit for the reader's own unit only."""
    person: Person = request.person  # type: ignore[attr-defined]
    version, plan = reads.in_force()
    findings = attention.unanswered(version)
    own = _clauses_of(plan, person.unit)
    mine = bool(own) and request.GET.get("scope", _scope_of(person)) == "unit"
    questions = attention.open_questions(version)
    today = clock.today()
    shown = [finding for finding in findings if not mine or finding.clause_key in own]
    todos = [*_findings(person, plan, shown), *([] if mine else _rest(person, version, plan, questions, today))]
    context = {
        "version": version,
        "plan": plan,
        "today": today,
        "period": period_on(plan, today),
        "todos": sorted(todos, key=lambda todo: _URGENT.index(todo.colour)),
        "severities": attention.severities(shown),
        "waiting": len(shown),
        "checked": attention.checked(version),
        "scope": "unit" if mine else "all",
        "unit": plan.unit(person.unit) if own else None,
        "own": sum(finding.clause_key in own for finding in findings),
        "lines": project_lines(plan, attention.by_clause(findings), [question.clause.key for question in questions]),
        "figures": _figures(plan, len(questions)),
        "totals": {
            "unset": sum(each.amount_unset for each in plan.instruments),
            "questions": len(questions),
            "findings": len(findings),
        },
        "signs": SIGNS,
    }
    return render(request, "overview/overview.html", context)


def _scope_of(person: Person) -> str:
    """What a person sees unasked: those who answer for one unit see that unit, the office and the auditors everything."""
    return "unit" if person.roles and person.roles <= OF_ONE_UNIT else "all"


def _clauses_of(plan: Plan, unit: str) -> set[str]:
    """Clauses of the tasks that name this unit."""
    return {task.clause for task in plan.tasks if unit and any(each.unit == unit for each in task.units)}


def _findings(person: Person, plan: Plan, findings: list[Finding]) -> Iterator[Todo]:
    """One line a rule, the worst first, then the rest by number."""
    groups = by_rule(findings)
    for group in groups[:LISTED]:
        yield _group(person, plan, group)
    if rest := [finding for group in groups[LISTED:] for finding in group]:
        title = gettext("另有 {n} 条检查意见没有答复").format(n=len(rest))
        counts = attention.severities(rest)
        why = gettext("、").join(f"{SEVERITIES[key]} {counts[key]}" for key in SIGNS if counts[key])
        yield Todo("blue", "flag", _("待答复"), title, why, None, address("findings"), _("看全部"))


def by_rule(findings: list[Finding]) -> list[list[Finding]]:
    """Findings of one rule together; proved faults before what cannot be shown, then many before few."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return sorted(groups.values(), key=lambda group: (_rank(group[0]), -len(group), group[0].rule))


def _of_rule(rule: str) -> str:
    """The list of findings narrowed to one rule."""
    findings = address("findings")
    return f"{findings}?rule={rule}" if findings else ""


def _rank(finding: Finding) -> tuple[int, bool]:
    return attention.SEVERITIES.index(finding.severity), finding.verdict != "not_met"


def _group(person: Person, plan: Plan, group: list[Finding]) -> Todo:
    """One rule's findings: its title, the first message, and where to answer (or only to read)."""
    first = group[0]
    colour, shape, word = _mark(first)
    answers = any(_may_answer(person, plan, finding) for finding in group)
    title = wording.rule_title(first.rule)
    if len(group) > 1:
        act = _("逐条答复") if answers else _("逐条看")
        title = format_html(gettext("{title}（{n} 处）"), title=title, n=len(group))
        return Todo(colour, shape, word, title, wording.finding(first), None, _of_rule(first.rule), act)
    act = _("去答复") if answers else _("看意见")
    labels = {clause.key: (clause.key, clause.label) for clause in plan.clauses}
    where = labels.get(first.clause_key)
    # what was found, not the rule's name: that names the fault, which may well not be proved
    why = format_html("{}{}", gettext("检查项："), title)
    return Todo(colour, shape, word, wording.finding(first), why, where, address("finding", first.pk), act)


def _mark(finding: Finding) -> tuple[str, str, Any]:
    """Colour, sign and word: what is proved wrong, what the record cannot show, what is only worth knowing."""
    if finding.severity == "warning" and finding.verdict == "cannot_be_shown":
        return "yellow", "half", _("不能证明")
    return (*SIGNS[finding.severity], SEVERITIES[finding.severity])


def _may_answer(person: Person, plan: Plan, finding: Finding) -> bool:
    units = {each.unit for task in plan.tasks if task.clause == finding.clause_key for each in task.units}
    return may(person, "findings.answer", Concern(frozenset(units))).allowed


def _rest(person: Person, version: PlanVersion, plan: Plan, questions: list[Question], today: date) -> Iterator[Todo]:
    """Holes of the record, open questions, unset amounts, incomplete targets, accounts."""
    yield from _record(version, today)
    if questions:
        title = gettext("{n} 个待答问题，原文没有说清").format(n=len(questions))
        asked = [question.to for question in questions if question.to]
        why = gettext("建议由{unit}等答复").format(unit=max(set(asked), key=asked.count)) if asked else ""
        answers = may(person, "questions.answer").allowed
        url = address("questions") if answers else f"{reverse('commitments')}#questions"
        yield Todo(
            "yellow",
            "ask",
            _("待答"),
            title,
            wording.city_words(why) if why else "",
            None,
            url,
            _("去答复") if answers else _("看问题"),
        )
    unset = [each for each in plan.instruments if each.amount_unset]
    if unset:
        title = gettext("{n} 项激励金额待定").format(n=len(unset))
        why = gettext("写明之前系统不计算：{keys}").format(keys=gettext("、").join(each.key for each in unset))
        yield Todo("yellow", "ask", _("待定"), title, why, None, f"{reverse('incentives')}?amount=unset", _("看是哪些"))
    bare = [each for each in plan.targets if each.owner is None or each.source is None]
    if bare:
        title = gettext("{n} 项指标没有责任主体或数据来源").format(n=len(bare))
        why = gettext("没有来源就没有官方值，期满无法认定")
        yield Todo("yellow", "ask", _("待定"), title, why, None, reverse("targets"), _("看缺什么"))
    yield from _accounts(person)


def _record(version: PlanVersion, today: date) -> Iterator[Todo]:
    """The decision record's holes, or that there is no record."""
    record = decisions.record(version)
    url = reverse("decision")
    if record is None:
        yield Todo("red", "cross", _("缺"), gettext("这一版方案没有决策记录"), "", None, url, _("看决策过程"))
        return
    states = [(stage, standing(record, stage, version.last_year, today)) for stage in record.stages]
    gaps = [stage for stage, stands in states if stands.state in ("empty", "overdue")]
    papers = [name for stage, stands in states if stands.state != "not_due" for name in missing_papers(stage)]
    if gaps:
        title = gettext("决策过程有 {n} 个阶段空缺或逾期").format(n=len(gaps))
        why = wording.city_words("、".join(stage.title for stage in gaps))
        yield Todo("red", "cross", _("空缺"), title, why, None, f"{url}#repairs", _("看需要补正"))
    if papers:
        title = gettext("决策记录缺 {n} 件材料").format(n=len(papers))
        yield Todo(
            "red",
            "cross",
            _("缺件"),
            title,
            wording.city_words("、".join(papers)),
            None,
            f"{url}#repairs",
            _("看需要补正"),
        )


def _accounts(person: Person) -> Iterator[Todo]:
    """Accounts that cannot get in. Who may not see accounts learns only the number and whom to ask."""
    waiting = attention.waiting_accounts(timezone.now())
    sees = may(person, "accounts.read").allowed
    words = (
        ("locked", gettext("{n} 个账号被锁定"), gettext("由安全管理员核对本人后解除锁定")),
        (
            "first_password",
            gettext("{n} 个账号还没有改初始口令"),
            gettext("由本人登录后修改；无法登录的由系统管理员核对"),
        ),
    )
    for key, title, why in words:
        if waiting[key]:
            url, act = (address("accounts"), _("看账号")) if sees else ("", "")
            yield Todo("none", "clock", _("账号"), title.format(n=waiting[key]), why, None, url, act)


def _figures(plan: Plan, questions: int) -> list[dict[str, Any]]:
    """How many of each, the split people ask for, and where each is listed."""
    measurable = sum(each.measurable == "yes" for each in plan.targets)
    unset = sum(each.amount_unset for each in plan.instruments)
    sized = sum(each.size is not None for each in plan.funds)
    plan_url, statements = reverse("plan"), reverse("commitments")
    rows = (
        (len(plan.projects), _("工程"), "", plan_url),
        (len(plan.tasks), _("任务"), "", plan_url),
        (len(plan.units), _("责任单位"), "", reverse("units")),
        (len(plan.targets), _("指标"), gettext("{n} 项可测").format(n=measurable), reverse("targets")),
        (len(plan.instruments), _("激励"), gettext("{n} 项金额待定").format(n=unset), reverse("incentives")),
        (len(plan.commitments), _("承诺"), "", statements),
        (len(plan.institutions), _("机构与名单"), "", f"{statements}#institutions"),
        (len(plan.funds), _("基金"), gettext("{n} 个写明规模").format(n=sized), f"{statements}#funds"),
        (len(plan.upstreams), _("上位文件"), "", f"{statements}#upstreams"),
        (questions, _("待答问题"), "", f"{statements}#questions"),
    )
    return [{"n": n, "word": word, "split": split, "url": url} for n, word, split, url in rows]
