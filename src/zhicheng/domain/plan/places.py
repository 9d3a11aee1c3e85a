"""找位置: turns opening words and quotes into spans of the source, or says why it cannot. Not here: what stands at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhicheng.base.citation import Span
from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.labels import Labels, full_label
from zhicheng.domain.plan.model import Clause, Document, Outside
from zhicheng.domain.plan.schema import ClausePart, DocumentPart, OutsidePart

_BLANKS = {0x00A0: " ", 0x3000: " ", 0x2002: " ", 0x2003: " ", 0x2009: " "}  # one sign for one: offsets stay
_BULLETS = "•·*-●○ \t\r\u00a0\u3000"


def occurrences(words: str, text: str, within: Span) -> list[int]:
    """Every place where `words` begin inside `within`."""
    found, at = [], text.find(words, within.start, within.end)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1, within.end)
    return found


def stripped(text: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def at_line_start(text: str, at: int) -> bool:
    """Whether only blanks and bullets stand before `at` on its line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return not line.strip(_BULLETS)


def first_opening(words: str, text: str, within: Span) -> int | None:
    """The first line that opens with `words`; where no line does, the first place at all (a clause inside a paragraph)."""
    found = occurrences(words, text, within)
    return next((at for at in found if at_line_start(text, at)), found[0] if found else None)


def _opening(words: str, text: str, within: Span, where: str) -> int:
    found = first_opening(words, text, within)
    if found is None:
        raise UnreadableInput(
            f"从第{within.start}字起，没有哪一行以“{words}”开头", where=where, todo="照抄原文的开头，按原文先后排列"
        )
    return found


def place_documents(parts: Sequence[DocumentPart], text: str, where: str) -> tuple[Document, ...]:
    """The documents of the source in the order of the text, each from its `begins` to the end of its `ends`."""
    placed, at = [], 0
    for part in parts:
        here = f"{where} documents {part.key}"
        start = _opening(part.begins, text, Span(at, len(text)), here)
        end = text.find(part.ends, start)
        if end < 0:
            raise UnreadableInput(f"原文里找不到文件的结尾“{part.ends}”", where=here, todo="照抄原文的结尾")
        at = end + len(part.ends)
        placed.append(Document(part.key, part.kind, part.title, Span(start, at)))
    return tuple(placed)


@dataclass
class _Tree:
    """Clauses being placed within one document: each opens after the one before it."""

    text: str
    document: Document
    where: str
    at: int
    opened: list[tuple[ClausePart, int, str | None, int]] = field(default_factory=list)

    def open(self, parts: Iterable[ClausePart], parent: str | None, level: int) -> None:
        for part in parts:
            begins = part.begins or part.number + part.title
            here = f"{self.where} clauses {part.key}"
            if not begins:
                raise UnreadableInput("条款没有写明从哪里开始", where=here, todo="写 begins，或写 number 与 title")
            start = _opening(begins, self.text, Span(self.at, self.document.span.end), here)
            self.at = start + 1
            self.opened.append((part, start, parent, level))
            self.open(part.clauses, part.key, level + 1)

    def clauses(self) -> Iterable[Clause]:
        ends = [start for _, start, _, _ in self.opened[1:]] + [self.document.span.end]
        for (part, start, parent, level), end in zip(self.opened, ends, strict=True):
            yield Clause(
                part.key,
                full_label(self.document, part.label),
                self.document.key,
                part.kind,
                part.number,
                part.title,
                level,
                parent,
                stripped(self.text, Span(start, end)),
            )


def place_clauses(part: DocumentPart, document: Document, text: str, where: str) -> tuple[Clause, ...]:
    """The clauses of one document; the first must open with the document, so that no word is left outside."""
    tree = _Tree(text, document, where, document.span.start)
    tree.open(part.clauses, None, 1)
    clauses = tuple(tree.clauses()) if tree.opened else ()
    if not clauses or clauses[0].span.start != document.span.start:
        raise UnreadableInput(
            "文件开头的文字不属于任何条款", where=f"{where} documents {part.key}", todo="给开头加一个条款（如 序言）"
        )
    return clauses


def place_outside(
    parts: Sequence[OutsidePart], documents: Sequence[Document], text: str, where: str
) -> tuple[Outside, ...]:
    """The declared scraps between documents. Every sign outside the documents must be declared, in order, with a reason."""
    left = [piece for gap in _gaps(documents, len(text)) for piece in _lines(text, gap)]
    placed = []
    for part, piece in zip(parts, left, strict=False):
        if piece.of(text) != part.text:
            raise UnreadableInput(
                f"这里原文是“{piece.of(text)}”，不是“{part.text}”", where=f"{where} outside", todo="按原文逐行列出"
            )
        placed.append(Outside(piece, part.reason))
    if len(parts) > len(left):
        raise UnreadableInput(f"原文里没有“{parts[len(left)].text}”", where=f"{where} outside", todo="删去这一条")
    if len(left) > len(parts):
        piece = left[len(parts)]
        raise UnreadableInput(
            f"第{piece.start}字起的“{piece.of(text)}”不属于任何文件",
            where=f"{where} outside",
            todo="归入一个文件，或列在 outside 并写明理由",
        )
    return tuple(placed)


def _gaps(documents: Sequence[Document], length: int) -> Iterable[Span]:
    at = 0
    for document in documents:
        yield Span(at, document.span.start)
        at = document.span.end
    yield Span(at, length)


def _lines(text: str, gap: Span) -> Iterable[Span]:
    """The lines of a gap without blanks and bullets."""
    start = gap.start
    while start < gap.end:
        end = text.find("\n", start, gap.end)
        end = gap.end if end < 0 else end
        line = text[start:end]
        words = line.strip(_BULLETS)
        if words.strip():
            at = start + line.index(words)
            yield Span(at, at + len(words))
        start = end + 1


@dataclass(frozen=True)
class Places:
    """Where the words of an entry stand: its clause by label, its span by quote."""

    text: str
    labels: Labels

    def clause(self, cites: str, where: str) -> Clause:
        found = self.labels.find(cites)
        if found is None:
            raise UnreadableInput(f"没有“{cites}”这一条款", where=where, todo="写 plan.yaml 里的条款标签，如 二(一)4")
        return found

    def quote(self, cites: str, quote: str, where: str) -> tuple[Clause, Span]:
        """The clause and the one place of `quote` in it; raises UnreadableInput if there is none or more than one."""
        clause = self.clause(cites, where)
        return clause, self.words(quote, clause.span, f"{where}，{clause.label}")

    def words(self, quote: str, within: Span, where: str) -> Span:
        if not quote:
            raise UnreadableInput("引文是空的", where=where, todo="照抄原文（含半角标点）")
        found = occurrences(quote, self.text, within) or self._blank_for_blank(quote, within)
        if not found:
            raise UnreadableInput(f"条款里没有“{quote}”", where=where, todo="照抄原文（含半角标点），或改 cites")
        if len(found) > 1:
            raise UnreadableInput(
                f"“{quote}”在条款里出现{len(found)}次", where=where, todo="引得更长一些，使它只有一处"
            )
        return Span(found[0], found[0] + len(quote))

    def _blank_for_blank(self, quote: str, within: Span) -> list[int]:
        """Places where only the kind of blank differs: a web page's hard blank is typed as a plain one."""
        folded = within.of(self.text).translate(_BLANKS)
        found = occurrences(quote.translate(_BLANKS), folded, Span(0, len(folded)))
        return [within.start + at for at in found]
