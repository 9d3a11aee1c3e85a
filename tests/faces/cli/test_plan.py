"""`zhicheng plan compile, lint, diff` as a person and as a program use it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
YANTAI = ROOT / "plans" / "yantai-2022-2024"
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"

Run = Callable[..., tuple[int, str, str]]


def test_lint_of_a_folder_checks_text_and_record(run: Run) -> None:
    code, out, _ = run("plan", "lint", str(YANTAI), "--as-of", "2025-06-30", "--json")

    found = json.loads(out)
    assert code == 0
    assert {"P01", "P07", "D03", "D06", "D19"} <= {each["rule"] for each in found}
    text = (YANTAI / "source.txt").read_bytes().decode("utf-8")
    assert all(each["quote"] == text[each["start"] : each["end"]] for each in found if each["start"] is not None)
    assert {"rule", "severity", "key", "quote", "start", "end", "message", "suggestion", "cites"} <= set(found[0])


def test_lint_with_an_error_ends_with_one(run: Run) -> None:
    code, out, _ = run("plan", "lint", str(LANHE), "--as-of", "2026-06-01")

    assert code == 1
    assert out.startswith("错误 P06")


def test_lint_of_a_bare_page_checks_what_the_page_says_of_its_decision(run: Run) -> None:
    code, out, _ = run("plan", "lint", str(YANTAI / "source.txt"), "--as-of", "2025-06-30", "--json")

    found = {each["key"] for each in json.loads(out)}
    assert code == 0
    assert {"D03:consultation", "D06:time", "D22:opinions"} <= found


def test_lint_of_a_bare_text_without_record_asks_nothing_of_its_decision(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("关于支持企业的若干措施\n一、对新设企业给予奖励。\n", encoding="utf-8")

    _, out, _ = run("plan", "lint", str(file), "--json")

    assert [each["rule"] for each in json.loads(out)] == ["P01"]


def test_compile_into_a_new_folder_makes_a_plan_that_loads_and_lints(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new-city"

    code, out, _ = run("plan", "compile", str(YANTAI / "source.txt"), "--into", str(folder))

    assert code == 0
    assert "已作为草稿加入" in out
    assert (folder / "decision.yaml").exists()
    assert run("plan", "lint", str(folder), "--as-of", "2025-06-30")[0] == 0


def test_compile_into_a_confirmed_folder_keeps_its_record(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(YANTAI, folder)
    before = (folder / "decision.yaml").read_bytes()

    code, _, _ = run("plan", "compile", str(YANTAI / "source.txt"), "--into", str(folder))

    assert code == 0
    assert (folder / "decision.yaml").read_bytes() == before


def test_diff_of_two_folders_names_clause_and_money(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    shutil.copytree(LANHE, folder)
    file = folder / "incentives" / "street.yaml"
    file.write_text(file.read_text("utf-8").replace("amount: 待定", "amount: {ceiling: 8万元}"), "utf-8")

    code, out, _ = run("plan", "diff", str(LANHE), str(folder))

    assert code == 0
    assert "改动 办法 第三条" in out
    assert "上限 待定 → 8万元" in out


@pytest.mark.parametrize("command", ["lint", "compile"])
def test_what_is_not_there_ends_with_two(run: Run, tmp_path: Path, command: str) -> None:
    code, _, err = run("plan", command, str(tmp_path / "none.txt"))

    assert code == 2
    assert err
