"""Two dated versions of one procedure, side by side: which law, which clocks, told to whom."""

from dataclasses import replace
from datetime import date

import pytest

from zhicheng.base import calendar
from zhicheng.base.calendar import Term
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Actor

OLD, NEW = date(2026, 4, 14), date(2026, 4, 15)
SHIPPED = procedure.shipped()


def version(name: str, day: date) -> procedure.Definition:
    return procedure.pick(SHIPPED, name, day)


@pytest.mark.parametrize(("day", "length"), [(OLD, Term(45, "workday")), (NEW, Term(60, "day"))])
def test_mediation_term_of_a_complaint_is_that_of_its_day(day, length):
    assert version("complaint", day).clocks["mediate"].length == length


def test_articles_are_those_of_the_version_and_no_others():
    for name in ("complaint", "report"):
        old = {row.law for rows in version(name, OLD).articles.values() for row in rows}
        new = {row.law for rows in version(name, NEW).articles.values() for row in rows}
        assert "市场监督管理投诉举报处理暂行办法" in old - new
        assert "市场监督管理投诉举报处理办法" in new - old


def test_case_of_the_old_version_goes_on_citing_its_law():
    old = version("complaint", OLD)

    assert old.cite(("decide",), date(2026, 5, 20)) == "市场监督管理投诉举报处理暂行办法第十四条"
    assert version("complaint", NEW).cite(("decide",), date(2026, 5, 20)) == "市场监督管理投诉举报处理办法第十五条"


def test_unread_terms_are_marked_unconfirmed():
    old = version("report", OLD)

    assert not any(row.confirmed for row in old.articles["check"])
    assert all(row.confirmed for row in old.articles["told"])
    assert "（待核对原文）" in old.cite(("check",), OLD)


def test_named_reporter_is_told_in_five_days_only_under_the_old_law():
    assert version("report", OLD).clocks["tell_reporter"].length == Term(5, "workday")
    assert "tell_reporter" not in version("report", NEW).clocks


def test_reporter_is_a_protected_party_and_the_reported_none():
    for day in (OLD, NEW):
        found = version("report", day)
        assert [name for name, role in found.roles.items() if role.party] == ["reporter"]
        assert found.roles["reporter"].protected
        assert found.protected_facts == {"named"}


@pytest.mark.parametrize("name", ["complaint", "report", "countersign"])
def test_worked_cases_reach_every_step(name):
    versions = [each for each in SHIPPED if each.id == name]
    reached = {
        step.node
        for definition in versions
        for walk in procedure.shipped_walks(definition)
        for step in procedure.simulate(definition, walk, calendar.national()).steps
    }

    assert set(versions[0].states) - reached == {versions[0].start} - reached


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda each: f"{each.place}/{each.id}/{each.in_force}")
def test_every_move_is_refused_to_every_role_it_does_not_name(definition):
    """At each step of a stored case: a person of one role only, not named by the move and without the item, is refused."""
    rules = procedure.Rules(definition, calendar.national())
    for name, move in definition.moves.items():
        for source in move.from_:
            case = procedure.open_case(rules, "1", everyone(definition), definition.in_force)
            case = at(case, source)
            for role in definition.roles.keys() - set(move.by):
                someone = Actor("乙", "乙局", frozenset({role}))
                offer = next(each for each in procedure.offers(rules, case, someone, case.opened) if each.name == name)
                assert offer.verdict == "no", (name, role)


def everyone(definition: procedure.Definition) -> Actor:
    return Actor("甲", "甲局", frozenset(definition.roles))


def at(case: procedure.Case, node: str) -> procedure.Case:
    return replace(case, node=node, path=(case.node, node), items=())
