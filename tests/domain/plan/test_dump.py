"""Plans written out as folders and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from zhicheng.domain.plan.folder import dump, load

ROOT = Path(__file__).parents[3]
FOLDERS = {"yantai": ROOT / "plans" / "yantai-2022-2024", "lanhe": ROOT / "tests" / "plans" / "lanhe-2026-2028"}


@pytest.mark.parametrize("city", FOLDERS)
def test_plan_written_and_read_again_is_the_same_plan(city: str, tmp_path: Path) -> None:
    plan = load(FOLDERS[city])

    dump(plan, tmp_path)

    assert load(tmp_path) == plan
    assert (tmp_path / "source.txt").read_bytes() == (FOLDERS[city] / "source.txt").read_bytes()


def test_written_quantities_carry_their_units(tmp_path: Path) -> None:
    dump(load(FOLDERS["yantai"]), tmp_path)

    overseas = (tmp_path / "incentives" / "I03.yaml").read_text()
    assert "rate: 50%" in overseas
    assert "annual_cap: 100万元" in overseas
    assert "quota_per_year: 20家" in (tmp_path / "incentives" / "I18.yaml").read_text()
    assert "value: 8.1件" in (tmp_path / "targets.yaml").read_text()
    assert "amount: 待定" in (tmp_path / "incentives" / "I12.yaml").read_text()


def test_entry_nobody_confirmed_is_written_as_a_draft(tmp_path: Path) -> None:
    plan = load(FOLDERS["yantai"])
    confirmed = {entry: who for entry, who in plan.confirmed.items() if entry != "targets T1"}

    dump(replace(plan, confirmed=confirmed), tmp_path)

    written = (tmp_path / "targets.yaml").read_text()
    assert written.count("draft: true") == 1
    assert load(tmp_path).confirmed == confirmed


def test_order_of_instruments_is_kept_where_keys_do_not_sort(tmp_path: Path) -> None:
    plan = load(FOLDERS["yantai"])
    turned = replace(plan, instruments=tuple(reversed(plan.instruments)))

    dump(turned, tmp_path)

    assert load(tmp_path) == turned


def test_plan_without_period_is_written_as_unset(tmp_path: Path) -> None:
    plan = replace(load(FOLDERS["lanhe"]), period=(0, 0))

    dump(plan, tmp_path)

    assert "period: 待定" in (tmp_path / "plan.yaml").read_text()
    assert load(tmp_path) == plan
