"""The axis: true order, nothing outside, no two labels on the same place."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.faces.web.timeline import WIDTH, Event, layout

days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
titles, details = st.text("甲乙丙abc", min_size=1, max_size=12), st.text("0123-", max_size=24)
events = st.lists(st.builds(Event, start=days, title=titles, detail=details), min_size=1, max_size=14)


def _width(words: str) -> float:
    return sum(13.0 if sign > "⺀" else 7.0 for sign in words)


@given(events, days)
def test_marks_keep_the_order_of_time_and_stay_inside(found: list[Event], until: date) -> None:
    axis = layout(found, until)

    assert axis is not None
    placed = sorted(axis.labels, key=lambda label: label.event.start)
    assert [label.x for label in placed] == sorted(label.x for label in placed)
    assert all(0 <= label.x <= WIDTH and 0 < label.text_y < axis.height for label in axis.labels)


@given(events, days)
def test_labels_never_overlap(found: list[Event], until: date) -> None:
    axis = layout(found, until)

    assert axis is not None
    boxes = []
    for label in axis.labels:
        width = max(_width(label.event.title), _width(label.event.detail))
        left = label.text_x - width if label.end_anchored else label.text_x
        boxes.append((left, left + width, label.text_y))
    for index, (left, right, y) in enumerate(boxes):
        for other_left, other_right, other_y in boxes[index + 1 :]:
            assert y != other_y or right <= other_left or other_right <= left


def test_axis_without_events_is_no_axis() -> None:
    assert layout([], date(2024, 1, 1)) is None


def test_long_silence_after_the_last_event_is_drawn_together_behind_a_break() -> None:
    start = date(2022, 1, 1)
    near, far = (
        layout([Event(start, "甲", "")], start + timedelta(30)),
        layout([Event(start, "甲", "")], date(2025, 6, 30)),
    )

    assert near is not None
    assert near.breaks is None
    assert far is not None
    assert far.breaks is not None


def test_stretch_is_seen_however_short() -> None:
    axis = layout([Event(date(2022, 1, 1), "甲", "", end=date(2022, 1, 1))], date(2027, 1, 1))

    assert axis is not None
    assert axis.labels[0].width >= 3
