"""One sheet as Word, for the officials who go on editing it; the PDF is the paper that was issued. Same data, same words.

Faces are named as the standard asks (仿宋_GB2312 …); Word and WPS put in their own where one is missing.
The same sheet and moment give the same bytes: every date of the package is the moment.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Package
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhicheng.engine.papers.compose import Sheet

FAMILIES = {
    "fangsong": "仿宋_GB2312",
    "biaosong": "方正小标宋简体",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "song": "宋体",
}
RED = RGBColor(0xD7, 0x00, 0x0F)
H2, H3, H4 = 22, 16, 14
PITCH = 225 / 22 / 25.4 * 72  # 22 lines in 225 mm, in points
CHAR = 156 / 28 / 25.4 * 72
_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def render(sheet: Sheet, moment: datetime, *, draft: bool = False) -> bytes:
    """The .docx. moment: what the document says of its making. draft: said at the head of every page."""
    package = Document()
    _properties(package, sheet, moment)
    _page(package, sheet, draft)
    {"document": _document_head, "letter": _letter_head, "form": _form_head}[sheet.layout](package, sheet)
    _main(package, sheet)
    if sheet.layout == "document":
        _imprint(package, sheet)
    elif sheet.copies:
        _line(package, f"抄送：{sheet.copies}", size=H4, indent=H4)
    if sheet.foot:
        _line(package, sheet.foot, size=H4)
    return _packed(package, moment)


def _properties(package: Package, sheet: Sheet, moment: datetime) -> None:
    said = package.core_properties
    said.title, said.author, said.last_modified_by = "".join(sheet.title), sheet.signature, sheet.signature
    said.created = said.modified = moment.astimezone(UTC).replace(tzinfo=None)
    said.comments, said.revision, said.language = "", 1, "zh-CN"


def _page(package: Package, sheet: Sheet, draft: bool) -> None:
    normal = package.styles["Normal"]
    normal.font.size = Pt(H3)
    _families(normal.element.get_or_add_rPr(), "fangsong")
    section = package.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)  # the dash stands 7 mm below the text; its own line is 5 mm high
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "linesAndChars"), ("linePitch", PITCH * 20), ("charSpace", (CHAR - H3) * 4096)):
        grid.set(qn(f"w:{name}"), value if isinstance(value, str) else str(round(value)))
    package.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = sheet.layout == "letter"
    if sheet.layout != "form":
        _folio(section.footer.paragraphs[0], _RIGHT)
        _folio(section.even_page_footer.paragraphs[0], _LEFT)
    if draft:
        for header in (section.header, section.even_page_header, section.first_page_header):
            header.is_linked_to_previous = False
            _run(header.paragraphs[0], "草稿", "hei", H4)


def _folio(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —: odd pages right, even pages left, one character in."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(H4)
    _run(paragraph, "— ", "song", H4)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = _run(paragraph, "", "song", H4)._r
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)
    _run(paragraph, " —", "song", H4)


def _families(properties: BaseOxmlElement, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for place in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{place}"), FAMILIES[face])


def _run(
    paragraph: Paragraph, text: str, face: str = "fangsong", size: float = H3, colour: RGBColor | None = None
) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    _families(run._r.get_or_add_rPr(), face)
    return run


def _line(
    package: Package | _Cell, text: str = "", *, face: str = "fangsong", size: float = H3, colour: RGBColor | None = None,
    align: WD_ALIGN_PARAGRAPH = _LEFT, pitch: float = PITCH, before: float = 0, after: float = 0, indent: float = 0,
    right: float = 0,
) -> Paragraph:  # fmt: skip
    paragraph = package.add_paragraph()
    form = paragraph.paragraph_format
    paragraph.alignment = align
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.left_indent, form.right_indent = Pt(indent), Pt(right)
    form.widow_control = False
    if text:
        _run(paragraph, text, face, size, colour)
    return paragraph


def _rule(paragraph: Paragraph, side: str, eighths: int, colour: str, style: str = "single", space: int = 1) -> None:
    borders = OxmlElement("w:pBdr")
    properties = paragraph._p.get_or_add_pPr()
    after = [each for each in properties if each.tag in {qn(f"w:{n}") for n in ("spacing", "ind", "jc", "rPr")}]
    properties.insert(properties.index(after[0]) if after else len(properties), borders)
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", eighths), ("space", space), ("color", colour)):
        border.set(qn(f"w:{name}"), str(value))
    borders.append(border)


def _title(package: Package, sheet: Sheet) -> None:
    paragraph = _line(package, align=_CENTRE, pitch=33)
    for place, text in enumerate(sheet.title):
        if place:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        _run(paragraph, text, "biaosong", H2)


def _document_head(package: Package, sheet: Sheet) -> None:
    size = min(60, 150 / 25.4 * 72 / max(len(sheet.mark), 1))
    _line(
        package,
        sheet.mark,
        face="biaosong",
        size=size,
        colour=RED,
        align=_CENTRE,
        pitch=size * 1.2,
        before=35 / 25.4 * 72,
    )
    _line(package)
    _line(package)
    number = _line(package, sheet.number, align=_CENTRE)
    _rule(number, "bottom", 16, "D7000F", space=11)  # 4 mm below the number
    _line(package)
    _line(package)
    _title(package, sheet)


def _letter_head(package: Package, sheet: Sheet) -> None:
    size = min(48, 150 / 25.4 * 72 / max(len(sheet.mark), 1))
    mark = _line(package, sheet.mark, face="biaosong", size=size, colour=RED, align=_CENTRE, pitch=size * 1.2)
    _rule(mark, "bottom", 24, "D7000F", "thickThinSmallGap", 11)
    _line(package, sheet.number, align=_RIGHT, before=14)
    _line(package)
    _line(package)
    _title(package, sheet)


def _form_head(package: Package, sheet: Sheet) -> None:
    _line(package, sheet.mark, face="biaosong", size=H2, align=_CENTRE, pitch=33)
    _title(package, sheet)
    _line(package, sheet.number, align=_RIGHT)


def _main(package: Package, sheet: Sheet) -> None:
    _line(package)
    if sheet.addressee:
        _line(package, sheet.addressee)
    for runs in sheet.body:
        paragraph = _line(package, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(2 * CHAR)
        for run in runs:
            _run(paragraph, run.text, run.face)
    if sheet.grid:
        _grid(package, sheet)
    if sheet.attachments:
        _line(package)
    many = len(sheet.attachments) > 1
    for place, name in enumerate(sheet.attachments):
        head = ("附件：" if place == 0 else "　　　") + (f"{place + 1}." if many else "")
        paragraph = _line(package, head + name, indent=(5.5 if many else 5) * CHAR)
        paragraph.paragraph_format.first_line_indent = Pt(-(3.5 if many else 3) * CHAR)
    _signature(package, sheet)


def _signature(package: Package, sheet: Sheet) -> None:
    """署名 centred over the date, the date four characters in, three lines free for the seal."""
    for _ in range(1 if sheet.grid else 3):
        _line(package).paragraph_format.keep_with_next = True
    day = sum(0.5 if sign.isascii() else 1 for sign in sheet.date) * CHAR
    name = len(sheet.signature) * CHAR
    right = max(0.0, 4 * CHAR - (name - day) / 2)
    wide = max(name, day)
    _line(
        package, sheet.signature, align=_RIGHT, right=right + (wide - name) / 2
    ).paragraph_format.keep_with_next = True
    _line(package, sheet.date, align=_RIGHT, right=right + (wide - day) / 2)
    if sheet.note:
        _line(package, sheet.note, indent=2 * CHAR)


def _grid(package: Package, sheet: Sheet) -> None:
    table = package.add_table(rows=len(sheet.grid), cols=4)
    table.style, table.autofit = "Table Grid", False
    narrow, wide = 5.5 * CHAR, (28 - 11) / 2 * CHAR
    for row, cells in zip(table.rows, sheet.grid, strict=True):
        row.height = Pt(max(cell.lines for cell in cells) * 21 + 10)
        for place, width in enumerate((narrow, wide, narrow, wide)):
            row.cells[place].width = Pt(width)
        if len(cells) == 1:
            row.cells[1].merge(row.cells[3])
        for place, cell in enumerate(cells):
            _fill(row.cells[2 * place], cell.label, _CENTRE)
            _fill(row.cells[2 * place + 1], cell.value, _LEFT)


def _fill(cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    cell._tc.remove(cell.paragraphs[0]._p)
    for line in text.split("\n"):
        _line(cell, line, size=H4, align=align, pitch=21)


def _imprint(package: Package, sheet: Sheet) -> None:
    """版记 at the foot of the last page: thick, thin, thick."""
    rows = [("抄送：" + sheet.copies, "")] if sheet.copies else []
    rows.append((sheet.printer, f"{sheet.printed}印发"))
    table = package.add_table(rows=len(rows), cols=2)
    table.autofit = False
    _foot_of_page(table._tbl)
    for place, (row, (left, right)) in enumerate(zip(table.rows, rows, strict=True)):
        sides: list[tuple[str, int]] = [("top", 8 if place == 0 else 6)]
        if place == len(rows) - 1:
            sides.append(("bottom", 8))
        if not right:
            row.cells[0].merge(row.cells[1])
        for cell in {id(cell._tc): cell for cell in row.cells}.values():
            _cell_rules(cell, sides)
        _imprint_cell(row.cells[0], left, _LEFT)
        if right:
            _imprint_cell(row.cells[1], right, _RIGHT)


def _imprint_cell(cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH) -> None:
    cell._tc.remove(cell.paragraphs[0]._p)
    _line(cell, text, size=H4, align=align, pitch=24, indent=H4 / 2, right=H4 / 2)


def _cell_rules(cell: _Cell, sides: list[tuple[str, int]]) -> None:
    borders = OxmlElement("w:tcBorders")
    for side, eighths in sides:
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", eighths), ("space", 0), ("color", "000000")):
            border.set(qn(f"w:{name}"), str(value))
        borders.append(border)
    cell._tc.get_or_add_tcPr().append(borders)


def _foot_of_page(table: CT_Tbl) -> None:
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "margin"), ("horzAnchor", "margin"), ("tblpXSpec", "center"), ("tblpYSpec", "bottom"),
    ):  # fmt: skip
        place.set(qn(f"w:{name}"), value)
    table.tblPr.xpath("w:tblW")[0].addprevious(place)  # the schema wants it before the width


def _packed(package: Package, moment: datetime) -> bytes:
    """The package with one date on every member, so that the same paper is the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    package.save(raw)
    day = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second - moment.second % 2)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, day)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(member, made.read(name))
    return out.getvalue()
