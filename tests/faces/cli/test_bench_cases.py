"""`bench cases` runs and says the same of few and of more; no time is judged here."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

pytestmark = pytest.mark.slow


def test_page_and_tick_ask_the_database_no_more_with_more_cases(city: Callable[..., CompletedProcess[str]]) -> None:
    lines = json.loads(city("bench", "cases", "--open", "3000", "--rounds", "1", "--json").stdout)

    assert [line["what"] for line in lines] == ["page", "tick", "idle"]
    assert all(line["queries"] == line["queries_few"] for line in lines)
