"""A running case moved to another version by an explicit mapping."""

import re

import pytest
import yaml

from zhicheng.base.errors import Conflict
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, Blocked

SAME = {name: name for name in ("received", "supplement", "review", "decision", "granted", "refused", "gone", "ended")}


@pytest.fixture
def new(permit_yaml) -> procedure.Definition:
    """The permit with its review renamed."""
    text = yaml.safe_dump(permit_yaml, allow_unicode=True)
    return procedure.read_definition(re.sub(r"\breview\b", "examination", text), "new.yaml")


def test_migrated_case_goes_on_under_the_new_version(desk, permit, new):
    desk.to_review()

    case = procedure.migrate(permit, new, desk.case, SAME | {"review": "examination"}, desk.head, "新规施行", desk.day)
    rules = procedure.Rules(new, desk.rules.calendar)
    case = procedure.perform(rules, case, desk.officer, Act("record", facts={"harmful": True}), desk.day)

    assert (case.node, case.path, case.version) == ("examination", ("received", "examination"), new.version)
    assert case.trail[-2].act == "migrate"
    assert case.trail[-2].details == {"from_version": permit.version, "to_version": new.version}
    assert [item.node for item in case.open_items()] == ["examination"]
    assert procedure.view(rules, case, "decide", desk.day).due == desk.due("decide")


def test_step_without_a_place_is_named(desk, permit, new):
    desk.to_review()

    with pytest.raises(Blocked, match="步骤“review”没有对应"):
        procedure.migrate(permit, new, desk.case, SAME, desk.head, "新规施行", desk.day)


def test_clock_fact_role_and_reason_must_have_a_place(desk, permit, permit_yaml):
    desk.to_review()
    for group, name in (("clocks", "decide"), ("facts", "complete"), ("roles", "officer")):
        permit_yaml[group].pop(name)
    poorer = procedure.Definition.model_validate(permit_yaml)

    with pytest.raises(Blocked) as caught:
        procedure.migrate(permit, poorer, desk.case, SAME, desk.head, " ", desk.day)

    assert [lack.what for lack in caught.value.lacks] == [
        "正在计算的期限“decide”新版没有",
        "已登记的事实“complete”新版没有",
        "在办角色“officer”新版没有",
        "改用理由",
    ]


def test_case_of_another_version_or_procedure_is_not_migrated(desk, permit, new, permit_yaml):
    desk.to_review()
    stranger = procedure.Definition.model_validate(permit_yaml | {"id": "stranger"})

    with pytest.raises(Conflict):
        procedure.migrate(new, permit, desk.case, SAME, desk.head, "x", desk.day)
    with pytest.raises(Conflict):
        procedure.migrate(permit, stranger, desk.case, SAME, desk.head, "x", desk.day)
