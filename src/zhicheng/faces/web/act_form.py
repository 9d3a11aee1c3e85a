"""The form of one act: which fields it asks for, and the act read back from what was sent. Not here: whether it may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.procedure import Act
from zhicheng.engine.procedure.definition import Fact, Move, Need, Scalar
from zhicheng.faces.web.case_view import Seen, language, recordable, value_words
from zhicheng.faces.web.words import DISPOSITIONS, OPINIONS
from zhicheng.store import desks
from zhicheng.store.models import Account
from zhicheng.store.queries import plan as plans
from zhicheng.usecases.act_on_case import recorded

WITH_REASON = ("return", "transfer", "terminate", "suspend", "extend", "postpone")


@dataclass(frozen=True)
class Field:
    """One question. kind: radio, select, checks, date, number, text, long. options: (value, label, lang)."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    help: str = ""
    chosen: tuple[str, ...] = ()


def fields(seen: Seen, kind: str, name: str, sent: QueryDict | None = None) -> list[Field]:
    """The fields of an act, filled with what was sent, else with what is known."""
    found = list(_fields(seen, kind, name))
    return [filled(each, sent) for each in found] if sent is not None else found


def filled(each: Field, sent: QueryDict) -> Field:
    """The field with what was sent in it."""
    return replace(each, value=sent.get(each.name, ""), chosen=tuple(sent.getlist(each.name)))


def _fields(seen: Seen, kind: str, name: str) -> Iterator[Field]:
    definition = seen.definition
    if kind == "move" and name in definition.moves:
        yield from _of_move(seen, definition.moves[name])
        return
    if kind == "record":
        yield from (fact_field(key, fact, seen.case.facts.get(key)) for key, fact in recordable(seen).items())
        yield Field("source", _("来源（文件、当事人陈述、系统查询……）"), "text")
        return
    rule = definition.acts.get(kind)  # type: ignore[call-overload]
    if rule is not None and rule.grounds:
        yield Field("name", _("法定事由"), "select", options=tuple(rule.grounds.items()), required=True)
    if kind == "exclude":
        excluded = definition.clocks[name].excluded
        yield Field(
            "to", _("法定事由"), "select", options=tuple(excluded.grounds.items()) if excluded else (), required=True
        )
    if kind == "return":
        earlier = dict.fromkeys(step for step in seen.case.path[:-1] if step != seen.case.node)
        yield Field(
            "to", _("退回到"), "select", options=tuple((step, seen.label(step)) for step in earlier), required=True
        )
    if kind == "countersign":
        yield Field("signers", _("会签单位"), "checks", options=units(seen.row.unit_key), required=True)
    if kind in ("transfer", "delegate", "add_signer"):
        yield Field("to", _("交给谁"), "select", options=hands(seen), required=True)
    if kind == "delegate":
        yield Field("until", _("委托至（不填即不限）"), "date")
    if kind == "sign":
        yield Field(
            "opinion", _("意见"), "radio", "agree", tuple((key, str(words)) for key, words in OPINIONS.items()), True
        )
        yield Field("points", _("分条意见（一行一条，写作“条款：意见”）"), "long")
    if kind == "dispose":
        yield from _of_disposal(seen)
    if kind == "postpone":
        yield Field("item", _("哪个单位"), "select", options=_awaited(seen), required=True)
        yield Field("until", _("延至"), "date", required=True)
    yield Field("remarks", _remarks_label(kind), "long", required=kind in WITH_REASON and not (rule and rule.grounds))


def _remarks_label(kind: str) -> str:
    if kind == "sign":
        return _("意见内容（同意的可以不写）")
    if kind == "dispose":
        return _("理由（部分采纳、不采纳必须写）")
    return _("理由") if kind in WITH_REASON else _("说明（可以不写）")


def _of_disposal(seen: Seen) -> Iterator[Field]:
    """Which opinions, those without result first; what becomes of them; what the next draft says."""
    named = desks.names(point.unit for point in seen.case.points)
    rows = sorted(seen.case.points, key=lambda point: (point.disposition is not None, point.id))
    options = tuple((str(p.id), point_words(p.id, named.get(p.unit, p.unit), p.about, p.text)) for p in rows)
    yield Field("numbers", _("处理哪几条"), "checks", options=options, required=True)
    yield Field(
        "name",
        _("去向"),
        "radio",
        options=tuple((key, str(words)) for key, words in DISPOSITIONS.items()),
        required=True,
    )
    yield Field("to", _("下一稿的改动（可以不写）"), "long")


def point_words(number: int, unit: str, about: str, text: str) -> str:
    """One opinion in a line."""
    return f"{number}. {unit}　{about}　{text}" if about else f"{number}. {unit}　{text}"


def _awaited(seen: Seen) -> tuple[tuple[str, str], ...]:
    """The signatures still awaited that have a day."""
    rows = [item for item in seen.case.open_items() if item.kind != "handle" and item.due is not None]
    named = desks.names(item.assignee for item in rows)
    return tuple((str(item.id), f"{named.get(item.assignee, item.assignee)}（{item.due}）") for item in rows)


