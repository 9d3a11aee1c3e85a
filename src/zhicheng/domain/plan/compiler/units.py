"""责任单位: who is named to answer for a task, and in what role. Not here: which text is the task (tasks).

A role is lead or support only where the text says so; a unit merely named is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from zhicheng.base.citation import Span
from zhicheng.base.text import Folded

Role = Literal["lead", "support"]


@dataclass(frozen=True, slots=True)
class UnitVocabulary:
    """Units a city knows: short or other name -> full name. Empty: units are known by their look alone."""

    names: Mapping[str, str] = field(default_factory=dict)

    def full(self, name: str) -> str | None:
        return self.names.get(name)


@dataclass(frozen=True, slots=True)
class UnitRef:
    """One unit as the text writes it."""

    name: str
    role: Role | None
    span: Span


@dataclass(frozen=True, slots=True)
class UnitNote:
    """One bracket or line that names units: folded place and original characters. first_leads: 列第一位者为牵头单位."""

    start: int
    end: int
    span: Span
    units: tuple[UnitRef, ...]
    first_leads: bool = False
    lasting: bool = False  # 下同


_SORT = "单位|部门|主体|机构|处室|科室"
# One row a label: what stands before the colon, and the role it gives. `skip`: what follows names no unit.
_LABELS: tuple[tuple[str, str], ...] = (
    (rf"(?:市|区|县|省)?(?:牵头|主办|主责|总牵头|主要责任|牵头责任|牵头负责|主要负责|第一责任)(?:{_SORT})", "lead"),
    (rf"(?:配合|协办|协同|协作|参与|参加|协助|支持|配合责任|会办)(?:{_SORT})", "support"),
    (
        rf"(?:市级|区级|县级|省级)?(?:责任|负责|实施|落实|完成|承办|主管|指导|执行|组织|建设|推进|承担|责任落实)(?:{_SORT})|(?:责任|任务|工作)分工",
        "named",
    ),
    (
        r"(?:(?:牵头|责任|分管|配合|包保|主要)(?:区|市|县)?领导|(?:责任|负责|联系|牵头)人|适用范围|完成时限|完成时间|时间安排|实施期限|时限要求|时间节点|工作时限|进度安排|完成期限|推进时间|时限|期限|目标)",
        "skip",
    ),
)
_ANY_LABEL = "|".join(f"(?P<{role}>{words})" for words, role in _LABELS)
_LABEL = re.compile(rf"[【\[]?(?:{_ANY_LABEL})(?:(?:及|和|、|/)?(?:单位|部门))?(?:\s*为)?\s*(?:[】\]]\s*:?|:)")
_ROLE_WORDS: tuple[tuple[str, Role | None], ...] = (
    (r"负责牵头|牵头(?:负责|落实|组织|实施|推进)*|主办", "lead"),
    (r"(?:参与|配合|协助|协同|参加|协办|支持)(?:负责|落实|实施)*", "support"),
    (r"指导|督导", None),
    (r"(?:组织)?(?:负责|落实|实施|承担|办理|推进|执行)+", None),
)
_PART = re.compile(
    r"^(?P<names>.*?)(?:等(?:有关|相关|各)?(?:部门|单位|地区|方面)*)?(?:(?:根据|按照?|依)(?:各自)?(?:职责|职能|分工|任务)(?:和|、)?(?:职责|分工|权限)*)?(?:共同|分别|具体|联合)*"
    r"(?:" + "|".join(f"(?P<r{i}>{words})" for i, (words, _) in enumerate(_ROLE_WORDS)) + r")(?:工作)?$"
)
# 市财政局负责资金保障: a duty told in words
_SAID = re.compile(
    r"^(?P<names>[\u4e00-\u9fff、]{2,60}?(?:局|委|办|厅|部|院|政府|管委会|海关|中心))(?:牵头|负责|承担|组织)[^、,;。]{2,24}$"
)
_FIRST_LEADS = re.compile(
    r"(?:列|排|居)(?:在)?(?:第一|首)(?:位|个|名)?(?:者|的)?(?:单位|部门)?的?(?:为|是)?牵头|(?:第一|首)(?:位|个|列)(?:责任)?(?:单位|部门)(?:为|是)牵头"
)
_GROUP = re.compile(
    r"(?:各(?:有关|相关)?|有关)(?:省级|市级|区级|县级|试点|设区)?(?:省|自治区|直辖市|地市|地|市|州|盟|县市区|市区县|区市县|县区|区县|市县|区|县|旗|乡镇街道|乡镇|乡|镇街|镇|街道|园区|功能区|开发区|产业园区|高校|部门|单位|县级市|管委会|板块|成员单位)"
    r"(?:[、(,和](?:自治区|直辖市|州|盟|市|区|县级市|县|旗|功能区|开发区|乡镇|街道|镇|园区|管委会?|、|,|[区县市旗])+(?=[、,;。()人政管党]|$)\)?)*"
    r"(?:(?:党委|党工委)、?)?(?:人民政府|政府)?(?:\(?、?(?:办事处|管委会|管理委员会)\)?)?(?:局|部门)?"
)
_SUFFIX = (
    "局|委|委员会|办|办公室|厅|署|部|院|会|社|行|政府|海关|中心|集团|公司|处|队|校|大学|学院|法院|检察院|管委会|分局|支局|总局|"
    "支行|分行|总队|支队|所|站|台|馆|组|小组|协会|学会|联合会|基地|区|县|市|镇|街道|园区|银行|群团|党校|总工会|妇联|科协|侨联|"
    "贸促会|工商联|残联|文联|团市委|部门|单位|机关|企业|高校|公安|税务|开发区|高新区|示范区|保税区|新区|专班|机构|总公司|国管局|平台公司"
)
_LOOKS = re.compile(rf"^[\u4e00-\u9fffA-Za-z0-9“”()·]{{1,30}}?(?:{_SUFFIX})(?:\([^()]*\))?$")
_STRONG = re.compile(
    r"(?:局|委|厅|署|办|海关|法院|检察院|管委会|人民政府|政府|办公室|委员会|(?:[^支]|^)部|团市委)(?:\([^()]*\))?$"
)
_CONTENT = re.compile(r"[。:]|的|应|须|不得|按|可以|包括|以下|以上|年|月|日|\d")


_LINE_END = re.compile(r"[。\t]")
_LONGEST = 1200  # characters of one list of units; what is longer is prose


def unit_notes(folded: Folded, vocabulary: UnitVocabulary) -> tuple[UnitNote, ...]:
    """Every bracket (责任单位:…), (A牵头,B参与), (A、B) and every 责任单位:… line of a paragraph, in order."""
    found: list[UnitNote] = []
    for start, end in brackets(folded.text):
        note = _note(folded, start, end, start + 1, end - 1, vocabulary, closing=_closes(folded.text, end))
        if note:
            found.append(note)
    found.extend(_loose_notes(folded, vocabulary, found))
    return tuple(sorted(found, key=lambda n: n.start))


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost bracket pairs of a folded text as [start, end); one left open runs to the end."""
    depth, begin = 0, 0
    for place, char in enumerate(text):
        if char in "([【〔":
            if depth == 0:
                begin = place
            depth += 1
        elif char in ")]】〕" and depth:
            depth -= 1
            if depth == 0:
                yield begin, place + 1
    if depth and _LABEL.search(text, begin):
        yield begin, len(text)


