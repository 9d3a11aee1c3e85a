"""改读法: what a person may change in a reading; every change is a row, so it can be shown, undone and replayed.

The source text cannot be changed by any of them. Not here: who may (usecases), how a reading begins (begin.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from zhicheng.base.citation import Span
from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.domain.plan.places import occurrences
from zhicheng.domain.plan.reading.fields import FIELDS, field_of, is_kind, parse, unset
from zhicheng.domain.plan.reading.model import NamedUnit, Piece, ReadClause, Reading


@dataclass(frozen=True, slots=True)
class Correction:
    """One change. act: a key of ACTS; about: clause key, piece id or start of an unread piece; values: what the act needs."""

    act: str
    about: str
    values: Mapping[str, str]
    reason: str = ""

    @classmethod
    def of_json(cls, row: Mapping[str, Any]) -> Correction:
        return cls(row["act"], row["about"], dict(row.get("values", {})), row.get("reason", ""))

    def as_json(self) -> dict[str, Any]:
        return {"act": self.act, "about": self.about, "values": dict(self.values), "reason": self.reason}


def correct(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading after all corrections, in order. Raises UnreadableInput (what, which field, what to do) or Conflict."""
    for correction in corrections:
        if correction.act not in ACTS:
            raise UnreadableInput("没有这种改法", where=correction.act, todo="刷新页面后再改")
        if correction.act in NEED_REASON and not correction.reason.strip():
            raise UnreadableInput("没有写理由", where="理由", todo="写明为什么这样读")
        reading = ACTS[correction.act](reading, correction)
    return reading


def _accept(reading: Reading, c: Correction) -> Reading:
    return _with_clause(reading, replace(_clause(reading, c.about), accepted=True))


def _reopen(reading: Reading, c: Correction) -> Reading:
    return _with_clause(reading, replace(_clause(reading, c.about), accepted=False))


def _set(reading: Reading, c: Correction) -> Reading:
    """Type values of a piece (改值)."""
    piece = _piece(reading, c.about)
    values = {name: parse(field_of(piece.kind, name), said) for name, said in c.values.items()}
    changed = {name for name, value in values.items() if value != piece.values.get(name)}
    if not changed:
        raise UnreadableInput("没有改动任何一栏", where="改读法", todo="改好一栏再存；读得对就接受本条")
    typed = {**piece.typed, **dict.fromkeys(changed, c.reason)}
    return _with_piece(reading, piece, replace(piece, values={**piece.values, **values}, origin="person", typed=typed))


def _class(reading: Reading, c: Correction) -> Reading:
    """Say that a span is another kind of thing (改类), or nothing to be read (kind `plain`)."""
    piece, kind = _piece(reading, c.about), c.values.get("kind", "")
    if kind == "plain":
        return _with_piece(reading, piece, None)
    return _with_piece(reading, piece, _new(reading, kind, piece.clause, piece.span, c, keep=piece.values))


def _bounds(reading: Reading, c: Correction) -> Reading:
    """Move the borders of a span: the words it shall hold, exactly as in the text."""
    piece = _piece(reading, c.about)
    span = _find(reading, _clause(reading, piece.clause), c.values.get("quote", ""))
    moved = replace(piece, id=f"{piece.kind}:{span.start}", span=span, origin="person", reason=c.reason)
    return _with_piece(reading, piece, moved)


def _read(reading: Reading, c: Correction) -> Reading:
    """Read words of a clause as something the compiler did not see there."""
    clause = _clause(reading, c.about)
    span = _find(reading, clause, c.values.get("quote", ""))
    said = {"text": c.values["text"]} if c.values.get("text") else {}
    piece = _new(reading, c.values.get("kind", ""), clause.key, span, c, keep=said)
    return _add(reading, piece)


def _units(reading: Reading, c: Correction) -> Reading:
    """The responsible units of a clause, in the order of the text: 甲局（牵头）、乙局、丙局（配合）."""
    clause = _clause(reading, c.about)
    units, at = [], clause.span.start
    for said in c.values.get("units", "").replace("，", "、").split("、"):
        name, role = _role(said.strip())
        start = reading.text.find(name, at, clause.span.end) if name else -1
        if start < 0:
            raise UnreadableInput(
                f"“{said.strip()}”不在本条文字里，或先后不同", where="责任单位", todo="按原文先后照抄单位名称"
            )
        at = start + len(name)
        units.append(NamedUnit(name, cast(Any, role), Span(start, at)))
    return _with_clause(reading, replace(clause, units=tuple(units), accepted=False))


def _excuse(reading: Reading, c: Correction) -> Reading:
    """Say why unread words need no reading (网页栏目, 页脚, 图注, 叙述). about: the starts of one or more unread pieces."""
    wanted = set(c.about.split(","))
    if not wanted <= {str(piece.span.start) for piece in reading.unread}:
        raise Conflict("这段未读文字已有别的读法", todo="刷新页面")
    unread = (replace(u, reason=c.reason.strip()) if str(u.span.start) in wanted else u for u in reading.unread)
    return replace(reading, unread=tuple(unread))


