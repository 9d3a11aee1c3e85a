"""Addresses of the web face. Names are the words of the address; a clause's address is permanent."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from zhicheng.faces.web.pages import choices

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", choices.language, name="language"),
    path("display/", choices.display, name="display"),
]
