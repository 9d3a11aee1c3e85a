"""Lint: every rule fires on a spoilt definition, none of severity error on a sound one."""

import pytest

from zhicheng.engine import procedure


def spoilt(raw, spoil) -> list[str]:
    spoil(raw)
    return [f"{found.rule}:{found.clause}" for found in procedure.lint(procedure.Definition.model_validate(raw))]


def test_sound_definition_has_nothing_but_its_unconfirmed_article(permit):
    assert [(found.rule, found.clause) for found in procedure.lint(permit)] == [
        ("F16", "roles.clerk"),
        ("F16", "facts.opinions"),
        ("F15", "articles.guess"),
    ]


@pytest.mark.parametrize("definition", procedure.shipped(), ids=lambda each: f"{each.place}/{each.id}")
def test_shipped_definition_has_no_error_and_no_warning(definition):
    assert [found for found in procedure.lint(definition) if found.severity != "info"] == []


@pytest.mark.parametrize(
    ("finding", "spoil"),
    [
        ("F01:start", lambda raw: raw.update(start="nowhere")),
        ("F01:moves.accept.to", lambda raw: raw["moves"]["accept"].update(to="nowhere")),
        ("F01:moves.give_up.from", lambda raw: raw["moves"]["give_up"].update({"from": ["received", "nowhere"]})),
        ("F01:clocks.docket.not_counted", lambda raw: raw["clocks"]["docket"].update(not_counted="nowhere")),
        ("F01:acts.terminate.to", lambda raw: raw["acts"]["terminate"].update(to="nowhere")),
        ("F01:acts.suspend.in", lambda raw: raw["acts"]["suspend"].update({"in": ["nowhere"]})),
        ("F01:moves.skip.waives", lambda raw: raw["moves"]["skip"].update(waives="nowhere")),
        ("F02:moves.accept.by", lambda raw: raw["moves"]["accept"].update(by="king")),
        ("F02:moves.accept.notifies", lambda raw: raw["moves"]["accept"].update(notifies="king")),
        ("F02:states.review.holder", lambda raw: raw["states"]["review"].update(holder="king")),
        ("F02:acts.urge.by", lambda raw: raw["acts"]["urge"].update(by="king")),
        ("F02:facts.lawful.by", lambda raw: raw["facts"]["lawful"].update(by="king")),
        ("F02:clocks.decide.extensions", lambda raw: raw["clocks"]["decide"]["extensions"][0].update(by="king")),
        ("F02:opening.by", lambda raw: raw.update(opening={"by": "king"})),
        ("F07:opening.asks", lambda raw: raw.update(opening={"asks": "weather"})),
        ("F07:moves.accept.hands_to", lambda raw: raw["moves"]["accept"].update(hands_to="weather")),
        ("F03:states.island", lambda raw: raw["states"].update(island={"label": "孤岛", "kind": "refused"})),
        (
            "F04:states.supplement",
            lambda raw: [raw["moves"].pop("supply"), raw["moves"]["give_up"]["from"].remove("supplement")],
        ),
        ("F05:clocks.decide", lambda raw: raw["clocks"]["decide"].pop("articles")),
        ("F06:moves.accept.by", lambda raw: raw["moves"]["accept"].update(by=[])),
        ("F07:moves.accept.needs", lambda raw: raw["moves"]["accept"].update(needs=["unheard"])),
        ("F07:moves.submit.needs", lambda raw: raw["moves"]["submit"].update(needs=[{"any": [{"clock": "unheard"}]}])),
        ("F07:clocks.decide.articles", lambda raw: raw["clocks"]["decide"].update(articles="unheard")),
        ("F07:clocks.decide.unheard", lambda raw: raw["clocks"]["decide"].update(starts="unheard")),
        ("F07:clocks.answer.day", lambda raw: raw["clocks"]["answer"].update(day="unheard")),
        ("F19:moves.grant.final", lambda raw: raw["moves"]["grant"].update(discloses=True, final=False)),
        ("F08:moves.give_up.from", lambda raw: raw["moves"]["give_up"].update({"from": "granted"})),
        ("F09:states", lambda raw: raw["states"]["granted"].update(kind="refused")),
        ("F10:clocks.decide", lambda raw: raw["clocks"]["decide"].pop("starts")),
        ("F10:clocks.rest", lambda raw: raw["clocks"]["rest"].update(kind="ahead")),
        ("F11:states.review", lambda raw: raw["states"]["review"].update(obligatory="always")),
        ("F12:states.decision", lambda raw: raw["states"]["decision"].update(obligatory="conditional")),
        ("F13:states.review", lambda raw: raw["states"]["review"].pop("holder")),
        ("F14:clocks.rest", lambda raw: raw["moves"]["submit"].update(needs=["not harmful", "urgent_reason"])),
        ("F18:clocks.decide.length", lambda raw: raw["articles"]["law"].update(term="15 工作日")),
        ("F17:moves.grant.needs", lambda raw: raw["moves"]["grant"].update(needs=[{"lawful": "maybe"}])),
        ("F17:moves.accept.needs", lambda raw: raw["moves"]["accept"].update(needs=[{"complete": "true"}])),
        ("F02:clocks.decide.excluded", lambda raw: raw["clocks"]["decide"]["excluded"].update(by="king")),
        ("F07:clocks.decide.excluded", lambda raw: raw["clocks"]["decide"]["excluded"].update(articles="unheard")),
        ("F16:articles.spare", lambda raw: raw["articles"].update(spare={"law": "闲法", "confirmed": True})),
    ],
)
def test_lint_finds_what_was_spoilt(permit, permit_yaml, finding, spoil):
    before = [f"{found.rule}:{found.clause}" for found in procedure.lint(permit)]

    assert finding not in before
    assert finding in spoilt(permit_yaml, spoil)


def test_finding_says_what_where_and_what_to_do(permit_yaml):
    permit_yaml["moves"]["accept"]["to"] = "nowhere"

    found = procedure.lint(procedure.Definition.model_validate(permit_yaml))[0]

    assert (found.severity, found.verdict) == ("error", "not_met")
    assert found.message == "moves.accept.to 提到的步骤“nowhere”没有定义"
    assert found.message_en == "moves.accept.to: unknown state nowhere"
    assert found.suggestion == "定义该步骤，或改正名称"
