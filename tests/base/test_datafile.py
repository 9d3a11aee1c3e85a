"""Strict YAML: what an official would not notice is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhicheng.base.datafile import parse, read
from zhicheng.base.errors import Missing, UnreadableInput


def test_words_that_yaml_takes_for_truth_stay_words() -> None:
    assert parse("{on: yes, off: no, real: true}", "x") == {"on": "yes", "off": "no", "real": True}


def test_key_given_twice_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableInput) as raised:
        parse("a: 1\nb: 2\na: 3\n", "units.yaml")

    assert "“a”写了两次" in str(raised.value)
    assert "units.yaml 第3行" in raised.value.where


def test_broken_yaml_names_file_and_line() -> None:
    with pytest.raises(UnreadableInput) as raised:
        parse("a: [1\nb: 2", "plan.yaml")

    assert "plan.yaml 第2行" in raised.value.where


def test_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("名称: 烟台".encode("gb18030"))

    with pytest.raises(UnreadableInput, match="UTF-8"):
        read(tmp_path / "a.yaml")
    with pytest.raises(Missing):
        read(tmp_path / "b.yaml")
