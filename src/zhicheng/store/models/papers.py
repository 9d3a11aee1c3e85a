"""Papers (公文、文书) and what they are written with. Not here: words and fields (engine/papers), drawing (store/papers)."""

from __future__ import annotations

from django.db import models

from zhicheng.engine.papers.number import Number
from zhicheng.store.immutable import Immutable
from zhicheng.store.models.work import Attachment
from zhicheng.store.ordered_json import OrderedJSONField


class Stationery(Immutable):
    """文具: kinds, offices and sheet template of the city as they were from `adopted_at` on. The newest is in use.

    content: {"kinds": [...], "offices": [...], "sheet": "..."}; sha256 is its hash.
    """

    sha256 = models.CharField("哈希", max_length=64)
    content = OrderedJSONField("内容")
    adopted_at = models.DateTimeField("启用时间")
    adopted_by = models.PositiveBigIntegerField("账号", null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.sha256[:12]


class PaperDraft(models.Model):
    """A paper being written: no number yet, may change, may be thrown away. subject: what it is about, kind:key."""

    kind_key = models.CharField("文种", max_length=60)
    office_key = models.CharField("发文机关", max_length=100)
    data = models.JSONField("内容", default=dict)
    subject = models.CharField("归属", max_length=200, blank=True)
    by = models.PositiveBigIntegerField("账号", null=True)
    at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        ordering = ["-changed_at", "-pk"]

    @property
    def units(self) -> frozenset[str]:
        """The unit whose paper it is."""
        return frozenset({self.office_key})

    def __str__(self) -> str:
        return f"{self.kind_key} {self.pk}"


class Paper(Immutable):
    """One issued paper with everything that was said, the stationery and fonts it was printed with, and both files.

    Key: (series, year, serial); serials of a series and year run without a gap. day: 成文日期.
    fonts: face → family, as the PDF was drawn.
    """

    series = models.CharField("代字", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    kind_key = models.CharField("文种", max_length=60)
    kind_name = models.CharField("文种名称", max_length=60)
    office_key = models.CharField("发文机关", max_length=100)
    office_name = models.CharField("发文机关名称", max_length=200)
    title = models.CharField("标题", max_length=300)
    data = models.JSONField("内容")
    subject = models.CharField("归属", max_length=200, blank=True, db_index=True)
    stationery = models.ForeignKey(Stationery, models.PROTECT, verbose_name="文具")
    fonts = models.JSONField("字体")
    pdf = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="PDF")
    word = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="Word")
    day = models.DateField("成文日期")
    issued_at = models.DateTimeField("签发时间")
    issued_by = models.PositiveBigIntegerField("账号", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["series", "year", "serial"], name="one_paper_a_number")]

    @property
    def number(self) -> Number:
        return Number(self.series, self.year, self.serial)

    @property
    def units(self) -> frozenset[str]:
        """The unit whose paper it is."""
        return frozenset({self.office_key})

    def __str__(self) -> str:
        return str(self.number)