def _closes(text: str, end: int) -> bool:
    """Whether a bracket stands at the end of a paragraph or sentence, where a bare list of units may stand."""
    return text[end : end + 1] in ("", "。", ";", ".")


def _loose_notes(folded: Folded, vocabulary: UnitVocabulary, taken: list[UnitNote]) -> list[UnitNote]:
    """责任单位:A、B。 without a bracket around it, to the end of the line or sentence."""
    found: list[UnitNote] = []
    place, at = 0, 0
    while match := _LABEL.search(folded.text, place):
        place = match.end()
        while at < len(taken) and taken[at].end <= match.start():
            at += 1
        if (at < len(taken) and taken[at].start <= match.start()) or match.lastgroup == "skip":
            continue
        if match.start() and folded.text[match.start() - 1] not in "。;,\t )】*":
            continue
        stop = _LINE_END.search(folded.text, match.end(), match.end() + _LONGEST)
        end = stop.start() if stop else min(len(folded.text), match.end() + _LONGEST)
        note = _note(folded, match.start(), end, match.start(), end, vocabulary, closing=False)
        if note:
            found.append(note)
            place = end
    return found


def _note(
    folded: Folded, start: int, end: int, inner: int, inner_end: int, vocabulary: UnitVocabulary, *, closing: bool
) -> UnitNote | None:
    content = folded.text[inner:inner_end] if end <= len(folded.text) else folded.text[inner:]
    if len(content) < 2 or len(content) >= _LONGEST:
        return None
    units = _labelled(content, inner) if _LABEL.search(content) else _spoken(content, inner, vocabulary, closing)
    if not units:
        return None
    units = [piece for unit in units for piece in _parted(folded, unit)]
    return UnitNote(
        start,
        end,
        folded.span(start, end),
        tuple(UnitRef(name, role, folded.span(a, b)) for name, role, a, b in units),
        first_leads=bool(_FIRST_LEADS.search(content)),
        lasting="下同" in content,
    )


