"""决策记录: how a plan came to be, as far as it is recorded. Not here: the file (record.py), the checks (checks/).

A fact that the record does not show has no value. It is never taken for false, for zero or for an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhicheng.base.citation import Span
from zhicheng.base.partial_date import PartialDate

FactKind = Literal["date", "count", "yes_no", "text", "list"]
PaperState = Literal["present", "missing", "internal", "unknown"]
StageState = Literal["done", "done_undated", "empty", "not_applicable"]


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage of the procedure. tab: the public column of the government's website; legality review has none.

    duty: the name under which the law packs lay it down. dated_by: the facts any of which proves its date.
    """

    key: str
    title: str
    title_en: str
    tab: str | None
    duty: str
    dated_by: tuple[str, ...]


STAGES = (
    StageRule("initiation", "决策启动", "Initiation", "决策启动", "initiation", ("initiation.date",)),
    StageRule(
        "participation", "公众参与", "Public participation", "公众参与", "participation", ("consultation.start",)
    ),
    StageRule("expert_argument", "专家论证", "Expert argument", "专家论证", "expert_argument", ("experts.date",)),
    StageRule("risk_assessment", "风险评估", "Risk assessment", "风险评估", "risk_assessment", ("risk.date",)),
    StageRule("legality_review", "合法性审查", "Legality review", None, "legality_review", ("legality.passed",)),
    StageRule("discussion", "集体讨论", "Collective discussion", "集体讨论", "discussion", ("meeting.date",)),
    StageRule("publication", "决策公布", "Publication", "决策公布", "publication", ("publication.date",)),
    StageRule("evaluation", "执行评估", "Evaluation", "执行评估", "evaluation", ("evaluation.date",)),
)


@dataclass(frozen=True, slots=True)
class FactRule:
    """A fact a record may hold: its stage, its Chinese name, and what kind of value it takes."""

    key: str
    stage: str
    label: str
    kind: FactKind


