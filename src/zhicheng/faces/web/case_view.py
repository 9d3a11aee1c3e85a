"""A case as a page shows it, to the office or to a party: who has it, until when, what may be done, what happened.

Not here: which case somebody may see (usecases/standing), forms of acts (act_form.py), reading requests (pages/).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.base.calendar import Calendar
from zhicheng.engine import procedure as engine
from zhicheng.engine.procedure import Actor, ClockView, Definition, Offer, Rules
from zhicheng.engine.procedure.definition import Fact, Scalar
from zhicheng.faces.web.words import ACTS_ON_CASES, DISPOSITIONS, OPINIONS
from zhicheng.store import cases, clock, desks, procedures
from zhicheng.store.models import Case, CaseParty, CaseWatch
from zhicheng.store.models.case import NEVER
from zhicheng.store.queries import papers
from zhicheng.usecases.policy import Person, may
from zhicheng.usecases.standing import PartyKey, actor, is_office, sees_all, sees_parties, told

Sight = Literal["office", "party"]
COLOURS = {
    "open": ("blue", "circle"), "waiting": ("yellow", "clock"), "success": ("ok", "check"), "refused": ("none", "cross"),
    "withdrawn": ("none", "bar"), "terminated": ("none", "bar"),
}  # fmt: skip
CLOCK_STATES = {
    "running": ("blue", "clock", _("计算中")), "warning": ("yellow", "triangle", _("临期")), "overdue": ("red", "square", _("超期")),
    "complete": ("ok", "check", _("已满")), "paused": ("yellow", "half", _("停止计算")), "stopped": ("none", "bar", _("已结束")),
    "unknown": ("yellow", "ask", _("待核实")),
}  # fmt: skip


def language() -> Literal["zh", "en"]:
    return "en" if get_language() == "en" else "zh"


@dataclass(frozen=True)
class Seen:
    """A case opened for one reader: row, rules, data, the reader's roles in it, what kind of sight they have."""

    person: Person
    key: PartyKey | None
    row: Case
    rules: Rules
    case: engine.Case
    who: Actor
    sight: Sight
    today: date

    @property
    def definition(self) -> Definition:
        return self.rules.definition

    def label(self, node: str) -> str:
        return self.definition.states[node].said(language())

    @property
    def ended(self) -> bool:
        return self.row.closed_on is not None


def see(
    person: Person,
    row: Case,
    key: PartyKey | None = None,
    *,
    trail: bool = True,
    days: Calendar | None = None,
    today: date | None = None,
) -> Seen:
    """Open a case for a reader who may see it. days, today: where a list has read them already."""
    rules = procedures.rules(row, days)
    who = actor(person, row, rules.definition, key)
    office = key is None and is_office(who, rules.definition, person, row)
    return Seen(
        person,
        key,
        row,
        rules,
        cases.read(row, trail=trail),
        who,
        "office" if office else "party",
        today or clock.today(),
    )


# --- who has it, until when -----------------------------------------------------------------------------------------


def holder_words(seen: Seen, known: dict[str, str] | None = None) -> str:
    """Who has the case now, as people say it; empty for a closed one. known: names a list has read already."""
    role = seen.definition.roles.get(seen.row.holder_role)
    named = (known if known is not None else desks.names([seen.row.holder])).get(seen.row.holder, "")
    if role is not None and role.party:
        return role.said(language())
    if seen.row.holder == desks.PARTY:
        return gettext("当事人")
    return named or (role.said(language()) if role is not None else "")


def party_words(seen: Seen) -> str:
    """What the party who opened the case is called in its procedure; empty where an official opened it."""
    roles = (seen.definition.roles[name] for name in seen.definition.opening.by)
    return next((role.said(language()) for role in roles if role.party), "")


def names_parties(seen: Seen) -> bool:
    """Whether a list may name who filed: the handling unit's may, unless the procedure protects them."""
    protects = any(role.protected for role in seen.definition.roles.values())
    return not protects and sees_parties(seen.person, seen.row)


