"""A list as a file for Excel (CSV or xlsx). Not here: what the columns of a list are (pages)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

FORMS = ("csv", "xlsx")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # Excel in Chinese takes the wide signs too
_WIDEST = 60


def guarded(value: object) -> str:
    """A cell Excel will not take for a formula: such a text gets an apostrophe in front, as Excel itself writes it.

    Control characters, which a workbook cannot hold, are left out.
    """
    text = "" if value is None else ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def table_response(name: str, head: Sequence[str], body: Iterable[Sequence[object]], form: str) -> HttpResponse:
    """A download named after the list. csv: UTF-8 with a mark, so that Excel reads Chinese; every cell is text."""
    if form not in FORMS:
        raise Http404
    rows = [[guarded(cell) for cell in row] for row in (head, *body)]
    content, media = _csv(rows) if form == "csv" else _xlsx(name, rows)
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response


def _csv(rows: list[list[str]]) -> tuple[bytes, str]:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"


def _xlsx(name: str, rows: list[list[str]]) -> tuple[bytes, str]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(zip(*rows, strict=True), 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(_WIDEST, 2 + 2 * max(map(len, column)))
    for line in sheet.iter_rows():
        for cell in line:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
