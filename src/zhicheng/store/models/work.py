"""Work the city's machine still owes, and files it keeps. Not here: who runs jobs (faces/jobs)."""

from __future__ import annotations

from django.db import models


class Outbox(models.Model):
    """What a use case announces, written in its own transaction; turned into jobs afterwards, exactly once."""

    topic = models.CharField("事件", max_length=60)
    payload = models.JSONField("内容", default=dict)
    created_at = models.DateTimeField("时间")
    relayed_at = models.DateTimeField("已转办", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["id"], condition=models.Q(relayed_at__isnull=True), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic}#{self.pk}"


class Job(models.Model):
    """One piece of work, leased to one worker at a time. key: the same work never enters twice.

    attempts: how often it was begun; with lease_until it is the worker's proof that the job is still its own.
    All times are the machine's real time, also in a training city.
    """

    STATES = [("waiting", "等待"), ("running", "进行中"), ("done", "完成"), ("dead", "失败")]

    kind = models.CharField("工作", max_length=60)
    key = models.CharField("唯一键", max_length=200, unique=True)
    payload = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=10, choices=STATES, default="waiting")
    attempts = models.PositiveIntegerField("次数", default=0)
    run_after = models.DateTimeField("不早于")
    worker = models.CharField("办理进程", max_length=80, blank=True)
    lease_until = models.DateTimeField("租约至", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    message = models.CharField("进展", max_length=300, blank=True)
    error = models.TextField("错误", blank=True)
    created_at = models.DateTimeField("时间")
    finished_at = models.DateTimeField("办结", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "run_after"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.kind}#{self.pk}"


class Attachment(models.Model):
    """附件: a file the city keeps, named by its content. public: part of the published record."""

    sha256 = models.CharField("哈希", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=120)
    size = models.PositiveBigIntegerField("字节")
    subject = models.CharField("归属", max_length=200, blank=True, db_index=True)
    public = models.BooleanField("公开", default=False)
    by = models.PositiveBigIntegerField("账号", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
