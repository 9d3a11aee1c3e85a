"""What checks say and what people answer; texts being worked on. Not here: the checks (domain)."""

from __future__ import annotations

from django.db import models

from zhicheng.base.citation import Span
from zhicheng.store.immutable import Immutable
from zhicheng.store.models.plan import PlanVersion


class Finding(models.Model):
    """检查意见 on one version, as of its newest check. Re-checking renews the row or takes it away; answers stay.

    Key: (version, key). start and end are None where the record lacks the thing altogether.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="findings", verbose_name="版本")
    key = models.CharField("键", max_length=200)
    rule = models.CharField("规则", max_length=20)
    severity = models.CharField("程度", max_length=10)
    verdict = models.CharField("结论", max_length=20)
    clause_key = models.CharField("条款", max_length=100, blank=True)
    start = models.PositiveIntegerField("起", null=True)
    end = models.PositiveIntegerField("止", null=True)
    quote = models.TextField("原文", blank=True)
    message = models.TextField("意见")
    message_en = models.TextField("意见（英文）", blank=True)
    suggestion = models.TextField("建议", blank=True)
    cites = models.JSONField("出处", default=list)
    articles = models.JSONField("法条", default=list)
    remark = models.TextField("备注", blank=True)
    checked_at = models.DateTimeField("检查时间")

    class Meta:
        ordering = ["version", "start", "key"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_finding_a_key")]

    @property
    def span(self) -> Span | None:
        return None if self.start is None or self.end is None else Span(self.start, self.end)

    def __str__(self) -> str:
        return self.key


class FindingAnswer(Immutable):
    """答复 to a finding, held by the finding's key so that it survives re-checking. The newest counts."""

    KINDS = [("accepted", "采纳"), ("deferred", "暂缓"), ("not_a_fault", "不属问题")]

    plan_key = models.CharField("方案", max_length=100)
    finding_key = models.CharField("检查意见", max_length=200, db_index=True)
    kind = models.CharField("答复", max_length=12, choices=KINDS)
    reason = models.TextField("理由")
    by = models.PositiveBigIntegerField("账号", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.finding_key}: {self.kind}"


class QuestionAnswer(Immutable):
    """An answer to an open question (待答问题), held by the question's key. The newest counts."""

    plan_key = models.CharField("方案", max_length=100)
    question_key = models.CharField("问题", max_length=200, db_index=True)
    text = models.TextField("答复")
    source = models.CharField("依据", max_length=300)
    by = models.PositiveBigIntegerField("账号", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.question_key


class Draft(models.Model):
    """草稿: a text on its way to becoming a version. The text never changes; corrections are rows laid over what was read.

    compiled: what the compiler read (JSON of `plan compile`). corrections: [{act, about, values, reason, by, at}] in order.
    against: number of the version in force it was read against. revision: grows with every change, so that two people
    never overwrite one another. unit_key: the unit whose work it is; its people see it too.
    """

    STATES = [("open", "在办"), ("published", "已成版"), ("discarded", "已放弃")]

    title = models.CharField("标题", max_length=200)
    source_name = models.CharField("文件名", max_length=200, default="")
    source_sha256 = models.CharField("文件哈希", max_length=64, default="")
    text = models.TextField("原文")
    compiled = models.JSONField("结构", default=dict)
    corrections = models.JSONField("改读法", default=list)
    against = models.PositiveIntegerField("对照版次", null=True)
    revision = models.PositiveIntegerField("改动次数", default=0)
    kept = models.BooleanField("已存草稿", default=False)
    state = models.CharField("状态", max_length=10, choices=STATES, default="open")
    version = models.PositiveIntegerField("成版版次", null=True)
    unit_key = models.CharField("单位", max_length=60, blank=True)
    by = models.PositiveBigIntegerField("账号", null=True)
    created_at = models.DateTimeField("建立")
    changed_at = models.DateTimeField("修改")

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title
