"""Definitions: shape, short forms, versions."""

import json
from datetime import date

import pytest
import yaml

from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.engine import procedure
from zhicheng.engine.procedure.definition import Need


def read(raw) -> procedure.Definition:
    return procedure.read_definition(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), "x.yaml")


@pytest.mark.parametrize(
    ("short", "need"),
    [
        ("complete", Need(fact="complete")),
        ("not harmful", Need(fact="harmful", among=(False,))),
        ({"lawful": "yes_"}, Need(fact="lawful", among=("yes_",))),
        ({"lawful": ["yes_", "no_"]}, Need(fact="lawful", among=("yes_", "no_"))),
        ({"clock": "rest"}, Need(clock="rest")),
        ({"any": ["a", "not b"]}, Need(any=(Need(fact="a"), Need(fact="b", among=(False,))))),
    ],
)
def test_need_short_forms(short, need):
    assert Need.model_validate(short) == need


def test_version_ignores_comments_and_order_but_not_content(permit, permit_yaml):
    reordered = dict(reversed(permit_yaml.items()))
    changed = permit_yaml | {"name": "另一许可"}

    assert read(reordered).version == permit.version
    assert read(changed).version != permit.version
    assert len(permit.version) == 64


def test_content_is_read_back_as_the_same_version(permit):
    again = procedure.Definition.model_validate_json(permit.to_json())

    assert (again, again.version) == (permit, permit.version)


def test_version_says_nothing_about_defaults():
    """Running cases keep their version when this format gains a field; so what is at its default is left out."""
    raw = {"id": "x", "name": "名", "in_force": "2020-01-01", "roles": {}, "start": "a", "states": {}, "moves": {}}

    assert json.loads(procedure.Definition.model_validate(raw).to_json()) == raw


def test_kept_content_keeps_the_order_of_its_tables(permit):
    """Steps are shown, and acts offered, in the order of the file."""
    again = procedure.Definition.model_validate_json(permit.to_json())

    assert list(again.states) == list(permit.states)
    assert list(again.moves) == list(permit.moves)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda raw: raw["clocks"]["decide"].update(length=20), "clocks.decide.length"),
        (lambda raw: raw["states"]["review"].update(kind="busy"), "states.review.kind"),
        (lambda raw: raw["moves"]["accept"].pop("to"), "moves.accept.to"),
        (lambda raw: raw["moves"]["accept"].update(colour="red"), "moves.accept.colour"),
        (lambda raw: raw["acts"].update(fly={"by": "head"}), "acts.fly"),
        (lambda raw: raw["states"]["review"]["countersign"].update(quorum="most"), "countersign.quorum"),
        (lambda raw: raw["articles"]["law"].pop("confirmed"), "articles.law.0.confirmed"),
    ],
)
def test_wrong_shape_is_refused_with_its_place(permit_yaml, spoil, place):
    spoil(permit_yaml)

    with pytest.raises(UnreadableInput, match=place):
        read(permit_yaml)


@pytest.mark.parametrize("text", ["[", "- a", "3"])
def test_what_is_no_definition_is_refused(text):
    with pytest.raises(UnreadableInput):
        procedure.read_definition(text, "x.yaml")


def test_citation_marks_what_is_not_confirmed(permit):
    assert permit.cite(("law", "guess"), date(2024, 1, 1)) == "测试法第一条、测试法第二条（待核对原文）"


def test_citation_names_the_law_of_the_day():
    [national] = [each for each in procedure.shipped() if (each.place, each.id) == ("cn", "major-decision")]

    assert national.cite(("fairness",), date(2021, 11, 12)) == "公平竞争审查制度实施细则有关条款（待核对原文）"
    assert national.cite(("fairness",), date(2024, 9, 1)) == "公平竞争审查条例第十四条、公平竞争审查条例第十八条"


def test_duty_stands_for_its_articles_with_their_terms():
    national = procedure.pick(procedure.shipped(), "major-decision", date(2024, 1, 1))
    province = procedure.pick(procedure.shipped(), "major-decision", date(2024, 1, 1), ("cn-shandong", "cn"))

    [row] = national.articles["consultation_term"]
    assert (row.law, row.number, str(row.term), row.confirmed) == (
        "重大行政决策程序暂行条例",
        "第十四条至第十八条",
        "30日",
        True,
    )
    assert "山东省优化营商环境条例" in [each.law for each in province.articles["consultation_term"]]


def test_duty_that_no_law_pack_knows_is_refused(permit_yaml):
    permit_yaml["articles"]["law"] = {"duty": "unheard"}

    with pytest.raises(UnreadableInput, match="没有“unheard”这项义务"):
        read(permit_yaml)


def test_overlay_of_a_place_keeps_what_it_does_not_say():
    national = procedure.pick(procedure.shipped(), "major-decision", date.fromisoformat("2024-01-01"))
    province = procedure.pick(
        procedure.shipped(), "major-decision", date.fromisoformat("2024-01-01"), ("cn-shandong", "cn")
    )

    assert (national.place, province.place) == ("cn", "cn-shandong")
    assert province.states == national.states
    assert province.moves["publish"] == national.moves["publish"]
    assert "catalogued" in province.facts
    assert "catalogued" not in national.facts


def test_overlay_takes_a_row_away_with_null_and_changes_single_fields(permit, permit_yaml):
    text = "based_on: cn\nmoves: {give_up: null, accept: {label: 收件}}"

    city = procedure.read_definition(text, "x.yaml", permit_yaml)

    assert permit.moves.keys() - city.moves.keys() == {"give_up"}
    assert city.moves["accept"] == permit.moves["accept"].model_copy(update={"label": "收件"})


def test_pick_takes_what_is_in_force_on_the_day_of_opening():
    day = date.fromisoformat("2020-06-01")  # the province's rule begins on 2021-01-01

    assert procedure.pick(procedure.shipped(), "major-decision", day, ("cn-shandong", "cn")).place == "cn"
    with pytest.raises(Missing, match="2019-08-31"):
        procedure.pick(procedure.shipped(), "major-decision", date.fromisoformat("2019-08-31"))
