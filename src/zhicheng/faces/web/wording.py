"""How the plan's structure is said in words on a page: kinds, roles, target values, ceilings. Not here: the plan's own words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhicheng.base.calendar import Term
from zhicheng.domain.decision import checks
from zhicheng.domain.decision.model import Fact
from zhicheng.domain.plan import lint
from zhicheng.engine.checks import Finding as Found
from zhicheng.faces.web import display
from zhicheng.faces.web.words import INSTRUMENT_KINDS, MEASURABLE, SEVERITIES
from zhicheng.store.models import Assignment, Finding, Instrument, Target

__all__ = ["INSTRUMENT_KINDS", "MEASURABLE", "SEVERITIES"]
MEASURABLE_COLOUR = {"yes": "ok", "partly": "yellow", "no": "red"}

UNIT_KINDS = {
    "department": _("部门"),
    "court": _("法院"),
    "vertical_agency": _("垂直管理机构"),
    "area_group": _("区市（一组）"),
    "area": _("功能区"),
}
NAME_KINDS = {"official": _("全称"), "short": _("简称"), "alias": _("页面上的别称"), "former": _("旧称")}
ROLES = {"lead": _("牵头"), "first": _("首列"), "support": _("配合"), None: _("参加")}
PARTS = {
    "value": pgettext_lazy("part of a target", "数值"),
    "deadline": pgettext_lazy("part of a target", "期限"),
    "base": pgettext_lazy("part of a target", "基期"),
    "owner": pgettext_lazy("part of a target", "责任主体"),
    "source": pgettext_lazy("part of a target", "数据来源"),
}
COMMITMENT_KINDS = {
    "mechanism": _("制度机制"),
    "register": _("台账"),
    "platform": _("平台"),
    "event": _("活动"),
    "report": _("报告"),
    "paper": _("制定文件"),
    "cultivation": _("培育"),
    "inspection": _("监督检查"),
    "service": _("服务"),
    "talent": _("人才"),
    "body": _("机构"),
    "funding": _("资金"),
    "coordination": _("统筹"),
    "indicator": _("评价指标"),
    "application": _("申报"),
    "standard": _("标准"),
    "publication": _("发布"),
    "supervision": _("督导"),
    "meeting": _("会议"),
    "routine": _("例行工作"),
}
FACTS = {
    "initiation.date": _("决定启动日期"),
    "initiation.proposed_by": _("建议提出人"),
    "initiation.undertaking_unit": _("承办单位"),
    "initiation.planned_completion": _("计划完成时间"),
    "initiation.catalogued": _("是否列入年度决策事项目录"),
    "initiation.background": _("所述背景的日期"),
    "countersign.date": _("会签日期"),
    "countersign.units": _("会签部门数"),
    "countersign.named": _("点名的会签部门"),
    "countersign.agreed": _("是否全部同意"),
    "countersign.adopted": _("会签意见是否均有处理结果"),
    "consultation.start": _("征求意见开始"),
    "consultation.end": _("征求意见截止"),
    "consultation.short_reason": _("缩短期限的理由"),
    "consultation.draft_published": _("是否公布草案"),
    "consultation.explanation_published": _("是否公布草案说明"),
    "consultation.channels": _("征求意见渠道"),
    "consultation.opinions": _("收到意见数"),
    "consultation.disposed": _("公众意见是否均有处理结果"),
    "experts.date": _("专家论证日期"),
    "experts.count": _("专家人数"),
    "experts.list_published": _("是否公布专家名单"),
    "experts.signed": _("专家是否签名"),
    "experts.interested": _("是否有专家与决策有直接利害关系"),
    "experts.changes_requested": _("是否提出修改意见"),
    "risk.date": _("风险评估日期"),
    "risk.controllable": _("风险是否可控"),
    "risk.grade": _("风险等级"),
    "fair_competition.done": _("是否经公平竞争审查"),
    "fair_competition.date": _("公平竞争审查日期"),
    "fair_competition.conclusion": _("公平竞争审查结论"),
    "legality.submitted": _("送请合法性审查日期"),
    "legality.passed": _("通过合法性审查日期"),
    "legality.reviewer": _("合法性审查部门"),
    "legality.adopted": _("审查意见是否均有处理结果"),
    "meeting.date": _("会议日期"),
    "meeting.name": _("会议名称"),
    "meeting.chair": _("主持人"),
    "meeting.reporter": _("汇报人"),
    "meeting.word": _("决定用语"),
    "meeting.head_last": _("行政首长是否最后发表意见"),
    "meeting.recorded": _("是否如实记录"),
    "meeting.attendance": _("出席人数"),
    "meeting.party_report": _("是否向同级党委请示报告"),
    "publication.date": _("公布日期"),
    "publication.number": _("发文字号"),
    "publication.page_date": _("网页日期"),
    "publication.adoption_explained": _("是否说明意见采纳情况"),
    "evaluation.date": _("评估日期"),
    "evaluation.evaluator": _("评估单位"),
    "evaluation.earlier_assessors": _("此前承担主要论证评估的单位"),
    "evaluation.result": _("评估结论"),
}
COMPARATORS = {
    ">=": _("达到 {value}"),
    ">": _("超过 {value}"),
    "=": _("等于 {value}"),
    "about": _("约 {value}"),
    "<=": _("不超过 {value}"),
    "<": _("低于 {value}"),
    "increase by": _("新增 {value}"),
    "increase by >=": _("新增 {value}以上"),
    "increase by <=": _("新增 {value}以内"),
    "decrease by": _("减少 {value}"),
    "decrease by >=": _("减少 {value}以上"),
    "decrease by <=": _("减少 {value}以内"),
    "growth>=": _("年均增幅 {value}以上"),
    "growth": _("增长 {value}"),
    "rise": _("提升 {value}"),
    "fall": _("下降 {value}"),
}


def city_words(text: str) -> SafeString:
    """Words of the city's own inside a sentence of the system, marked as Chinese, shown full-width."""
    return format_html('<span lang="zh-Hans">{}</span>', display.fullwidth(text))


