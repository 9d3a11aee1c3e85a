"""决策记录: what a page tells of how the plan was decided — stages, consultation, countersign, experts, review, meeting, basis.

A fact that the page does not state is absent; a stage named without content says so. Not here: whether the law was kept
(domain/decision).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhicheng.base.citation import Span
from zhicheng.base.text import han_number
from zhicheng.domain.plan.compiler.pages import STAGE_NAMES, Document, is_number, is_openness, issue_day
from zhicheng.domain.plan.compiler.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the record with its place. values: what was read out of it (dates ISO, counts, names)."""

    name: str
    span: Span
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """All facts of the page in text order; at most one of each name but `stage` and `basis_document`."""

    facts: tuple[Fact, ...]

    def all(self, name: str) -> tuple[Fact, ...]:
        return tuple(f for f in self.facts if f.name == name)

    def one(self, name: str) -> Fact | None:
        return next((f for f in self.facts if f.name == name), None)


_DAY = r"(?P<{0}y>\d{{4}})年(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_DATE = re.compile(_DAY.format(""))
_UNIT = r"[\u4e00-\u9fff()]{2,24}?(?:局|委|厅|办|政府|委员会|部|署|中心|管委会)"
_SIMPLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "organiser",
        re.compile(
            r"(?:承办|起草|组织|制定|编制|牵头起草)(?:单位|部门):(?P<unit>[\u4e00-\u9fff、()]{2,60}?)(?=计划|联系|$|[\s,;。])"
        ),
    ),
    (
        "planned_completion",
        re.compile(r"(?:计划|拟)?完成(?:时间|时限):(?P<y>\d{4})[.年/-](?P<m>\d{1,2})(?:[.月/-](?P<d>\d{1,2}))?日?"),
    ),
    (
        "fair_competition_review",
        re.compile(r"(?:通过了?|履行了?|开展了?|进行了?|经)?[^,。;]{0,20}?(?P<what>公平竞争审查)"),
    ),
)
_COUNTERSIGN = re.compile(
    r"(?:(?P<names>[^,。;:]*?)等)?(?P<count>\d+|[一二三四五六七八九十]+)个?(?:部门|单位|委办局)[^。;]{0,20}?(?:会签|书面征求|征求意见)"
    r"|(?:会签|征求)(?:了)?(?P<names2>[^,。;:]{4,80}?)等?(?P<count2>\d+)个?(?:部门|单位)[^,。;]{0,10}(?:意见)?"
)
_CONSULTED = re.compile(
    rf"(?:于|自|从)?{_DAY.format('a')}(?:起)?(?:至|到|-|~)(?P<by>\d{{4}}年)?(?P<bm>\d{{1,2}})月(?P<bd>\d{{1,2}})日[^。;]{{0,60}}?(?:征求意见|征求[^。;]{{0,12}}意见|公示|公开征集|征集意见)"
)
_NO_OPINION = re.compile(
    r"(?:未|没有|无|均未)(?:收到|收集到|接到)?[^,。;]{0,10}(?:意见|建议)|(?:共)?收到[^,。;]{0,12}0条"
)
_OPINIONS = re.compile(r"(?:收到|收集|征集到|征得)[^,。;\d]{0,16}(?P<n>\d+)(?:条|份|个|件|封)")
_EXPERTS = re.compile(rf"(?:于)?{_DAY.format('')}[^。;]{{0,20}}?(?:组织|召开|举行)[^。;]{{0,60}}?(?:专家)?论证会?")
_LEGALITY = re.compile(
    rf"{_DAY.format('')}[^。;]{{0,30}}?(?:通过了?)?[^。;]{{0,10}}?合法性审(?:查|核)(?:意见)?|(?:通过了?)(?P<bare>合法性审(?:查|核))"
)
_RISK = re.compile(
    r"(?:开展|进行|组织|完成|通过)了?[^,。;]{0,20}(?:社会稳定)?风险评估|风险等级[^,。;]{0,12}(?P<level>低风险|中风险|高风险)"
)
_MEETING = re.compile(
    rf"(?:{_DAY.format('')}|\d{{1,2}}月\d{{1,2}}日)(?:上午|下午|晚)?,?(?:(?P<chair_post>[\u4e00-\u9fff、]{{0,30}}?(?:书记|市长|区长|县长|省长|主任|州长|专员|局长|组长))(?P<chair>[\u4e00-\u9fff·]{{2,4}}?))?"
    r"(?:同志)?(?:主持)?(?:召开|举行)了?(?P<meeting>[^,。;]{0,30}?(?:会议|常务会(?!议)|全会))"
)
# 市政府第25次常务会议审议通过了《方案》: told without 召开
_DECIDED = re.compile(
    rf"(?:{_DAY.format('')}(?:上午|下午)?,?)?(?:经|由)?(?P<meeting>[\u4e00-\u9fff]{{2,12}}第?(?P<n>\d+|[一二三四五六七八九十百]+)次[^,。;]{{0,12}}?会议)[^。;]{{0,6}}?(?=审议|研究|讨论|原则)"
)
_REPORTER = re.compile(
    r"听取了?(?P<reporter_post>[\u4e00-\u9fff]{2,20}?(?:局长|主任|部长|书记|院长|厅长|负责人))(?P<reporter>[\u4e00-\u9fff·]{2,4}?)(?:同志)?(?:关于|所作|作的|汇报)"
)
_DECISION_WORDS = (
    "原则同意",
    "审议通过",
    "原则通过",
    "审议并通过",
    "审议并原则通过",
    "同意",
    "暂缓",
    "缓议",
    "不予通过",
)
_PUBLISHED = re.compile(rf"{_DAY.format('')}[^。;]{{0,20}}?(?:正式)?(?:印发|公布|发布)")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ISSUER = re.compile(
    r"(?:^|[,;。:》]|以及|和|及|依照|按照|根据|依据|落实|贯彻|结合)"
    r"(?P<issuer>(?:(?!按照|依照|根据|依据|落实|贯彻|以及|结合)[\u4e00-\u9fff、]){2,30}?)(?:联合|制定|印发|发布|出台|颁布|关于)*的?$"
)
_BASIS_WORDS = re.compile(r"依据|根据|按照|依照|贯彻|落实|按(?=《)")


