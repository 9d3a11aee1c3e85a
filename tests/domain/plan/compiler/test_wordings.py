"""The annotated texts told in other words of the genre must read the same: the compiler knows the genre, not these files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from zhicheng.domain.plan.compiler import compile_text

HERE = Path(__file__).parent
NAMES = sorted(p.name.removesuffix(".gold.json") for p in (HERE / "samples").glob("*.gold.json"))
OTHER_WORDS = [
    ("奖励", "补助"),
    ("奖励", "奖补"),
    ("奖励", "补贴"),
    ("奖励", "资助"),
    ("奖励", "扶持"),
    ("奖励", "资金支持"),
    ("最高", "最多"),
    ("最高", "不超过"),
    ("不超过", "不高于"),
    ("给予", "予以"),
    ("给予", "发放"),
    ("给予", "给予一次性"),
    ("每家", "每户"),
    ("每家", "单个"),
    ("万元", "万元人民币"),
    ("责任单位", "责任部门"),
    ("责任单位", "牵头单位"),
    ("累计", "合计"),
    ("每年", "每年度"),
    ("到20", "至20"),
    ("达到", "突破"),
    ("以上", "及以上"),
    ("，", ","),
    ("：", ":"),
    ("；", ";"),
    (",", "，"),
    ("(", "（"),
    ("%", "％"),
    ("万元", "万 元"),
]


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan_score_wordings", HERE / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = _scorer()


def _sample(name: str) -> tuple[dict, str]:
    gold = json.loads((HERE / "samples" / f"{name}.gold.json").read_text("utf-8"))
    for row in [*gold.get("incentives", []), *gold.get("targets", [])]:
        row.pop("start", None)  # places move when words change; the quotes are found again
        row.pop("end", None)
    return gold, (HERE / "samples" / f"{name}.txt").read_bytes().decode("utf-8")


def _reads_well(gold: dict, text: str) -> None:
    tally = SCORE.score(gold, compile_text(text).to_json(), text)
    for measure in ("tasks", "units", "amounts", "rates", "yearly caps", "targets"):
        assert tally.f1(measure) >= 0.9, (measure, tally.errors)


CASES = [(name, word, other) for name in NAMES for word, other in OTHER_WORDS if word in _sample(name)[1]]


@pytest.mark.parametrize(("name", "word", "other"), CASES, ids=["-".join(case) for case in CASES])
def test_sample_in_other_words_reads_the_same(name, word, other):
    gold, text = _sample(name)

    told = gold if word in "(,:" else json.loads(json.dumps(gold, ensure_ascii=False).replace(word, other))

    _reads_well(told, text.replace(word, other))


@pytest.mark.parametrize("width", [24, 32, 40])
@pytest.mark.parametrize("name", NAMES)
def test_sample_with_hard_wrapped_lines_reads_the_same(name, width):
    gold, text = _sample(name)
    lines = text.replace("\r", "").split("\n")

    wrapped = "\n".join(line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width))

    _reads_well(gold, wrapped)