def plain(words: object) -> str:
    """The same words without marks, for a file."""
    return unescape(strip_tags(str(words)))


def aim(target: Target) -> str:
    """The aim of a target with its comparator and unit, as HTML; "" where the text sets no number."""
    if target.number is None:
        return ""
    unit = (
        ""
        if target.unit is None
        else target.unit
        if target.unit == "%"
        else format_html(" {}", city_words(target.unit))
    )
    value = format_html("{}{}", f"{target.number:,}", unit)
    return format_html(str(COMPARATORS.get(target.comparator, "{value}")), value=value)


def when(target: Target) -> str:
    """When a target is due; "" where the text does not say."""
    if target.period == "year":
        return gettext("每年")
    return "" if target.deadline_year is None else gettext("到 {year} 年").format(year=target.deadline_year)


def terms(row: Instrument) -> list[str]:
    """Everything the plan fixes about the money of an instrument, one phrase each, as HTML; [] = 待定, never zero."""
    return sums(row) + limits(row)


def sums(row: Instrument) -> list[str]:
    """Ceiling (or fixed sum) and steps; [] where the plan sets none."""
    pattern = gettext("定额 {sum}") if row.fixed else gettext("最高 {sum}")
    found: list[str] = [] if row.ceiling is None else [format_html(pattern, sum=display.money(row.ceiling))]
    steps = [(city_words(tier.label), display.money(tier.ceiling)) for tier in row.tiers.all()]
    return found + [format_html("{} {}", label, format_html(pattern, sum=most)) for label, most in steps]


def limits(row: Instrument) -> list[str]:
    """Rate, cap a year and quota of an instrument, one phrase each, as HTML; [] where the plan sets none."""
    return [words for words in (rate(row), cap(row), quota(row)) if words]


def rate(row: Instrument) -> str:
    if row.rate is None:
        return ""
    base = city_words(row.rate_base) if row.rate_base else gettext("未写明的基数")
    return format_html(gettext("不超过{base}的 {rate}"), base=base, rate=display.percent(row.rate))


def cap(row: Instrument) -> str:
    if row.annual_cap is None:
        return ""
    per = city_words(row.annual_cap_per) if row.annual_cap_per else ""
    return format_html(gettext("{per}每年不超过 {sum}"), per=per, sum=display.money(row.annual_cap))


def quota(row: Instrument) -> str:
    """名额 a year, counted as the text counts; "" where there is none."""
    if row.quota_per_year is None:
        return ""
    unit = city_words(row.quota_unit) if row.quota_unit else gettext("个")
    return format_html(gettext("每年不超过 {count} {unit}"), count=row.quota_per_year, unit=unit)


def role(assignment: Assignment) -> Any:
    """牵头 only where the text says so; the first-named is 首列 (DESIGN 2.11)."""
    return ROLES[assignment.role]


def fact_value(fact: Fact) -> str:
    """The value of a recorded fact in the reader's language, as HTML; "" where the record is silent."""
    if fact.when is not None:
        return str(fact.when)
    if fact.yes is not None:
        return gettext("是") if fact.yes else gettext("否")
    if fact.count is not None:
        return f"{fact.count:,}"
    return city_words(fact.shown) if fact.known else ""


_TERM_UNITS = {"workday": _("个工作日"), "day": _("日"), "month": _("个月"), "year": _("年")}


def term(length: Term) -> str:
    """A legal term in the reader's language."""
    return f"{length.length} {_TERM_UNITS[length.unit]}"


_CHINESE = re.compile(r"[“「]?[\u3400-\u9fff][\u3400-\u9fff0-9，、；：（）《》“”「」]*")


_FACT = re.compile(r"\b[a-z]+\.[a-z_]+\b")


def quoting(words: str) -> SafeString:
    """An English sentence of a check: facts of the record by their names, every Chinese run marked as Chinese."""
    words = _FACT.sub(lambda match: f"“{FACTS[match.group()]}”" if match.group() in FACTS else match.group(), words)
    pieces, end = [], 0
    for match in _CHINESE.finditer(words):
        pieces += [(words[end : match.start()], match.group())]
        end = match.end()
    marked = format_html_join("", '{}<span lang="zh-Hans">{}</span>', pieces)
    return format_html("{}{}", marked, words[end:])


def finding(row: Finding | Found) -> SafeString:
    """The message of a finding in the reader's language; Chinese, marked as such, where there is no English."""
    if get_language() == "en" and row.message_en:
        return quoting(row.message_en)
    return city_words(row.message)


_RULES = {rule.id: rule for rule in (*lint.RULES, *checks.RULES)}


def rule_title(key: str) -> SafeString:
    """What a rule checks, in the reader's language; the rule's number where the rule is no longer known."""
    rule = _RULES.get(key)
    if rule is None:
        return format_html("{}", key)
    return format_html("{}", rule.title_en) if get_language() == "en" else format_html("{}", rule.title)
