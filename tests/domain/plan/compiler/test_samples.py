"""The eight annotated texts: how much of each the compiler gets right."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from zhicheng.domain.plan.compiler import Compiled, compile_text

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
NAMES = sorted(p.name.removesuffix(".gold.json") for p in SAMPLES.glob("*.gold.json"))
MEASURES = ("tasks", "units", "lead units", "amounts", "clauses", "rates", "yearly caps", "targets", "target years")


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan_score", HERE / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = _scorer()


def read(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def compiled() -> dict[str, Compiled]:
    return {name: compile_text(read(name)) for name in NAMES}


def tally(name: str, compiled: dict[str, Compiled]):
    gold = json.loads((SAMPLES / f"{name}.gold.json").read_text("utf-8"))
    return SCORE.score(gold, compiled[name].to_json(), read(name))


def test_city_page_matches_every_annotated_row(compiled):
    result = tally("00_yantai", compiled)

    assert result.errors == []
    assert {m: result.f1(m) for m in MEASURES} == dict.fromkeys(MEASURES, 1.0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("measure", ["tasks", "units", "lead units", "amounts", "rates", "yearly caps"])
def test_sample_reaches_nine_tenths_of_each_measure(name, measure, compiled):
    result = tally(name, compiled)

    assert result.f1(measure) >= 0.9, result.errors


def test_scorer_counts_what_is_missed_and_what_is_invented():
    text = "对认定的企业给予10万元奖励。"
    gold = {"incentives": [{"quote": "给予10万元奖励", "max_amount_yuan": 100000}]}
    nothing = {"tasks": [], "incentives": [], "targets": []}
    wrong = {
        "tasks": [],
        "incentives": [{"start": 0, "end": len(text), "quote": text, "max_amount_yuan": 1}],
        "targets": [],
    }

    assert SCORE.score(gold, nothing, text).counts["amounts"] == [0, 0, 1]
    assert SCORE.score(gold, wrong, text).counts["amounts"] == [0, 1, 1]
