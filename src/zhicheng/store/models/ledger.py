"""留痕: what happened, one row an act, chained. Not here: how links are computed (engine/chain)."""

from __future__ import annotations

from django.db import models

from zhicheng.store.immutable import Immutable


class LedgerEntry(Immutable):
    """One act: who, when, what, under which clause or article, state before and after as hashes. No personal data.

    number: 1, 2, 3 … without a gap. actor: account number, None for the machine itself (tick, installation, command line).
    subject: what it was done to, `kind:key`. detail: plain facts of the act that name no person.
    before, after: hash of the subject's state, empty where there was none.
    """

    number = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.PositiveBigIntegerField("账号", null=True)
    act = models.CharField("事项", max_length=60, db_index=True)
    subject = models.CharField("对象", max_length=200, db_index=True)
    cites = models.CharField("依据", max_length=300, blank=True)
    detail = models.JSONField("内容", default=dict)
    before = models.CharField("前值", max_length=80, blank=True)
    after = models.CharField("后值", max_length=80, blank=True)
    previous = models.CharField("上一环", max_length=80)
    hash = models.CharField("本环", max_length=80, unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"
