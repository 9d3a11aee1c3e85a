"""审计: check the whole ledger against its anchors; write the day's anchor. Not here: how links are computed (engine/chain)."""

from __future__ import annotations

from pathlib import Path

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.chain import Verdict, verify
from zhicheng.store import anchors, clock, ledger
from zhicheng.store.models import LedgerEntry
from zhicheng.usecases.policy import Person, require


def verify_ledger(person: Person, anchor: Path | None = None) -> Verdict:
    """Whether the ledger is whole and agrees with the anchors, read as a stream (CONTRACT: audit verify).

    anchor: another copy of the anchor file than the machine's own; raises UnreadableInput where it does not exist.
    """
    require(person, "ledger.read")
    if anchor is not None and not anchor.exists():
        raise UnreadableInput("没有这个锚文件", where=str(anchor), todo="核对路径")
    return verify(ledger.stream(), anchors.read(anchor))


def write_anchor(person: Person) -> bool:
    """Write today's anchor where the ledger has entries and the day has none yet; True if one was written."""
    require(person, "city.tick")
    if anchors.newest_day() == clock.today():
        return False
    with ledger.writing():  # two passes at once write one line
        head = LedgerEntry.objects.order_by("-number").first()
        return head is not None and anchors.write(clock.today(), head.number, head.hash)
