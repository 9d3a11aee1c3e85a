"""Looking up and coming in without an account: code, tries, age, one use; how often."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from zhicheng.base.errors import Missing, Refused
from zhicheng.store.models import City, PartyCode, RateCount
from zhicheng.usecases import party_access
from zhicheng.usecases.standing import PartyKey

from .case_city import Desk


def test_code_opens_the_case_once(desk: Desk) -> None:
    case = desk.file()
    _, code = party_access.request_code(case.number.lower(), "13800000001")

    assert party_access.enter(case.number, code) == PartyKey(case.number, "applicant")
    with pytest.raises(Refused, match="验证码不对"):
        party_access.enter(case.number, code)
    assert code not in PartyCode.objects.get().code_hash


def test_wrong_telephone_gets_no_code(desk: Desk) -> None:
    case = desk.file()

    for phone in ("13900000000", "", "-"):
        made, code = party_access.request_code(case.number, phone)
        assert made is None
        with pytest.raises(Refused, match="验证码不对"):
            party_access.enter(case.number, code)
    with pytest.raises(Missing):
        party_access.request_code("FW1999-00001", "13800000001")


def test_five_wrong_tries_kill_a_code(desk: Desk) -> None:
    case = desk.file()
    _, code = party_access.request_code(case.number, "13800000001")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(party_access.TRIES):
        with pytest.raises(Refused):
            party_access.enter(case.number, wrong)

    with pytest.raises(Refused):
        party_access.enter(case.number, code)


def test_old_code_and_replaced_code_are_dead(desk: Desk) -> None:
    case = desk.file()
    _, first = party_access.request_code(case.number, "13800000001")
    _, second = party_access.request_code(case.number, "13800000001")
    if first != second:
        with pytest.raises(Refused):
            party_access.enter(case.number, first)

    with time_machine.travel(datetime.now(UTC) + party_access.LIFE + timedelta(seconds=1)), pytest.raises(Refused):
        party_access.enter(case.number, second)


def test_real_city_without_a_line_says_so(desk: Desk) -> None:
    assert party_access.deliver("123456") == "123456"
    City.objects.update(kind="real", clock_start=None, clock_set_at=None)

    with pytest.raises(Refused, match="尚未接通短信"):
        party_access.deliver("123456")


def test_one_address_that_asks_too_often_waits_and_is_not_kept(desk: Desk) -> None:
    with time_machine.travel(datetime(2026, 1, 1, 8, 1, tzinfo=UTC), tick=False):
        for _ in range(party_access.LIMITS["code"]):
            party_access.count("10.1.2.3", "code")
        with pytest.raises(party_access.TooOften, match="过于频繁"):
            party_access.count("10.1.2.3", "code")
        party_access.count("10.1.2.4", "code")
        party_access.count("10.1.2.3", "status")
    with time_machine.travel(datetime(2026, 1, 1, 8, 11, tzinfo=UTC), tick=False):
        party_access.count("10.1.2.3", "code")
    assert not RateCount.objects.filter(who__contains="10.1").exists()
