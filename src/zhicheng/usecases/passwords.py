"""口令: rules for a new one, and one-time ones. Not here: who may set whose (accounts, change_password)."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhicheng.base.errors import UnreadableInput
from zhicheng.store.models import Account

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another when told on the telephone


def one_time_password() -> str:
    """Four groups of four, about 79 bits: to be handed over once and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def require_good(password: str, account: Account) -> None:
    """Raises UnreadableInput with every fault of the password (AUTH_PASSWORD_VALIDATORS)."""
    try:
        validate_password(password, account)
    except ValidationError as faults:
        raise UnreadableInput("口令不合要求：" + "".join(faults.messages), todo="换一个口令") from None
