"""The acts as a matrix over states and roles: who may do what where, written out and tried one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.base import calendar
from zhicheng.base.errors import Conflict, Refused
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, Actor, Blocked
from zhicheng.engine.procedure.definition import HOLDER

ROLES = ("officer", "head", "applicant", "clerk")
STATES = ("received", "supplement", "review", "decision")
# act: state: the roles that may do it there, o(fficer) h(ead) a(pplicant); - nobody
MATRIX = {
    "return": {"received": "-", "supplement": "a", "review": "o", "decision": "h"},
    "countersign": {"received": "-", "supplement": "-", "review": "o", "decision": "-"},
    "add_signer": {"received": "o", "supplement": "a", "review": "o", "decision": "h"},
    "transfer": {"received": "oh", "supplement": "ah", "review": "oh", "decision": "h"},
    "delegate": {"received": "o", "supplement": "a", "review": "o", "decision": "h"},
    "urge": {"received": "ha", "supplement": "ha", "review": "ha", "decision": "ha"},
    "suspend": {"received": "-", "supplement": "-", "review": "h", "decision": "h"},
    "terminate": {"received": "h", "supplement": "h", "review": "h", "decision": "h"},
}
ACTS = {
    "return": Act("return", to="received", remarks="重来"),
    "countersign": Act("countersign", signers=("市财政局",)),
    "add_signer": Act("add_signer", to="李工"),
    "transfer": Act("transfer", to="孙七", remarks="分工"),
    "delegate": Act("delegate", to="孙七"),
    "urge": Act("urge"),
    "suspend": Act("suspend", "court"),
    "terminate": Act("terminate", remarks="注销"),
}


def at(desk, state) -> procedure.Case:
    if state == "supplement":
        desk.know(complete=False)
        desk.move(desk.officer, "ask")
    elif state == "review":
        desk.to_review()
    elif state == "decision":
        desk.to_decision()
    assert desk.case.node == state
    return desk.case


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", MATRIX)
def test_act_by_role_in_state(desk, kind, role, state):
    case = at(desk, state)
    actor = getattr(desk, role)
    allowed = role[0] in MATRIX[kind][state] and MATRIX[kind][state] != "-"

    if allowed:
        done = procedure.perform(desk.rules, case, actor, ACTS[kind], desk.day)
        assert len(done.trail) == len(case.trail) + 1
        assert done.trail[-1].act == kind
    else:
        with pytest.raises(Refused):
            procedure.perform(desk.rules, case, actor, ACTS[kind], desk.day)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_every_move_is_refused_to_roles_not_named_and_from_states_not_listed(desk, permit, role, state):
    case = at(desk, state)
    actor = getattr(desk, role)

    for name, move in permit.moves.items():
        try:
            procedure.perform(desk.rules, case, actor, Act("move", name, remarks="理由"), desk.day)
            allowed = True
        except Blocked:
            allowed = True  # may, but something is missing
        except Refused:
            allowed = False
        assert allowed == (state in move.from_ and role in move.by), name


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_offers_say_what_performing_would(desk, permit, role, state):
    case = at(desk, state)
    actor = getattr(desk, role)

    for offer in procedure.offers(desk.rules, case, actor, desk.day):
        act = Act("move", offer.name, remarks="理由") if offer.kind == "move" else ACTS.get(offer.kind)
        if act is None:
            continue
        if offer.kind == "return" and state == "received":
            continue
        assert offer.verdict == _verdict(desk, case, actor, act), offer


def _verdict(desk, case, actor, act) -> str:
    try:
        procedure.perform(desk.rules, case, actor, act, desk.day)
    except Blocked:
        return "missing"
    except Refused:
        return "no"
    return "yes"


def test_offers_show_the_doable_first_and_whom_they_tell(desk):
    desk.know(complete=True)

    found = procedure.offers(desk.rules, desk.case, desk.officer, desk.day)

    assert [offer.verdict for offer in found] == sorted(
        [offer.verdict for offer in found], key=["yes", "missing", "no"].index
    )
    accept = next(offer for offer in found if offer.name == "accept")
    assert (accept.verdict, accept.notifies) == ("yes", ("applicant",))
    ask = next(offer for offer in found if offer.name == "ask")
    assert (ask.verdict, [lack.kind for lack in ask.lacks]) == ("missing", ["not_met"])
    assert next(offer for offer in found if offer.name == "give_up").why == "“撤回申请”由申请人办理"


def test_offers_of_suspended_and_ended_cases(desk):
    desk.to_review()
    desk.do(desk.head, "suspend", "court")
    assert {offer.kind for offer in procedure.offers(desk.rules, desk.case, desk.head, desk.day)} == {
        "resume",
        "terminate",
        "urge",
    }
    desk.do(desk.head, "terminate", remarks="注销")
    assert procedure.offers(desk.rules, desk.case, desk.head, desk.day) == []


def test_offer_to_sign_for_the_unit_asked(desk, other):
    desk.to_review()
    desk.do(desk.officer, "countersign", signers=("市财政局",))

    [offer] = [
        offer
        for offer in procedure.offers(desk.rules, desk.case, other("某人", "市财政局"), desk.day)
        if offer.verdict == "yes"
    ]

    assert (offer.kind, offer.name, offer.notifies) == ("sign", "3", ("王五",))


def test_bulk_gives_each_case_its_own_result(desk):
    ready = desk.know(complete=True)
    unknown = procedure.open_case(desk.rules, "2", desk.officer, desk.day)
    over = procedure.perform(desk.rules, unknown, desk.applicant, Act("move", "give_up"), desk.day)

    found = procedure.in_bulk(
        lambda case: desk.rules, [ready, unknown, over], desk.officer, lambda case: Act("move", "accept"), desk.day
    )

    assert [result.after and result.after.node for result in found] == ["review", None, None]
    assert found[1].lacks[0].what == "材料齐全"
    assert "已办结" in found[2].why
    assert [result.before for result in found] == [ready, unknown, over]


SHIPPED = {f"{each.place}/{each.id}/{each.in_force}": each for each in procedure.shipped()}


@given(st.data())
def test_shipped_acts_are_refused_to_roles_not_named(data):
    """In any state of any shipped definition: a generic act by a role its rule does not name is refused."""
    definition = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    rules = procedure.Rules(definition, calendar.national())
    case = procedure.open_case(rules, "1", Actor("甲", "甲", frozenset(definition.roles)), definition.in_force)
    kind = data.draw(st.sampled_from(sorted(definition.acts)))
    role = data.draw(st.sampled_from(sorted(definition.roles)))
    rule = definition.acts[kind]
    holder = definition.states[case.node].holder

    try:
        procedure.perform(
            rules, case, Actor("乙", "乙", frozenset({role})), Act(kind, remarks="x", to="丙"), case.opened
        )
        refused = False
    except Refused as refusal:
        refused = "由" in refusal.what or "没有" in refusal.what or "不能" in refusal.what
    except (Blocked, Conflict):
        refused = False
    named = role in rule.by or (HOLDER in rule.by and role == holder)
    assert named or refused
