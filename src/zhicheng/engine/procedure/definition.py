"""程序 as a table of data: states, moves, clocks, roles, acts. Not here: running cases, reading of files, lint of the content.

Shape is checked here; whether names fit together is `lint`. A definition is known by its content hash (`version`).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from zhicheng.base.calendar import RestDay, Term
from zhicheng.base.citation import Article
from zhicheng.base.errors import UnreadableInput

StateKind = Literal["open", "waiting", "success", "refused", "withdrawn", "terminated"]
Visibility = Literal["public", "party", "internal"]
Scalar = bool | int | str
GenericAct = Literal[
    "return",
    "straight_back",
    "countersign",
    "add_signer",
    "transfer",
    "delegate",
    "withdraw",
    "urge",
    "postpone",
    "dispose",
    "suspend",
    "resume",
    "terminate",
]
ACT_LABELS: dict[str, str] = {
    "move": "办理",
    "record": "登记事实",
    "sign": "签署意见",
    "extend": "延长期限",
    "exclude": "暂停计算期限",
    "include": "恢复计算期限",
    "return": "退回",
    "straight_back": "直送退回步骤",
    "countersign": "会签",
    "add_signer": "加签",
    "transfer": "转办",
    "delegate": "委托",
    "withdraw": "撤回",
    "urge": "催办",
    "postpone": "批准延期答复",
    "dispose": "处理意见",
    "suspend": "中止",
    "resume": "恢复",
    "terminate": "终止",
    "migrate": "改用新版程序",
}
END_KINDS = {"success", "refused", "withdrawn", "terminated"}
HOLDER = "holder"
"""In `by` of an act: whoever holds an open work item of the present step."""


def _term(text: object) -> Term:
    try:
        return text if isinstance(text, Term) else Term.written(str(text))
    except UnreadableInput as error:
        raise ValueError(str(error)) from None


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


WrittenTerm = Annotated[Term, BeforeValidator(_term), PlainSerializer(str)]
Names = Annotated[tuple[str, ...], BeforeValidator(lambda v: _listed(v) if isinstance(v, str) else v)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _Labelled(_Table):
    """label: the official Chinese word; en: for the English interface; articles: keys of the definition's articles."""

    label: str
    en: str = ""
    articles: Names = ()
    note: str = ""

    def said(self, language: Literal["zh", "en"]) -> str:
        """The label in a language; Chinese where no English one is given."""
        return self.en if language == "en" and self.en else self.label


class LawArticle(_Table):
    """One article. confirmed: it was read itself; False keeps the mark of general knowledge until somebody confirms it.

    term: the time the article sets, if it sets one. In a file `{duty: NAME}` stands for all articles by which the law
    packs lay down that duty, each with the days it is in force.
    """

    law: str
    number: str = ""
    in_force: date | None = None
    until: date | None = None
    confirmed: bool
    term: WrittenTerm | None = None
    note: str = ""

    def article(self) -> Article:
        return Article(self.law, self.number, self.in_force, self.until, self.confirmed)


class Role(_Labelled):
    """party: outside the office (sees what is visible to parties only). protected: who it is stays with the handling unit.

    accounts: the kinds of account that may sit in this role's seat; empty = whoever works in the seated unit.
    """

    party: bool = False
    protected: bool = False
    accounts: Names = ()


class Fact(_Labelled):
    """A named fact that a move may need. by: the roles that may record it; empty = every role of the procedure.

    protected: it could tell who a protected party is; only those who handle the case see it, in facts and in the trail.
    """

    kind: Literal["yes_no", "date", "number", "text", "choice"] = "yes_no"
    options: dict[str, str] = {}
    by: Names = ()
    protected: bool = False


def fits(fact: Fact, value: Scalar) -> bool:
    """Whether a value is of the fact's kind; a text may not be empty, a date is YYYY-MM-DD."""
    match fact.kind:
        case "yes_no":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choice":
            return value in fact.options
        case "date":
            return isinstance(value, str) and _is_day(value)
        case "text":
            return isinstance(value, str) and bool(value.strip())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Need(_Table):
    """One condition. Written short: `fact`, `not fact`, `{fact: value}`, `{fact: [a, b]}`, `{clock: name}`, `{any: [...]}`.

    among: the values that meet it; None = any known value but no (a yes for a yes_no fact).
    """

    fact: str = ""
    among: tuple[Scalar, ...] | None = None
    clock: str = ""
    any: tuple[Need, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, str):
            fact = value.removeprefix("not ")
            return {"fact": fact, "among": None if fact == value else [False]}
        if isinstance(value, dict) and len(value) == 1 and not value.keys() & {"fact", "clock", "any"}:
            [(fact, among)] = value.items()
            return {"fact": fact, "among": _listed(among)}
        return value


class Countersign(_Table):
    """会签 rule of a state. quorum: how many must have answered (all, a number, a share like 2/3).

    silence: `agree` = silent after the term counts as an answer in agreement; `none` = silence is never agreement.
    carried: how many of the answers must agree; `any` = disagreement does not block but stays listed.
    at_least: how many units must have been asked.
    """

    term: WrittenTerm | None = None
    silence: Literal["none", "agree"] = "none"
    quorum: Annotated[str, Field(pattern=r"^(all|[1-9]\d*|[1-9]\d*/[1-9]\d*)$"), BeforeValidator(str)] = "all"
    carried: Literal["any", "majority", "all"] = "any"
    at_least: int = Field(default=0, ge=0)
    articles: Names = ()


