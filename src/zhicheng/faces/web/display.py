"""How words, sums and days look on a page (显示). Display only: nothing shown is ever written back.

Not here: what the words mean; templates' tags (templatetags/house.py).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, gettext

from zhicheng.base.money import Money

_FULL = str.maketrans(",:;()?!", "，：；（）？！")
# A sign inside a number or a Latin word stays: 1,000, 10:30, http://. Brackets are always widened, so that pairs match.
_NARROW = re.compile(r"(?<![0-9A-Za-z])[,:;?!]|[,:;?!](?![0-9A-Za-z/])|[()]")


def fullwidth(text: str) -> str:
    """Half-width signs as full-width ones, one for one: every offset into the source stays valid."""
    return _NARROW.sub(lambda match: match.group().translate(_FULL), text)


def money(sum_: Money | int | None) -> str:
    """A sum as an office writes it (10万元), in English ¥100,000; None is unset (待定), never zero. An int is fen."""
    if sum_ is None:
        return gettext("待定")
    value = sum_ if isinstance(sum_, Money) else Money(sum_)
    if get_language() == "en":
        whole, cents = divmod(abs(value.fen), 100)
        return f"{'−' if value.fen < 0 else ''}¥{whole:,}" + (f".{cents:02d}" if cents else "")
    return str(value)


def percent(points: int | None) -> str:
    """Basis points as people write a rate: 5000 → 50%."""
    return gettext("待定") if points is None else f"{points / 100:g}%"


def day(value: date | datetime | None) -> str:
    """A day as ISO 8601 in the city's time zone; an unset day says so."""
    if value is None:
        return gettext("日期未记")
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat()


def citytime(value: datetime | None, shift: timedelta) -> datetime | None:
    """A real moment on the city's clock; shift: store/clock.shift()."""
    return None if value is None else value + shift


def moment(value: datetime | None) -> str:
    """Day and minute in the city's time zone."""
    return gettext("日期未记") if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
