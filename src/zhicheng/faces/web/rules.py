"""Every check as pages name it: the rules of text and record together, the articles they rest on. Not here: the checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from zhicheng.base.citation import Article
from zhicheng.domain.decision import checks
from zhicheng.domain.plan import lint
from zhicheng.engine.checks import Rule
from zhicheng.engine.law import Law, load_laws


@dataclass(frozen=True, slots=True)
class Standing:
    """An article as a page shows it: from when to when it is in force, and whether somebody has read it."""

    law: str
    number: str
    confirmed: bool
    in_force: date | None
    until: date | None


def all_rules() -> tuple[Rule, ...]:
    """Checks of the plan's text, then of the decision record, by number."""
    return (*sorted(lint.RULES, key=lambda rule: rule.id), *sorted(checks.RULES, key=lambda rule: rule.id))


def groups() -> list[tuple[str, tuple[Rule, ...]]]:
    """text: checks of the plan's words; record: checks of how it was decided."""
    return [
        ("text", tuple(sorted(lint.RULES, key=lambda rule: rule.id))),
        ("record", tuple(sorted(checks.RULES, key=lambda rule: rule.id))),
    ]


def rule(identifier: str) -> Rule | None:
    """The rule with this id; None for one that a later program no longer knows."""
    return next((each for each in all_rules() if each.id == identifier), None)


def articles(kept: Iterable[Mapping[str, Any]]) -> list[Standing]:
    """Articles of a finding with the days they are in force, where a law pack knows them."""
    known = _known()
    made = []
    for row in kept:
        found = known.get((row["law"], row["number"]))
        made.append(
            Standing(
                row["law"], row["number"], bool(row["confirmed"]),
                found.in_force if found else None, found.until if found else None,
            )
        )  # fmt: skip
    return made


@cache
def laws() -> tuple[Law, ...]:
    """Every law of the library, national first; which of them bind a city its decision record says."""
    library = files("zhicheng") / "library"
    return load_laws(tuple(sorted(level.name for level in library.iterdir() if (level / "law").is_dir()))).laws


@cache
def _known() -> dict[tuple[str, str], Article]:
    return {(d.article.law, d.article.number): d.article for law in laws() for d in law.duties}
