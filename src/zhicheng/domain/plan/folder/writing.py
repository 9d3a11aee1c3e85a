"""方案目录的写出: a Plan as the files of a plan folder. load() of what dump() wrote is the same plan.

Not here: reading (loading.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from zhicheng.base.citation import Span
from zhicheng.domain.plan import schema
from zhicheng.domain.plan.labels import PLAN
from zhicheng.domain.plan.model import Clause, Document, Instrument, Plan, Target, Task, Unit, Upstream
from zhicheng.domain.plan.places import first_opening, occurrences

Entry = dict[str, Any]

_JOINT = re.compile(r"[^。\n）)（(]{0,24}")  # what may stand between two units of one bracket


def dump(plan: Plan, directory: Path) -> None:
    """Write the folder; files of the same name are overwritten, others left alone."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "source.txt").write_bytes(plan.text.encode("utf-8"))
    _write(directory / "plan.yaml", head(plan))
    for name, entries in files(plan).items():
        if entries:
            _write(directory / name, entries)
    (directory / "incentives").mkdir(exist_ok=True)
    for name, each in zip(_file_names(plan.instruments), plan.instruments, strict=True):
        _write(directory / "incentives" / name, incentive(plan, each))


def text_of(value: object) -> str:
    """YAML as an official reads it: one entry a block, Chinese as it is, keys in the order given."""
    said = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)
    return said.replace("'on': ", "on: ")


def _write(path: Path, value: object) -> None:
    path.write_text(text_of(value), encoding="utf-8")


def _file_names(instruments: Sequence[Instrument]) -> list[str]:
    """File names in whose order the instruments stand: the keys, numbered in front where keys alone would not sort so."""
    names = [f"{each.key}.yaml" for each in instruments]
    return names if names == sorted(names) else [f"{index:03d}-{name}" for index, name in enumerate(names, 1)]


def files(plan: Plan) -> dict[str, list[Entry]]:
    """The list files by name."""
    return {
        "units.yaml": [unit(plan, each) for each in plan.units],
        "projects.yaml": projects(plan),
        "targets.yaml": [target(plan, each) for each in plan.targets],
        "commitments.yaml": [
            placed(
                plan,
                "commitments",
                each,
                kind=schema.word(schema.COMMITMENT_KINDS, each.kind),
                what=each.what,
                rhythm=each.rhythm,
            )
            for each in plan.commitments
        ],
        "funds.yaml": [
            placed(plan, "funds", each, name=each.name, size=_money(each.size), firm=each.firm) for each in plan.funds
        ],
        "institutions.yaml": [
            placed(
                plan, "institutions", each, name=each.name, kind=each.kind, members=list(each.members), note=each.note
            )
            for each in plan.institutions
        ],
        "upstream.yaml": [upstream(plan, each) for each in plan.upstreams],
        "questions.yaml": [placed(plan, "questions", each, text=each.text, to=each.to) for each in plan.questions],
    }


# heads


def head(plan: Plan) -> Entry:
    """plan.yaml."""
    return {
        "key": plan.key,
        "title": plan.title,
        **_said(subtitle=plan.subtitle),
        "city": plan.city,
        **_said(issuer=plan.issuer, drafting_unit=plan.drafting_unit),
        "period": f"{plan.period[0]}-{plan.period[1]}" if plan.period[0] else schema.UNSET,
        **_said(predecessor=plan.predecessor, successor=plan.successor),
        **_mark(plan, "plan"),
        "source": {"sha256": plan.sha256, **({"notes": dict(plan.meta)} if plan.meta else {})},
        "documents": _documents(plan),
        "outside": [{"text": plan.quote(each.span), "reason": each.reason} for each in plan.outside],
    }


def _documents(plan: Plan) -> list[Entry]:
    entries, at = [], 0
    for each in plan.documents:
        entries.append(
            {
                "key": each.key,
                "kind": each.kind,
                "title": each.title,
                "begins": opening(plan.text, each.span.start, Span(at, len(plan.text)), each.span.end),
                "ends": _closing(plan.text, each.span),
                "clauses": _clauses(plan, each),
            }
        )
        at = each.span.end
    return entries


def opening(text: str, start: int, within: Span, end: int) -> str:
    """The fewest opening words by which `start` is the first line of `within` so begun."""
    line = text.find("\n", start, end)
    for stop in [line if line >= 0 else end, *range(line + 1 if line >= 0 else end, end + 1)]:
        words = text[start:stop]
        if first_opening(words, text, within) == start:
            return words
    return text[start:end]


def _closing(text: str, span: Span) -> str:
    """The fewest closing words that stand nowhere before in the document."""
    for length in range(min(12, span.end - span.start), span.end - span.start + 1):
        words = text[span.end - length : span.end]
        if text.find(words, span.start) == span.end - length:
            return words
    return span.of(text)


def _clauses(plan: Plan, document: Document) -> list[Entry]:
    own = [clause for clause in plan.clauses if clause.document == document.key]
    entries: dict[str, Entry] = {}
    tops: list[Entry] = []
    at = document.span.start
    for clause in own:
        entry = _clause(plan, document, clause, at)
        at = clause.span.start + 1
        entries[clause.key] = entry
        siblings = entries[clause.parent].setdefault("clauses", []) if clause.parent else tops
        siblings.append(entry)
    return tops


def _clause(plan: Plan, document: Document, clause: Clause, at: int) -> Entry:
    within = Span(at, document.span.end)
    begins = clause.number + clause.title
    first = first_opening(begins, plan.text, within) if begins else None
    given = (
        {} if first == clause.span.start else {"begins": opening(plan.text, clause.span.start, within, clause.span.end)}
    )
    return {
        "key": clause.key,
        "label": clause.label.removeprefix(document.title).strip(),
        **_said(number=clause.number, title=clause.title),
        "kind": clause.kind,
        **given,
    }


