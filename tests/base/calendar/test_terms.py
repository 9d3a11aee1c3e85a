"""Terms as people write them; month arithmetic."""

from datetime import date

import pytest

from zhicheng.base.calendar import Term, add_months
from zhicheng.base.errors import UnreadableInput


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("7 工作日", Term(7, "workday")),
        ("7个工作日", Term(7, "workday")),
        ("30 日", Term(30, "day")),
        ("30天", Term(30, "day")),
        ("3 月", Term(3, "month")),
        ("6个月", Term(6, "month")),
        ("3年", Term(3, "year")),
    ],
)
def test_term_reads_as_written(text, term):
    assert Term.written(text) == term
    assert Term.written(str(term)) == term


@pytest.mark.parametrize("text", ["30", "", "30 小时", "-3 日", "三十日", "0 日", "40000 日", "101 年"])
def test_term_without_unit_or_out_of_range_is_refused(text):
    with pytest.raises(UnreadableInput):
        Term.written(text)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 3, 31), -1, date(2022, 2, 28)),
        (date(2022, 1, 15), -1, date(2021, 12, 15)),
    ],
)
def test_months_end_on_same_day_or_last_of_month(day, months, end):
    assert add_months(day, months) == end
