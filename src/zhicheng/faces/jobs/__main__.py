"""`python -m zhicheng.faces.jobs work|tick`: the worker and the due-date pass as processes. Not here: the `zhicheng` command."""

from __future__ import annotations

import json
import os
import signal
import sys
from threading import Event

import django


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
    django.setup()
    from zhicheng.faces.jobs.handlers import HANDLERS, JOBS_OF
    from zhicheng.faces.jobs.worker import work
    from zhicheng.usecases.policy import MACHINE
    from zhicheng.usecases.tick import tick

    if arguments[:1] == ["tick"]:
        print(json.dumps(tick(MACHINE)))
        return 0
    if arguments[:1] == ["work"]:
        stop = Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        work(HANDLERS, JOBS_OF, stop=stop, until_idle="--until-idle" in arguments)
        return 0
    print("用法：python -m zhicheng.faces.jobs work [--until-idle] | tick", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
