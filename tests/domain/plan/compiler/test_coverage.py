"""Read and unread, and the questions a text leaves open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.compiler.coverage import merge, unread, without

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Span(min(p), max(p))), max_size=12)


@given(SPANS)
def test_unread_and_read_are_every_character_once(spans):
    gaps = unread(60, spans)

    covered = sorted(i for span in (*merge(spans), *gaps) for i in range(span.start, span.end))
    assert covered == list(range(60))


@given(SPANS)
def test_without_takes_away_exactly_the_holes(holes):
    kept = {i for span in without(Span(10, 40), holes) for i in range(span.start, span.end)}

    assert kept == {i for i in range(10, 40) if not any(h.start <= i < h.end for h in holes)}


def test_sentence_of_a_task_whose_sum_nobody_read_is_unread():
    text = "一、任务\n（一）甲事。推进工作。注册资本须有300万元。（责任单位：市科技局）\n"

    compiled = compile_text(text)

    assert [span.of(text) for span in compiled.unread] == ["注册资本须有300万元。"]


def asked(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in compile_text(text).questions:
        found.setdefault(entry.item.trigger, []).append(entry.item.span.of(text))
    return found


def test_undefined_words_of_money_are_asked_at_their_place():
    questions = asked("一、任务\n（一）甲事。对符合条件的企业，择优给予一定保费补贴。\n")

    assert questions["eligible"] == ["符合条件"]
    assert questions["select"] == ["择优"]
    assert questions["certain"] == ["一定保费"]
    assert questions["amount_unset"] == ["对符合条件的企业，择优给予一定保费补贴"]


def test_missing_base_year_colours_and_rhythm_are_asked():
    questions = asked(
        "一、工作目标\n到2024年，融资额年均增长30%。\n二、任务\n（一）甲事。定期召开会议。对项目实行“蓝黄红”挂牌督战。\n"
    )

    assert questions["base_year"] == ["融资额年均增长30%"]
    assert questions["rhythm"] == ["定期召开会议"]
    assert questions["colours"] == ["“蓝黄红”"]


def test_stated_base_year_is_not_asked_again():
    assert "base_year" not in asked("一、工作目标\n到2024年，融资额较2021年增长30%。\n")


def test_words_quoted_as_a_reason_are_no_promise_of_this_text():
    text = "一、任务\n（一）甲事。按照“构建服务业新体系”要求，建立联席会议制度。（责任单位：市科技局）\n"

    promised = [entry.item.span.of(text) for entry in compile_text(text).commitments]

    assert promised == ["建立联席会议制度"]