def workdays_left(rules: Rules, today: date, due: date) -> int:
    """Working days from tomorrow through `due`; negative where it is past."""
    step = 1 if due >= today else -1
    first, last = (today, due) if step > 0 else (due, today)
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return step * sum(rules.calendar.working(day) for day in days)


@dataclass(frozen=True)
class ClockLine:
    """A clock with its words, its articles and its days, one row a week."""

    view: ClockView
    label: str
    colour: str
    shape: str
    word: Any
    left: int | None
    cites: str
    weeks: list[list[dict[str, Any]]] = field(default_factory=list)

    @property
    def provisional(self) -> bool:
        return self.view.reckoning is not None and self.view.reckoning.provisional


def clock_lines(seen: Seen) -> list[ClockLine]:
    """Every clock that has begun, running ones first."""
    return [_clock_line(seen, view) for view in engine.views(seen.rules, seen.case, seen.today)]


def _clock_line(seen: Seen, view: ClockView) -> ClockLine:
    colour, shape, word = CLOCK_STATES[view.state]
    running = view.due is not None and view.state != "stopped"
    left = workdays_left(seen.rules, seen.today, view.due) if running and view.due else None
    cites = seen.definition.cite(view.clock.articles, seen.row.opened_on)
    return ClockLine(view, view.clock.said(language()), colour, shape, word, left, cites, weeks(view, seen.today))


def weeks(view: ClockView, today: date) -> list[list[dict[str, Any]]]:
    """The days of a clock from its start to its due day, Monday to Sunday; each day with its number or why it has none."""
    found = view.reckoning
    if found is None:
        return []
    numbers = {day: n for n, day in enumerate(found.counted, start=1)}
    why = {skip.day: skip.why for skip in found.skipped}
    last = max([found.start, *found.counted, *why, *([found.due] if found.due else [])])
    monday = found.start - timedelta(found.start.weekday())
    count = (last - monday).days // 7 + 1
    return [
        [_cell(monday + timedelta(7 * w + d), found, numbers, why, last, today) for d in range(7)] for w in range(count)
    ]


def _cell(
    day: date, found: Any, numbers: dict[date, int], why: dict[date, str], last: date, today: date
) -> dict[str, Any]:
    kind, words = "out", ""
    if day == found.start:
        kind, words = "start", gettext("起算，不计")
    elif day in numbers:
        kind, words = "counted", str(numbers[day])
    elif found.start < day <= last:
        kind, words = "off", why.get(day, "")
    return {"day": day, "kind": kind, "words": words, "due": day == found.due, "today": day == today}


# --- what may be done -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One act offered to the reader: kind and name make its address. tells: whom it will tell, in words."""

    kind: str
    name: str
    label: str
    verdict: str
    lacks: tuple[engine.Lack, ...] = ()
    why: str = ""
    tells: tuple[str, ...] = ()

    @property
    def to_fill(self) -> bool:
        return self.verdict == "missing"


def ways(seen: Seen, *, whom: bool = True) -> list[Way]:
    """Everything the reader may do now, moves first; then what somebody else may. whom: say also whom each will tell."""
    if seen.ended:
        return []
    found = [_way(seen, offer, whom) for offer in engine.offers(seen.rules, seen.case, seen.who, seen.today)]
    found += _further(seen)
    table = {name: n for n, name in enumerate(seen.definition.moves)}
    kinds = {"sign": 0, "move": 1}
    return sorted(found, key=lambda way: (way.verdict == "no", kinds.get(way.kind, 2), table.get(way.name, 0)))


def _way(seen: Seen, offer: Offer, whom: bool) -> Way:
    kind, name = offer.kind, offer.name
    lacks = tuple(replace(lack, what=desks.said(lack.what)) for lack in offer.lacks)
    label = act_label(seen.definition, kind, name)
    return Way(kind, name, label, offer.verdict, lacks, desks.said(offer.why), tells(seen, kind, name) if whom else ())


def act_label(definition: Definition, kind: str, name: str = "") -> str:
    """What an act is called, in the reader's language."""
    if kind == "move" and name in definition.moves:
        return definition.moves[name].said(language())
    label = str(ACTS_ON_CASES.get(kind, kind))
    if kind in ("extend", "exclude", "include") and name in definition.clocks:
        return gettext("{act}：{clock}").format(act=label, clock=definition.clocks[name].said(language()))
    return label