def read_points(text: str) -> tuple[tuple[str, str], ...]:
    """Single opinions, one a line, the place before the first colon; a line without colon speaks of the whole."""
    out = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        place, colon, words = line.replace(":", "：").partition("：")
        out.append((place.strip(), words.strip()) if colon and words.strip() else ("", line))
    return tuple(out)


def _of_move(seen: Seen, move: Move) -> Iterator[Field]:
    mine = recordable(seen)
    for name in dict.fromkeys([*facts_of(move.needs), *([move.hands_to] if move.hands_to else [])]):
        if name in mine:
            each = fact_field(name, mine[name], seen.case.facts.get(name))
            yield replace(each, kind="select", options=units(seen.row.unit_key)) if name == move.hands_to else each
    asked = move.reason or move.waives is not None
    yield Field("remarks", _("理由") if asked else _("说明（可以不写）"), "long", required=asked)


def facts_of(needs: Iterable[Need]) -> Iterator[str]:
    """The facts that needs speak of, in their order."""
    for need in needs:
        if need.any:
            yield from facts_of(need.any)
        elif need.fact:
            yield need.fact


def fact_field(name: str, fact: Fact, known: Any = None, required: bool = False) -> Field:
    """A fact as a question; an answer already known stands in it."""
    value = (
        "" if known is None else ("yes" if known.value is True else "no" if known.value is False else str(known.value))
    )
    label, place = fact.said(language()), f"fact:{name}"
    match fact.kind:
        case "yes_no":
            return Field(place, label, "radio", value, (("yes", _("是")), ("no", _("否"))), required)
        case "choice":
            return Field(
                place, label, "select", value, tuple((key, value_words(fact, key)) for key in fact.options), required
            )
        case "date" | "number":
            return Field(place, label, fact.kind, value, required=required)
    return Field(place, label, "long", value, required=required)


def units(but: str = "") -> tuple[tuple[str, str], ...]:
    """Every unit of the plan in force by its desk, in the plan's order."""
    return tuple((desks.of_unit(unit.key), unit.name) for unit in plans.in_force()[1].units if unit.key != but)


def hands(seen: Seen) -> tuple[tuple[str, str], ...]:
    """Colleagues of the handling unit first, then the units."""
    own = Account.objects.filter(unit_key=seen.row.unit_key, is_active=True, roles__role__in=desks.WORKERS).distinct()
    people = [(desks.of_account(row.pk), row.name) for row in own.order_by("pk") if row.pk != seen.person.account]
    return (*people, *units())


def acts(seen: Seen, kind: str, name: str, sent: QueryDict) -> list[Act]:
    """What was sent, as acts: facts first, then the act itself. Raises UnreadableInput for a value of the wrong form."""
    facts = read_facts({key: seen.definition.facts[key] for key in _asked(seen, kind, name)}, sent)
    if kind == "record":
        return recorded(_changed(seen, facts), sent.get("source", "").strip()) or [
            Act("record", facts={}, source=sent.get("source", ""))
        ]
    move = seen.definition.moves.get(name) if kind == "move" else None
    if move is not None and move.hands_to in facts:
        facts[move.hands_to] = str(facts[move.hands_to]).removeprefix("unit:")
    act = Act(
        kind, sent.get("name", "") or ("" if kind == "sign" else name), to=sent.get("to", ""),
        remarks=sent.get("remarks", "").strip(), item=_item(sent, kind, name), opinion=_opinion(sent),
        signers=tuple(sent.getlist("signers")), until=_day(sent.get("until", "")),
        points=read_points(sent.get("points", "")),
        numbers=tuple(int(each) for each in sent.getlist("numbers") if each.isdigit()),
    )  # fmt: skip
    return [*recorded(_changed(seen, facts)), act]


def _asked(seen: Seen, kind: str, name: str) -> list[str]:
    return [each.name.removeprefix("fact:") for each in _fields(seen, kind, name) if each.name.startswith("fact:")]


def _changed(seen: Seen, facts: dict[str, Scalar]) -> dict[str, Scalar]:
    known = seen.case.facts
    return {name: value for name, value in facts.items() if name not in known or known[name].value != value}


def _item(sent: QueryDict, kind: str, name: str) -> int:
    number = {"sign": name, "postpone": sent.get("item", "")}.get(kind, "")
    return int(number) if number.isdigit() else 0


def _opinion(sent: QueryDict) -> Any:
    return sent.get("opinion") if sent.get("opinion") in OPINIONS else "agree"


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableInput(f"“{text}”不是日期", todo="写成例如 2024-07-01") from None


def read_facts(wanted: dict[str, Fact], sent: QueryDict) -> dict[str, Scalar]:
    """The facts that were answered; an empty answer is no answer, never a no."""
    out: dict[str, Scalar] = {}
    for name, fact in wanted.items():
        text = sent.get(f"fact:{name}", "").strip()
        if not text:
            continue
        if fact.kind == "yes_no":
            out[name] = text == "yes"
        elif fact.kind == "number":
            out[name] = _number(fact, text)
        else:
            out[name] = text
    return out


def _number(fact: Fact, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnreadableInput(f"“{fact.label}”要写整数", todo="改成数字") from None
