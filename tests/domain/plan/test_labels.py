"""Labels people say, and phrases that are alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.labels import Labels
from zhicheng.domain.plan.likeness import alike, common_run, contained

YANTAI = Path(__file__).parents[3] / "plans" / "yantai-2022-2024"


@pytest.fixture(scope="module")
def labels() -> Labels:
    plan = load(YANTAI)
    return Labels(plan.documents, plan.clauses)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("二(一)4", "overseas-protection"),
        ("二（一）4", "overseas-protection"),
        ("方案 二(一)4", "overseas-protection"),
        (" 方案二(一) 4 ", "overseas-protection"),
        ("overseas-protection", "overseas-protection"),
        ("解读 四(一是)", "explanation-protection"),
        ("一", "goals"),
        ("解读 一", "explanation-background"),
    ],
)
def test_label_is_found_in_any_width_with_or_without_the_plans_name(labels: Labels, said: str, key: str) -> None:
    found = labels.find(said)

    assert found is not None
    assert found.key == key


def test_label_of_another_document_needs_its_name(labels: Labels) -> None:
    assert labels.find("四(一是)") is None
    assert labels.find("") is None


@given(st.text(), st.text())
def test_likeness_is_a_share_and_does_not_mind_the_order(one: str, two: str) -> None:
    assert 0 <= alike(one, two) <= 1
    assert alike(one, two) == alike(two, one)
    assert 0 <= contained(one, two) <= 1


@given(st.text())
def test_text_is_wholly_like_itself(text: str) -> None:
    assert alike(text, text) == 1


def test_width_and_signs_do_not_count() -> None:
    assert alike("增幅达到30%以上", "增幅，达到３０％以上。") == 1


@given(st.text(), st.text())
def test_common_run_stands_in_both(one: str, two: str) -> None:
    run = common_run(one, two)

    assert run in one
    assert run in two


def test_common_run_is_the_longest() -> None:
    assert common_run("市级知识产权优势企业", "知识产权优势企业、示范企业") == "知识产权优势企业"
