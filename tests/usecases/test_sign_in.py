"""Signing in: one message for every failure, a lockout that ends by itself, few sessions, none for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from zhicheng.base.errors import Refused, UnreadableInput
from zhicheng.store.models import Account, LedgerEntry, Session
from zhicheng.store.sessions import SessionStore, end_stale
from zhicheng.usecases import accounts
from zhicheng.usecases.change_password import change_password
from zhicheng.usecases.policy import Person
from zhicheng.usecases.sign_in import sign_in, sign_out

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
PASSWORD = "mu-cun-er-shui"


@pytest.fixture(autouse=True)
def _quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clerk() -> Account:
    return Account.objects.create(
        username="wang", name="王小明", created_at=NOW, password=make_password(PASSWORD), must_change_password=False
    )


def _fail(times: int, username: str = "wang") -> str:
    message = ""
    for _ in range(times):
        with pytest.raises(Refused) as refusal:
            sign_in(username, "错的")
        message = str(refusal.value)
    return message


def test_right_password_signs_in_and_leaves_an_entry(clerk: Account) -> None:
    assert sign_in("wang", PASSWORD) == clerk
    entry = LedgerEntry.objects.get()
    assert (entry.act, entry.actor, entry.subject) == ("session.start", clerk.pk, f"account:{clerk.pk}")


def test_every_failure_says_the_same(clerk: Account) -> None:
    wrong, unknown = _fail(1), _fail(1, "nobody")
    Account.objects.update(is_active=False)
    with pytest.raises(Refused) as disabled:
        sign_in("wang", PASSWORD)

    assert wrong == unknown == str(disabled.value)


def test_fifth_failure_locks_and_the_right_password_waits(clerk: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        _fail(4)
        assert sign_in("wang", PASSWORD)
        _fail(5)
        with pytest.raises(Refused):
            sign_in("wang", PASSWORD)
    with time_machine.travel(NOW + timedelta(minutes=14, seconds=59), tick=False), pytest.raises(Refused):
        sign_in("wang", PASSWORD)
    with time_machine.travel(NOW + timedelta(minutes=15), tick=False):
        assert sign_in("wang", PASSWORD)
    assert list(LedgerEntry.objects.filter(act="account.lock").values_list("actor", flat=True)) == [None]


def test_attempts_at_the_same_moment_cannot_pass_the_limit(clerk: Account) -> None:
    Account.objects.update(failed_attempts=5)  # five are being judged

    with pytest.raises(Refused):
        sign_in("wang", PASSWORD)
    assert Account.objects.get().locked_until is not None


def test_security_administrator_unlocks(clerk: Account) -> None:
    _fail(5)

    accounts.unlock_account(Person(account=99, roles=frozenset({"security_admin"})), clerk.pk)

    assert sign_in("wang", PASSWORD)


def _open_session(account: Account) -> SessionStore:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session.save()
    return session


def test_oldest_session_gives_way_to_the_fourth(clerk: Account) -> None:
    keys = []
    for minute in range(4):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            sign_in("wang", PASSWORD)
            keys.append(_open_session(clerk).session_key)

    assert set(Session.objects.values_list("pk", flat=True)) == set(keys[1:])


def _load(key: str | None, at: datetime) -> SessionStore:
    with time_machine.travel(at, tick=False):
        session = SessionStore(key)
        session.get(SESSION_KEY)
        if session.modified:
            session.save()
        return session


def test_idle_session_ends_after_half_an_hour(clerk: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        key = _open_session(clerk).session_key

    assert _load(key, NOW + timedelta(minutes=29)).get(SESSION_KEY) == str(clerk.pk)
    assert _load(key, NOW + timedelta(minutes=58)).get(SESSION_KEY) == str(clerk.pk)
    assert _load(key, NOW + timedelta(minutes=88)).get(SESSION_KEY) is None


def test_session_in_use_ends_after_ten_hours(clerk: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        key = _open_session(clerk).session_key
    for step in range(1, 30):
        _load(key, NOW + timedelta(minutes=20 * step))

    assert _load(key, NOW + timedelta(hours=9, minutes=59)).get(SESSION_KEY) == str(clerk.pk)
    assert _load(key, NOW + timedelta(hours=10)).get(SESSION_KEY) is None


def test_use_within_a_minute_writes_nothing(clerk: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        key = _open_session(clerk).session_key

    assert not _load(key, NOW + timedelta(seconds=59)).modified
    assert _load(key, NOW + timedelta(seconds=61)).modified


def test_stale_sessions_are_cleared_away(clerk: Account) -> None:
    with time_machine.travel(NOW, tick=False):
        _open_session(clerk)
    with time_machine.travel(NOW + timedelta(minutes=29), tick=False):
        assert end_stale() == 0
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        assert end_stale() == 1


def test_own_password_changes_and_other_sessions_end(clerk: Account) -> None:
    here, elsewhere = _open_session(clerk), _open_session(clerk)
    me = Person(account=clerk.pk)

    account = change_password(me, PASSWORD, "shan-gao-yue-xiao", keep_session=here.session_key)

    assert account.check_password("shan-gao-yue-xiao")
    assert list(Session.objects.values_list("pk", flat=True)) == [here.session_key]
    assert elsewhere.session_key != here.session_key
    assert LedgerEntry.objects.get().act == "password.change"


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", PASSWORD])
def test_weak_or_same_password_is_refused(clerk: Account, weak: str) -> None:
    with pytest.raises(UnreadableInput):
        change_password(Person(account=clerk.pk), PASSWORD, weak)


def test_password_needs_the_current_one(clerk: Account) -> None:
    with pytest.raises(Refused, match="现口令"):
        change_password(Person(account=clerk.pk), "错的", "shan-gao-yue-xiao")


def test_leaving_is_entered(clerk: Account) -> None:
    sign_out(Person(account=clerk.pk))
    sign_out(Person())

    assert list(LedgerEntry.objects.values_list("act", "actor")) == [("session.end", clerk.pk)]
    assert timezone.now() >= LedgerEntry.objects.get().at
