"""Papers and drafts a person may see, and what they are written with. Not here: who may (policy), drawing (store/papers)."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Max, Q, QuerySet

from zhicheng.base.errors import Missing
from zhicheng.engine.papers import load
from zhicheng.store.models import Paper, PaperDraft
from zhicheng.store.models import Stationery as Row


def stationery_row() -> Row:
    """The stationery in use; raises Missing in a city that has none yet."""
    row = Row.objects.order_by("-pk").first()
    if row is None:
        raise Missing("本市还没有文种和版式", todo="用 zhicheng serve --plan 方案目录 启动一次，文种随方案目录装入")
    return row


def stationery() -> load.Stationery:
    """Kinds, offices and sheet in use."""
    return as_it_was(stationery_row())


def stationery_or_none() -> load.Stationery | None:
    """The same; None in a city that has none yet."""
    return stationery() if Row.objects.exists() else None


def as_it_was(row: Row) -> load.Stationery:
    """The stationery of a row; rows never change, so each is read once a process."""
    return _read(row.pk, row.sha256)


@lru_cache(maxsize=8)
def _read(pk: int, sha256: str) -> load.Stationery:
    return load.from_plain(Row.objects.get(pk=pk, sha256=sha256).content)


def last_serial(series: str, year: int) -> int:
    """The highest serial given in a series and year; 0 before the first."""
    found = Paper.objects.filter(series=series, year=year).aggregate(last=Max("serial"))["last"]
    return int(found or 0)


def papers(units: frozenset[str] | None) -> QuerySet[Paper]:
    """Issued papers, the newest first: all of them, or those of these units."""
    rows = Paper.objects.defer("data")
    return rows if units is None else rows.filter(office_key__in=units)


def drafts(units: frozenset[str] | None) -> QuerySet[PaperDraft]:
    """Drafts, the last changed first: all of them, or those of these units."""
    return PaperDraft.objects.all() if units is None else PaperDraft.objects.filter(office_key__in=units)


def paper(pk: int) -> Paper:
    """Raises Missing."""
    found = Paper.objects.select_related("pdf", "word", "stationery").filter(pk=pk).first()
    if found is None:
        raise Missing("没有这份公文", todo="从公文清单里打开")
    return found


def draft(pk: int) -> PaperDraft:
    """Raises Missing."""
    found = PaperDraft.objects.filter(pk=pk).first()
    if found is None:
        raise Missing("没有这份草稿", where=str(pk), todo="它可能已经签发或删除，从公文清单里打开")
    return found


def about(subject: str) -> tuple[QuerySet[Paper], QuerySet[PaperDraft]]:
    """Issued papers and drafts about a thing (kind:key) and its parts (kind:key#part), the newest first."""
    named = Q(subject=subject) | Q(subject__startswith=f"{subject}#")
    return Paper.objects.defer("data").filter(named), PaperDraft.objects.filter(named)
