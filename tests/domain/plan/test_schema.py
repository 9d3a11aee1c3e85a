"""What a plan folder's files may say: whatever is written, the answer is an entry or a message, never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan import schema

MODELS: list[type[BaseModel]] = [
    *(schema.PlanFile, schema.UnitPart, schema.ProjectPart, schema.TargetPart, schema.IncentivePart),
    *(schema.CommitmentPart, schema.FundPart, schema.InstitutionPart, schema.UpstreamPart, schema.QuestionPart),
]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2)
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(data=st.data())
def test_any_value_is_an_entry_or_a_message(model: type[BaseModel], data: st.DataObject) -> None:
    fields = data.draw(st.dictionaries(st.sampled_from([*model.model_fields, "x"]), VALUES, max_size=12))
    value: Any = data.draw(st.just(fields) | VALUES)

    found: BaseModel | UnreadableInput
    try:
        found = schema.entry_of(model, value, "a.yaml")
    except UnreadableInput as error:
        found = error

    if isinstance(found, UnreadableInput):
        assert "a.yaml" in found.where
        assert found.what
        assert found.todo
    else:
        assert isinstance(found, model)


@pytest.mark.parametrize(
    "table", [schema.INSTRUMENT_KINDS, schema.COMPARATORS, schema.COMMITMENT_KINDS, schema.UNIT_KINDS]
)
def test_words_and_identifiers_are_one_to_one(table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table)
    for said, meant in table.items():
        assert schema.one_of(table)(said) == schema.one_of(table)(meant) == meant
        assert schema.word(table, meant) == said


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [("85分", "85", "分"), ("8.1 件", "8.1", "件"), ("30%", "30", "%"), ("1亿元", "1", "亿元")],
)
def test_quantity_is_read_with_its_unit(written: str, number: str, unit: str) -> None:
    target = schema.entry_of(
        schema.TargetPart,
        {
            **{"key": "T1", "cites": "一", "quote": "x", "indicator": "x", "comparator": "达到", "value": written},
            **{"measurable": "是", "reason": "x"},
        },
        "targets.yaml",
    )

    assert target.value is not None
    assert (str(target.value.number), target.value.unit) == (number, unit)


def test_draft_that_is_confirmed_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="既标 draft 又标 confirmed"):
        schema.entry_of(
            schema.UnitPart,
            {"key": "a", "name": "甲局", "kind": "部门", "draft": True, "confirmed": {"by": "x", "on": "2026-01-01"}},
            "units.yaml",
        )
