"""The one city of this database (DESIGN 2.17). Not here: its plan, its people."""

from __future__ import annotations

from django.db import models


class City(models.Model):
    """One row: whose database this is, real or training, and how its clock runs.

    clock_start: the moment a training city's clock was set to; clock_set_at: the real moment at which that was done.
    A real city has neither.
    """

    KINDS = [("real", "正式"), ("training", "培训")]

    name = models.CharField("城市", max_length=100)
    kind = models.CharField("性质", max_length=10, choices=KINDS)
    plan_key = models.CharField("方案", max_length=100)
    opened_at = models.DateTimeField("开通时间")
    clock_start = models.DateTimeField("培训时钟起点", null=True, blank=True)
    clock_set_at = models.DateTimeField("培训时钟设定于", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_database_one_city"),
            models.CheckConstraint(
                condition=models.Q(kind="training") | models.Q(clock_start__isnull=True), name="real_city_real_clock"
            ),
        ]

    @property
    def is_training(self) -> bool:
        return self.kind == "training"

    def __str__(self) -> str:
        return self.name
