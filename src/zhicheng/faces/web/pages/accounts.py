"""账号管理: three separate administrators (三员分立), each with their own acts on the same page of an account.

Not here: what each may do (usecases/policy, usecases/accounts), one's own password (entry.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhicheng.base.errors import Missing, UnreadableInput, ZhichengError
from zhicheng.domain.plan.model import Unit
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.words import ROLES
from zhicheng.store import clock
from zhicheng.store.models import Account
from zhicheng.store.queries import accounts as rows
from zhicheng.store.queries import plan as reads
from zhicheng.usecases import accounts as errands
from zhicheng.usecases.policy import ADMINISTRATORS, Person, may

KINDS = {"official": gettext_lazy("公职人员"), "enterprise": gettext_lazy("企业"), "agency": gettext_lazy("服务机构")}


@require_safe
@gated("accounts.read")
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts that need somebody first (locked, without a role), then all; narrowed by words, role, state."""
    units = {unit.key: unit.name for unit in _units()}
    everything = [_row(account, units) for account in rows.accounts()]
    chosen = [row for row in everything if _wanted(row, request.GET)]
    context = {
        "rows": chosen,
        "shift": clock.shift(),
        "total": len(everything),
        "needs": [row for row in everything if row["needs"]],
        "roles": ROLES,
        "said": request.GET,
        "narrowed": any(request.GET.get(name) for name in ("q", "role", "state")),
        "mine": _mine(_person(request)),
        "may_create": may(_person(request), "accounts.manage").allowed,
    }
    return render(request, "accounts/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gated("accounts.manage")
def create(request: HttpRequest) -> HttpResponse:
    """A new account without a role; its one-time password is shown on the answer and nowhere else."""
    said, fault = request.POST, None
    if request.method == "POST":
        try:
            account, password = errands.create_account(
                _person(request), username=said.get("username", "").strip(), name=said.get("name", "").strip(),
                kind=said.get("kind", ""), unit_key=said.get("unit", ""),
            )  # fmt: skip
            return render(request, "accounts/handed_over.html", {"account": account, "password": password, "new": True})
        except ZhichengError as error:
            fault = error
    context = {"units": _units(), "kinds": KINDS, "fault": fault, "said": said}
    return render(request, "accounts/create.html", context, status=400 if fault else 200)


@require_safe
@gated("accounts.read")
def account(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number, None)


@never_cache
@require_POST
@gated("accounts.read")
def act(request: HttpRequest, number: int) -> HttpResponse:
    """One act on one account. Each asks the policy itself; a refusal is shown beside the form, nothing else is lost."""
    name = request.POST.get("act", "")
    try:
        if name == "reset":
            found, password = errands.reset_password(_person(request), number)
            return render(request, "accounts/handed_over.html", {"account": found, "password": password, "new": False})
        if name not in ACTS:
            raise UnreadableInput(_("没有这种办理"), todo=_("刷新页面后重试"))
        done, run = ACTS[name]
        run(_person(request), number, request.POST)
    except ZhichengError as error:
        return _page(request, number, error)
    messages.success(request, done)
    return redirect("account", number)


ACTS: dict[str, tuple[Any, Callable[[Person, int, QueryDict], object]]] = {
    "move": (
        gettext_lazy("单位已调整，原来的登录全部退出。"),
        lambda who, n, said: errands.move_account(who, n, said.get("unit", "")),
    ),
    "disable": (gettext_lazy("账号已停用，登录全部退出。"), lambda who, n, _said: errands.disable_account(who, n)),
    "enable": (gettext_lazy("账号已启用。"), lambda who, n, _said: errands.enable_account(who, n)),
    "roles": (
        gettext_lazy("角色已调整，原来的登录全部退出。"),
        lambda who, n, said: errands.change_roles(who, n, said.getlist("role")),
    ),
    "unlock": (gettext_lazy("锁定已解除。"), lambda who, n, _said: errands.unlock_account(who, n)),
    "sessions": (gettext_lazy("登录已全部退出。"), lambda who, n, _said: errands.end_sessions(who, n)),
}


def _page(request: HttpRequest, number: int, fault: ZhichengError | None) -> HttpResponse:
    found = rows.accounts().filter(pk=number).first()
    if found is None:
        raise Missing(_("没有%(n)s号账号") % {"n": number}, todo=_("从账号列表中选择"))
    person = _person(request)
    units = _units()
    allowed = errands.ROLES_OF_KIND[found.kind]
    context = {
        "account": found,
        "shift": clock.shift(),
        "row": _row(found, {unit.key: unit.name for unit in units}),
        "units": units,
        "roles": [(key, word, key in found.role_names) for key, word in ROLES.items() if key in allowed],
        "administrators": ADMINISTRATORS,
        "sessions": rows.sessions(found),
        "own": person.account == found.pk,
        "may": {name: may(person, f"accounts.{name}").allowed for name in ("manage", "roles", "unlock", "reset")},
        "may_ledger": may(person, "ledger.read").allowed,
        "fault": fault,
        "mine": _mine(person),
    }
    return render(request, "accounts/account.html", context, status=400 if fault else 200)


def _person(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _units() -> tuple[Unit, ...]:
    """Units of the plan in force; none in a city that has no plan yet, where accounts must be made all the same."""
    try:
        return reads.in_force()[1].units
    except Missing:
        return ()


def _row(account: Account, units: dict[str, str]) -> dict[str, Any]:
    """What the list says of one account. needs: it is locked, or nobody has given it a role."""
    locked = account.locked_until is not None and account.locked_until > timezone.now()
    roles = [str(ROLES[role]) for role in ROLES if role in account.role_names]
    return {
        "account": account, "unit": units.get(account.unit_key, ""), "roles": roles, "locked": locked,
        "kind": KINDS[account.kind], "needs": account.is_active and (locked or not roles),
    }  # fmt: skip


def _wanted(row: dict[str, Any], said: QueryDict) -> bool:
    account, words = row["account"], said.get("q", "").strip()
    states = {"active": account.is_active, "disabled": not account.is_active, "locked": row["locked"], "": True}
    return (
        (not words or any(words in text for text in (account.username, account.name, row["unit"])))
        and said.get("role", "") in ("", *account.role_names)
        and states.get(said.get("state", ""), True)
    )


def _mine(person: Person) -> list[Any]:
    """What this administrator does here, in words; the others' acts are not shown to them."""
    words = {
        "accounts.manage": _("建立、调动、停用账号"),
        "accounts.roles": _("授予或收回角色"),
        "accounts.unlock": _("解除锁定"),
        "accounts.reset": _("重置口令、退出登录"),
        "ledger.read": _("查看留痕"),
    }
    return [word for name, word in words.items() if may(person, name).allowed]
