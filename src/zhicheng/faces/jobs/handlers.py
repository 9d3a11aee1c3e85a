"""What follows from what: which jobs an announcement brings, and what each job does. Not here: leases, the loop."""

from __future__ import annotations

from zhicheng.faces.jobs.worker import Handler
from zhicheng.store.queries import plans
from zhicheng.usecases.check_plan import check_plan
from zhicheng.usecases.jobs import Lease
from zhicheng.usecases.notices import send_digest
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.wanted_paper import draft_wanted


def check(lease: Lease) -> None:
    """Check the version that was adopted, or whose record was kept."""
    version = plans.version(int(lease.payload["version"]))
    lease.progress(10, f"检查第{version.number}版方案")
    with lease.finishing("检查完毕"):
        check_plan(MACHINE, version)


def digest(lease: Lease) -> None:
    """Mail one account what it has not seen yet."""
    send_digest(int(lease.payload["account"]))


def paper(lease: Lease) -> None:
    """Begin the paper that a step of a case calls for."""
    with lease.finishing("文书已起草"):
        draft_wanted(MACHINE, lease.payload["case"], int(lease.payload["entry"]), lease.payload["paper"])


JOBS_OF = {"plan.adopted": ["check_plan"], "decision.recorded": ["check_plan"], "paper.wanted": ["draft_paper"]}
HANDLERS: dict[str, Handler] = {"check_plan": check, "digest": digest, "draft_paper": paper}
