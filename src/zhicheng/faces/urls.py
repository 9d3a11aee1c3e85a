"""Where each address goes. Only the web face has addresses today."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("zhicheng.faces.web.urls"))]

handler400 = "zhicheng.faces.web.errors.bad_request"
handler403 = "zhicheng.faces.web.errors.forbidden"
handler404 = "zhicheng.faces.web.errors.not_found"
handler500 = "zhicheng.faces.web.errors.server_error"
