"""Announcements written in a use case's own transaction. Not here: what follows from them (faces/jobs)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from zhicheng.store.models import Outbox


def announce(topic: str, payload: Mapping[str, Any]) -> None:
    """Say that something happened; lives and dies with the caller's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an announcement belongs into the transaction of its act")
    Outbox.objects.create(topic=topic, payload=dict(payload), created_at=timezone.now())
