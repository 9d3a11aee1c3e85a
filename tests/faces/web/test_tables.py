"""Lists as files: every cell arrives, none is taken for a formula, Chinese opens in Excel."""

import csv
import io

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from zhicheng.faces.web.tables import guarded, table_response

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)


def _csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＠甲", '=HYPERLINK("http://x")']
)
def test_formula_becomes_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["10万元", "1-2", "", "（一）", "a=b"])
def test_ordinary_text_is_left_alone(text):
    assert guarded(text) == text


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_csv_holds_every_cell_and_no_formula(rows):
    answer = _csv(table_response("目录", ["甲", "乙"], rows, "csv"))

    assert answer == [["甲", "乙"], *[[guarded(cell) for cell in row] for row in rows]]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in answer for cell in row)


def test_workbook_holds_text_only():
    book = load_workbook(
        io.BytesIO(table_response("目录", ["编号", "值"], [["I01", "=1+1"], ["I02", "100000.00"]], "xlsx").content)
    )

    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows == [["编号", "值"], ["I01", "'=1+1"], ["I02", "100000.00"]]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


def test_file_is_named_after_the_list_in_chinese():
    answer = table_response("激励目录", ["甲"], [], "csv")

    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E6%BF%80%E5%8A%B1%E7%9B%AE%E5%BD%95.csv"
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_other_forms_are_not_there():
    with pytest.raises(Http404):
        table_response("目录", ["甲"], [], "pdf")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_control_characters_are_left_out_and_hide_no_formula(form):
    answer = table_response("目录", ["甲"], [["保\x0b护\x01"], ["\x0b=1+1"]], form)

    rows = (
        _csv(answer)
        if form == "csv"
        else [[c.value for c in row] for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows()]
    )
    assert rows == [["甲"], ["保护"], ["'=1+1"]]