def read_record(documents: tuple[Document, ...]) -> Record:
    """The decision record of a page, read from everything but the plan's own sections."""
    facts: list[Fact] = []
    for document in documents:
        if document.kind == "plan":
            facts.extend(_preamble_basis(document))
            continue
        section = ""
        for paragraph in document.paragraphs:
            section = paragraph.text if paragraph.numbering and len(paragraph.text) < 40 else section
            facts.extend(_paragraph(paragraph, document, section))
    facts.extend(_issued(documents))
    facts.extend(_stages(documents, facts))
    unique: dict[tuple[str, int], Fact] = {}
    for fact in facts:
        key = (fact.name, fact.span.start if fact.name in ("stage", "basis_document") else 0)
        unique.setdefault(key, fact)
    return Record(tuple(sorted(unique.values(), key=lambda f: (f.span.start, f.name))))


def _paragraph(paragraph: Paragraph, document: Document, section: str) -> Iterator[Fact]:
    text = paragraph.text
    for name, pattern in _SIMPLE:
        match = pattern.search(text)
        if match:
            yield _fact(
                paragraph,
                name,
                match.start("what") if name.startswith("fair") else match.start(),
                match.end(),
                _simple_values(name, match),
            )
    if document.kind not in ("navigation", "footer"):
        yield from _consultation(paragraph, section)
        yield from _reviews(paragraph)
        yield from _meeting(paragraph)
    if "依据" in section or (document.kind == "explanation" and _BASIS_WORDS.search(text[:40]) and "《" in text):
        yield from _basis(paragraph)


def _simple_values(name: str, match: re.Match[str]) -> dict[str, Any]:
    if name == "organiser":
        return {"unit": match.group("unit")}
    if name == "planned_completion":
        day = match.group("d")
        return {"date": f"{match.group('y')}-{int(match.group('m')):02d}" + (f"-{int(day):02d}" if day else "")}
    return {"done": True, "date": None}


