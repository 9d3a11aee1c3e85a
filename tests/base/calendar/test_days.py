"""Working days against a second library, announcements, the legal day."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from zhicheng.base import calendar
from zhicheng.base.errors import UnreadableInput

NATIONAL = calendar.national()
NOTICE = """
year: 2027
source: 测试用通知（虚构）
rest: {2027-01-01: 元旦, 2027-02-08: 春节}
work: [2027-01-03]
"""


def test_working_days_equal_second_library_on_every_day_2019_to_2026():
    days = [date(2019, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2019, 1, 1)).days + 1)]

    assert [d for d in days if NATIONAL.working(d) != chinese_calendar.is_workday(d)] == []
    assert len(days) == 2922


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        (date(2022, 4, 24), True, "调休上班"),
        (date(2022, 10, 5), False, "国庆节（补假）"),
        (date(2022, 4, 23), False, "星期六"),
        (date(2022, 4, 25), True, "星期一"),
    ],
)
def test_day_says_what_it_is(day, working, name):
    assert NATIONAL.day(day) == calendar.Day(day, working, name, announced=True)


def test_day_outside_announced_years_is_only_supposed():
    assert not NATIONAL.day(date(2027, 1, 1)).announced
    assert not NATIONAL.day(date(2000, 12, 31)).announced
    assert NATIONAL.day(date(2026, 12, 31)).announced


def test_year_is_worked_out_once():
    fresh = NATIONAL.announcing()

    assert fresh.day(date(2024, 1, 1)) is fresh.day(date(2024, 1, 1))


def test_announcement_stands_alone_for_a_new_year():
    told = NATIONAL.announcing(*calendar.read_announcements(NOTICE))

    assert told.day(date(2027, 1, 3)) == calendar.Day(date(2027, 1, 3), True, "调休上班", announced=True)
    assert told.day(date(2027, 2, 8)).name == "春节"
    assert told.working(date(2027, 2, 9))  # off by the library's general rule, but not in the notice
    assert not NATIONAL.day(date(2027, 1, 3)).working


def test_announcement_amends_a_trusted_year_day_by_day():
    told = NATIONAL.announcing(
        calendar.Announcement(2022, "虚构", {date(2022, 4, 24): "临时放假"}, frozenset({date(2022, 5, 4)}))
    )

    assert told.day(date(2022, 4, 24)).name == "临时放假"
    assert told.working(date(2022, 5, 4))
    assert not told.working(date(2022, 10, 5))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year: 2027\nsource: x\nrest: {2026-01-01: 元旦}", "不在 2027 年"),
        ("year: 2027\nsource: x\nrest: {2027-01-02: 元旦}\nwork: [2027-01-02]", "既放假又上班"),
        ("year: 2027\nsource: x\nrest: {}\nwork: [2027-01-04]", "本来就是工作日"),
        ("year: 2027", "日历文件读不懂"),
        ("[", "不是合格的 YAML"),
    ],
)
def test_announcement_that_contradicts_itself_is_refused(text, says):
    with pytest.raises(UnreadableInput, match=says):
        calendar.read_announcements(text)


def test_legal_day_half_past_midnight_in_shanghai_is_not_the_utc_day():
    moment = datetime(2022, 4, 24, 16, 30, tzinfo=UTC)

    assert calendar.legal_day(moment) == date(2022, 4, 25)
    assert calendar.legal_day(moment - timedelta(hours=1)) == date(2022, 4, 24)


def test_legal_day_of_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar.legal_day(datetime(2022, 4, 24, 0, 30))  # noqa: DTZ001
