"""The gate every page passes: who asks, and may they. Not here: who may (usecases/policy), how a refusal looks (errors)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from zhicheng.store.models import Account
from zhicheng.usecases.policy import ANONYMOUS, Person, may, require

View = Callable[..., HttpResponseBase]
# What a person whose password must be changed may still do.
BEFORE_NEW_PASSWORD = {"password.change", "session.end", "session.start", "language.set", "site.read"}


def gated(act: str) -> Callable[[View], View]:
    """Let a view be reached only by those who may do `act`; the view finds them as request.person.

    Anonymous visitors are sent to the sign-in page; others are Refused with the reason, which becomes the 403 page.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = person_of(request)
            request.person = person  # type: ignore[attr-defined]
            if person.anonymous and not may(person, act).allowed:
                return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
            if _password_first(request, act):
                return redirect(reverse("password"))
            if not may(person, act).allowed:
                request.refused_act = act  # type: ignore[attr-defined]
            require(person, act)
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return wrap


def person_of(request: HttpRequest) -> Person:
    """The person behind a request; ANONYMOUS without a session that still stands."""
    account = getattr(request, "user", None)  # none yet where a request is refused before it is known who asks
    if not isinstance(account, Account) or not account.is_active:
        return ANONYMOUS
    return Person(account=account.pk, name=account.name, unit=account.unit_key, roles=account.role_names)


def _password_first(request: HttpRequest, act: str) -> bool:
    return isinstance(request.user, Account) and request.user.must_change_password and act not in BEFORE_NEW_PASSWORD
