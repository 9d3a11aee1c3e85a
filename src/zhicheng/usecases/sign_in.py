"""登录: check a password, lock an account that is tried too often, limit its sessions (DESIGN 2.13).

Not here: the session itself (the web face), resets (accounts).
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from zhicheng.base.errors import Refused
from zhicheng.store import accounts, ledger
from zhicheng.store.models import Account
from zhicheng.usecases.policy import Person


def sign_in(username: str, password: str) -> Account:
    """The account of a right user name and password, its count of failures cleared, room made for one more session.

    Raises Refused with one and the same message whether the name is unknown, the password wrong, the account disabled
    or locked: the answer tells nobody which names exist.
    """
    account = Account.objects.filter(username=username).first()
    if account is None or not _attempt_counted(account.pk):
        make_password(password)  # takes as long as a check would
        raise _refusal()
    # outside any transaction: the hash is slow by design, and no other writer should wait for it
    right = account.check_password(password)
    with ledger.writing():
        account = accounts.account(account.pk)
        right = right and account.is_active
        if right:
            _welcome(account)
        else:
            _count_failure(account)
    if not right:
        raise _refusal()
    return account


def sign_out(person: Person) -> None:
    """Enter that a person left; the session is ended by the face."""
    if person.account is not None:
        with ledger.writing():
            ledger.append(person.account, "session.end", f"account:{person.account}")


def _refusal() -> Refused:
    return Refused(
        f"用户名或口令不正确，或账号已停用、已锁定（连续错误{settings.LOCKOUT_ATTEMPTS}次锁定{settings.LOCKOUT_MINUTES}分钟）",
        todo="核对后重试；忘记口令或急需解锁，联系安全管理员",
    )


def _attempt_counted(number: int) -> bool:
    """Count the attempt before it is judged, so that many at once cannot slip past the limit; False while locked."""
    with ledger.writing():
        account = accounts.account(number)
        if account.locked_until is not None and account.locked_until > timezone.now():
            return False
        if account.failed_attempts >= settings.LOCKOUT_ATTEMPTS:  # all attempts are being judged at this moment
            _lock(account)
            return False
        account.failed_attempts += 1
        account.save(update_fields=["failed_attempts"])
    return True


def _welcome(account: Account) -> None:
    account.failed_attempts, account.locked_until, account.last_login = 0, None, timezone.now()
    account.save(update_fields=["failed_attempts", "locked_until", "last_login"])
    ended = accounts.end_oldest_sessions(account, leave=settings.SESSIONS_PER_ACCOUNT - 1)
    ledger.append(account.pk, "session.start", f"account:{account.pk}", detail={"sessions_ended": ended})


def _count_failure(account: Account) -> None:
    ledger.append(None, "session.refuse", f"account:{account.pk}", detail={"attempt": account.failed_attempts})
    if account.failed_attempts >= settings.LOCKOUT_ATTEMPTS:
        _lock(account)


def _lock(account: Account) -> None:
    account.failed_attempts = 0
    account.locked_until = timezone.now() + timedelta(minutes=settings.LOCKOUT_MINUTES)
    account.save(update_fields=["failed_attempts", "locked_until"])
    ledger.append(None, "account.lock", f"account:{account.pk}", detail={"minutes": settings.LOCKOUT_MINUTES})