def unit(plan: Plan, each: Unit) -> Entry:
    return {
        "key": each.key,
        "name": each.name,
        "kind": schema.word(schema.UNIT_KINDS, each.kind),
        **_said(
            successor=each.successor,
            note=each.note,
            names=[
                {
                    "name": name.name,
                    "kind": schema.word(schema.NAME_KINDS, name.kind),
                    **_said(since=name.since, until=name.until, confirmed=name.confirmed),
                }
                for name in each.names
            ],
        ),
        **_mark(plan, f"units {each.key}"),
    }


def projects(plan: Plan) -> list[Entry]:
    return [
        {
            "key": each.key,
            "title": each.title,
            "cites": label(plan, each.clause),
            **_mark(plan, f"projects {each.key}"),
            "tasks": [task(plan, one) for one in plan.tasks if one.project == each.key],
        }
        for each in plan.projects
    ]


def task(plan: Plan, each: Task) -> Entry:
    units: list[Any] = []
    for assignment in each.units:
        name = plan.quote(assignment.span)
        role = assignment.role if assignment.role in ("lead", "support") else None
        units.append({"unit": name, "role": role} if role else name)
    return {
        "key": each.key,
        "title": each.title,
        "cites": label(plan, each.clause),
        **_said(responsible=_responsible(plan, each), units=units),
        **_mark(plan, f"tasks {each.key}"),
    }


def _responsible(plan: Plan, each: Task) -> str | list[str]:
    """The words that name the units, one quote a bracket, each with as much around it as makes it the only one."""
    clause = plan.clause(each.clause).span
    brackets: list[Span] = []
    for assignment in each.units:
        joined = brackets and _JOINT.fullmatch(plan.text[brackets[-1].end : assignment.span.start])
        if joined:
            brackets[-1] = Span(brackets[-1].start, assignment.span.end)
        else:
            brackets.append(assignment.span)
    quotes = [unique(plan.text, span, clause).of(plan.text) for span in brackets]
    return quotes[0] if len(quotes) == 1 else quotes


def unique(text: str, span: Span, within: Span) -> Span:
    """The span, widened to the right and then to the left until its words stand only once in `within`."""
    while len(occurrences(span.of(text), text, within)) > 1:
        if span.end < within.end:
            span = Span(span.start, span.end + 1)
        elif span.start > within.start:
            span = Span(span.start - 1, span.end)
        else:
            break
    return span


# entries with a quote


def placed(plan: Plan, group: str, each: Any, **fields: object) -> Entry:
    return {
        "key": each.key,
        "cites": label(plan, each.clause),
        "quote": plan.quote(each.span),
        **_said(**fields),
        **_mark(plan, f"{group} {each.key}"),
    }


def target(plan: Plan, each: Target) -> Entry:
    return placed(
        plan,
        "targets",
        each,
        indicator=each.indicator,
        comparator=schema.word(schema.COMPARATORS, each.comparator),
        value=f"{each.value:f}{each.unit or ''}" if each.value is not None else schema.UNSET,
        by_year=each.deadline_year,
        every=each.period,
        base=each.base,
        owner=each.owner,
        source=each.source,
        measurable=schema.word(schema.MEASURABLE, each.measurable),
        reason=each.reason,
        formula=each.formula,
    )


def incentive(plan: Plan, each: Instrument) -> Entry:
    return {
        "key": each.key,
        "name": each.name,
        **_said(name_en=each.name_en, task=each.task),
        "cites": label(plan, each.clause),
        "quote": plan.quote(each.span),
        "kind": schema.word(schema.INSTRUMENT_KINDS, each.kind),
        "who": each.who,
        "what": each.what,
        "amount": _amount(each),
        **_said(
            per=each.per,
            per_is_reading=each.per_is_reading,
            quota_per_year=f"{each.quota_per_year}{each.quota_unit or '个'}" if each.quota_per_year else None,
            open=list(each.open),
        ),
        **_mark(plan, f"incentives {each.key}"),
    }


def _amount(each: Instrument) -> Entry | str:
    said = _said(
        fixed=_money(each.ceiling) if each.fixed else None,
        ceiling=_money(each.ceiling) if each.ceiling and not each.fixed else None,
        rate=f"{each.rate / 100:g}%" if each.rate is not None else None,
        of=each.rate_base,
        annual_cap=_money(each.annual_cap) if each.annual_cap else None,
        annual_cap_per=each.annual_cap_per,
        tiers=[{"label": tier.label, "ceiling": str(tier.ceiling)} for tier in each.tiers],
    )
    return said or schema.UNSET


def upstream(plan: Plan, each: Upstream) -> Entry:
    return placed(
        plan,
        "upstream",
        each,
        title=each.title,
        issuer=each.issuer,
        issued=each.issued_text or None,
        issued_note=each.issued_note,
        date_confirmed=each.confirmed,
    )


# small things


def label(plan: Plan, clause: str) -> str:
    """The label as `cites` has it: without the document's name where the plan itself is meant."""
    found = plan.clause(clause)
    document = plan.document(found.document)
    plans = [each for each in plan.documents if each.kind == PLAN]
    return found.label.removeprefix(document.title).strip() if plans and document == plans[0] else found.label


def _said(**fields: object) -> Entry:
    """The fields that say something: no None, no empty text or list, no false."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], False) or key == "firm"}


def _mark(plan: Plan, entry: str) -> Entry:
    """Who confirmed the entry; a draft says that it is one."""
    found = plan.confirmed.get(entry)
    return {"confirmed": {"by": found.by, "on": found.on}} if found else {"draft": True}


def _money(sum_: object) -> str:
    return schema.UNSET if sum_ is None else str(sum_)
