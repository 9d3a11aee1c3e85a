"""The page about plan folders names every field that the files may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from zhicheng.domain.plan import schema

PAGE = (Path(__file__).parents[3] / "docs" / "plan-folder.md").read_text(encoding="utf-8")
MODELS = [each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, schema.Part)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_page_names_every_field(model: type[BaseModel]) -> None:
    missing = [
        field
        for field in model.model_fields
        if f"`{field}`" not in PAGE and f"`{field}:" not in PAGE and f"{field}:" not in PAGE
    ]

    assert missing == []
