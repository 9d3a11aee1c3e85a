"""Commitments, institutions, funds, upstream documents for pages: every small statement of the plan. Not here: targets, money."""

from __future__ import annotations

from zhicheng.store.models import Commitment, Fund, Institution, PlanVersion, Upstream


def commitments(version: PlanVersion) -> list[Commitment]:
    """Standing commitments in the order of the plan, each with its clause."""
    return list(version.commitments.select_related("clause"))


def institutions(version: PlanVersion) -> list[Institution]:
    """Bodies and named lists the plan relies on."""
    return list(version.institutions.select_related("clause"))


def funds(version: PlanVersion) -> list[Fund]:
    return list(version.funds.select_related("clause"))


def upstreams(version: PlanVersion) -> list[Upstream]:
    """Documents the plan says it rests on, in the order of the text."""
    return list(version.upstreams.all())
