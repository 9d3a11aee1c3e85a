"""Pages of a PDF as pictures for a screen: what is shown is what is kept. Not here: making the PDF (pdf)."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

from zhicheng.store.papers.pdf import PDFIUM

PPI = 110


def sides(content: bytes) -> int:
    """How many pages the PDF has."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


def picture(content: bytes, side: int) -> bytes | None:
    """Page `side` (from 1) as PNG; None where there is no such page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= side <= len(document):
                return None
            bitmap = document[side - 1].render(scale=PPI / 72, rev_byteorder=True)
            pixels, width, height, stride = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
        finally:
            document.close()
    return _png(pixels, width, height, stride)


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """An RGB bitmap as PNG: three chunks, no filter."""
    lines = b"".join(b"\0" + pixels[row * stride : row * stride + 3 * width] for row in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(lines, 3)), (b"IEND", b""),
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
