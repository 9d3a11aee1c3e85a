"""数字: money, percentages, counts as tokens of a sentence. Not here: what a figure is for (money, targets)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zhicheng.base.text import ARABIC, HAN_DIGITS, SCALE, SCALES, number
from zhicheng.domain.plan.compiler.sentences import MASK

FigureKind = Literal["money", "percent", "points", "count"]

# What can be counted. Longer words first; 分 only where it does not begin another word.
_MEASURES = (
    "个百分点|百分点|人次|场次|台套|台次|标准箱|平方公里|平方千米|平方米|立方米|千瓦时|千瓦|兆瓦|公顷|公里|千米|毫米|厘米|万吨|吨标准煤|吨|"
    "公斤|千克|个工作日|工作日|天(?!然|使|津|下|空|地|文|平|猫|天)|课时|学时|分钟|小时|张床位|床位|工位|家次|件次|人日|班次|车次|企业|院士|"
    "家|户|个|项|件|名|人(?!民|才|均|工|力|员|文|口|社|大|类|居|机)|位(?!于|列|居|数)|场(?!景|所|馆|地)|次(?!性|品|生|级)|部(?!门|委|分|级|署)|集(?!中|群|聚|成|团|体|约)|"
    "套|台(?!湾|账)|辆|艘|架|座|处(?!理|置|于)|条(?!件|例|款)|款|种(?!植|子|业|类)|类|所(?!有|在|得|需|以)|支(?!持|出|撑|付)|只|头(?!部)|亩|米|"
    "字|篇|份|册|期|届|倍|批|对(?!于|接|口|外)|组(?!织|建|成)|门|张|间|席|例|宗|起(?!步|来)|单(?!位|个|一|品)|笔|片|块|株|幅|栋|幢|度|"
    "所高校|所学校|分(?!别|之|为|成|布|期|阶|档|级|类|层|工|析|行|局|支|公|解|散|院|会|中|三|两|\\d)|"
    "TB|GB|PB|MW|GW|kW|PFlops|EFlops|P(?![A-Z])"
)
_UNIT = rf"(?:余|多)?(?P<unit>元(?!素|宇|旦|件)|美元|港元|港币|欧元|日元|英镑|新台币|%|‰|{_MEASURES})"
_ITEM = re.compile(
    rf"(?P<ratio>(?P<ratio_of>[百千万])分之(?P<ratio_number>[{HAN_DIGITS}点\d.]+))"
    r"|(?P<part>(?P<lower>[二三四五六七八九十])分之(?P<upper>[一二三四五六七八九]))"
    r"|(?P<times>1:(?P<times_number>\d+(?:\.\d+)?))(?=的?(?:比例)?[^,;。]{0,8}(?:配套|奖励|补助|补贴|资助|给予))"
    rf"|(?P<digits>{ARABIC}|[{HAN_DIGITS}]+(?:点[{HAN_DIGITS}]+)?)(?P<scale>{SCALE}|)(?:{_UNIT})?"
)
_JOIN = re.compile(r"[、/和及或与]|以及|至|到|-|~|、?和|及以上至|以上至")
_RANGE = re.compile(r"至|到|-|~")
_FOREIGN = ("美元", "港元", "港币", "欧元", "日元", "英镑", "新台币")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure or one list of figures of a kind (100万元、50万元和30万元), folded [start, end).

    values: money in yuan, percent as written (50), counts times their scale only through `scale`.
    unit: as written with its scale (万名, 亿元, %). bare: money without 元. span_from: folded starts of the values.
    """

    kind: FigureKind
    values: tuple[Decimal, ...]
    written: tuple[Decimal, ...]
    unit: str
    start: int
    end: int
    is_range: bool = False
    bare: bool = False
    foreign: bool = False
    places: tuple[int, ...] = ()


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    digits: str
    scale: str
    unit: str
    percent: bool = False


def figures(text: str, offset: int = 0) -> tuple[Figure, ...]:
    """All figures of a (masked) sentence; `offset` is where the sentence begins in its paragraph."""
    groups: list[list[_Item]] = []
    for item in _items(text):
        joint = text[groups[-1][-1].end : item.start] if groups else ""
        if groups and joint and _JOIN.fullmatch(joint.replace(MASK, "")) and _alike(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(figure for group in groups if (figure := _figure(text, group, offset)))


def _items(text: str) -> Iterator[_Item]:
    for match in _ITEM.finditer(text):
        if match.group("ratio"):
            share = number(match.group("ratio_number"))
            if share is not None:
                share /= {"百": 1, "千": 10, "万": 100}[match.group("ratio_of")]
                yield _Item(match.start(), match.end(), f"{share:f}", "", "%", percent=True)
            continue
        if match.group("part"):
            share = (
                100
                * Decimal("一二三四五六七八九十".index(match.group("upper")) + 1)
                / ("一二三四五六七八九十".index(match.group("lower")) + 1)
            )
            yield _Item(match.start(), match.end(), f"{share:.4f}", "", "%", percent=True)
            continue
        if match.group("times"):
            yield _Item(
                match.start(), match.end(), str(number(match.group("times_number")) or 0), "百", "%", percent=True
            )
            continue
        before = text[match.start() - 1 : match.start()]
        digits, scale, unit = match.group("digits"), match.group("scale") or "", match.group("unit") or ""
        han = not digits[0].isdecimal()
        if (
            before == "第"
            or (han and not unit)
            or (before.isascii() and before.isalpha())
            or (before and before in ".·")
        ):
            continue
        if not unit and text[match.end() : match.end() + 1] in tuple("年月日时届条章号级星点大") and not scale:
            continue
        yield _Item(match.start(), match.end(), digits, scale, unit)


def _alike(before: _Item, item: _Item) -> bool:
    """Whether two neighbours belong to one list: the same unit, or the first leaves it to the second (30、20万元)."""
    if before.unit and item.unit:
        return before.unit == item.unit
    return not before.unit


def _figure(text: str, group: list[_Item], offset: int) -> Figure | None:
    last = group[-1]
    unit, scale = last.unit, last.scale
    if not unit and scale not in ("万", "亿", "百万", "千万", "十万"):
        return None
    values: list[Decimal] = []
    for item in group:
        lends = not item.unit and not item.scale and not item.percent
        value = number(item.digits + (scale if lends else item.scale))
        if value is None:
            return None
        values.append(value)
    kind: FigureKind = "count"
    if unit in ("%", "‰"):
        kind = "percent"
        values = [v / 10 if unit == "‰" else v for v in values]
    elif unit in ("个百分点", "百分点"):
        kind = "points"
    elif unit == "元" or unit in _FOREIGN or not unit:
        kind = "money"
    ends = text[group[0].end : group[1].start] if len(group) > 1 else ""
    return Figure(
        kind=kind,
        values=tuple(values),
        written=tuple(v / SCALES[scale] for v in values) if scale in SCALES else tuple(values),
        unit=scale + ("%" if unit == "‰" else unit),
        start=offset + group[0].start,
        end=offset + last.end,
        is_range=len(group) == 2 and bool(_RANGE.search(ends)),
        bare=kind == "money" and not unit,
        foreign=unit in _FOREIGN,
        places=tuple(offset + item.start for item in group),
    )