FACTS = {
    rule.key: rule
    for rule in (
        FactRule("initiation.date", "initiation", "决定启动日期", "date"),
        FactRule("initiation.proposed_by", "initiation", "建议提出人", "text"),
        FactRule("initiation.undertaking_unit", "initiation", "承办单位", "text"),
        FactRule("initiation.planned_completion", "initiation", "计划完成时间", "date"),
        FactRule("initiation.catalogued", "initiation", "是否列入年度决策事项目录", "yes_no"),
        FactRule("initiation.background", "initiation", "所述背景的日期", "date"),
        FactRule("countersign.date", "initiation", "会签日期", "date"),
        FactRule("countersign.units", "initiation", "会签部门数", "count"),
        FactRule("countersign.named", "initiation", "点名的会签部门", "list"),
        FactRule("countersign.agreed", "initiation", "是否全部同意", "yes_no"),
        FactRule("countersign.adopted", "initiation", "会签意见是否均有处理结果", "yes_no"),
        FactRule("consultation.start", "participation", "征求意见开始", "date"),
        FactRule("consultation.end", "participation", "征求意见截止", "date"),
        FactRule("consultation.short_reason", "participation", "缩短期限的理由", "text"),
        FactRule("consultation.draft_published", "participation", "是否公布草案", "yes_no"),
        FactRule("consultation.explanation_published", "participation", "是否公布草案说明", "yes_no"),
        FactRule("consultation.channels", "participation", "征求意见渠道", "list"),
        FactRule("consultation.opinions", "participation", "收到意见数", "count"),
        FactRule("consultation.disposed", "participation", "公众意见是否均有处理结果", "yes_no"),
        FactRule("experts.date", "expert_argument", "专家论证日期", "date"),
        FactRule("experts.count", "expert_argument", "专家人数", "count"),
        FactRule("experts.list_published", "expert_argument", "是否公布专家名单", "yes_no"),
        FactRule("experts.signed", "expert_argument", "专家是否签名", "yes_no"),
        FactRule("experts.interested", "expert_argument", "是否有专家与决策有直接利害关系", "yes_no"),
        FactRule("experts.changes_requested", "expert_argument", "是否提出修改意见", "yes_no"),
        FactRule("risk.date", "risk_assessment", "风险评估日期", "date"),
        FactRule("risk.controllable", "risk_assessment", "风险是否可控", "yes_no"),
        FactRule("risk.grade", "risk_assessment", "风险等级", "text"),
        FactRule("fair_competition.done", "legality_review", "是否经公平竞争审查", "yes_no"),
        FactRule("fair_competition.date", "legality_review", "公平竞争审查日期", "date"),
        FactRule("fair_competition.conclusion", "legality_review", "公平竞争审查结论", "text"),
        FactRule("legality.submitted", "legality_review", "送请合法性审查日期", "date"),
        FactRule("legality.passed", "legality_review", "通过合法性审查日期", "date"),
        FactRule("legality.reviewer", "legality_review", "合法性审查部门", "text"),
        FactRule("legality.adopted", "legality_review", "审查意见是否均有处理结果", "yes_no"),
        FactRule("meeting.date", "discussion", "会议日期", "date"),
        FactRule("meeting.name", "discussion", "会议名称", "text"),
        FactRule("meeting.chair", "discussion", "主持人", "text"),
        FactRule("meeting.reporter", "discussion", "汇报人", "text"),
        FactRule("meeting.word", "discussion", "决定用语", "text"),
        FactRule("meeting.head_last", "discussion", "行政首长是否最后发表意见", "yes_no"),
        FactRule("meeting.recorded", "discussion", "是否如实记录", "yes_no"),
        FactRule("meeting.attendance", "discussion", "出席人数", "count"),
        FactRule("meeting.party_report", "discussion", "是否向同级党委请示报告", "yes_no"),
        FactRule("publication.date", "publication", "公布日期", "date"),
        FactRule("publication.number", "publication", "发文字号", "text"),
        FactRule("publication.page_date", "publication", "网页日期", "date"),
        FactRule("publication.adoption_explained", "publication", "是否说明意见采纳情况", "yes_no"),
        FactRule("evaluation.date", "evaluation", "评估日期", "date"),
        FactRule("evaluation.evaluator", "evaluation", "评估单位", "text"),
        FactRule("evaluation.earlier_assessors", "evaluation", "此前承担主要论证评估的单位", "list"),
        FactRule("evaluation.result", "evaluation", "评估结论", "text"),
    )
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded statement. Exactly one of the value fields is filled, or none: 记录未载明.

    source: where it is known from, if not from the page itself; then span and clause are None.
    """

    key: str
    when: PartialDate | None = None
    count: int | None = None
    yes: bool | None = None
    text: str | None = None
    items: tuple[str, ...] | None = None
    clause: str | None = None
    span: Span | None = None
    source: str = ""
    note: str = ""
    confirmed: bool = True

    @property
    def rule(self) -> FactRule:
        return FACTS[self.key]

    @property
    def date(self) -> date | None:
        """The day, only where a day is recorded."""
        return self.when.exact if self.when else None

    @property
    def known(self) -> bool:
        return any(value is not None for value in (self.when, self.count, self.yes, self.text, self.items))

    @property
    def shown(self) -> str:
        """The value as a person reads it; 记录未载明 where there is none."""
        if self.when is not None:
            return self.when.chinese
        if self.yes is not None:
            return "是" if self.yes else "否"
        if self.items is not None:
            return "、".join(self.items)
        if self.count is not None:
            return str(self.count)
        return self.text if self.text is not None else "记录未载明"


@dataclass(frozen=True, slots=True)
class Paper:
    """材料. internal: lawfully not public, with the ground; unknown: the record does not say whether it exists."""

    name: str
    state: PaperState
    ground: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as recorded. heading: the empty column of the page, where a stage has nothing but its name."""

    key: str
    title: str
    tab: str | None
    applies: bool
    reason: str
    decided_by: str
    done: bool
    heading: Span | None
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]

    @property
    def title_en(self) -> str:
        return next(rule.title_en for rule in STAGES if rule.key == self.key)

    @property
    def state(self) -> StageState:
        """done needs a proved day: a stage does not look complete because its name stands on the page."""
        if not self.applies:
            return "not_applicable"
        if not self.done:
            return "empty"
        rule = next(rule for rule in STAGES if rule.key == self.key)
        dated = any(fact.key in rule.dated_by and fact.date for fact in self.facts)
        return "done" if dated else "done_undated"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing of a stage that was held: unknown facts and missing papers, by name."""
        facts = [fact.rule.label for fact in self.facts if not fact.known]
        return tuple(facts + [paper.name for paper in self.papers if paper.state == "missing"])


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """The record of one plan's decision: the eight stages in order, each with what is known of it."""

    title: str
    organ: str
    laws: tuple[str, ...]
    stages: tuple[Stage, ...]

    def stage(self, key: str) -> Stage:
        return next(stage for stage in self.stages if stage.key == key)

    @property
    def facts(self) -> Iterator[Fact]:
        return (fact for stage in self.stages for fact in stage.facts)

    def fact(self, key: str) -> Fact:
        """The fact of this key; one without value where the record is silent."""
        return next((fact for fact in self.facts if fact.key == key), Fact(FACTS[key].key))

    def day(self, key: str) -> date | None:
        return self.fact(key).date


def evaluation_overdue(record: DecisionRecord, period_end: int, today: date) -> int:
    """Days since the end of the plan's last year without an evaluation; 0 if held, or if the plan still runs."""
    stage = record.stage("evaluation")
    if stage.done or not stage.applies:
        return 0
    return max(0, (today - date(period_end, 12, 31)).days)
