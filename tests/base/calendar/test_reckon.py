"""Terms counted out: worked cases from law and record, and what must always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base import calendar
from zhicheng.base.calendar import Pause, Skipped, Term
from zhicheng.base.errors import UnreadableInput

NATIONAL = calendar.national()

days = st.dates(date(2019, 1, 1), date(2025, 12, 31))
terms = st.one_of(
    st.builds(Term, st.integers(1, 60), st.just("workday")),
    st.builds(Term, st.integers(1, 90), st.just("day")),
    st.builds(Term, st.integers(1, 12), st.just("month")),
    st.builds(Term, st.integers(1, 3), st.just("year")),
)
rules = st.sampled_from(["forward", "stay"])


def reckon(start: str, term: str, **how):
    return calendar.due(date.fromisoformat(start), Term.written(term), NATIONAL, **how)


@st.composite
def pauses_after(draw, start: date) -> list[Pause]:
    out, since = [], start
    for _ in range(draw(st.integers(0, 3))):
        since += timedelta(draw(st.integers(1, 30)))
        until = since + timedelta(draw(st.integers(0, 40)))
        out.append(Pause(since, until))
        since = until
    return out


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2024-04-26", "5 工作日", "2024-05-07"),  # over the Labour Day holiday and its worked Sunday
        ("2022-04-14", "7 工作日", "2022-04-24"),  # the seventh is a worked Sunday
        ("2022-09-30", "1 日", "2022-10-08"),  # the one day falls into the holiday, 10-08 is a worked Saturday
        ("2022-11-30", "3 月", "2023-02-28"),
        ("2022-01-01", "1 年", "2023-01-03"),  # 2023-01-01 and 02 are days off
    ],
)
def test_due_of_known_terms(start, term, due):
    assert reckon(start, term).due == date.fromisoformat(due)


def test_consultation_of_thirty_days_is_complete_on_saturday_the_thirtieth():
    found = reckon("2021-09-30", "30 日", rest_day="stay")

    assert found.due == date(2021, 10, 30)
    assert found.counted[0] == date(2021, 10, 1)
    assert found.counted[29] == date(2021, 10, 30)
    assert len(found.counted) == 30
    assert found.skipped == ()
    assert found.notes[-1] == "最后一日 2021-10-30 为星期六，按本期限的规则不顺延。"


def test_ordinary_term_ending_on_saturday_moves_to_monday_and_says_so():
    found = reckon("2021-09-30", "30 日")

    assert (found.nominal, found.due) == (date(2021, 10, 30), date(2021, 11, 1))
    assert found.skipped == (Skipped(date(2021, 10, 31), "星期日"),)
    assert found.notes[-1] == "最后一日 2021-10-30 为星期六，顺延至 2021-11-01。"


def test_skipped_days_carry_their_reason():
    found = reckon("2022-04-28", "3 工作日")

    assert found.due == date(2022, 5, 6)
    assert [(skip.day.day, skip.why) for skip in found.skipped] == [
        (30, "星期六"),
        (1, "劳动节"),
        (2, "劳动节（补假）"),
        (3, "休息日（由 2022-04-24 调休）"),
        (4, "休息日（由 2022-05-07 调休）"),
    ]


def test_extension_in_months_runs_from_the_start_day():
    found = reckon("2022-11-30", "3 月", extensions=[Term(1, "month")])

    assert found.due == date(2023, 3, 30)
    assert found.notes[0] == "起算日 2022-11-30 不计入，期限为3个月，延长1个月。"


def test_extension_in_another_unit_runs_on_from_the_unmoved_end():
    found = reckon("2021-09-30", "30 日", extensions=[Term(5, "workday")])

    assert found.due == date(2021, 11, 5)


def test_pause_moves_the_end_by_its_days():
    found = reckon("2022-04-28", "3 月", pauses=[Pause(date(2022, 5, 10), date(2022, 6, 9), "中止：等待无效宣告")])

    assert reckon("2022-04-28", "3 月").due == date(2022, 7, 28)
    assert found.nominal == date(2022, 8, 27)
    assert found.due == date(2022, 8, 29)
    assert found.skipped[0] == Skipped(date(2022, 5, 10), "中止：等待无效宣告")
    assert Skipped(date(2022, 6, 9), "中止：等待无效宣告") not in found.skipped


def test_open_pause_leaves_no_due_day_but_what_remains():
    found = reckon("2022-04-14", "7 工作日", pauses=[Pause(date(2022, 4, 20))])

    assert (found.due, found.nominal) == (None, None)
    assert found.remaining == 4
    assert found.notes[-1] == "正在停止计算，恢复后才能算出期满日。"


def test_open_pause_after_the_last_day_does_not_matter():
    assert reckon("2022-04-14", "7 工作日", pauses=[Pause(date(2022, 4, 26))]).due == date(2022, 4, 24)


def test_open_pause_while_the_end_moves_on_stops_it():
    found = reckon("2021-09-30", "30 日", pauses=[Pause(date(2021, 10, 31))])

    assert (found.nominal, found.due, found.remaining) == (date(2021, 10, 30), None, 0)


def test_training_city_counts_parts_of_the_term():
    found = reckon("2021-09-30", "30 日", rest_day="stay", speed=10)

    assert found.due == date(2021, 10, 3)
    assert found.notes[1] == "培训城市：期限按 1/10 计，不足一日按一日。"
    assert reckon("2022-04-14", "7 工作日", speed=100).due == date(2022, 4, 15)


@pytest.mark.parametrize("speed", [0, -1])
def test_speed_below_one_is_refused(speed):
    with pytest.raises(UnreadableInput, match="加速倍数"):
        reckon("2021-09-30", "30 日", speed=speed)


def test_result_beyond_announced_year_is_provisional():
    found = reckon("2026-12-28", "5 工作日")

    assert found.provisional
    assert found.skipped[0] == Skipped(date(2027, 1, 1), "元旦（推定）")
    assert "暂定" in found.notes[-1]
    assert reckon("2026-12-20", "30 日").provisional
    assert not reckon("2026-12-24", "5 工作日").provisional


def test_minimum_period_that_asks_no_calendar_is_not_provisional():
    assert not reckon("2026-12-20", "30 日", rest_day="stay").provisional


def test_announcement_settles_a_provisional_result():
    notice = calendar.Announcement(2027, "虚构", {date(2027, 1, 1): "元旦"}, frozenset({date(2027, 1, 3)}))
    told = NATIONAL.announcing(notice)

    found = calendar.due(date(2026, 12, 28), Term(5, "workday"), told)

    assert (found.due, found.provisional) == (date(2027, 1, 4), False)


def test_latest_lawful_submission_for_seven_working_days():
    found = calendar.latest_start(date(2022, 4, 24), Term(7, "workday"), NATIONAL)

    assert found.start == date(2022, 4, 14)
    assert found.due == date(2022, 4, 24)
    assert [day.day for day in found.counted] == [15, 18, 19, 20, 21, 22, 24]


def test_term_past_the_end_of_the_calendar_is_refused():
    with pytest.raises(UnreadableInput, match="超出公历"):
        reckon("9999-12-30", "2 日")


def test_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(UnreadableInput, match="恢复"):
        Pause(date(2022, 2, 1), date(2022, 1, 1))


def test_json_has_the_contract_keys():
    assert reckon("2024-04-26", "1 工作日").as_json() == {
        "start": "2024-04-26",
        "term": "1个工作日",
        "due": "2024-04-28",
        "provisional": False,
        "counted": ["2024-04-28"],
        "skipped": [{"day": "2024-04-27", "why": "星期六"}],
        "nominal": "2024-04-28",
        "remaining": 0,
        "notes": ["起算日 2024-04-26 不计入，期限为1个工作日。"],
    }


@given(days, terms, rules, st.data())
def test_pause_never_brings_the_end_nearer(start, term, rule, data):
    pauses = data.draw(pauses_after(start))

    paused = calendar.due(start, term, NATIONAL, rest_day=rule, pauses=pauses)

    assert paused.due >= calendar.due(start, term, NATIONAL, rest_day=rule).due


@given(days, terms, rules, st.data())
def test_replay_of_same_events_gives_same_result(start, term, rule, data):
    pauses = data.draw(pauses_after(start))

    first = calendar.due(start, term, NATIONAL, rest_day=rule, pauses=pauses)

    assert first == calendar.due(start, term, NATIONAL.announcing(), rest_day=rule, pauses=list(reversed(pauses)))


@given(days, terms, rules, st.data())
def test_end_is_monotone_in_length(start, term, rule, data):
    longer = Term(term.length + 1, term.unit) if term.length < 1_000 else term
    pauses = data.draw(pauses_after(start))

    ends = [calendar.due(start, each, NATIONAL, rest_day=rule, pauses=pauses).due for each in (term, longer)]

    assert ends[0] <= ends[1]


@given(days, st.integers(0, 40), terms, rules, st.data())
def test_end_is_monotone_in_start(start, later, term, rule, data):
    second = start + timedelta(later)
    pauses = data.draw(pauses_after(second))

    ends = [calendar.due(each, term, NATIONAL, rest_day=rule, pauses=pauses).due for each in (start, second)]

    assert ends[0] <= ends[1]


@given(days, terms, rules, st.data())
def test_every_day_up_to_the_end_is_explained_once(start, term, rule, data):
    pauses = data.draw(pauses_after(start))

    found = calendar.due(start, term, NATIONAL, rest_day=rule, pauses=pauses)

    explained = sorted([*found.counted, *(skip.day for skip in found.skipped), found.due])
    assert sorted(set(explained)) == [start + timedelta(n) for n in range(1, (found.due - start).days + 1)]
    assert not set(found.counted) & {skip.day for skip in found.skipped}


@given(days, terms, st.integers(1, 40))
def test_speed_never_lengthens_a_term(start, term, speed):
    fast = calendar.due(start, term, NATIONAL, rest_day="stay", speed=speed)

    assert start < fast.due <= calendar.due(start, term, NATIONAL, rest_day="stay").due


@given(days, terms)
def test_latest_start_is_the_last_one_in_time(end, term):
    found = calendar.latest_start(end, term, NATIONAL)

    one_later = calendar.due(found.start + timedelta(1), term, NATIONAL, rest_day="stay")
    assert found.due <= end < one_later.due
