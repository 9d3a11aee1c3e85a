"""`bench cases` runs and says the same of few and of more; no time is judged here."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

pytestmark = pytest.mark.slow


def test_page_and_tick_ask_the_database_no_more_with_more_cases(city: Callable[..., CompletedProcess[str]]) -> None:
    lines = json.loads(city("bench", "cases", "--open", "3000", "--rounds", "1", "--json").stdout)

    assert [line["what"] for line in lines] == ["page", "tick", "idle"]
    # the first measure also reads what is then remembered (the plan in force), so it may ask once more, never less
    assert [line["what"] for line in lines if line["queries"] > line["queries_few"]] == []