def _join(reading: Reading, c: Correction) -> Reading:
    """Read unread words as the end of the clause before them; they must follow it with nothing but blanks between."""
    piece = next((u for u in reading.unread if str(u.span.start) == c.about), None)
    if piece is None or any(piece.span.within(x.span) for x in reading.clauses):
        raise Conflict("这段未读文字已有别的读法", todo="刷新页面")
    before = [x for x in reading.clauses if x.span.end <= piece.span.start]
    clause = max(before, key=lambda x: (x.span.end, x.span.start), default=None)
    if clause is None or reading.text[clause.span.end : piece.span.start].strip(" \t\r\n\u3000•·*-"):
        raise UnreadableInput(
            "这段文字前面没有紧挨着的条款", where="未读文字", todo="先处理它前面的文字，或写明为什么不属方案"
        )
    end = piece.span.end
    documents = tuple(
        replace(d, span=Span(d.span.start, max(end, d.span.end))) if d.key == clause.document else d
        for d in reading.documents
    )
    longer = replace(clause, span=Span(clause.span.start, end), same=False, accepted=False)
    unread = tuple(u for u in reading.unread if u is not piece)
    return _with_clause(replace(reading, documents=documents, unread=unread), longer)


ACTS: dict[str, Callable[[Reading, Correction], Reading]] = {
    "accept": _accept,
    "reopen": _reopen,
    "set": _set,
    "class": _class,
    "bounds": _bounds,
    "read": _read,
    "units": _units,
    "excuse": _excuse,
    "join": _join,
}
NEED_REASON = frozenset({"set", "class", "bounds", "read", "units", "excuse", "join"})
PLAIN = "plain"


def _clause(reading: Reading, key: str) -> ReadClause:
    for clause in reading.clauses:
        if clause.key == key:
            return clause
    raise Conflict("没有这一条款", where=key, todo="刷新页面")


def _piece(reading: Reading, identifier: str) -> Piece:
    piece = reading.piece(identifier)
    if piece is None:
        raise Conflict("这一处已被改成别的读法", where=identifier, todo="刷新页面")
    return piece


def _new(reading: Reading, kind: str, clause: str, span: Span, c: Correction, keep: Mapping[str, Any]) -> Piece:
    """A piece a person declares: fields it shares with what stood there keep their values, the rest is unset."""
    if not is_kind(kind):
        raise UnreadableInput("没有选读作什么", where="类别", todo="从列表中选一类")
    values = unset(kind)
    names = {field.name for field in FIELDS[kind] if field.kind in ("text", "money")}
    values |= {name: value for name, value in keep.items() if name in names}
    if kind == "question" and not values["text"]:
        values["text"] = c.reason
    return Piece(f"{kind}:{span.start}", kind, clause, span, values, "person", {}, c.reason)


def _find(reading: Reading, clause: ReadClause, quote: str) -> Span:
    """The one place of these words in the clause, whatever width their signs have on the page."""
    words = quote.strip()
    found = occurrences(_narrow(words), _narrow(reading.text), clause.span) if words else []
    if len(found) != 1:
        what = "没有写原文" if not words else "本条里没有这些字" if not found else f"这些字在本条出现{len(found)}次"
        raise UnreadableInput(what, where="原文", todo="照抄本条里只出现一次的一段字")
    return Span(found[0], found[0] + len(words))


_NARROW = str.maketrans("，：；（）？！", ",:;()?!")


def _narrow(text: str) -> str:
    """Half-width signs for full-width ones, one for one: pages show them wide, the source has them either way."""
    return text.translate(_NARROW)


def _role(said: str) -> tuple[str, str | None]:
    for mark, role in (("牵头", "lead"), ("配合", "support"), ("首列", "first")):
        for bracket in (f"（{mark}）", f"({mark})"):
            if said.endswith(bracket):
                return said.removesuffix(bracket), role
    return said, None


def _with_clause(reading: Reading, clause: ReadClause) -> Reading:
    return replace(reading, clauses=tuple(clause if x.key == clause.key else x for x in reading.clauses))


def _with_piece(reading: Reading, old: Piece, new: Piece | None) -> Reading:
    """Put `new` in the place of `old`. A clause whose reading changed wants to be accepted again."""
    without = replace(reading, pieces=tuple(p for p in reading.pieces if p.id != old.id))
    if new is None:
        return _with_clause(without, replace(_clause(without, old.clause), accepted=False))
    return _add(without, new)


def _add(reading: Reading, piece: Piece) -> Reading:
    if reading.piece(piece.id) is not None:
        raise Conflict("这一处已经读作同一类", where=piece.id, todo="改它的值，或换一段字")
    pieces = tuple(sorted((*reading.pieces, piece), key=lambda p: (p.span.start, p.span.end, p.kind)))
    unread = tuple(u for u in reading.unread if not u.span.overlaps(piece.span))
    changed = replace(reading, pieces=pieces, unread=unread)
    return _with_clause(changed, replace(_clause(changed, piece.clause), accepted=False))
