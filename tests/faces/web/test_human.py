"""The question in words: right, wrong, in Chinese, old, forged."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import QueryDict

from zhicheng.base.errors import UnreadableInput
from zhicheng.faces.web import human

NUMBERS = {word: n for n, word in enumerate("零一二三四五")}


def _sent(answer: str, token: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update({"human": answer, "human_token": token})
    return found


def _answer(text: str) -> int:
    return NUMBERS[text[0]] + NUMBERS[text[2]]


def test_right_answer_passes_in_digits_and_in_words() -> None:
    question = human.ask()

    human.require(_sent(f" {_answer(question.text)} ", question.token))
    human.require(_sent("零一二三四五六七八九十"[_answer(question.text)], question.token))


@pytest.mark.parametrize("answer", ["", "99", "abc", "-1", "一二", "9" * 5000])
def test_wrong_answer_is_told(answer: str) -> None:
    with pytest.raises(UnreadableInput, match="答得不对"):
        human.require(_sent(answer, human.ask().token))


def test_old_and_forged_questions_are_refused() -> None:
    question = human.ask()
    later = datetime.now(UTC) + timedelta(seconds=human.LIFE + 5)
    with time_machine.travel(later), pytest.raises(UnreadableInput, match="过期"):
        human.require(_sent(str(_answer(question.text)), question.token))
    with pytest.raises(UnreadableInput, match="过期"):
        human.require(_sent("3", "3"))


def test_token_does_not_show_the_answer() -> None:
    tokens = {human.ask().token.split(":")[0] for _ in range(3)}

    assert all(len(token) > 20 for token in tokens)


def test_two_signs_are_no_number_even_where_the_first_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(human.secrets, "randbelow", lambda n: 0)  # 一加零

    with pytest.raises(UnreadableInput, match="答得不对"):
        human.require(_sent("一二", human.ask().token))
