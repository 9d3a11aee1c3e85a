"""Coming in, going out, changing one's own password. Not here: what is right (usecases/sign_in, change_password)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhicheng.base.errors import Refused, UnreadableInput
from zhicheng.faces.web.gate import gated, person_of
from zhicheng.faces.web.pages.choices import back
from zhicheng.store.models import City
from zhicheng.store.queries.accounts import demonstrations
from zhicheng.usecases import change_password, sign_in
from zhicheng.usecases.training_city import DEMONSTRATION_PASSWORD

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    """User name and password, nothing else."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("口令"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The password in use and the new one, twice."""

    current = forms.CharField(
        label=gettext_lazy("现口令"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新口令"),
        strip=False,
        max_length=200,
        help_text=gettext_lazy("至少 10 个字符，不要全是数字，不要用常见口令，不要含姓名或用户名。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次新口令"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        if values.get("new") != values.get("again") and "again" in values:
            self.add_error("again", _("两次输入的新口令不一致，请重新输入。"))
        return values


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@gated("session.start")
def enter(request: HttpRequest) -> HttpResponse:
    """The sign-in page. In a training city it offers the demonstration accounts; in a real one nothing of them exists."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = sign_in.sign_in(form.cleaned_data["username"], form.cleaned_data["password"])
        except Refused:
            form.add_error(None, _refusal())
        else:
            login(request, account, backend=BACKEND)
            return redirect(back(request))
    city = City.objects.first()
    shown = list(demonstrations()) if city is not None and city.is_training else []
    context = {"form": form, "next": back(request), "demonstrations": shown, "password": DEMONSTRATION_PASSWORD}
    return render(request, "entry/sign_in.html", context, status=403 if form.errors else 200)


def _refusal() -> str:
    """The one answer to every refused sign-in, in the reader's language (it tells nobody which names exist)."""
    return _(
        "用户名或口令不正确，或者账号已停用、已锁定（连续错 %(n)s 次锁定 %(m)s 分钟）。请核对后重试；忘记口令或急需解锁，请联系安全管理员。"
    ) % {"n": settings.LOCKOUT_ATTEMPTS, "m": settings.LOCKOUT_MINUTES}


@require_POST
@gated("session.end")
def leave(request: HttpRequest) -> HttpResponse:
    """End this session; POST only, so that no picture on another site can do it."""
    sign_in.sign_out(person_of(request))
    logout(request)
    messages.success(request, _("您已退出登录。"))
    return redirect("plan")


@sensitive_post_parameters("current", "new", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@gated("password.change")
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; other sessions of the account end."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = change_password.change_password(
                request.person,  # type: ignore[attr-defined]
                form.cleaned_data["current"],
                form.cleaned_data["new"],
                keep_session=request.session.session_key,
            )
        except Refused:
            form.add_error("current", _("现口令不正确，请重新输入。"))
        except UnreadableInput as fault:
            form.add_error("new", fault.what)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("口令已修改，其他地方的登录都已退出。"))
            return redirect("start")
    must = bool(getattr(request.user, "must_change_password", False))
    context = {"form": form, "must": must}
    return render(request, "entry/password.html", context, status=400 if form.errors else 200)