def tells(seen: Seen, kind: str, name: str = "") -> tuple[str, ...]:
    """Whom an act will tell, known before it is done; what depends on the choice made in the form is said there."""
    definition = seen.definition
    names: tuple[str, ...] = ()
    if kind == "move" and name in definition.moves:
        names = definition.moves[name].notifies
    elif kind in definition.acts:
        names = definition.acts[kind].notifies
    if kind == "sign" and name.isdigit():
        item = seen.case.item(int(name))
        names = (item.asked_by,) if item is not None and item.asked_by else ()
    return tuple(words for words, _, _ in told(seen.row, definition, names))


def _further(seen: Seen) -> list[Way]:
    """登记事实, 延长, 不计入: acts that no table row lists by itself."""
    out = []
    if recordable(seen):
        out.append(Way("record", "", act_label(seen.definition, "record"), "yes"))
    if seen.case.suspension is not None:
        return out
    for name, clock_ in seen.definition.clocks.items():
        run = seen.case.run(name)
        if run is None or run.stopped is not None:
            continue
        if any(
            seen.who.roles & set(rule.by) and run.used.count(n) < rule.times for n, rule in enumerate(clock_.extensions)
        ):
            out.append(Way("extend", name, act_label(seen.definition, "extend", name), "yes"))
        if clock_.excluded is not None and seen.who.roles & set(clock_.excluded.by):
            kind = "include" if run.excluded else "exclude"
            out.append(Way(kind, name, act_label(seen.definition, kind, name), "yes"))
    return out


def recordable(seen: Seen) -> dict[str, Fact]:
    """The facts the reader may record in this case."""
    roles = seen.who.roles
    return (
        {name: fact for name, fact in seen.definition.facts.items() if roles & (set(fact.by) or roles)} if roles else {}
    )


# --- what is known, what happened -----------------------------------------------------------------------------------


def value_words(fact: Fact | None, value: Scalar) -> str:
    """A fact's value as people read it."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return fact.options.get(str(value), str(value)) if fact is not None else str(value)


def fact_lines(seen: Seen) -> list[dict[str, Any]]:
    """Known facts with source and day. A party sees what parties recorded and what they were told.

    What could tell who a protected party is, only those who handle the case see.
    """
    party_roles = {name for name, role in seen.definition.roles.items() if role.party}
    handed = {move.hands_to for move in seen.definition.moves.values()}
    out = []
    for name, known in seen.case.facts_without(hidden_facts(seen)).items():
        fact = seen.definition.facts.get(name)
        if fact is None or (seen.sight == "party" and not _for_party(seen, name, fact, party_roles)):
            continue
        out.append(
            {
                "label": fact.said(language()),
                "value": desks.unit_name(str(known.value)) if name in handed else value_words(fact, known.value),
                "source": source_words(known.source),
                "day": known.day,
            }
        )
    return out


def hidden_facts(seen: Seen) -> frozenset[str]:
    own = seen.sight == "party" or sees_parties(seen.person, seen.row)
    return frozenset() if own else seen.definition.protected_facts


def _for_party(seen: Seen, name: str, fact: Fact, party_roles: set[str]) -> bool:
    """What a party said themselves, or what a step shown to parties rests on."""
    if name in seen.definition.opening.asks or set(fact.by) & party_roles:
        return True
    shown = {entry.name for entry in seen.case.visible_trail("party") if entry.act == "move"}
    moves = (seen.definition.moves[move] for move in shown if move in seen.definition.moves)
    return any(need.fact == name for move in moves for need in move.needs)


def source_words(source: str) -> str:
    return gettext("当事人") if source.startswith(desks.PARTY) or not source else desks.said(source)


def opinion_lines(seen: Seen) -> list[dict[str, Any]]:
    """会签 and 加签 asked in this case: who, what they said, until when. Not for parties; before 公布 only one's own."""
    if seen.sight == "party":
        return []
    asked = [item for item in seen.case.items if item.kind != "handle" and item.state != "void"]
    if withheld(seen):
        asked = [item for item in asked if seen.who.called(item.assignee)]
    named = desks.names(item.assignee for item in asked)
    out = []
    for item in asked:
        late = item.state == "open" and item.due is not None and seen.today > item.due
        out.append({"item": item, "who": named.get(item.assignee, item.assignee), "late": late,
                    "opinion": str(OPINIONS[item.opinion]) if item.opinion else "", "step": seen.label(item.node)})  # fmt: skip
    return out


