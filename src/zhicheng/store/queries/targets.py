"""指标 for pages. Not here: readings (there are none yet), how a value is written on a page."""

from __future__ import annotations

from zhicheng.domain.plan.model import COMPARED
from zhicheng.store.models import PlanVersion, Target

# What a target must have before anybody can say it was reached; None in the row = the text leaves it unset.
PARTS = ("value", "deadline", "base", "owner", "source")


def targets(version: PlanVersion) -> list[Target]:
    """Every target in the order of the plan, each with its clause."""
    return list(version.targets.select_related("clause"))


def missing(target: Target) -> tuple[str, ...]:
    """Which PARTS the text leaves unset. A target due every year has its deadline; only a comparison needs a base."""
    has = {
        "value": target.value is not None,
        "deadline": target.deadline_year is not None or target.period is not None,
        "base": target.base is not None or not needs_base(target),
        "owner": target.owner is not None,
        "source": target.source is not None,
    }
    return tuple(part for part in PARTS if not has[part])


def needs_base(target: Target) -> bool:
    """Whether the target compares with an earlier value and so means nothing without a base."""
    return target.comparator.startswith(COMPARED)
