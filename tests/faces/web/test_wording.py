"""The plan's structure in words: nothing filled in, Chinese marked inside English."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from zhicheng.domain.decision.model import FACTS
from zhicheng.domain.plan import schema
from zhicheng.faces.web import wording
from zhicheng.store.models import Instrument, Target


@pytest.fixture(autouse=True)
def _chinese():
    """A page asked for in English by another test leaves its language behind."""
    with override("zh-hans"):
        yield


def _target(**fields):
    return Target(**{"comparator": ">=", "value": "85", "unit": "分", "deadline_year": 2024, "period": None, **fields})


def test_every_recorded_fact_has_its_words():
    assert set(wording.FACTS) == set(FACTS)
    assert all(str(wording.FACTS[key]) == rule.label for key, rule in FACTS.items())


def test_every_kind_of_the_folder_has_its_word():
    assert set(wording.COMMITMENT_KINDS) == set(schema.COMMITMENT_KINDS.values())
    assert set(wording.UNIT_KINDS) == set(schema.UNIT_KINDS.values())
    assert set(wording.NAME_KINDS) == set(schema.NAME_KINDS.values())
    assert set(wording.INSTRUMENT_KINDS) == set(schema.INSTRUMENT_KINDS.values())
    assert set(wording.MEASURABLE) == set(schema.MEASURABLE.values())


@pytest.mark.parametrize("comparator", sorted(schema.COMPARATORS.values()))
def test_every_comparator_is_said_in_words(comparator):
    said = wording.plain(wording.aim(_target(comparator=comparator, value="8.10", unit="件")))

    assert "8.10 件" in said
    assert said != "8.10 件"


def test_target_without_number_has_no_aim():
    assert wording.aim(_target(value=None, unit=None)) == ""


def test_number_keeps_its_places_and_is_grouped():
    assert wording.plain(wording.aim(_target(value=str(Decimal("1000.50")), unit="人次"))) == "达到 1,000.50 人次"


def test_deadline_is_a_year_each_year_or_nothing():
    assert wording.when(_target()) == "到 2024 年"
    assert wording.when(_target(period="year", deadline_year=None)) == "每年"
    assert wording.when(_target(deadline_year=None)) == ""


def _limits(**fields):
    none = dict.fromkeys(
        ("ceiling_fen", "rate", "rate_base", "annual_cap_fen", "annual_cap_per", "quota_per_year", "quota_unit")
    )
    return [wording.plain(words) for words in wording.limits(Instrument(**{**none, **fields}))]


def test_unset_terms_say_nothing():
    assert _limits() == []


def test_rate_cap_and_quota_are_said_as_the_plan_sets_them():
    assert _limits(rate=5000, rate_base="费用") == ["不超过费用的 50%"]
    assert _limits(rate=5000) == ["不超过未写明的基数的 50%"]
    assert _limits(annual_cap_fen=100_000_000, annual_cap_per="每家企业") == ["每家企业每年不超过 100万元"]
    assert _limits(quota_per_year=20, quota_unit="家") == ["每年不超过 20 家"]
    assert _limits(quota_per_year=20) == ["每年不超过 20 个"]


def test_english_sentence_marks_the_chinese_it_quotes():
    assert (
        wording.quoting("omits 元; “15万” read")
        == 'omits <span lang="zh-Hans">元</span>; “15<span lang="zh-Hans">万”</span> read'
    )


def test_words_of_a_finding_are_never_markup():
    with override("en"):
        assert "<b>" not in wording.quoting("<b>元</b>")


def test_rule_no_longer_known_shows_its_number():
    assert wording.rule_title("X99") == "X99"
