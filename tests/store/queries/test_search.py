"""Search finds every clause that holds the words, however short, and shows them in their sentence."""

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.store.queries import search


def _keys(plan, asked):
    return [hit.clause.key for hit in search.clauses(plan, asked)]


def test_one_character_is_found(small_plan):
    assert _keys(small_plan, "严") == ["strict"]


def test_two_characters_are_found_in_the_order_of_the_text(small_plan):
    assert _keys(small_plan, "保护") == ["protect", "strict"]


def test_several_words_must_stand_in_one_clause(small_plan):
    assert _keys(small_plan, "保护 严格") == ["strict"]
    assert _keys(small_plan, "严格 白皮书") == []


def test_width_and_case_do_not_matter(small_plan):
    assert _keys(small_plan, "１") == _keys(small_plan, "1") == ["strict"]


def test_nothing_asked_finds_nothing(small_plan):
    assert _keys(small_plan, "   ") == []


def test_hit_lies_at_the_words(small_plan):
    (hit,) = search.clauses(small_plan, "白皮书")
    (snippet,) = hit.snippets
    piece = snippet.span.of(small_plan.text)
    assert [place.of(piece) for place in snippet.hits] == ["白皮书"]
    assert snippet.span.within(hit.clause.span)


def test_near_hits_share_one_piece_and_are_counted(small_plan):
    hit = search.clauses(small_plan, "保 护")[1]
    assert hit.count == 2
    assert len(hit.snippets) == 1


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(search.folded(text)) == len(text)
