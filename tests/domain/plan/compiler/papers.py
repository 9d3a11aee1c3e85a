"""Makes real files for the intake tests: PDFs with and without a text layer, Word documents, archives."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def pdf(pages: list[list[tuple[float, str]]], *, size: float = 16, extra_trailer: str = "") -> bytes:
    """A PDF whose pages hold lines of (left edge in points, text); every letter is `size` wide and has its Unicode."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>",
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "100 beginbfrange\n"
            + "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(0, 100))
            + "\nendbfrange\n100 beginbfrange\n"
            + "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(100, 200))
            + "\nendbfrange\n56 beginbfrange\n"
            + "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(200, 256))
            + "\nendbfrange endcmap end end"
        ),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 "
        "/CapHeight 700 /StemV 80 >>",
    ]
    for index, lines in enumerate(pages):
        words = "".join(
            f"BT /F1 {size} Tf {left} {780 - row * size * 1.75:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for row, (left, text) in enumerate(lines)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {8 + 2 * index} 0 R >>"
        )
        objects.append(_stream(words or "0.5 g 50 50 400 600 re f"))
    return _assemble(objects, extra_trailer)


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode())} >>\nstream\n{content}\nendstream"


def _assemble(objects: list[str], extra_trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra_trailer} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    lock = (
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <"
        + "ab" * 32
        + "> /U <"
        + "cd" * 32
        + "> >>"
    )
    return pdf([[(50, "加密的方案")]], extra_trailer=lock)


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def number_styles(document: docx.document.Document, levels: list[tuple[str, str]]) -> int:
    """Adds a multilevel list (Word's number format, level text) to a document; returns its numId."""
    root = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{written}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def numbered(document: docx.document.Document, text: str, level: int, num_id: int = 77) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()
