"""What a reader chooses for their own browser: language and size of type. Not here: anything of an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from zhicheng.faces.web.gate import gated

SIZE_COOKIE = "zhicheng_size"


def back(request: HttpRequest) -> str:
    """Where the reader came from, never outside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else "/"


@require_POST
@gated("language.set")
def language(request: HttpRequest) -> HttpResponse:
    """Chinese or English from now on (cookie)."""
    return set_language(request)


@require_POST
@gated("site.read")
def display(request: HttpRequest) -> HttpResponse:
    """Large type (大字) or the standard size from now on (cookie)."""
    response = HttpResponseRedirect(back(request))
    size = "large" if request.POST.get("size") == "large" else "normal"
    response.set_cookie(
        SIZE_COOKIE, size, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response