def handles(seen: Seen) -> bool:
    """Whether the reader is of those who handle the case, not only somebody asked."""
    return bool(seen.who.roles) or sees_all(seen.person)


def withheld(seen: Seen) -> bool:
    """Whether the others' opinions are still kept from this reader: asked, and the instant of disclosure not come."""
    discloses = any(move.discloses for move in seen.definition.moves.values())
    return discloses and seen.case.disclosed is None and not handles(seen)


def point_lines(seen: Seen) -> list[dict[str, Any]]:
    """意见去向: each single opinion the reader may see, and what became of it."""
    if seen.sight == "party":
        return []
    shown = engine.points_for(seen.case, seen.who, handles(seen))
    named = desks.names(point.unit for point in shown)
    colours = {"accepted": ("ok", "check"), "partly": ("yellow", "half"), "declined": ("red", "cross")}
    return [
        {"point": point, "who": named.get(point.unit, point.unit), "colour": colours.get(point.disposition or ""),
         "word": DISPOSITIONS[point.disposition] if point.disposition else ""}
        for point in shown
    ]  # fmt: skip


def trail_lines(seen: Seen) -> list[dict[str, Any]]:
    """The trail, newest first, as far as the reader may see it; names in place of desks."""
    shown = seen.case.trail if seen.sight == "office" else seen.case.visible_trail("party")
    if seen.sight == "party" and seen.case.trail and seen.case.trail[0] not in shown:
        shown = [seen.case.trail[0], *shown]  # that it was received is the party's to know
    named = desks.names(desk for entry in shown for desk in (entry.person, entry.unit, entry.name))
    return [_trail_line(seen, entry, named) for entry in reversed(list(shown))]


def _trail_line(seen: Seen, entry: engine.Entry, named: dict[str, str]) -> dict[str, Any]:
    who = named.get(entry.person) or _party_of(seen, entry.person) or gettext("系统")
    if seen.sight == "party":
        who = named.get(entry.unit, gettext("当事人") if not entry.unit else "")
    label = act_label(seen.definition, entry.act, entry.name) if entry.act != "open" else gettext("收件")
    return {
        "entry": entry, "who": who, "unit": named.get(entry.unit, "") if seen.sight == "office" else "", "label": label,
        "to": seen.label(entry.to), "remarks": entry.remarks if _may_read(seen, entry) else "",
        "told": [words for words, _, _ in told(seen.row, seen.definition, entry.notifies)] if seen.sight == "office" else [],
        "facts": _entry_facts(seen, entry) if seen.sight == "office" else [],
    }  # fmt: skip


def _may_read(seen: Seen, entry: engine.Entry) -> bool:
    """The words of an entry: a party those of moves, an asked unit no opinion of others before 公布."""
    if seen.sight == "party":
        return entry.act == "move"
    return entry.act not in ("sign", "dispose") or not withheld(seen) or seen.who.called(entry.unit)


def _party_of(seen: Seen, person: str) -> str:
    """What a party who signed by role is called."""
    kind, _colon, name = person.partition(":")
    if kind != desks.PARTY:
        return ""
    role = seen.definition.roles.get(name)
    return role.said(language()) if role is not None else gettext("当事人")


def _entry_facts(seen: Seen, entry: engine.Entry) -> list[str]:
    facts, hidden = seen.definition.facts, hidden_facts(seen)
    return [facts[name].said(language()) for name in entry.details if name in facts and name not in hidden]


