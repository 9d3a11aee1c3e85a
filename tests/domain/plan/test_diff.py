"""Two versions side by side, on the invented city's plan and its redrafts."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.domain.plan.diff import diff, words_changed
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan

ROOT = Path(__file__).parents[3]
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"
YANTAI = ROOT / "plans" / "yantai-2022-2024"

Redraft = Callable[..., Plan]


@pytest.fixture(scope="module")
def first() -> Plan:
    return load(LANHE)


@pytest.fixture
def redraft(tmp_path: Path) -> Redraft:
    """The plan with words exchanged in every file of its folder: redraft(("3000元", "5000元"), …)."""

    def write(*changes: tuple[str, str], only_yaml: tuple[tuple[str, str], ...] = ()) -> Plan:
        folder = tmp_path / "next"
        shutil.copytree(LANHE, folder)
        old_sha = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
        for file in folder.rglob("*"):
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                for old, new in (*changes, *(only_yaml if file.suffix == ".yaml" else ())):
                    text = text.replace(old, new)
                file.write_text(text, encoding="utf-8")
        sha = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
        head = folder / "plan.yaml"
        head.write_text(head.read_text(encoding="utf-8").replace(old_sha, sha), encoding="utf-8")
        return load(folder)

    return write


@pytest.mark.parametrize("folder", [LANHE, YANTAI], ids=["lanhe", "yantai"])
def test_plan_against_itself_has_no_difference(folder: Path) -> None:
    plan = load(folder)

    found = diff(plan, plan)

    assert found.clauses == ()
    assert found.unchanged == len(plan.clauses)


def test_changed_sum_is_shown_in_words_and_in_money(first: Plan, redraft: Redraft) -> None:
    (change,) = diff(first, redraft(("每名奖励3000元", "每名奖励5000元"), ("fixed: 3000元", "fixed: 5000元"))).clauses

    assert (change.kind, change.key) == ("changed", "masters")
    assert [(word.sign, word.text) for word in change.words if word.sign != "="] == [("-", "3000"), ("+", "5000")]
    (effect,) = change.effects
    assert (effect.of, effect.kind, effect.fields) == ("instrument", "changed", (("定额", "3,000元", "5,000元"),))


def test_changed_target_is_shown(first: Plan, redraft: Redraft) -> None:
    found = diff(first, redraft(("新增300人", "新增270人"), ("value: 300人", "value: 270人")))

    (effect,) = found.clauses[0].effects
    assert (effect.of, effect.after, effect.fields) == ("target", "Z1", (("数值", "300人", "270人"),))


def test_change_of_reading_alone_is_a_change(first: Plan, redraft: Redraft) -> None:
    found = diff(first, redraft(("amount: 待定", "amount: {ceiling: 8万元}")))

    (change,) = found.clauses
    assert [word.sign for word in change.words] == ["="]
    assert change.effects[0].fields == (("上限", "待定", "8万元"),)


def test_removed_clause_takes_its_money_along(first: Plan) -> None:
    after = replace(
        first,
        clauses=tuple(clause for clause in first.clauses if clause.key != "shops"),
        instruments=tuple(each for each in first.instruments if each.clause != "shops"),
    )

    (change,) = diff(first, after).clauses

    assert (change.kind, change.key, change.after) == ("removed", "shops", None)
    assert [effect.kind for effect in change.effects] == ["removed", "removed"]


def test_added_clause_is_the_removed_one_turned_round(first: Plan) -> None:
    without = replace(
        first,
        clauses=tuple(clause for clause in first.clauses if clause.key != "shops"),
        instruments=tuple(each for each in first.instruments if each.clause != "shops"),
    )

    (change,) = diff(without, first).clauses

    assert (change.kind, change.key, change.before) == ("added", "shops", None)
    assert {effect.after for effect in change.effects} == {"rent", "street"}


def test_clause_under_a_new_key_is_found_by_its_words(first: Plan) -> None:
    rekeyed = replace(
        first,
        clauses=tuple(replace(clause, key="other") if clause.key == "fair" else clause for clause in first.clauses),
        commitments=(),
        funds=(),
        tasks=(),
    )

    assert diff(first, rekeyed).clauses == ()


def test_clauses_that_change_places_are_moved_and_the_rest_stays(first: Plan) -> None:
    """第三条 and 第四条 change places in the order of clauses; only one of them needs to have moved."""
    order = ["head", "general", "aims", "support", "masters", "fair", "shops", "closing", "rules", "force", "note"]
    after = replace(first, clauses=tuple(first.clause(key) for key in order))

    found = diff(first, after)

    assert [change.kind for change in found.clauses] == ["moved"]
    assert found.clauses[0].key in ("fair", "shops")


def test_clause_under_another_parent_is_moved(first: Plan) -> None:
    after = replace(
        first,
        clauses=tuple(
            replace(clause, parent="closing") if clause.key == "fair" else clause for clause in first.clauses
        ),
    )

    assert [(change.kind, change.key) for change in diff(first, after).clauses] == [("moved", "fair")]


def test_another_number_alone_is_no_change_of_text(first: Plan, redraft: Redraft) -> None:
    found = diff(first, redraft(("第六条", "第七条")))

    assert found.clauses == ()


def test_json_has_the_four_kinds_and_the_words(first: Plan, redraft: Redraft) -> None:
    shown = diff(first, redraft(("每名奖励3000元", "每名奖励5000元"), ("fixed: 3000元", "fixed: 5000元"))).as_json()

    assert (shown["added"], shown["removed"], shown["moved"]) == ([], [], [])
    (changed,) = shown["changed"]  # type: ignore[misc]
    assert changed["before"]["label"] == "办法 第二条"
    assert changed["effects"][0]["fields"] == [{"field": "定额", "before": "3,000元", "after": "5,000元"}]


@given(st.text(), st.text())
def test_words_joined_again_are_both_texts(one: str, two: str) -> None:
    words = list(words_changed(one, two))

    assert "".join(word.text for word in words if word.sign != "+") == one
    assert "".join(word.text for word in words if word.sign != "-") == two
