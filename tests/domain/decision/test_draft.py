"""Records drafted from compiled pages, and records written out and read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhicheng.domain.decision import record
from zhicheng.domain.decision.checks import check
from zhicheng.domain.decision.draft import draft_record
from zhicheng.domain.decision.writing import dump
from zhicheng.domain.plan.compiler import Compiled, compile_text
from zhicheng.domain.plan.folder import draft_plan, load
from zhicheng.domain.plan.model import Plan

ROOT = Path(__file__).parents[3]
YANTAI = ROOT / "plans" / "yantai-2022-2024"
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_text((YANTAI / "source.txt").read_bytes().decode("utf-8"))


@pytest.fixture(scope="module")
def draft(compiled: Compiled) -> Plan:
    return draft_plan(compiled)


@pytest.mark.parametrize("folder", [YANTAI, LANHE], ids=["yantai", "lanhe"])
def test_record_written_and_read_again_is_the_same_record(folder: Path, tmp_path: Path) -> None:
    plan = load(folder)
    before = record.load(folder, plan)

    dump(before, plan, tmp_path)

    assert record.load(tmp_path, plan) == before


def test_page_yields_the_facts_a_person_confirmed(compiled: Compiled, draft: Plan) -> None:
    found = draft_record(compiled, draft)
    confirmed = record.load(YANTAI, load(YANTAI))

    for key in (
        *(
            "consultation.start",
            "consultation.end",
            "consultation.opinions",
            "experts.date",
            "experts.changes_requested",
        ),
        *("legality.passed", "legality.reviewer", "legality.adopted", "meeting.date", "meeting.name"),
        *("countersign.units", "countersign.named", "countersign.agreed", "initiation.planned_completion"),
    ):
        assert found.fact(key).shown == confirmed.fact(key).shown, key


def test_what_the_page_does_not_state_has_no_value(compiled: Compiled, draft: Plan) -> None:
    found = draft_record(compiled, draft)

    assert not found.fact("legality.submitted").known
    assert [stage.key for stage in found.stages if stage.state == "empty"] == [
        "risk_assessment",
        "publication",
        "evaluation",
    ]


def test_drafted_record_reads_back_and_is_checked(compiled: Compiled, draft: Plan, tmp_path: Path) -> None:
    found = draft_record(compiled, draft)
    dump(found, draft, tmp_path)

    assert record.load(tmp_path, draft) == found
    rules = {each.rule for each in check(found, draft, date(2025, 6, 30))}
    assert {"D03", "D06", "D11", "D17", "D19", "D22", "D26"} <= rules
