"""Sessions in the database, each bound to its account, idle and absolute age kept here (SESSION_ENGINE).

Not here: how many sessions an account may have (usecases/sign_in).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from zhicheng.store.models import Session

RENEW_AFTER = timedelta(minutes=1)  # use renews a session, but not with a write for every page


class SessionStore(DatabaseSessions):
    """Django's database sessions, kept in our table. expire_date is the idle limit, started_at starts the absolute one."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        oldest = now - timedelta(seconds=settings.SESSION_ABSOLUTE_AGE)
        row = Session.objects.filter(pk=self.session_key, expire_date__gt=now, started_at__gt=oldest).first()
        if row is None:
            self._session_key = None
        elif row.account_id is not None and now - row.seen_at > RENEW_AFTER:
            self.modified = True
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        key: str = self._get_or_create_session_key()  # type: ignore[attr-defined]  # untyped in the stubs
        account, now = data.get(SESSION_KEY), timezone.now()
        started = Session.objects.filter(pk=key).values_list("started_at", flat=True).first()
        return Session(
            session_key=key, session_data=self.encode(data), expire_date=self.get_expiry_date(),
            account_id=int(account) if account else None, started_at=started or now, seen_at=now,
        )  # fmt: skip


def end_stale() -> int:
    """Delete sessions past either limit; returns how many."""
    now = timezone.now()
    oldest = now - timedelta(seconds=settings.SESSION_ABSOLUTE_AGE)
    stale = Session.objects.filter(expire_date__lte=now) | Session.objects.filter(started_at__lte=oldest)
    return stale.delete()[0]
