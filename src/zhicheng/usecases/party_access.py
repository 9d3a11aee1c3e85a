"""凭编号办理: how somebody without an account looks a case up and proves that it is theirs. Not here: the human check (a page's).

The code goes to the telephone given when filing. No city has an SMS line yet: in a training city the page shows the code,
in a real one it says that the counter must help (a connector replaces `deliver`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from zhicheng.base.errors import Missing, Refused
from zhicheng.store import ledger
from zhicheng.store.models import Case, CaseParty, City, PartyCode, RateCount
from zhicheng.usecases.standing import PartyKey

LIFE = timedelta(minutes=10)
TRIES = 5
WINDOW = timedelta(minutes=10)
LIMITS = {"status": 20, "code": 5, "enter": 20, "file": 10}
"""How often one address of the network may do it in ten minutes."""


class TooOften(Refused):
    """One address did it too often (page 403 with how long to wait)."""


def count(client: str, what: str) -> None:
    """Count one try of a network address; raises TooOften past the limit. Its address itself is kept nowhere."""
    who = _hash(f"client:{client}")
    now = timezone.now()
    window = now - timedelta(seconds=now.timestamp() % WINDOW.total_seconds())
    with ledger.writing():
        RateCount.objects.filter(window__lt=now - timedelta(days=1)).delete()
        row, _ = RateCount.objects.get_or_create(who=who, what=what, window=window.replace(microsecond=0))
        RateCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        over = row.count + 1 > LIMITS[what]
    if over:
        raise TooOften("查询或提交过于频繁", todo=f"{int(WINDOW.total_seconds() // 60)} 分钟后再试，或到窗口办理")


def find(number: str) -> Case:
    """The case with this receipt number, for the public's look-up; raises Missing."""
    row = Case.objects.filter(number=number.strip().upper()).first()
    if row is None:
        raise Missing("没有这个编号", where=number.strip(), todo="核对回执上的编号，字母和数字都要")
    return row


def request_code(number: str, phone: str) -> tuple[PartyCode | None, str]:
    """A fresh code for the party whose telephone this is; earlier ones of the case die.

    Returns the row and the code itself for delivery; the store keeps its hash only. Where the telephone is nobody's the
    code is one that opens nothing: receipt numbers run on, so an answer that differed would tell anybody who tries
    telephones whose report it is.
    """
    row = find(number)
    wanted = _digits(phone)
    party = next(
        (each for each in CaseParty.objects.filter(case=row) if wanted and _digits(each.phone) == wanted), None
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    if party is None:
        return None, code
    with ledger.writing():
        PartyCode.objects.filter(case=row, used_at__isnull=True).update(expires_at=timezone.now())
        made = PartyCode.objects.create(
            case=row, role=party.role, code_hash=_hash(f"{row.number}:{code}"), expires_at=timezone.now() + LIFE
        )
    return made, code


def deliver(code: str) -> str:
    """Send a code; returns what the page must show of it: everything in a training city, where no line exists."""
    city = City.objects.first()
    if city is not None and city.is_training:
        return code
    raise Refused("本市尚未接通短信，验证码发不出去", todo="持编号和身份证明到受理窗口办理")


def enter(number: str, code: str, now: datetime | None = None) -> PartyKey:
    """The key of the party who knows the code; raises Refused for a wrong, old, used or too often tried one."""
    row, now = find(number), now or timezone.now()
    with ledger.writing():
        made = PartyCode.objects.filter(case=row, used_at__isnull=True, expires_at__gt=now).first()
        if made is not None and made.tries < TRIES:
            good = hmac.compare_digest(made.code_hash, _hash(f"{row.number}:{code.strip()}"))
            made.tries += 1
            made.used_at = now if good else None
            made.save(update_fields=["tries", "used_at"])
            if good:
                return PartyKey(row.number, made.role)
    raise Refused(
        "验证码不对，或已过期、已试过多次", todo="核对编号和提交时留的电话，重新获取验证码；换了号码的，到窗口办理"
    )


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())


def _hash(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