def _consultation(paragraph: Paragraph, section: str) -> Iterator[Fact]:
    text = paragraph.text
    signed = _COUNTERSIGN.search(text)
    if signed and ("会签" in text or "部门" in section):
        names = signed.group("names") or signed.group("names2") or ""
        count = signed.group("count") or signed.group("count2")
        listed = re.sub(r"^.*?(?:组织|征求|书面|送|向|会同|征得)(?:了)?", "", names)
        yield _fact(
            paragraph,
            "department_countersign",
            signed.start() + len(names) - len(listed) if listed else signed.start(),
            _sentence_end(text, signed.end()),
            {
                "count": int(count) if count.isdecimal() else han_number(count),
                "named": [n for n in listed.split("、") if n],
                "all_agreed": True
                if re.search(r"(?:全部|均|一致|都)(?:表示)?同意|(?:均|全部)无(?:修改)?(?:不同)?意见", text)
                else None,
                "opinions_adopted": _adopted(text),
                "date": None,
            },
        )
    asked = _CONSULTED.search(text)
    if asked:
        end = _sentence_end(text, asked.end())
        heard = _OPINIONS.search(text, asked.end())
        yield _fact(
            paragraph,
            "public_participation",
            asked.start(),
            end,
            {
                "from": _iso(asked, "a"),
                "to": f"{(asked.group('by') or asked.group('ay'))[:4]}-{int(asked.group('bm')):02d}-{int(asked.group('bd')):02d}",
                "opinions": 0
                if _NO_OPINION.search(text[asked.start() :])
                else int(heard.group("n"))
                if heard
                else None,
            },
        )


def _reviews(paragraph: Paragraph) -> Iterator[Fact]:
    text = paragraph.text
    experts = _EXPERTS.search(text)
    if experts and "论证" in text:
        basis = _TITLE.search(text[: experts.start()])
        yield _fact(
            paragraph,
            "expert_argument",
            experts.start(),
            experts.end(),
            {
                "date": _iso(experts, ""),
                "basis": basis.group(1) if basis else None,
                "changes_requested": False
                if re.search(r"(?:未|没有|无)(?:提出)?[^,。;]{0,8}(?:修改)?意见", text)
                else None,
            },
        )
    legal = next((m for m in _LEGALITY.finditer(text) if m.group("y")), None) or _LEGALITY.search(text)
    if legal:
        reviewer = re.search(
            rf"(?:针对|经|由)(?P<u>{_UNIT})[^,。;]{{0,6}}(?:提出|审查|审核|出具)?[^,。;]{{0,4}}合法性", text
        )
        yield _fact(
            paragraph,
            "legality_review",
            legal.start(),
            legal.end(),
            {
                "date": _iso(legal, "") if legal.group("y") else None,
                "passed": True if "通过" in text else None,
                "reviewer": reviewer.group("u") if reviewer else None,
                "opinions_adopted": _adopted(text),
            },
        )
    risk = _RISK.search(text)
    if risk:
        day = _DATE.search(text[max(0, risk.start() - 24) : risk.start()])
        level = re.search(r"(?:低|中|高)风险", text[risk.start() :])
        told = {"date": _iso(day, "") if day else None, "level": level.group() if level else None}
        yield _fact(paragraph, "risk_assessment", risk.start(), risk.end(), told)


def _meeting(paragraph: Paragraph) -> Iterator[Fact]:
    text = paragraph.text
    met = _MEETING.search(text) or _DECIDED.search(text)
    if met is None or not any(word in text for word in _DECISION_WORDS):
        return
    reporter = _REPORTER.search(text)
    said = met.groupdict()
    numbered = re.search(r"第?(\d+|[一二三四五六七八九十百]+)次", met.group("meeting"))
    number = numbered.group(1) if numbered else ""
    yield _fact(
        paragraph,
        "collective_discussion",
        met.start(),
        met.end(),
        {
            "date": _iso(met, "") if said["y"] else None,
            "meeting": met.group("meeting"),
            "number": (int(number) if number.isdecimal() else han_number(number)) if number else None,
            "chair": said.get("chair"),
            "chair_post": said.get("chair_post"),
            "reporter": reporter.group("reporter") if reporter else None,
            "reporter_post": reporter.group("reporter_post") if reporter else None,
            "decision": [w for w in _DECISION_WORDS if w in text and not (w == "同意" and "原则同意" in text)],
        },
    )


