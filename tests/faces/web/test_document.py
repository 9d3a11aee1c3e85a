"""The plan as a document: every character of a clause is shown, marks lie where the structure says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.citation import Span
from zhicheng.faces.web import document
from zhicheng.faces.web.display import fullwidth

TEXT = "每家奖励最高10万元,每年评定一次。"
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(min(pair), max(pair)))
marks = st.lists(
    st.builds(
        document.Mark,
        spans.filter(lambda s: s.start < s.end),
        st.sampled_from(["money", "target", "open"]),
        st.just("X"),
    ),
    max_size=5,
)


@given(spans, marks)
def test_runs_together_are_the_text(span, given_marks):
    found = document.runs(TEXT, span, given_marks)
    assert "".join(run.text for run in found) == span.of(TEXT)


@given(spans, marks)
def test_run_is_marked_where_some_mark_lies_and_only_there(span, given_marks):
    at = span.start
    for run in document.runs(TEXT, span, given_marks):
        here = Span(at, at + len(run.text))
        assert bool(run.kind) == any(mark.span.overlaps(here) for mark in given_marks)
        at = here.end


def test_overlapping_marks_money_is_shown_before_target_before_wave():
    found = document.runs(
        "一二三", Span(0, 3), [document.Mark(Span(0, 3), "open", "Q"), document.Mark(Span(1, 2), "money", "I")]
    )
    assert [(run.text, run.kind, run.refs) for run in found] == [
        ("一", "open", "Q"),
        ("二", "money", "I Q"),
        ("三", "open", "Q"),
    ]


def test_entry_shows_heading_body_and_units_apart(small_plan):
    entry = document.entry(small_plan, "protect")
    assert (entry.heading, entry.paragraphs, entry.label) == ("一、保护", (), "一")


def _shown(entry):
    words = "".join(run.text for paragraph in entry.paragraphs for run in paragraph)
    return "".join((entry.heading + entry.stop + words + entry.tail).split())


def test_every_clause_loses_no_sign(small_plan):
    for key in ("protect", "strict", "paper"):
        entry = document.entry(small_plan, key)
        assert _shown(entry) == "".join(fullwidth(small_plan.quote(entry.clause.span)).split())


def test_margin_holds_what_the_plan_ties_to_the_clause(small_plan):
    entry = document.entry(small_plan, "strict")
    assert [named.unit.name for named in entry.units] == ["甲局", "财政局", "各区"]
    assert (entry.first_unit.role, entry.other_units) == ("first", 2)
    assert [target.key for target in entry.targets] == ["T1"]
    assert [(question.text, question.about) for question in entry.questions] == [
        ("每家按年还是按次？", ""),
        ("年度怎么算", "I01"),
    ]


def test_unset_value_is_a_wave_and_set_value_a_line(small_plan):
    kinds = {mark.ref: mark.kind for mark in document.marks(small_plan)}
    assert kinds["I01"] == "money"
    assert kinds["I02"] == "open"
    assert kinds["T1"] == "target"
    assert kinds["F1"] == "open"


def test_counts_say_how_many_are_unset(small_plan):
    found = document.counts(small_plan)
    assert (found.tasks, found.targets, found.targets_unset) == (2, 1, 0)
    assert (found.instruments, found.instruments_unset) == (2, 1)
    assert (found.questions, found.instrument_questions) == (len(small_plan.questions), 2 - len(small_plan.questions))


def test_neighbours_stay_within_the_document(small_plan):
    before, after = document.neighbours(small_plan, "strict")
    assert (before.key, after.key) == ("protect", "paper")
    assert document.neighbours(small_plan, "paper")[1] is None


def test_unknown_clause_is_a_key_error(small_plan):
    with pytest.raises(KeyError):
        document.entry(small_plan, "nowhere")


def test_runs_never_come_empty():
    found = document.runs(
        TEXT, Span(0, 5), [document.Mark(Span(0, 2), "money", "I"), document.Mark(Span(2, 4), "open", "Q")]
    )
    assert all(run.text for run in found)
    assert all(a.refs != b.refs for a, b in pairwise(found))


def test_project_sums_what_its_tasks_hold(small_plan):
    entry = document.entry(small_plan, "protect")
    assert entry.sums == document.Sums(tasks=2, instruments=2, unset=1)
    assert document.entry(small_plan, "strict").sums is None
    assert [upstream.title for upstream in entry.upstreams] == ["某省规划"]
