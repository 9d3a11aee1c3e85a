"""Papers that a case calls for: begun once, filled with what the case knows, named people kept out where protected."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from zhicheng.domain.plan.model import Plan
from zhicheng.engine.papers.load import stationery
from zhicheng.faces.jobs.handlers import HANDLERS, JOBS_OF
from zhicheng.faces.jobs.worker import work
from zhicheng.store.models import Case, CaseParty, PaperDraft
from zhicheng.store.queries import papers as rows
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.stationery import adopt_stationery
from zhicheng.usecases.wanted_paper import draft_wanted

from .case_city import Desk

LANHE = Path(__file__).parents[1] / "plans" / "lanhe-2026-2028"


def _refused(desk: Desk) -> Case:
    return desk.do(desk.clerk, desk.file(), "move", "refuse", remarks="所述事项不属于本机关职责。").case


def test_refusal_of_a_case_begins_its_paper_once(desk: Desk, small_plan: Plan) -> None:
    adopt_stationery(MACHINE, stationery(LANHE), small_plan)
    case = _refused(desk)

    draft = draft_wanted(MACHINE, case.number, 2, "不予受理通知书")
    again = draft_wanted(MACHINE, case.number, 2, "不予受理通知书")

    assert draft == again == PaperDraft.objects.get()
    assert (draft.kind_key, draft.office_key) == ("refusal", "first-bureau")
    assert draft.data == {
        "party": "周先生", "matter": "查专利状态", "received": "2024-07-01", "reasons": "所述事项不属于本机关职责。",
    }  # fmt: skip
    assert list(rows.about(f"case:{case.number}")[1]) == [draft]


def test_protected_party_is_not_named(desk: Desk, small_plan: Plan) -> None:
    adopt_stationery(MACHINE, stationery(LANHE), small_plan)
    case = _refused(desk)
    CaseParty.objects.update(protected=True)

    draft = draft_wanted(MACHINE, case.number, 2, "不予受理通知书")

    assert draft is not None
    assert "party" not in draft.data


def test_paper_the_city_does_not_write_is_left_to_people(desk: Desk, small_plan: Plan) -> None:
    case = _refused(desk)

    assert draft_wanted(MACHINE, case.number, 2, "不予受理通知书") is None
    adopt_stationery(MACHINE, stationery(LANHE), small_plan)
    assert draft_wanted(MACHINE, case.number, 2, "答复书") is None
    assert not PaperDraft.objects.exists()


def test_worker_begins_the_paper_after_the_act(desk: Desk, small_plan: Plan) -> None:
    adopt_stationery(MACHINE, stationery(LANHE), small_plan)
    case = desk.accepted()

    work(HANDLERS, JOBS_OF, stop=Event(), until_idle=True)

    draft = PaperDraft.objects.get()
    assert draft.kind_key == "acceptance"
    assert draft.data["case"] == case.number
    assert draft.data["due"] == "2024-07-08"
