"""The processes that test_crash.py starts and kills: a writer as the web is one, and a worker. Not here: what is expected.

python crash_process.py write <name> [<count>]    one act after another; prints the act's word once it is confirmed
python crash_process.py work                      the real worker loop, with one kind of job and a short lease
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from datetime import timedelta
from threading import Event

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
django.setup()

from zhicheng.faces.jobs.worker import work  # noqa: E402
from zhicheng.store import ledger, outbox  # noqa: E402
from zhicheng.usecases import jobs  # noqa: E402
from zhicheng.usecases.attachments import add_attachment  # noqa: E402
from zhicheng.usecases.policy import MACHINE  # noqa: E402

jobs.LEASE = timedelta(seconds=1.5)
JOBS_OF = {"work.wanted": ["count"]}


def write(name: str, count: int | None) -> None:
    """Each act: a file, a row, a ledger entry; and a second transaction that announces work."""
    for n in itertools.count() if count is None else range(count):
        word = f"{name}-{n}"
        attachment = add_attachment(MACHINE, [word.encode() * 50], f"{word}.txt", subject=word)
        with ledger.writing():
            ledger.append(None, "work.want", f"want:{word}")
            outbox.announce("work.wanted", {"word": word})
        print(word, attachment.sha256, flush=True)


def count(lease: jobs.Lease) -> None:
    """A job of some length whose only effect is one ledger entry."""
    print("at work on", lease.payload["word"], flush=True)
    for percent in (30, 60):
        time.sleep(0.005)
        lease.progress(percent, "在数")
    with lease.finishing("数完"):
        ledger.append(None, "work.done", f"done:{lease.payload['word']}")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
    else:
        work({"count": count}, JOBS_OF, stop=Event(), until_idle="--until-idle" in sys.argv)
