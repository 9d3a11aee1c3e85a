"""修改本人口令. Not here: resets by an administrator (accounts)."""

from __future__ import annotations

from zhicheng.base.errors import Refused, UnreadableInput
from zhicheng.store import accounts, ledger
from zhicheng.store.models import Account
from zhicheng.usecases.passwords import require_good
from zhicheng.usecases.policy import Person, require


def change_password(person: Person, current: str, new: str, *, keep_session: str | None = None) -> Account:
    """Set one's own password; every other session of the account ends. keep_session: key of the session in use.

    Raises Refused where the current password is wrong, UnreadableInput where the new one is weak or the old one again.
    """
    require(person, "password.change")
    account = accounts.account(person.account or 0)
    if not account.check_password(current):
        raise Refused("现口令不正确", todo="重新输入现口令")
    if new == current:
        raise UnreadableInput("新口令与现口令相同", todo="换一个口令")
    require_good(new, account)
    account.set_password(new)
    with ledger.writing():
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        accounts.end_sessions(account, keep=keep_session)
        ledger.append(account.pk, "password.change", f"account:{account.pk}")
    return account