def _basis(paragraph: Paragraph) -> Iterator[Fact]:
    text = paragraph.text
    for match in _TITLE.finditer(text):
        title = match.group(1)
        if len(title) < 5 or re.search(r"以下简称|本方案", text[match.end() : match.end() + 8]):
            continue
        issuer = _ISSUER.search(text[max(0, match.start() - 40) : match.start()])
        after = re.match(r"[(〔]([^()〔〕]{2,12}[〔\[]\d{4}[〕\]]\d+号)[)〕]", text[match.end() :])
        yield _fact(
            paragraph,
            "basis_document",
            match.start(),
            match.end(),
            {
                "title": title,
                "issuer": issuer.group("issuer").strip("、") if issuer else None,
                "number": after.group(1) if after else None,
                "years": [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", title)],
            },
        )


def _preamble_basis(document: Document) -> Iterator[Fact]:
    """根据《…》《…》等文件 in the opening words of a plan."""
    for paragraph in document.paragraphs[:12]:
        words = _BASIS_WORDS.search(paragraph.text)
        if words and "《" in paragraph.text and (paragraph.numbering is None or "制定" in paragraph.text):
            yield from _basis(paragraph)


def _issued(documents: tuple[Document, ...]) -> Iterator[Fact]:
    """Number, day and openness a paper was issued under, from the letter or the head and foot of the plan itself."""
    for document in sorted((d for d in documents if d.kind in ("notice", "plan")), key=lambda d: d.kind):
        numbers = [p for p in document.paragraphs[:8] if is_number(p.text)]
        days = [p for p in document.paragraphs if issue_day(p.text)]
        opens = [p for p in document.paragraphs if is_openness(p.text)]
        if numbers:
            values = {
                "number": numbers[0].text,
                "date": issue_day(days[-1].text) if days else None,
                "openness": opens[0].text.strip("()") if opens else None,
            }
            yield Fact("publication", numbers[0].span, values)
            return


_STAGE_FACTS = {
    "决策启动": "organiser",
    "公众参与": "public_participation",
    "专家论证": "expert_argument",
    "风险评估": "risk_assessment",
    "合法性审查": "legality_review",
    "公平竞争审查": "fair_competition_review",
    "集体讨论": "collective_discussion",
    "决策公布": "publication",
    "执行评估": "execution_evaluation",
    "决策执行": "execution",
}


def _stages(documents: tuple[Document, ...], facts: list[Fact]) -> Iterator[Fact]:
    """The stage names of the page's menu, each with whether anything on the page fills it."""
    told = {fact.name for fact in facts}
    seen: set[str] = set()
    for document in documents:
        if document.kind != "navigation":
            continue
        for paragraph in document.paragraphs:
            name = paragraph.text.strip("•· ")
            if name in _STAGE_FACTS and name in STAGE_NAMES and name not in seen:
                seen.add(name)
                yield Fact("stage", paragraph.span, {"name": name, "content": _STAGE_FACTS[name] in told})


def _fact(paragraph: Paragraph, name: str, start: int, end: int, values: dict[str, Any]) -> Fact:
    return Fact(name, paragraph.folded.span(start, end), values)


def _iso(match: re.Match[str], prefix: str) -> str:
    return f"{match.group(prefix + 'y')}-{int(match.group(prefix + 'm')):02d}-{int(match.group(prefix + 'd')):02d}"


def _adopted(text: str) -> bool | None:
    if re.search(r"(?:均|全部|已)(?:已|予以)?采纳", text):
        return True
    return False if re.search(r"(?:未|不予)采纳", text) else None


def _sentence_end(text: str, place: int) -> int:
    match = re.compile(r"[。;]").search(text, place)
    return match.start() if match else len(text)
