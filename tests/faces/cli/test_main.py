"""Nonsense from the command line ends with 2 and says what, where and what to do; never a trace, never half a document."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError

from zhicheng.faces.cli import main as face

WRONG = [
    (("nichts",), "没有命令“nichts”"),
    (("plan", "nichts"), "没有命令“nichts”"),
    (("plan", "compile"), "缺少“FILE”"),
    (("calendar", "due", "--start", "2024-13-01", "--days", "3"), "“--start”的值读不懂"),
    (("calendar", "due", "--nonsense"), "没有选项“--nonsense”"),
    (("serve", "--port", "99999"), "“--port”的值读不懂"),
    (("run", "--port", "0"), "“--port”的值读不懂"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_wrong_call_is_said_in_chinese_with_a_way_out(
    run: Callable[..., tuple[int, str, str]], arguments, words
) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert words in err
    assert "--help" in err
    assert "Error" not in err


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(28, "No space left on device", "/x/y"), "No space left on device（/x/y）"),
        (OperationalError("database or disk is full"), "database or disk is full"),
    ],
)
def test_fault_of_disk_or_database_ends_with_two_and_no_trace(run, monkeypatch, fault, words) -> None:
    def broken(**_: object) -> None:
        raise fault

    monkeypatch.setattr(face.root, "main", broken)

    code, out, err = run("tick")

    assert (code, out) == (2, "")
    assert words in err
    assert "请核对" in err


def _zip(file: Path, **members: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file


@pytest.mark.slow
def test_city_commands_on_nonsense_end_with_two_and_no_trace(city, tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(bytes(range(128, 256)) * 9)
    (tmp_path / "folder").mkdir()
    _zip(tmp_path / "list.zip", manifest__json="[]")
    _zip(tmp_path / "rows.zip", manifest__json=json.dumps({"format": 1, "schema": "x", "entries": 5}))
    calls = [
        ("audit", "verify", "--anchor", str(tmp_path / "noise.bin"), "--json"),
        ("audit", "verify", "--db", "mysql://x", "--json"),
        ("audit", "verify", "--db", "postgresql://127.0.0.1:1/x", "--json"),
        ("restore", str(tmp_path / "noise.bin")),
        ("restore", str(tmp_path / "folder")),
        ("restore", str(tmp_path / "list.zip"), "--json"),
        ("restore", str(tmp_path / "rows.zip")),
        ("backup", str(tmp_path / "folder")),
        ("backup", "/proc/version/x.zip", "--json"),
        ("serve", "--host", "no.such.host.invalid", "--port", "8391"),
    ]

    answers = {" ".join(call): city(*call, check=False) for call in calls}

    assert {call: done.returncode for call, done in answers.items()} == dict.fromkeys(answers, 2)
    assert [call for call, done in answers.items() if "Traceback" in done.stderr or "请" not in done.stderr] == []
    assert [call for call, done in answers.items() if done.stdout] == []


@pytest.mark.slow
def test_what_a_city_writes_is_for_its_owner_only(city, tmp_path: Path) -> None:
    city("demo", "build")
    city("backup", str(tmp_path / "copy.zip"))

    written = [tmp_path / "copy.zip", *(tmp_path / "var").iterdir()]
    assert {file.name for file in written} >= {"copy.zip", "city.sqlite3", "secret_key"}
    assert [file.name for file in written if file.stat().st_mode & 0o077] == []
