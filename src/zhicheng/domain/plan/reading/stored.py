"""读入件的存法: a reading as plain JSON and back, without the text and the version in force. Not here: where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhicheng.base.citation import Span
from zhicheng.domain.plan.model import Document, Plan
from zhicheng.domain.plan.reading.fields import FIELDS, parse, written
from zhicheng.domain.plan.reading.model import Field, NamedUnit, Piece, ReadClause, Reading, Unread


def as_json(reading: Reading) -> dict[str, Any]:
    """Everything but the text and the version it is read against; of_json() is the way back."""
    return {
        "title": reading.title,
        "documents": [{"key": d.key, "kind": d.kind, "title": d.title, **_place(d.span)} for d in reading.documents],
        "clauses": [_clause(c) for c in reading.clauses],
        "pieces": [_piece(p) for p in reading.pieces],
        "unread": [{**_place(u.span), "reason": u.reason} for u in reading.unread],
    }


def of_json(row: Mapping[str, Any], text: str, before: Plan | None) -> Reading:
    return Reading(
        text=text,
        title=row["title"],
        documents=tuple(Document(d["key"], d["kind"], d["title"], _span(d)) for d in row["documents"]),
        clauses=tuple(_read_clause(c) for c in row["clauses"]),
        pieces=tuple(_read_piece(p) for p in row["pieces"]),
        unread=tuple(Unread(_span(u), u["reason"]) for u in row["unread"]),
        before=before,
    )


def _place(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"])


def _clause(c: ReadClause) -> dict[str, Any]:
    return {
        "key": c.key, "document": c.document, "kind": c.kind, "label": c.label, "number": c.number, "title": c.title,
        "level": c.level, "parent": c.parent, **_place(c.span), "task": c.task, "known": c.known, "same": c.same,
        "accepted": c.accepted,
        "units": [{"name": u.name, "role": u.role, **_place(u.span)} for u in c.units],
    }  # fmt: skip


def _read_clause(c: Mapping[str, Any]) -> ReadClause:
    units = tuple(NamedUnit(u["name"], u["role"], _span(u)) for u in c["units"])
    return ReadClause(
        c["key"], c["document"], c["kind"], c["label"], c["number"], c["title"], c["level"], c["parent"], _span(c),
        c["task"], units, known=c["known"], same=c["same"],
        accepted=c["accepted"],
    )  # fmt: skip


def _piece(p: Piece) -> dict[str, Any]:
    values = {field.name: written(field, p.values[field.name]) for field in FIELDS[p.kind]}
    return {
        "id": p.id, "kind": p.kind, "clause": p.clause, **_place(p.span), "origin": p.origin, "key": p.key, "values": values,
    }  # fmt: skip


def _read_piece(p: Mapping[str, Any]) -> Piece:
    values = {field.name: _value(field, p["values"][field.name]) for field in FIELDS[p["kind"]]}
    return Piece(p["id"], p["kind"], p["clause"], _span(p), values, p["origin"], key=p["key"])


def _value(field: Field, kept: str) -> Any:
    """A kept value. A choice is kept as its identifier, whatever a person may choose from today."""
    return (kept or None) if field.kind == "choice" else parse(field, kept)
