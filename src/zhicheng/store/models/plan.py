"""Plan versions as rows: what domain/plan/model says, table by table, never changed once written.

Not here: how a Plan becomes rows (store/plans.py) and which version is shown (queries/plans.py).
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.store.immutable import Immutable
from zhicheng.store.ordered_json import OrderedJSONField


class Spanned(models.Model):
    """Characters [start, end) of the version's text."""

    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class PlanVersion(Immutable):
    """方案版本: one text with all its structure. content_sha256 covers every row; text_sha256 the source alone.

    draft: 草案版, to be read and compared; it is never in force.

    outside: [{start, end, reason}], characters of no document. confirmed: {entry: {by, on}}, who read it against the text.
    """

    number = models.PositiveIntegerField("版次", unique=True)
    plan_key = models.CharField("方案", max_length=100)
    title = models.CharField("标题", max_length=300)
    subtitle = models.CharField("副题", max_length=300, blank=True)
    city = models.CharField("城市", max_length=100)
    issuer = models.CharField("发布机关", max_length=200)
    drafting_unit = models.CharField("承办单位", max_length=200)
    first_year = models.PositiveSmallIntegerField("起始年")
    last_year = models.PositiveSmallIntegerField("终止年")
    text = models.TextField("原文")
    text_sha256 = models.CharField("原文哈希", max_length=64)
    content_sha256 = models.CharField("内容哈希", max_length=64, db_index=True)
    draft = models.BooleanField("草案版", default=False)
    predecessor = models.CharField("前一方案", max_length=100, null=True)
    successor = models.CharField("后一方案", max_length=100, null=True)
    meta = OrderedJSONField("来源", default=dict)
    outside = models.JSONField("不属文件的文字", default=list)
    confirmed = models.JSONField("核对", default=dict)
    adopted_at = models.DateTimeField("入库时间")
    adopted_by = models.PositiveBigIntegerField("账号", null=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版"


class VersionRow(Immutable):
    """A row of one version; `position` keeps the order of the plan."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, verbose_name="版本", related_name="%(class)ss")
    key = models.CharField("键", max_length=100)
    position = models.PositiveIntegerField("次序")

    class Meta:
        abstract = True
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="%(class)s_one_key")]

    def __str__(self) -> str:
        return self.key


class Document(VersionRow, Spanned):
    """One of the documents of the page (方案, 解读 …)."""

    kind = models.CharField("类别", max_length=60)
    title = models.CharField("标题", max_length=300)


class Clause(VersionRow, Spanned):
    """条款. parent is a clause of the same version."""

    label = models.CharField("标号", max_length=100)
    document = models.ForeignKey(Document, models.PROTECT, related_name="clauses")
    kind = models.CharField("类别", max_length=20)
    number = models.CharField("序号", max_length=30, blank=True)
    title = models.TextField("标题", blank=True)
    level = models.PositiveSmallIntegerField("层级")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")


class Unit(VersionRow):
    """责任单位, as this version knows it."""

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20)
    successor = models.CharField("承接单位", max_length=100, null=True)
    note = models.TextField("备注", blank=True)


class UnitName(Immutable):
    """A name a unit bears or bore: official, short, alias, former."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=10)
    since = models.DateField("自", null=True)
    until = models.DateField("至", null=True)
    confirmed = models.BooleanField("已核实")

    class Meta:
        ordering = ["unit", "position"]

    def __str__(self) -> str:
        return self.name


class Project(VersionRow):
    """工程."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="projects")
    title = models.CharField("名称", max_length=200)


class Task(VersionRow):
    """任务."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="tasks")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="tasks")
    title = models.CharField("名称", max_length=200)


class Assignment(Immutable, Spanned):
    """One unit named for one task, in the order of the text; lead only where the text says so."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    position = models.PositiveIntegerField("次序")
    role = models.CharField("职责", max_length=10, null=True)

    class Meta:
        ordering = ["task", "position"]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.unit_id}"


class Target(VersionRow, Spanned):
    """指标, as quoted. value: a decimal as text, exact; None = unset."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="targets")
    indicator = models.CharField("指标", max_length=200)
    comparator = models.CharField("比较", max_length=20)
    value = models.CharField("目标值", max_length=40, null=True)
    unit = models.CharField("单位", max_length=40, null=True)
    deadline_year = models.PositiveSmallIntegerField("到期年", null=True)
    period = models.CharField("周期", max_length=10, null=True)
    base = models.CharField("基数", max_length=200, null=True)
    owner = models.CharField("负责", max_length=200, null=True)
    source = models.CharField("数据来源", max_length=200, null=True)
    measurable = models.CharField("可测", max_length=10)
    reason = models.TextField("理由", blank=True)
    formula = models.TextField("算法（解读）", blank=True)

    @property
    def number(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value)


class Instrument(VersionRow, Spanned):
    """激励. Sums in fen, rate in basis points; None = 待定, never zero."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="instruments")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="instruments")
    name = models.CharField("名称", max_length=200)
    name_en = models.CharField("英文名", max_length=200, blank=True)
    kind = models.CharField("类别", max_length=20)
    who = models.TextField("对象")
    what = models.TextField("条件")
    ceiling_fen = models.BigIntegerField("最高（分）", null=True)
    fixed = models.BooleanField("定额")
    rate = models.IntegerField("比例（基点）", null=True)
    rate_base = models.CharField("比例基数", max_length=200, null=True)
    per = models.CharField("每", max_length=100, null=True)
    per_is_reading = models.BooleanField("“每”系解读")
    annual_cap_fen = models.BigIntegerField("年度上限（分）", null=True)
    annual_cap_per = models.CharField("年度上限每", max_length=100, null=True)
    quota_per_year = models.IntegerField("年度名额", null=True)
    quota_unit = models.CharField("名额单位", max_length=20, null=True)
    open = models.JSONField("待答", default=list)

    @property
    def ceiling(self) -> Money | None:
        return None if self.ceiling_fen is None else Money(self.ceiling_fen)

    @property
    def annual_cap(self) -> Money | None:
        return None if self.annual_cap_fen is None else Money(self.annual_cap_fen)


class Tier(Immutable):
    """One step of a tiered amount."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="tiers")
    position = models.PositiveIntegerField("次序")
    label = models.CharField("档次", max_length=100)
    ceiling_fen = models.BigIntegerField("最高（分）")

    class Meta:
        ordering = ["instrument", "position"]

    @property
    def ceiling(self) -> Money:
        return Money(self.ceiling_fen)

    def __str__(self) -> str:
        return self.label


class Commitment(VersionRow, Spanned):
    """A standing commitment that is neither target nor money."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="commitments")
    kind = models.CharField("类别", max_length=60)
    what = models.TextField("内容")
    rhythm = models.CharField("频次", max_length=100, null=True)


class Fund(VersionRow, Spanned):
    """基金. size_fen None = 规模待定."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="funds")
    name = models.CharField("名称", max_length=200)
    size_fen = models.BigIntegerField("规模（分）", null=True)
    firm = models.BooleanField("已定")

    @property
    def size(self) -> Money | None:
        return None if self.size_fen is None else Money(self.size_fen)


class Institution(VersionRow, Spanned):
    """A body or named list the plan relies on."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="institutions")
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=60)
    members = models.JSONField("成员", default=list)
    note = models.TextField("备注", blank=True)


class Upstream(VersionRow, Spanned):
    """上位文件. issued only where a day is known; not_before: the earliest day the known part of the date allows."""

    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="upstreams")
    title = models.CharField("标题", max_length=300)
    issuer = models.CharField("发布机关", max_length=200, blank=True)
    issued = models.DateField("发布日期", null=True)
    issued_note = models.TextField("日期说明", blank=True)
    not_before = models.DateField("不早于", null=True)
    issued_text = models.CharField("发布日期（所知部分）", max_length=10, blank=True)
    confirmed = models.BooleanField("已核实")


class Question(VersionRow, Spanned):
    """待答问题, asked at its place."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="questions")
    text = models.TextField("问题")
    to = models.CharField("问谁", max_length=200, blank=True)
