"""Dates known to the year, the month or the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.errors import UnreadableInput
from zhicheng.base.partial_date import PartialDate


@pytest.mark.parametrize(
    ("written", "first", "last", "exact", "chinese"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31), None, "2022年"),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31), None, "2021年12月"),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29), None, "2024年2月"),
        ("2021-11-05", date(2021, 11, 5), date(2021, 11, 5), date(2021, 11, 5), "2021年11月5日"),
        (2022, date(2022, 1, 1), date(2022, 12, 31), None, "2022年"),
        (date(2022, 4, 24), date(2022, 4, 24), date(2022, 4, 24), date(2022, 4, 24), "2022年4月24日"),
    ],
)
def test_partial_date_reads_no_more_than_is_written(
    written: object, first: date, last: date, exact: date | None, chinese: str
) -> None:
    found = PartialDate.written(written)

    assert (found.first, found.last, found.exact, found.chinese) == (first, last, exact, chinese)


@pytest.mark.parametrize("written", ["", "明年", "2021-13", "2023-02-29", "22-1-1", 20220424])
def test_partial_date_refuses_what_is_no_date(written: object) -> None:
    with pytest.raises(UnreadableInput):
        PartialDate.written(written)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_partial_date_round_trips_every_day(day: date) -> None:
    assert PartialDate.written(str(PartialDate.written(day))).exact == day
