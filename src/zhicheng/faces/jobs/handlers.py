"""What follows from what: which jobs an announcement brings, and what each job does. Not here: leases, the loop."""

from __future__ import annotations

from zhicheng.faces.jobs.worker import Handler

JOBS_OF: dict[str, list[str]] = {}
HANDLERS: dict[str, Handler] = {}