def picture(seen: Seen) -> tuple[SafeString, tuple[str, ...]]:
    """The procedure drawn with the case's place, and the same in numbered sentences."""
    drawing = engine.draw(seen.definition, seen.case, language())
    return mark_safe(drawing.svg), drawing.steps  # noqa: S308  # made by our own code; every label in it is escaped there


def page(seen: Seen) -> dict[str, Any]:
    """Everything the case page shows."""
    clocks, offered = clock_lines(seen), ways(seen)
    svg, steps = picture(seen)
    here = list(seen.definition.states).index(seen.row.node)
    colour, shape = COLOURS[seen.row.state_kind]
    parties = list(CaseParty.objects.filter(case=seen.row))
    open_parties = parties if sees_parties(seen.person, seen.row) else []
    account = seen.person.account
    return {
        "seen": seen, "row": seen.row, "definition": seen.definition, "name": procedure_name(seen.definition),
        "state": seen.label(seen.row.node), "colour": colour, "shape": shape, "holder": holder_words(seen),
        "due": None if seen.row.next_due == NEVER else seen.row.next_due,
        "left": workdays_left(seen.rules, seen.today, seen.row.next_due) if seen.row.next_due != NEVER else None,
        "clocks": clocks, "first_clock": next((line for line in clocks if line.left is not None), None),
        "ways": [way for way in offered if way.verdict != "no" and way.kind in ("sign", "move")],
        "next": first_way(offered),
        "further": [way for way in offered if way.verdict != "no" and way.kind not in ("sign", "move")],
        "closed_ways": [way for way in offered if way.verdict == "no"],
        "facts": fact_lines(seen), "opinions": opinion_lines(seen), "points": point_lines(seen),
        "countersign": seen.sight == "office" and "dispose" in seen.definition.acts, "tally": tally(seen), "trail": trail_lines(seen),
        "papers": paper_lines(seen), "parties": open_parties, "hidden_parties": len(parties) - len(open_parties),
        "svg": svg, "steps": [(text, n == here) for n, text in enumerate(steps)], "unit": desks.unit_name(seen.row.unit_key), "ended": seen.ended,
        "watched": account is not None and CaseWatch.objects.filter(case=seen.row, account=account).exists(),
        "party": seen.sight == "party", "anonymous_party": seen.key is not None,
        "weekdays": [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")],
        "reason": seen.case.suspension.reason if seen.case.suspension is not None else "",
    }  # fmt: skip


def tally(seen: Seen) -> engine.Tally | None:
    return engine.tally(seen.rules, seen.case, seen.today) if seen.sight == "office" and not withheld(seen) else None


def paper_lines(seen: Seen) -> list[dict[str, Any]]:
    """文书 the moves called for, each with the paper issued or begun for it where the reader may open that.

    Parties see those of steps shown to them, without the papers' own pages.
    """
    shown = {entry.n for entry in (seen.case.trail if seen.sight == "office" else seen.case.visible_trail("party"))}
    called = [paper for paper in seen.case.papers if paper.entry in shown]
    if not called or seen.sight != "office":
        return [{"kind": paper.kind, "day": paper.day} for paper in called]
    issued, begun = papers.about(f"case:{seen.row.number}")
    done = {
        (paper.subject, paper.kind_name): paper for paper in issued if may(seen.person, "papers.read", paper).allowed
    }
    drafts = {draft.subject: draft for draft in begun if may(seen.person, "papers.draft", draft).allowed}
    rows = [(paper, f"case:{seen.row.number}#{paper.entry}") for paper in called]
    return [
        {"kind": paper.kind, "day": paper.day, "issued": done.get((subject, paper.kind)), "draft": drafts.get(subject)}
        for paper, subject in rows
    ]


def procedure_name(definition: Definition) -> str:
    return definition.en if language() == "en" and definition.en else definition.name


def first_way(found: Iterable[Way]) -> Way | None:
    """The one lawful next step: a signature asked for, else the first move of the table that nothing known speaks against."""
    usable = [way for way in found if way.kind in ("sign", "move") and way.verdict != "no"]
    return min(
        usable, key=lambda way: (way.kind != "sign", any(lack.kind == "not_met" for lack in way.lacks)), default=None
    )
