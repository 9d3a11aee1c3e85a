"""The city's clock (城市时钟): real time, or a training city's own. Not here: deadlines (domain).

Leases, lockouts and sessions run on real time in every city; they use django.utils.timezone directly.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from zhicheng.store.models import City


def now() -> datetime:
    """The city's present moment, aware. In a training city: its start plus the real time gone by since."""
    return timezone.now() + shift()


def shift() -> timedelta:
    """How far the city's clock is from real time: what a page adds to a real moment (a sign-in, a lock) so that its days agree."""
    city = City.objects.first()
    if city is None or city.clock_start is None or city.clock_set_at is None:
        return timedelta()
    return city.clock_start - city.clock_set_at


def today() -> date:
    """The city's present day in Asia/Shanghai (the site's time zone)."""
    return day_of(now())


def local(moment: datetime) -> datetime:
    """A moment as the clocks of Asia/Shanghai show it."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai of a moment: 2024-06-30T16:30Z is 2024-07-01."""
    return local(moment).date()
