"""One paper from its kind, its office and what the drafter said: first checked, then put into words.

Not here: how a sheet is drawn. The sheet is plain data; PDF and Word are drawn from the same one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.law import said
from zhicheng.engine.papers.kind import PLACE, Field, Kind, Office, SpanRule
from zhicheng.engine.papers.number import Number
from zhicheng.engine.papers.text import Run, Slip, chinese_day, runs, slips, title_lines

TITLE_PER_LINE = 20  # 156 mm at 2号 (22 pt)
_ARTICLE = re.compile(r"^《[^》]+》.*第.+条")
_PHONE = re.compile(r"^[0-9+（()）\-— 转、，,]{5,60}$")

Data = Mapping[str, str]  # field name → words as typed; several items one a line; days ISO 8601


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a paper from being issued. field: its name, empty for the paper as a whole."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """label, then value; lines is the least height in lines of text."""

    label: str
    value: str
    lines: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in words, place by place (GB/T 9704-2012 section 7). Empty where the paper has none."""

    layout: str
    mark: str
    number: str
    title: tuple[str, ...]
    addressee: str
    body: tuple[tuple[Run, ...], ...]
    grid: tuple[tuple[GridCell, ...], ...]
    attachments: tuple[str, ...]
    signature: str
    date: str
    note: str
    copies: str
    printer: str
    printed: str
    foot: str
    day: tuple[int, int, int]

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def checked(kind: Kind, data: Data) -> list[Fault]:
    """Everything missing or unreadable, in the order of the fields; a field the kind does not know is a fault too."""
    faults = [Fault(name, f"{kind.name}没有“{name}”这一栏") for name in data if name not in kind.fields]
    for name, field in kind.fields.items():
        value = data.get(name, "").strip()
        if not value and field.required:
            faults.append(Fault(name, f"缺“{field.label}”"))
        elif value and (message := _unreadable(field, value)):
            faults.append(Fault(name, message))
    if not faults:
        faults += [fault for rule in kind.spans if (fault := _too_short(kind, rule, data))]
    return faults


def _unreadable(field: Field, value: str) -> str:
    if field.kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"“{field.label}”不是日期，写成 2026-01-05"
    if field.kind == "articles" and (bad := [item for item in _items(value) if not _ARTICLE.match(item)]):
        return f"“{field.label}”要写明法规名称和条款，例如《某条例》第几条：{bad[0]}"
    if field.kind == "phone" and not _PHONE.match(value):
        return f"“{field.label}”不是电话号码"
    if field.kind == "line" and "\n" in value:
        return f"“{field.label}”只能写一行"
    return ""


def _too_short(kind: Kind, rule: SpanRule, data: Data) -> Fault | None:
    start, end = (data.get(name, "") for name in (rule.start, rule.end))
    if not start or not end or data.get(rule.unless, "").strip():
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if (last - first).days >= rule.at_least.natural_days(first):
        return None
    article = kind.articles[rule.article].article()
    reason = kind.fields[rule.unless].label
    return Fault(
        rule.end,
        f"从{chinese_day(first)}到{chinese_day(last)}只有{(last - first).days}日，少于{rule.at_least}"
        f"（{said([article])}）；确需缩短的填写“{reason}”",
    )


def prefilled(kind: Kind, known: Mapping[str, str]) -> dict[str, str]:
    """What a draft can say before anybody writes: the fields that take something `known` of a case."""
    return {name: known[field.takes] for name, field in kind.fields.items() if known.get(field.takes)}


def remarks(kind: Kind, data: Data) -> list[tuple[str, Slip]]:
    """Slips of writing, each with the label of its field; they do not keep a paper from being issued."""
    out = []
    for name, field in kind.fields.items():
        if field.kind in ("line", "text", "list"):
            out += [(field.label, slip) for line in _items(data.get(name, "")) for slip in slips(line)]
    return out


def uncertain(kind: Kind, day: date) -> tuple[str, ...]:
    """Articles of the kind's own words that nobody has read yet, or that are not in force on `day`."""
    rows = [row.article() for row in kind.articles.values()]
    return tuple(said([article]) for article in rows if not article.confirmed or not article.holds_on(day))


def compose(
    kind: Kind, office: Office, data: Data, day: date, number: Number | None, whole: tuple[str, ...] = ()
) -> Sheet:
    """The paper in words. number None: a draft, whose serial stays open. whole: words a title line may not cut.

    Raises UnreadableInput naming everything that `checked` finds.
    """
    if faults := checked(kind, data):
        raise UnreadableInput("；".join(f.message for f in faults), where=kind.name, todo="补齐后再试")
    written = str(number) if number else f"{office.code or ''}{kind.series}〔{day.year}〕　号"
    given = {"organ": office.name, "number": written, "date": chinese_day(day)}
    said_ = _Words(kind, data, given)
    document = kind.layout == "document"
    return Sheet(
        layout=kind.layout, mark=said_.line(kind.mark), number=written,
        title=title_lines(said_.line(kind.title, {"text"}), TITLE_PER_LINE, (*whole, office.name)),
        addressee=said_.line(kind.addressee),
        body=tuple(runs(line) for line in said_.paragraphs(kind.body)),
        grid=tuple(tuple(GridCell(c.label, said_.line(c.value, {"text", "list"}), c.lines) for c in row) for row in kind.grid),
        attachments=tuple(_items(said_.line(kind.attachments, {"list"}))),
        signature=office.name, date=chinese_day(day), note=said_.line(kind.note), copies=said_.line(kind.copies),
        printer=(office.printer or office.name) if document else "", printed=chinese_day(day) if document else "",
        foot=said_.line(kind.foot), day=(day.year, day.month, day.day),
    )  # fmt: skip


def _items(value: str) -> list[str]:
    return [line.strip() for line in value.splitlines() if line.strip()]


class _Words:
    """Fills the kind's lines with what was said."""

    def __init__(self, kind: Kind, data: Data, given: Mapping[str, str]) -> None:
        self._kind, self._data, self._given = kind, data, given

    def line(self, template: str, broken: Collection[str] = ()) -> str:
        """One line filled; empty if it names a field left empty. broken: field kinds whose own line breaks stay."""
        values = {name: self._value(name, broken) for name in PLACE.findall(template)}
        if not all(values.values()):
            return ""
        return PLACE.sub(lambda match: values[match.group(1)], template)

    def paragraphs(self, lines: tuple[str, ...]) -> list[str]:
        """The body: a line that is one text or list field becomes as many paragraphs as it has lines."""
        out: list[str] = []
        for template in lines:
            alone = PLACE.fullmatch(template)
            field = self._kind.fields.get(alone.group(1)) if alone else None
            if alone and field and field.kind == "text":
                out += _items(self._data.get(alone.group(1), ""))
            elif alone and field and field.kind == "list":
                items = _items(self._data.get(alone.group(1), ""))
                out += [f"{i}.{item}" for i, item in enumerate(items, 1)] if len(items) > 1 else items
            elif filled := self.line(template):
                out.append(filled)
        return out

    def _value(self, name: str, broken: Collection[str]) -> str:
        if name in self._given:
            return self._given[name]
        field, value = self._kind.fields[name], self._data.get(name, "").strip()
        if field.kind == "date" and value:
            return chinese_day(date.fromisoformat(value))
        if field.kind in broken:
            return "\n".join(_items(value))
        joint = {"names": "、", "articles": "、", "list": "；"}.get(field.kind, "")
        return joint.join(_items(value))
