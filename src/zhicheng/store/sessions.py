"""Sessions in the database, each bound to its account (SESSION_ENGINE). Not here: how many and how long (usecases/sign_in)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from zhicheng.store.models import Session


class SessionStore(DatabaseSessions):
    """Django's database sessions, kept in our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        key: str = self._get_or_create_session_key()  # type: ignore[attr-defined]  # untyped in the stubs
        account, now = data.get(SESSION_KEY), timezone.now()
        started = Session.objects.filter(pk=key).values_list("started_at", flat=True).first()
        return Session(
            session_key=key, session_data=self.encode(data), expire_date=self.get_expiry_date(),
            account_id=int(account) if account else None, started_at=started or now, seen_at=now,
        )  # fmt: skip
