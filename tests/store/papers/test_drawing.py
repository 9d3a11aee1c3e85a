"""Papers as PDF and Word: the words are the data, the measures are the standard's, the bytes are the same every time."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.papers import DATA, DAY, MOMENT, OFFICE, STATIONERY, kind, sheet
from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.engine.papers.compose import Sheet, compose
from zhicheng.store.papers import fonts, pdf, screen, word

MM = 72 / 25.4
KINDS = sorted(DATA)

pytestmark = pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，版面无从测量")


def drawn(of: Sheet, *, draft: bool = False) -> bytes:
    return pdf.render(of, STATIONERY.sheet, MOMENT, draft=draft)


def squeezed(text: str) -> str:
    """Without blanks and line ends, which a drawing puts in for itself."""
    return re.sub(r"\s", "", text)


def pdf_pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    document.close()
    return pages


def words_of(of: Sheet) -> list[str]:
    """Every piece of the sheet that must be read on paper."""
    pieces = [of.mark, of.number, *of.title, of.addressee, *("".join(run.text for run in runs) for runs in of.body)]
    pieces += [part for row in of.grid for cell in row for part in (cell.label, *cell.value.split("\n"))]
    pieces += [*of.attachments, of.signature, of.date, of.note, of.copies, of.printer, of.printed, of.foot]
    return [squeezed(piece) for piece in pieces if piece]


def signs(made: bytes, page: int) -> list[tuple[str, float, float, float, float]]:
    """Every sign of a page with left, top, right, bottom in mm from the sheet's upper left corner."""
    document = pypdfium2.PdfDocument(made)
    text, height = document[page].get_textpage(), document[page].get_height()
    found = []
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place, loose=True)
        box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
        found.append((text.get_text_range(place, 1), *box))
    document.close()
    return found


@pytest.mark.parametrize("key", KINDS)
def test_pdf_says_exactly_the_data(key: str) -> None:
    pages = pdf_pages(drawn(sheet(key)))
    whole = "".join(re.sub(r"—\d+—", "", page) for page in pages)

    for piece in words_of(sheet(key)):
        assert piece in whole, piece
    fixed = {"附件：", "抄送：", "印发", *(f"{n}." for n in range(1, 5))}
    left = whole
    for piece in sorted({*words_of(sheet(key)), *fixed}, key=len, reverse=True):
        left = left.replace(piece, "")
    assert left == ""


@pytest.mark.parametrize("key", KINDS)
def test_word_says_exactly_the_data(key: str) -> None:
    package = docx.Document(io.BytesIO(word.render(sheet(key), MOMENT)))
    cells = {cell._tc: cell.text for table in package.tables for row in table.rows for cell in row.cells}
    whole = squeezed("".join([p.text for p in package.paragraphs] + list(cells.values())))

    for piece in words_of(sheet(key)):
        assert piece in whole, piece
    left = whole
    fixed = {"附件：", "抄送：", "印发", *(f"{n}." for n in range(1, 5))}
    for piece in sorted({*words_of(sheet(key)), *fixed}, key=len, reverse=True):
        left = left.replace(piece, "")
    assert left == ""


def test_full_page_has_22_lines_of_28_signs_inside_the_text_area() -> None:
    made = drawn(sheet("notice", text="国" * (28 * 60)))
    lines: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for sign, left, top, right, _bottom in signs(made, 1):
        if sign == "国":
            lines[round(top, 1)].append((left, right))
    tops = sorted(lines)

    assert len(tops) == 22
    assert {len(line) for line in lines.values()} == {28}
    assert min(left for line in lines.values() for left, _ in line) == pytest.approx(28, abs=0.1)
    assert max(right for line in lines.values() for _, right in line) == pytest.approx(210 - 26, abs=0.2)
    assert tops[0] == pytest.approx(37, abs=0.2)
    assert tops[-1] + 225 / 22 <= 297 - 35 + 0.2
    assert all(below - above == pytest.approx(225 / 22, abs=0.15) for above, below in pairwise(tops))


def test_first_page_keeps_the_distances_of_the_head() -> None:
    made = drawn(sheet("notice"))
    document = pypdfium2.PdfDocument(made)
    rules = [o.get_bounds() for o in document[0].get_objects() if o.type == 2]  # paths
    height = document[0].get_height()
    wide = [(left / MM, (height - top) / MM, right / MM) for left, _b, right, top in rules if (right - left) / MM > 150]
    document.close()
    mark = [s for s in signs(made, 0) if s[0] in "文件"][:1]
    number = next(s for s in signs(made, 0) if s[0] == "〔")

    assert len(wide) == 1
    left, top, right = wide[0]
    assert (left, right) == (pytest.approx(28, abs=0.8), pytest.approx(184, abs=0.8))
    assert top - number[4] == pytest.approx(4, abs=1.2)
    assert mark[0][2] == pytest.approx(37 + 35, abs=3)  # a glyph's box is higher than its ink


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    made = drawn(sheet("notice", text="国" * (28 * 60)))
    folios = {}
    for page in range(4):
        line = [s for s in signs(made, page) if s[2] > 297 - 35 and s[0].strip()]
        assert "".join(s[0] for s in line) == f"—{page + 1}—"
        folios[page + 1] = (line[0][1], line[-1][3], line[0][2])
    char = 14 / MM  # one 4号 character

    assert folios[1][1] == folios[3][1] == pytest.approx(184 - char, abs=0.5)
    assert folios[2][0] == folios[4][0] == pytest.approx(28 + char, abs=0.5)
    assert all(262 < top < 262 + 7 + 5 for _l, _r, top in folios.values())


