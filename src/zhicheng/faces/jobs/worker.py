"""The worker's loop (后台进程): relay announcements, lease a job, do it, tick now and then. Not here: what each job does."""

from __future__ import annotations

import logging
import os
import socket
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from threading import Event

from django.db import DatabaseError, close_old_connections

from zhicheng.usecases import jobs
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.tick import tick

Handler = Callable[[jobs.Lease], None]
IDLE_SECONDS, TICK_SECONDS = 1.0, 60.0
log = logging.getLogger(__name__)


def work(
    handlers: Mapping[str, Handler], jobs_of: Mapping[str, Iterable[str]], *, stop: Event, until_idle: bool = False
) -> int:
    """Do jobs until told to stop (or, with until_idle, until none is due); returns how many were begun.

    A handler writes inside lease.finishing(); one that only computes may return without it.
    """
    worker, begun, next_tick = f"{socket.gethostname()}:{os.getpid()}", 0, 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_tick:
                tick(MACHINE)
                next_tick = time.monotonic() + TICK_SECONDS
            jobs.relay(jobs_of)
            lease = jobs.lease_next(worker, handlers)
        except DatabaseError:
            log.exception("database not to be had; trying again")
            close_old_connections()
            lease = None
        if lease is not None:
            begun += 1
            _do(handlers[lease.kind], lease)
        elif until_idle:
            break
        else:
            stop.wait(IDLE_SECONDS)
    return begun


def _do(handler: Handler, lease: jobs.Lease) -> None:
    """One attempt; whatever goes wrong is entered with the job and never ends the worker."""
    try:
        handler(lease)
        if lease.held():
            with lease.finishing():
                pass
    except Exception:
        log.exception("job %s failed", lease.job)
        try:
            jobs.fail(lease, traceback.format_exc()[-4000:])
        except DatabaseError:
            log.exception("the failure could not be entered; tick will take the job back")
            close_old_connections()