def _parted(folded: Folded, unit: tuple[str, Role | None, int, int]) -> Iterator[_Found]:
    """市科技局 市财政局: names parted by blanks only, which the reading copy has dropped; 市科 技局 stays one."""
    name, role, start, end = unit
    gaps = [at for at in range(start + 1, end) if folded.back[at] - folded.back[at - 1] > 1]
    pieces = [(a, b) for a, b in zip([start, *gaps], [*gaps, end], strict=True) if folded.text[a:b].strip("、,")]
    if len(pieces) > 1 and all(_STRONG.search(folded.text[a:b]) and b - a > 2 for a, b in pieces):
        for a, b in pieces:
            yield folded.text[a:b], role, a, b
    else:
        yield name, role, start, end


def listed_units(folded: Folded, chunk: str, offset: int, role: Role | None) -> tuple[UnitRef, ...]:
    """The units of a table cell, all in the role its column gives, unless a name carries its own."""
    return tuple(UnitRef(name, own or role, folded.span(a, b)) for name, own, a, b in _names(chunk, offset))


_Found = tuple[str, "Role | None", int, int]


def _labelled(content: str, offset: int) -> list[_Found]:
    """牵头单位:A;配合单位:B,C — each label rules until the next one."""
    labels = list(_LABEL.finditer(content))
    units: list[_Found] = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else len(content)
        if label.lastgroup == "skip":
            continue
        role: Role | None = "lead" if label.lastgroup == "lead" else "support" if label.lastgroup == "support" else None
        chunk = content[label.end() : stop]
        spoken = _parts(chunk, offset + label.end()) if role is None else []
        if any(r for _, r, _, _ in spoken):
            units.extend(spoken)
        else:
            sentence = chunk.split("。")[0]
            units.extend((name, own or role, a, b) for name, own, a, b in _names(sentence, offset + label.end()))
    return units


def _spoken(content: str, offset: int, vocabulary: UnitVocabulary, closing: bool) -> list[_Found]:
    """A牵头,B、C参与 / A、B等负责 / a bare A、B at the end of a sentence."""
    parts = _parts(content, offset)
    if parts:
        known = [p for p in parts if _LOOKS.match(p[0]) or vocabulary.full(p[0]) or _GROUP.fullmatch(p[0])]
        return known if len(known) * 3 >= len(parts) * 2 else []  # 2025年底前完成, 持续推进 are no units
    if not closing or _CONTENT.search(content):
        return []
    names = list(_names(content, offset))
    strong = all(_STRONG.search(name) or vocabulary.full(name) or _GROUP.fullmatch(name) for name, *_ in names)
    return names if strong and names else []


