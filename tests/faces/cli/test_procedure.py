"""`zhicheng procedure` as a person and as a program use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from zhicheng.engine.procedure import shipped

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("definition", shipped(), ids=lambda d: f"{d.place}-{d.id}")
def test_shipped_procedure_has_no_errors_and_walks_as_worked_out(run: Run, definition: object) -> None:
    name, place = definition.id, definition.place  # type: ignore[attr-defined]

    assert run("procedure", "lint", name, "--place", place)[0] == 0
    assert run("procedure", "simulate", name, "--place", place)[0] == 0


def test_draw_writes_the_picture_and_says_the_steps(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "p.svg"

    code, out, _ = run("procedure", "draw", "major-decision", "--svg", str(picture), "--json")

    assert code == 0
    assert json.loads(out)["svg"] == picture.read_text("utf-8")
    assert "合法性审查" in json.loads(out)["steps"][8]


def test_unknown_procedure_names_those_there_are(run: Run) -> None:
    code, _, err = run("procedure", "draw", "nothing")

    assert code == 2
    assert "cn major-decision" in err


def test_procedure_with_an_unknown_state_ends_with_one(run: Run, tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "src/zhicheng/library/cn/procedures/major-decision.yaml"
    broken = tmp_path / "broken.yaml"
    broken.write_text(source.read_text("utf-8").replace("to: terminated", "to: nowhere", 1), "utf-8")
    assert broken.read_text("utf-8") != source.read_text("utf-8")

    code, out, _ = run("procedure", "lint", str(broken))

    assert code == 1
    assert "nowhere" in out