@pytest.mark.parametrize("length", [10, 200, 330, 500, 900])
def test_imprint_stands_on_the_last_and_even_page(length: int) -> None:
    pages = pdf_pages(drawn(sheet("notice", text="国" * length)))

    assert len(pages) % 2 == 0
    assert "2026年1月5日印发" in pages[-1]
    assert not any("印发" in page.replace("印发《", "") for page in pages[:-1])


@pytest.mark.parametrize("length", range(210, 700, 49))
def test_signature_never_stands_alone_on_a_page(length: int) -> None:
    pages = pdf_pages(drawn(sheet("letter", text="国" * length + "\n请予支持。", attachments="", copies="")))

    page = next(page for page in pages if "2026年1月5日" in page)
    assert "请予支持。" in page or "国" in page


def test_letter_has_double_red_lines_of_170_mm() -> None:
    document = pypdfium2.PdfDocument(drawn(sheet("letter")))
    height = document[0].get_height()
    boxes = sorted(
        ((height - top) / MM, (height - bottom) / MM, left / MM, right / MM)
        for left, bottom, right, top in (o.get_bounds() for o in document[0].get_objects() if o.type == 2)
        if (right - left) / MM > 160
    )
    document.close()
    thick, thin, thin_below, thick_below = [(bottom - top) for top, bottom, _, _ in boxes]

    assert all(right - left == pytest.approx(170, abs=0.3) for _, _, left, right in boxes)
    assert all((left + right) / 2 == pytest.approx(105, abs=0.3) for _, _, left, right in boxes)
    assert thick > 2 * thin
    assert thick_below > 2 * thin_below
    assert boxes[1][0] > boxes[0][1]
    assert boxes[3][1] == pytest.approx(297 - 20, abs=0.2)


def test_letter_has_no_number_on_its_first_page() -> None:
    pages = pdf_pages(drawn(sheet("letter", text="国" * 900)))

    assert "—1—" not in pages[0]
    assert "—2—" in pages[1]


def test_form_of_one_page_has_no_page_number() -> None:
    (page,) = pdf_pages(drawn(sheet("acceptance")))
    assert not re.search(r"—\d+—", page)


LITERAL = "#let x = 1 $y$ <b>粗</b> \"双\" '单' \\n *星* _线_ `码` @引 // 注 {{ 变量 }} & %"


@pytest.mark.parametrize("text", [LITERAL, "生僻字：𠮷、䶮、㐂、𬎆、鿍", "表情：☺"])
def test_data_is_printed_literally(text: str) -> None:
    of = sheet("notice", text=text)

    assert squeezed(text) in "".join(pdf_pages(drawn(of)))
    assert text in [p.text for p in docx.Document(io.BytesIO(word.render(of, MOMENT))).paragraphs]


def test_sign_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(UnreadableInput, match=re.escape("字体里没有这些字：\U000f0000（U+F0000）")):
        drawn(sheet("notice", text="甲\U000f0000乙"))


def test_template_that_does_not_draw_is_said() -> None:
    with pytest.raises(UnreadableInput, match=r"版式画不出来.*sheet\.typ"):
        pdf.render(sheet("notice"), "#let", MOMENT)


@pytest.mark.parametrize("key", KINDS)
def test_same_paper_is_the_same_bytes(key: str) -> None:
    assert drawn(sheet(key)) == drawn(sheet(key))
    assert word.render(sheet(key), MOMENT) == word.render(sheet(key), MOMENT)


def test_template_reads_no_file_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret_key").write_text("甲乙丙")
    monkeypatch.chdir(tmp_path)

    for address in ("secret_key", "/secret_key", str(tmp_path / "secret_key"), "../../../../secret_key"):
        with pytest.raises(UnreadableInput, match="版式画不出来"):
            pdf.render(sheet("notice"), f'#read("{address}")', MOMENT)


def test_picture_is_a_png_of_the_page() -> None:
    made = drawn(sheet("notice"))

    assert screen.sides(made) == 2
    shown = screen.picture(made, 1)
    assert shown is not None
    assert shown.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", shown[16:24])
    assert (width, height) == (pytest.approx(210 / 25.4 * 110, abs=1), pytest.approx(297 / 25.4 * 110, abs=1))
    start = shown.index(b"IDAT") + 4
    pixels = zlib.decompress(shown[start : shown.index(b"IEND") - 8])
    assert len(pixels) == height * (3 * width + 1)
    assert bytes((0xD7, 0x00, 0x0F)) in pixels  # the red head
    assert screen.picture(made, 0) is screen.picture(made, 3) is None


