"""Addresses of our own static files, each with a mark of its content: a browser keeps a file for ever and never shows an old one.

Not here: which files there are (static/), vendored ones (static/vendor/manifest.json).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class MarkedFiles(StaticFilesStorage):
    """/static/house/house.css?v=<hash>: needs no collecting step, so the package serves itself."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        mark = _mark(name or "")
        return f"{address}?v={mark}" if mark else address


@lru_cache(maxsize=256)
def _mark(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:12] if found else ""
