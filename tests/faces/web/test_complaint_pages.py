"""Complaints and reports as requests: who may know the reporter, referral to another unit, the procedure of the day."""

import re
from datetime import date

import pytest
from django.test import Client

from zhicheng.domain.plan.model import Plan
from zhicheng.engine.procedure import Act
from zhicheng.store.models import Account, Case
from zhicheng.usecases.act_on_case import act_on_case
from zhicheng.usecases.demonstration_cases import demonstration_cases
from zhicheng.usecases.open_case import Contact, Filing, open_case
from zhicheng.usecases.policy import ANONYMOUS, Person
from zhicheng.usecases.training_city import training_city

CLAIM = {"daily_use": True, "right_holder": False, "respondent": "某店", "facts_told": "与标注不符", "wants": "refund"}
LEAD = {"reported": "某市场", "facts_told": "标注虚假专利号"}


@pytest.fixture
def city(db: None, small_plan: Plan, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    training_city(small_plan)
    demonstration_cases()


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def _person(role: str) -> Person:
    account = Account.objects.get(username=f"demo-{role}")
    return Person(account.pk, account.name, account.unit_key, account.role_names)


def _text(answer) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def _report(by: Person) -> Case:
    return open_case(
        by, Filing("report", "假冒专利", LEAD, contact=Contact("秘密举报人", "13900000009", account=by.account))
    )


def test_reporter_is_known_to_the_handling_unit_alone(city: None) -> None:
    firm, clerk = _person("enterprise"), _person("unit-officer")
    row = _report(firm)
    facts = {"route": "violation", "has_power": True, "platform_number": "1", "named": True}
    act_on_case(clerk, row.number, Act("record", facts=facts), Act("move", "register"))
    act_on_case(clerk, row.number, Act("countersign", signers=("unit:finance",)))

    for role in ("auditor", "finance"):
        page = _as(role).get(f"/cases/{row.number}/")
        assert page.status_code == 200
        assert all(words not in page.content.decode() for words in ("秘密举报人", "13900000009", firm.name)), role
        assert "实名举报" not in _text(page).split("事实")[1], role
    handling = _as("unit-officer")
    assert "秘密举报人" in handling.get(f"/cases/{row.number}/").content.decode()
    [line] = [each for group in handling.get("/work/").context["groups"] for each in group["lines"] if each.case == row]
    assert line.who == "举报人"
    assert "假冒专利" in _text(_as("enterprise").get(f"/cases/{row.number}/"))


def test_complaint_goes_to_the_other_unit_with_everything(city: None) -> None:
    row = open_case(ANONYMOUS, Filing("complaint", "退货", CLAIM, contact=Contact("周", "1")))
    client = _as("unit-officer")
    form = client.get(f"/cases/{row.number}/act/move/?name=distribute")
    assert "财政局" in _text(form)
    sent = {"about": "distribute", "revision": "1", "fact:target_unit": "unit:finance", "remarks": "行为地在他区"}

    assert client.post(f"/cases/{row.number}/act/move/", sent).status_code == 302

    row.refresh_from_db()
    assert (row.unit_key, row.holder, row.next_due.isoformat()) == ("finance", "unit:finance", "2024-07-10")
    assert _as("unit-officer").get(f"/cases/{row.number}/").status_code == 404
    assert "移送的单位财政局" in _text(_as("finance").get(f"/cases/{row.number}/"))


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 4, 14), date(2026, 6, 23)), (date(2026, 4, 15), date(2026, 6, 15))]
)
def test_complaint_keeps_the_procedure_of_the_day_it_came_in(city: None, day: date, due: date) -> None:
    row = open_case(ANONYMOUS, Filing("complaint", "退货", CLAIM, contact=Contact("周", "1")), day=day)
    for facts, move in (({"route": "consumer", "platform_number": "1"}, "register"), ({"complete": True}, "accept")):
        act_on_case(
            _person("unit-officer"), row.number, Act("record", facts=facts), Act("move", move), day=date(2026, 4, 16)
        )

    row.refresh_from_db()
    assert row.next_due == due
