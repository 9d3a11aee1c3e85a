"""Running the command in-process, and in a city of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from zhicheng.faces.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """run("calendar", "due", …) → exit code, stdout, stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return call


@pytest.fixture
def city(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """city("demo", "build") runs the command as a process of its own against an empty city under tmp_path."""

    def call(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from zhicheng.faces.cli.main import main; main()", *arguments]
        environment = {**os.environ, "ZHICHENG_VAR": str(tmp_path / "var")}
        environment.pop("ZHICHENG_DB", None)
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=check)

    return call
