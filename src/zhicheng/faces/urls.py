"""Where each address goes. Only the web face has addresses today."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
