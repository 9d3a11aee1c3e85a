"""方案目录的写法: what each YAML file of a plan folder may say, in the words an official writes. Not here: reading the files (folder/)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationError, model_validator

from zhicheng.base.errors import UnreadableInput, ZhichengError
from zhicheng.base.money import Money, basis_points
from zhicheng.base.partial_date import PartialDate

UNSET = "待定"

INSTRUMENT_KINDS = {
    "奖励": "reward",
    "资助": "grant",
    "补贴": "subsidy",
    "贴息": "interest_subsidy",
    "表彰": "commendation",
    "鼓励": "encouragement",
}
COMPARATORS = {
    "达到": ">=",
    "超过": ">",
    "等于": "=",
    "约": "about",
    "不超过": "<=",
    "低于": "<",
    "新增": "increase by",
    "新增以上": "increase by >=",
    "新增以内": "increase by <=",
    "减少": "decrease by",
    "减少以上": "decrease by >=",
    "减少以内": "decrease by <=",
    "年均增幅达到": "growth>=",
    "增长": "growth",
    "提升": "rise",
    "下降": "fall",
}
COMMITMENT_KINDS = {
    "制度": "mechanism",
    "台账": "register",
    "平台": "platform",
    "活动": "event",
    "报告": "report",
    "文件": "paper",
    "培育": "cultivation",
    "检查": "inspection",
    "服务": "service",
    "人才": "talent",
    "机构": "body",
    "资金": "funding",
    "统筹": "coordination",
    "指标": "indicator",
    "申报": "application",
    "标准": "standard",
    "发布": "publication",
    "会议": "meeting",
    "督导": "supervision",
    "例行": "routine",
}
UNIT_KINDS = {
    "部门": "department",
    "法院": "court",
    "垂直管理": "vertical_agency",
    "功能区": "area",
    "区市": "area_group",
}
MEASURABLE = {"是": "yes", "部分": "partly", "否": "no"}
NAME_KINDS = {"全称": "official", "简称": "short", "别称": "alias", "旧称": "former"}

_COUNTED = re.compile(r"^\s*([0-9]+(?:\.[0-9]+)?)\s*(\S+)\s*$")


def _plain(error: ZhichengError) -> ValueError:
    return ValueError(f"{error.what}，请{error.todo}" if error.todo else error.what)


def _money(value: object) -> Money | None:
    if value is None or value == UNSET:
        return None
    try:
        return Money.written(str(value))
    except ZhichengError as error:
        raise _plain(error) from None


def _rate(value: object) -> int | None:
    if value is None:
        return None
    try:
        return basis_points(str(value))
    except ZhichengError as error:
        raise _plain(error) from None


def _partial(value: object) -> PartialDate | None:
    if value is None:
        return None
    try:
        return PartialDate.written(value)
    except ZhichengError as error:
        raise _plain(error) from None


class Quantity(BaseModel):
    """A number with its unit: 85分, 8.1件, 30%, 1亿元."""

    model_config = ConfigDict(frozen=True)

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


def _quantity(value: object) -> Quantity | None:
    if value is None or value == UNSET:
        return None
    match = _COUNTED.match(str(value))
    if match is None or match.group(2)[0].isdigit():
        raise ValueError(f"“{value}”没有写明单位，请写成例如 85分、40家、30%")
    return Quantity(number=Decimal(match.group(1)), unit=match.group(2))


def _period(value: object) -> tuple[int, int]:
    """First and last year; (0, 0) where the text names none."""
    if value == UNSET:
        return 0, 0
    match = re.match(r"^\s*(\d{4})\s*[-—–]\s*(\d{4})\s*$", str(value))
    if match is None or match.group(1) > match.group(2):
        raise ValueError(f"“{value}”不是期间，请写成例如 2022-2024")
    return int(match.group(1)), int(match.group(2))


def one_of(table: dict[str, str]) -> Callable[[object], str]:
    """A reader of one word out of `table`; the Chinese word and the identifier are both understood."""

    def read(value: object) -> str:
        if value in table.values():
            return str(value)
        if str(value) not in table:
            raise ValueError(f"不认识“{value}”，只能写：{'、'.join(table)}")
        return table[str(value)]

    return read


MoneyField = Annotated[Money | None, PlainValidator(_money)]
RateField = Annotated[int | None, PlainValidator(_rate)]
QuantityField = Annotated[Quantity | None, PlainValidator(_quantity)]
DateField = Annotated[PartialDate | None, PlainValidator(_partial)]
PeriodField = Annotated[tuple[int, int], PlainValidator(_period)]
Text = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConfirmedPart(Part):
    by: str
    on: date


class Entry(Part):
    """Something a person confirms once it has been read against the text; draft: the compiler's proposal."""

    confirmed: ConfirmedPart | None = None
    draft: bool = False

    @model_validator(mode="after")
    def _draft_or_confirmed(self) -> Entry:
        if self.draft and self.confirmed:
            raise ValueError("既标 draft 又标 confirmed，请在核对后删去 draft")
        return self


class Placed(Entry):
    """An entry with its place: cites = label of the clause, quote = the clause's exact words."""

    key: Text
    cites: Text
    quote: str


class ClausePart(Part):
    key: str
    label: Text
    number: Text = ""
    title: str = ""
    kind: Literal["preamble", "section", "project", "task", "safeguard", "paragraph"]
    begins: str = ""
    clauses: list[ClausePart] = []


class DocumentPart(Part):
    key: str
    kind: str
    title: str
    begins: str
    ends: str
    clauses: list[ClausePart]


class OutsidePart(Part):
    text: str
    reason: str


