"""文书随办: the paper that a step of a case calls for, begun as a draft. Not here: cases (act_on_case), issuing (issue_paper)."""

from __future__ import annotations

from zhicheng.engine.papers.compose import prefilled
from zhicheng.store import cases, ledger
from zhicheng.store.models import Case, CaseParty, PaperDraft
from zhicheng.store.models.case import NEVER
from zhicheng.store.queries import papers as rows
from zhicheng.usecases.issue_paper import write_draft
from zhicheng.usecases.policy import Person


def draft_wanted(person: Person, number: str, entry: int, wanted: str) -> PaperDraft | None:
    """Begin the paper `wanted` (its name) by entry `entry` of a case, filled with what the case knows; a person does the rest.

    Once for each entry, however often it is asked. None where the city writes no such paper, or its unit signs none.
    """
    with ledger.writing():
        case, stationery = cases.row(number), rows.stationery_or_none()
        kind = next((k for k in stationery.kinds if k.name == wanted), None) if stationery else None
        office = next((o for o in stationery.offices if o.key == case.unit_key), None) if stationery else None
        subject = f"case:{number}#{entry}"
        issued, begun = rows.about(subject)
        if kind is None or office is None or issued.filter(kind_key=kind.key).exists():
            return None
        if draft := begun.filter(kind_key=kind.key).first():
            return draft
        return write_draft(person, kind.key, office.key, prefilled(kind, _known(case, entry)), subject=subject)


def _known(case: Case, entry: int) -> dict[str, str]:
    """What the case can say of itself. Those whose identity is protected stay unnamed; a person decides."""
    whole = cases.read(case)
    known = {name: str(fact.value) for name, fact in whole.facts.items() if isinstance(fact.value, int | str)}
    parties = CaseParty.objects.filter(case=case, protected=False).order_by("pk")
    return known | {
        "party": "\n".join(party.name for party in parties),
        "subject": case.subject,
        "opened": case.opened_on.isoformat(),
        "number": case.number,
        "reason": next((each.remarks for each in whole.trail if each.n == entry), ""),
        "due": "" if case.next_due == NEVER else case.next_due.isoformat(),
    }