def test_draft_says_so() -> None:
    assert "草稿" in "".join(pdf_pages(drawn(sheet("notice", None), draft=True)))
    package = docx.Document(io.BytesIO(word.render(sheet("notice", None), MOMENT, draft=True)))
    assert package.sections[0].header.paragraphs[0].text == "草稿"


def test_word_has_the_page_of_the_standard() -> None:
    package = docx.Document(io.BytesIO(word.render(sheet("notice"), MOMENT)))
    section = package.sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)

    assert [round(side.mm) for side in sides] == [37, 28, 26, 35]
    assert package.settings.odd_and_even_pages_header_footer
    body = next(p for p in package.paragraphs if p.text.startswith("为做好"))
    assert body.runs[0].font.size.pt == 16
    assert body.paragraph_format.line_spacing.pt == pytest.approx(29, abs=0.05)


def test_machine_without_chinese_fonts_is_told_and_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = fonts.choose(["DejaVu Sans", "Liberation Serif"])
    monkeypatch.setattr(fonts, "of_this_machine", lambda: bare)

    assert not bare.usable
    assert bare.said().startswith("本机没有中文字体，公文和文书印不出来。")
    with pytest.raises(Conflict, match="本机没有中文字体"):
        drawn(sheet("notice"))


def test_own_fonts_of_the_office_come_first() -> None:
    found = fonts.choose(["Noto Serif CJK SC", "Noto Sans CJK SC", "FangSong_GB2312", "方正小标宋简体"])
    used = {face.key: (face.family, face.own, face.weight) for face in found.faces}

    assert used["fangsong"] == ("FangSong_GB2312", True, "regular")
    assert used["biaosong"] == ("方正小标宋简体", True, "regular")
    assert used["hei"] == ("Noto Sans CJK SC", False, "regular")
    assert found.faces[0].others == ("Noto Serif CJK SC", "Noto Sans CJK SC")
    assert "楷体（二级标题）用Noto Serif CJK SC代楷体_GB2312" in found.said()


def test_lines_close_up_before_the_seal_rather_than_turn_the_page() -> None:
    pages = pdf_pages(drawn(sheet("notice", text="国\n国\n特此通知。", attachments="", note="")))

    assert "澜河市商务局2026年1月5日" in pages[0]


@pytest.mark.parametrize("key", KINDS)
def test_word_keeps_the_order_its_schema_asks_for(key: str) -> None:
    order = {
        "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "spacing", "ind", "jc", "rPr"],
        "tblPr": ["tblStyle", "tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"],
        "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "vAlign"],
        "rPr": ["rStyle", "rFonts", "b", "color", "sz", "szCs"],
    }  # fmt: skip
    body = docx.Document(io.BytesIO(word.render(sheet(key), MOMENT))).element.body

    for name, allowed in order.items():
        for part in body.iter(f"{{{body.nsmap['w']}}}{name}"):
            found = [child.tag.rpartition("}")[2] for child in part]
            assert found == sorted(set(found), key=allowed.index), (name, found)


@pytest.mark.parametrize(
    ("key", "over"),
    [
        ("supervision", {"demands": "\n".join(["逐项落实责任单位和时限要求，" * 6] * 20)}),
        ("refusal", {"reasons": "\n".join(["所述事实不清，" * 30] * 9)}),
        ("letter", {"attachments": "\n".join(["企业名单" * 9] * 12)}),
        ("notice", {"copies": "\n".join(["市某某委员会办公室"] * 40), "addressee": "\n".join(["各区市人民政府"] * 30)}),
    ],
)
def test_long_papers_run_on_inside_the_text_area(key: str, over: dict[str, str]) -> None:
    of = sheet(key, **over)
    made = drawn(of)
    pages = pdf_pages(made)

    for piece in words_of(of):
        assert piece in re.sub(r"—\d+—", "", "".join(pages)), piece
    for page in range(len(pages)):
        for sign, left, top, right, bottom in signs(made, page):
            if not sign.strip() or 262 < top < 277:  # the page number's own place
                continue
            assert 36 < bottom < 263, (page, sign)
            # The half-width ink of a sign of punctuation at the end of a line; its box is wider.
            assert 27.9 < left < (right if sign not in "，、。；：）" else left + 2.8) < 184.6, (page, sign)


@pytest.mark.parametrize("key", ["notice", "letter", "refusal"])
def test_long_name_of_an_office_stays_inside_the_page(key: str) -> None:
    office = OFFICE.model_copy(
        update={"name": "某某自治区某某市高新技术产业开发区管理委员会市场监督管理局（知识产权局）"}
    )
    made = drawn(compose(kind(key), office, DATA[key], DAY, None))

    assert office.name in re.sub(r"—\d+—", "", "".join(pdf_pages(made)))
    for page in range(len(pdf_pages(made))):
        assert all(20 <= left < right <= 190 for sign, left, _t, right, _b in signs(made, page) if sign.strip())
