"""The training city: marked, its clock inside the plan, an account a role, and only there."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from zhicheng.base.errors import Conflict
from zhicheng.domain.plan.model import Plan
from zhicheng.store import clock
from zhicheng.store.models import Account, LedgerEntry
from zhicheng.usecases.open_city import open_city
from zhicheng.usecases.policy import MACHINE, ROLE_NAMES
from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD, training_city

pytestmark = pytest.mark.django_db


def test_training_city_has_one_account_a_role(small_plan: Plan) -> None:
    city = training_city(small_plan)

    assert city.is_training
    assert {a.role_names for a in Account.objects.all()} == {frozenset({role}) for role in ROLE_NAMES}
    assert all(a.check_password(DEMONSTRATION_PASSWORD) for a in Account.objects.all()[:2])
    assert Account.objects.get(username="demo-district").unit_key == "districts"
    assert Account.objects.get(username="demo-finance").unit_key == "finance"
    assert Account.objects.get(username="demo-office").unit_key == "first-bureau"


def test_training_city_opened_twice_changes_nothing(small_plan: Plan) -> None:
    training_city(small_plan)
    entries = LedgerEntry.objects.count()
    training_city(small_plan)

    assert LedgerEntry.objects.count() == entries
    assert Account.objects.count() == len(ROLE_NAMES)


def test_training_clock_starts_inside_the_plan_and_runs_on(small_plan: Plan) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 1, tzinfo=UTC), tick=False):
        training_city(small_plan)
        assert clock.today() == date(2024, 7, 1)
    with time_machine.travel(datetime(2026, 11, 25, 16, tzinfo=UTC), tick=False):
        assert clock.today() == date(2024, 7, 3)
        real = datetime(2026, 11, 25, 16, tzinfo=UTC)
        assert real + clock.shift() == clock.now()


def test_real_city_never_becomes_a_training_city(small_plan: Plan) -> None:
    open_city(MACHINE, name="某市", plan_key=small_plan.key)

    with pytest.raises(Conflict):
        training_city(small_plan)
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 6, 30, 15, 59, 59, tzinfo=UTC), date(2024, 6, 30)),
        (datetime(2024, 6, 30, 16, 0, tzinfo=UTC), date(2024, 7, 1)),
        (datetime(2024, 6, 30, 16, 30, tzinfo=UTC), date(2024, 7, 1)),
    ],
)
def test_day_begins_at_midnight_in_shanghai(moment: datetime, day: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day