class State(_Labelled):
    """obligatory: by law always, on a condition (then some move waives it), or at choice; None = not a stage of the law.

    disposed: no move leaves it before every single opinion of the case has its 去向.
    """

    kind: StateKind
    holder: str | None = None
    obligatory: Literal["always", "conditional", "choice"] | None = None
    countersign: Countersign | None = None
    disposed: bool = False

    @property
    def ends(self) -> bool:
        return self.kind in END_KINDS


class Move(_Labelled):
    """from: one state or several. waives: the state passed over as 不适用 (asks for a reason). final: cannot be taken back.

    despite_items: allowed although countersignatures are outstanding (a party's withdrawal, say).
    hands_to: the text fact that names the unit which has the case from then on (移送).
    discloses: at this instant all single opinions and what became of them may be seen by all who were asked; must be final.
    """

    from_: Names = Field(alias="from")
    to: str
    by: Names
    needs: tuple[Need, ...] = ()
    produces: Names = ()
    notifies: Names = ()
    visibility: Visibility = "internal"
    waives: str | None = None
    reason: bool = False
    final: bool = False
    despite_items: bool = False
    hands_to: str | None = None
    discloses: bool = False


class Exclusion(_Table):
    """不计入期限 while the case itself goes on (鉴定, 公告 …): who may say so, on which grounds of a closed list."""

    by: Names
    grounds: dict[str, str]
    articles: Names = ()


class Extension(_Table):
    """Who may lengthen a clock, by how much at most, how often."""

    by: Names
    at_most: WrittenTerm
    times: int = Field(default=1, ge=1)
    articles: Names = ()


class Clock(_Labelled):
    """期限. kind: limit (act by its end), minimum (not before its end), ahead (at the latest so long before `day`).

    starts, ends: moves, states entered, or `open`. day: a date fact that fixes the start day (for ahead: the day aimed at);
    without that fact the clock cannot be computed. not_counted: states, and `suspended`, during which it stands still; excluded: other times that do not count.
    """

    kind: Literal["limit", "minimum", "ahead"]
    length: WrittenTerm
    starts: Names = ()
    ends: Names = ()
    day: str | None = None
    not_counted: Names = ()
    excluded: Exclusion | None = None
    extensions: tuple[Extension, ...] = ()
    rest_day: RestDay = "forward"
    warn: WrittenTerm | None = None


class ActRule(_Table):
    """Who may do a generic act, where (empty = every state that is no end), on which grounds (empty = free reason)."""

    by: Names
    in_: Names = Field(default=(), alias="in")
    to: str | None = None
    grounds: dict[str, str] = {}
    notifies: Names = ()
    articles: Names = ()


class Opening(_Table):
    """收件: who may open a case, and the facts asked of them then; empty `by` = the officials, with nothing asked.

    link: an official place where it is better filed, said and linked before the form, with its name.
    """

    by: Names = ()
    asks: Names = ()
    link: Annotated[str, Field(pattern=r"^(https://.+)?$")] = ""
    link_name: str = ""


class Definition(_Table):
    """A whole procedure. place: cn, or a province or city whose rules differ; in_force, until: when cases open under it.

    receipt: the letters before the number that a case gets.
    """

    id: str
    name: str
    en: str = ""
    place: str = "cn"
    in_force: date
    until: date | None = None
    note: str = ""
    receipt: Annotated[str, Field(pattern=r"^[A-Z]{1,4}$")] = "AJ"
    opening: Opening = Opening()
    roles: dict[str, Role]
    articles: dict[str, Annotated[tuple[LawArticle, ...], BeforeValidator(_listed)]] = {}
    facts: dict[str, Fact] = {}
    start: str
    states: dict[str, State]
    moves: dict[str, Move]
    clocks: dict[str, Clock] = {}
    acts: dict[GenericAct, ActRule] = {}

    @cached_property
    def version(self) -> str:
        """SHA-256 of the content; comments, order of keys and what is left at its default do not count."""
        content = json.dumps(self._content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def to_json(self) -> str:
        """The content as kept with the cases that run on it; `Definition.model_validate_json` reads it back.

        The order of the tables stays, since steps are shown and offered in it.
        """
        return json.dumps(self._content(), ensure_ascii=False)

    def _content(self) -> dict[str, Any]:
        # defaults are left out, so that a field added to this format later changes no version
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def holds_on(self, day: date) -> bool:
        return self.in_force <= day and (self.until is None or day <= self.until)

    @cached_property
    def protected_facts(self) -> frozenset[str]:
        return frozenset(name for name, fact in self.facts.items() if fact.protected)

    def cited(self, keys: tuple[str, ...]) -> list[LawArticle]:
        return [row for key in keys for row in self.articles.get(key, ())]

    def cite(self, keys: tuple[str, ...], day: date) -> str:
        """The articles in force on `day` in words, unconfirmed ones marked so.

        A case stays under the version it was opened under: past that version's last day its law of that day is cited.
        """
        on = day if self.until is None else min(day, self.until)
        rows = [row for row in self.cited(keys) if row.article().holds_on(on)]
        words = (str(row.article()) + ("" if row.confirmed else "（待核对原文）") for row in rows)
        return "、".join(dict.fromkeys(words))
