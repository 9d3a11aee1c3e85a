"""Our own code is imported by name, never by a string (DESIGN 2.1), so that the import contracts see every arrow."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "zhicheng"
BY_STRING = re.compile(r"""(import_module|import_string|__import__)\(""")


def test_no_module_of_ours_is_imported_by_a_string() -> None:
    guilty = [str(file) for file in SOURCE.rglob("*.py") if BY_STRING.search(file.read_text())]

    assert guilty == []


def test_every_module_opens_with_what_lives_there() -> None:
    files = [f for f in SOURCE.rglob("*.py") if "migrations" not in f.parts]

    silent = [
        str(f.relative_to(SOURCE)) for f in files if f.stat().st_size and not f.read_text().lstrip().startswith('"""')
    ]

    assert silent == []
