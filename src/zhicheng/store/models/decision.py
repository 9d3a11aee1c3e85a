"""How a plan was decided, as rows: the record of the eight stages, never changed once written. A correction is a new record.

Not here: what the facts mean (domain/decision), how a record becomes rows (store/decisions.py).
"""

from __future__ import annotations

from django.db import models

from zhicheng.store.immutable import Immutable
from zhicheng.store.models.plan import PlanVersion


class Decision(Immutable):
    """决策记录 of one plan version, as known at `recorded_at`. The newest number counts; content_sha256 covers every row."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="decisions", verbose_name="版本")
    number = models.PositiveIntegerField("次数")
    title = models.CharField("标题", max_length=300)
    organ = models.CharField("决策机关", max_length=200)
    laws = models.JSONField("法规包", default=list)
    content_sha256 = models.CharField("内容哈希", max_length=64)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.PositiveBigIntegerField("账号", null=True)

    class Meta:
        ordering = ["version", "-number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_record_a_number")]

    def __str__(self) -> str:
        return f"{self.title} 决策记录{self.number}"


class DecisionStage(Immutable):
    """One stage. key: of domain/decision STAGES. start and end: the empty column of the page, where there is one."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="stages")
    position = models.PositiveIntegerField("次序")
    key = models.CharField("阶段", max_length=60)
    title = models.CharField("名称", max_length=60)
    tab = models.CharField("公开栏目", max_length=60, null=True)
    applies = models.BooleanField("适用")
    reason = models.TextField("不适用理由", blank=True)
    decided_by = models.CharField("不适用由谁决定", max_length=200, blank=True)
    done = models.BooleanField("已办")
    start = models.PositiveIntegerField("起", null=True)
    end = models.PositiveIntegerField("止", null=True)

    class Meta:
        ordering = ["decision", "position"]
        constraints = [models.UniqueConstraint(fields=["decision", "key"], name="one_stage_a_key")]

    def __str__(self) -> str:
        return self.title


class DecisionFact(Immutable):
    """One recorded statement; all value columns null = 记录未载明. when: as far as known, 2022, 2021-12 or 2021-11-05."""

    stage = models.ForeignKey(DecisionStage, models.PROTECT, related_name="facts")
    position = models.PositiveIntegerField("次序")
    key = models.CharField("事项", max_length=60)
    when = models.CharField("日期", max_length=10, null=True)
    count = models.IntegerField("数目", null=True)
    yes = models.BooleanField("是否", null=True)
    text = models.TextField("文字", null=True)
    items = models.JSONField("清单", null=True)
    clause_key = models.CharField("条款", max_length=100, null=True)
    start = models.PositiveIntegerField("起", null=True)
    end = models.PositiveIntegerField("止", null=True)
    source = models.TextField("来源", blank=True)
    note = models.TextField("备注", blank=True)
    confirmed = models.BooleanField("已核对")

    class Meta:
        ordering = ["stage", "position"]
        constraints = [models.UniqueConstraint(fields=["stage", "key"], name="one_fact_a_key")]

    def __str__(self) -> str:
        return self.key


class DecisionPaper(Immutable):
    """材料 of a stage. state: present, missing, internal, unknown."""

    stage = models.ForeignKey(DecisionStage, models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=10)
    ground = models.CharField("不公开依据", max_length=300, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        ordering = ["stage", "position"]

    def __str__(self) -> str:
        return self.name
