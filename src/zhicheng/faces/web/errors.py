"""How refusals and faults look as pages: what happened, why, what to do. Not here: who is refused (usecases/policy)."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput, ZhichengError
from zhicheng.faces.web.words import ROLES
from zhicheng.usecases.policy import ACTS

_STATUS: dict[type[ZhichengError], int] = {UnreadableInput: 400, Refused: 403, Missing: 404, Conflict: 409}


def page(request: HttpRequest, status: int, *, what: str = "", where: str = "", todo: str = "") -> HttpResponse:
    """The designed page of one status (errors/<status>.html); what, where, todo replace its general words."""
    context = {"what": what, "where": where, "todo": todo, "status": status, "who_may": _who_may(request)}
    return render(request, f"errors/{status}.html", context, status=status)


def _who_may(request: HttpRequest) -> list[str]:
    """The roles a refused page is for, in the reader's language; empty where no page was refused."""
    act = ACTS.get(getattr(request, "refused_act", ""))
    return [str(word) for role, word in ROLES.items() if act and role in act.roles | act.own_unit]


class PeopleErrors:
    """Middleware: an error meant for people becomes its page, whichever view raised it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"]
            response = page(request, 405)
            response.headers["Allow"] = allowed
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A zero byte is in nothing a person types, and no database text may hold one."""
        said = (request.GET, request.POST)
        if "\0" in request.path or any(
            "\0" in value for values in said for _name, several in values.lists() for value in several
        ):
            return page(
                request, 400, what=_("提交的内容里有不能保存的字符"), todo=_("删去看不见的字符，或重新键入后再提交")
            )
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig):
            return page(request, 413)
        if not isinstance(exception, ZhichengError):
            return None
        status = next((code for kind, code in _STATUS.items() if isinstance(exception, kind)), 400)
        return page(request, status, what=exception.what, where=exception.where, todo=exception.todo)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form's proof is missing or old."""
    return page(request, 403, what=_("这张表单已失效"), todo=_("返回上一页，刷新后重新提交；请允许本站使用 Cookie"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without database, session or context processors: it must work when nothing else does; both languages at once."""
    return HttpResponse(get_template("errors/500.html").render(), status=500)