class SourcePart(Part):
    sha256: str
    notes: dict[str, Text] = {}


class PlanFile(Entry):
    key: str
    title: str
    subtitle: str = ""
    city: str
    issuer: str = ""
    drafting_unit: str = ""
    period: PeriodField
    predecessor: str | None = None
    successor: str | None = None
    source: SourcePart
    documents: list[DocumentPart]
    outside: list[OutsidePart] = []


class NamePart(Part):
    name: str
    kind: Annotated[str, PlainValidator(one_of(NAME_KINDS))]
    since: date | None = None
    until: date | None = None
    confirmed: bool = False


class UnitPart(Entry):
    key: str
    name: str
    kind: Annotated[str, PlainValidator(one_of(UNIT_KINDS))]
    names: list[NamePart] = []
    successor: str | None = None
    note: str = ""


class AssignedPart(Part):
    unit: str
    role: Literal["lead", "support"] | None = None


class TaskPart(Entry):
    key: Text
    title: str
    cites: Text
    responsible: str | list[str] = []
    units: list[str | AssignedPart] = []


class ProjectPart(Entry):
    key: Text
    title: str
    cites: Text
    tasks: list[TaskPart]


class TargetPart(Placed):
    indicator: str
    comparator: Annotated[str, PlainValidator(one_of(COMPARATORS))]
    value: QuantityField = None
    by_year: int | None = None
    every: Literal["year"] | None = None
    base: str | None = None
    owner: str | None = None
    source: str | None = None
    measurable: Annotated[str, PlainValidator(one_of(MEASURABLE))]
    reason: str
    formula: str = ""


class TierPart(Part):
    label: str
    ceiling: MoneyField


class AmountPart(Part):
    """金额. ceiling: 最高; fixed: the very sum; rate of a base; annual_cap. All of them 待定 if the text sets none."""

    ceiling: MoneyField = None
    fixed: MoneyField = None
    rate: RateField = None
    of: str | None = None
    annual_cap: MoneyField = None
    annual_cap_per: str | None = None
    tiers: list[TierPart] = []

    @model_validator(mode="after")
    def _one_sum(self) -> AmountPart:
        if self.ceiling and self.fixed:
            raise ValueError("ceiling 与 fixed 只能写一个：最高用 ceiling，定额用 fixed")
        return self


def _amount(value: object) -> object:
    return {} if value is None or value == UNSET else value


class IncentivePart(Placed):
    name: str
    name_en: str = ""
    task: Text | None = None
    kind: Annotated[str, PlainValidator(one_of(INSTRUMENT_KINDS))]
    who: str
    what: str
    amount: Annotated[AmountPart, BeforeValidator(_amount)]
    per: str | None = None
    per_is_reading: bool = False
    quota_per_year: QuantityField = None
    open: list[str] = []


class CommitmentPart(Placed):
    kind: Annotated[str, PlainValidator(one_of(COMMITMENT_KINDS))]
    what: str
    rhythm: str | None = None


class FundPart(Placed):
    name: str
    size: MoneyField = None
    firm: bool = True


class InstitutionPart(Placed):
    name: str
    kind: str
    members: list[str] = []
    note: str = ""


class UpstreamPart(Placed):
    title: str
    issuer: str = ""
    issued: DateField = None
    issued_note: str = ""
    date_confirmed: bool = False


class QuestionPart(Placed):
    text: str
    to: str = ""


_P = TypeVar("_P", bound=BaseModel)

_SAID: dict[str, str] = {
    "missing": "缺少“{field}”",
    "extra_forbidden": "不认识“{field}”",
    "string_type": "“{field}”应当是文字",
    "list_type": "“{field}”应当是清单（每行以“- ”起）",
    "bool_parsing": "“{field}”只能写 true 或 false",
    "date_from_datetime_parsing": "“{field}”不是日期，写成 2022-04-24",
    "literal_error": "“{field}”的值不在可写的范围内",
    "model_type": "“{field}”应当是成组的条目（名称: 内容）",
}


def word(table: Mapping[str, str], identifier: str) -> str:
    """The Chinese word for an identifier of one of the tables above; the identifier itself where there is none."""
    return next((said for said, meant in table.items() if meant == identifier), identifier)


def entry_of(model: type[_P], value: Any, where: str) -> _P:
    """One validated entry; raises UnreadableInput naming file, entry, field and what to do."""
    name = value.get("key") if isinstance(value, dict) else None
    place = f"{where} {name}" if name is not None else where
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise UnreadableInput("；".join(_faults(error)), where=place, todo="对照同类条目改正") from None


def entries_of(model: type[_P], value: Any, where: str) -> list[_P]:
    """A file that is a list of entries, with no key twice; an empty file is an empty list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnreadableInput("文件应当是一份清单", where=where, todo="每个条目以“- ”起行")
    found = [entry_of(model, each, f"{where} 第{number}条") for number, each in enumerate(value, 1)]
    refuse_twice([str(getattr(each, "key", index)) for index, each in enumerate(found)], where)
    return found


def refuse_twice(keys: Sequence[str], where: str) -> None:
    """Raises UnreadableInput for the first key that stands twice."""
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise UnreadableInput(f"编号“{key}”用了两次", where=where, todo="给其中一条换一个没有用过的编号")


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        field = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("function-"))
        if fault["type"] in _SAID:
            yield _SAID[fault["type"]].format(field=field)
        elif fault["type"] == "value_error":
            said = str(fault["ctx"]["error"])
            yield f"“{field}”：{said}" if field else said
        else:
            yield f"“{field}”写法不对（{fault['msg']}）"
