"""A chain tells what was edited, removed, inserted, rewritten or cut off, up to its last anchor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.engine.chain import START, Algorithm, Entry, digest, link, verify


def _chain(words: list[str], algorithm: Algorithm = "sha256") -> list[Entry]:
    entries, previous = [], START
    for number, word in enumerate(words, 1):
        content = {"word": word}
        made = link(number, content, previous, algorithm)
        entries.append(Entry(number, content, previous, made))
        previous = made
    return entries


WORDS = ["开通", "入库", "建号", "答复", "停用"]


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_whole_chain_is_sound(algorithm: Algorithm) -> None:
    chain = _chain(WORDS, algorithm)

    verdict = verify(chain, {3: chain[2].hash, 5: chain[4].hash})

    assert (verdict.entries, verdict.ok, verdict.first_bad, verdict.anchored_through) == (5, True, None, 5)


def test_empty_chain_is_sound() -> None:
    assert verify([], {}).ok


def test_edited_entry_is_named() -> None:
    chain = _chain(WORDS)
    chain[2] = Entry(3, {"word": "改过"}, chain[2].previous, chain[2].hash)

    assert verify(chain, {}).first_bad == 3


def test_removed_entry_is_named() -> None:
    chain = _chain(WORDS)
    del chain[1]

    assert verify(chain, {}).first_bad == 2


def test_inserted_entry_is_named() -> None:
    chain = _chain(WORDS)
    chain.insert(2, Entry(3, {"word": "多出"}, chain[1].hash, link(3, {"word": "多出"}, chain[1].hash)))

    assert verify(chain, {}).first_bad == 4


def test_rewritten_chain_is_found_only_by_its_anchor() -> None:
    honest, rewritten = _chain(WORDS), _chain(["开通", "入库", "假的", "答复", "停用"])

    assert verify(rewritten, {}).ok
    verdict = verify(rewritten, {2: honest[1].hash, 4: honest[3].hash})
    assert (verdict.ok, verdict.first_bad, verdict.anchored_through) == (False, 4, 2)


def test_chain_cut_off_before_its_anchor_is_found() -> None:
    chain = _chain(WORDS)

    verdict = verify(chain[:3], {5: chain[4].hash})

    assert (verdict.ok, verdict.first_bad, verdict.anchored_through) == (False, 4, 0)


def test_chain_may_change_its_algorithm_on_the_way() -> None:
    old = _chain(WORDS[:2])
    new = Entry(3, {"word": "答复"}, old[1].hash, link(3, {"word": "答复"}, old[1].hash, "sm3"))

    assert verify([*old, new], {}).ok


def test_sm3_gives_the_value_of_its_standard() -> None:
    # GB/T 32905-2016, annex A.1: "abc"
    assert digest(b"abc", "sm3") == "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(st.lists(st.text(max_size=5), min_size=1, max_size=8), st.data())
def test_any_single_edit_is_found(words: list[str], data: st.DataObject) -> None:
    chain = _chain(words)
    place = data.draw(st.integers(0, len(chain) - 1))
    other = data.draw(st.text(max_size=5).filter(lambda word: word != words[place]))
    chain[place] = Entry(place + 1, {"word": other}, chain[place].previous, chain[place].hash)

    assert verify(chain, {}).first_bad == place + 1