def _parts(content: str, offset: int) -> list[_Found]:
    """Units with the role word that closes their part; parts without one take the role of the next part that has."""
    units: list[_Found] = []
    waiting: list[_Found] = []
    place = 0
    for sentence in re.split(r"(?<=。)", content)[:1]:
        for part in re.split(r"([,;])", sentence.rstrip("。")):
            match = _PART.match(part) if part not in ",;" else None
            if match and match.group("names"):
                role = next(r for i, (_, r) in enumerate(_ROLE_WORDS) if match.group(f"r{i}"))
                names = list(_names(match.group("names"), offset + place))
                units.extend((n, own or role, a, b) for n, own, a, b in [*waiting, *names])
                waiting = []
            elif said := _SAID.match(part):
                units.extend(_names(said.group("names"), offset + place))
            elif part not in ",;" and not _FIRST_LEADS.search(part) and part != "下同":
                waiting.extend(_names(part, offset + place))
            place += len(part)
    waiting = [w for w in waiting if _LOOKS.match(w[0]) or _GROUP.fullmatch(w[0])]  # not 2025年底前完成
    return [*units, *waiting] if units else []


def _names(chunk: str, offset: int) -> Iterator[_Found]:
    """The unit names of a list, group words whole (各区、县级市), with a role in brackets after a name (A(牵头))."""
    place = 0
    while place < len(chunk):
        joined = place and chunk[place] in "和及与" and chunk[place - 1] not in "、,;。 \t/"
        if joined or chunk[place] in "、,;。 \t/:":
            place += 1
            continue
        if filler := _FILLER.match(chunk, place):
            place = filler.end()
            continue
        group = _GROUP.match(chunk, place)
        end = group.end() if group else _name_end(chunk, place)
        if group and end < len(chunk) and chunk[end] not in "、,;。 /等":
            end = _name_end(chunk, end)
        raw = chunk[place:end]
        name, role = _clean(raw)
        if name:
            begin = place + raw.find(name)
            yield name, role, offset + begin, offset + begin + len(name)
        place = max(end, place + 1)


def _name_end(chunk: str, place: int) -> int:
    depth = 0
    for at in range(place, len(chunk)):
        char = chunk[at]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif (depth <= 0 and (char in "、,;。 \t/" or (at > place and _FILLER.match(chunk, at)))) or (
            depth <= 0 and at - place >= 3 and _AND.match(chunk, at) and _STRONG.search(chunk[place:at])
        ):
            return at
    return len(chunk)


# 科技部等有关部门及…, …会同有关部门: words between units that name nobody
_FILLER = re.compile(
    r"等(?:有关|相关|各)?(?:部门|单位|方面)+(?:以?及|和|与|、|(?=,|;|。|$))|会同(?:有关|相关)(?:部门|单位|方面)+"
)
_AND = re.compile(r"[和及与](?=[各省市区县])|以及|会同")
_TAIL = re.compile(r"(?:等(?:有关|相关|各)?(?:部门|单位|方面)*|(?:的)?(?:单位|部门)?按(?:照)?职责分工负责)$")
_ROLE_MARK = re.compile(r"\((牵头|主办|配合|协办|参与)(?:单位|部门|负责)?\)$")


def _clean(raw: str) -> tuple[str, Role | None]:
    role: Role | None = None
    name = raw.strip(" 、,;。.*“”\"'")
    mark = _ROLE_MARK.search(name)
    if mark:
        role = "lead" if mark.group(1) in ("牵头", "主办") else "support"
        name = name[: mark.start()]
    name = _TAIL.sub("", name)
    name = re.sub(r"^(?:由|会同|以及|以|和|及)(?=[\u4e00-\u9fff]{2})", "", name)
    if len(name) < 2 or len(name) > 40:
        return "", None
    return name, role
