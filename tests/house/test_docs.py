"""The documents say what is there: commands, settings, words, floors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from zhicheng.faces.cli.main import root

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zhicheng"


def _commands(group: click.Group, before: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name


def test_every_command_is_documented() -> None:
    documented = (ROOT / "docs" / "commands.md").read_text()

    assert [c for c in _commands(root) if f"`{c}" not in documented] == []


def test_every_documented_command_exists() -> None:
    rows = re.findall(
        r"^\| `(.+?)`(?:, `(.+?)`)? \|", (ROOT / "docs" / "commands.md").read_text().split("## Settings")[0], re.M
    )
    documented = {" ".join(re.findall(r"^[a-z]+(?: [a-z]+)?", cell)) for row in rows for cell in row if cell}

    assert documented == set(_commands(root))


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "commands.md").read_text()
    used = set(re.findall(r"ZHICHENG_[A-Z_]+", (SOURCE / "faces" / "settings.py").read_text()))

    assert sorted(name for name in used if name not in documented) == []


def test_every_floor_and_wing_is_on_the_structure_page() -> None:
    page = (ROOT / "docs" / "structure.md").read_text()
    floors = [f"`{p.name}/`" for p in SOURCE.iterdir() if p.is_dir() and not p.name.startswith("__")]
    wings = [f"`{p.name}`" for p in (SOURCE / "domain").iterdir() if p.is_dir() and not p.name.startswith("__")]

    assert [name for name in floors + wings if name not in page] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
