"""分篇: the documents that share one page (方案, 解读, 会签与征集意见, 会议消息, 印发通知, 导航 …).

Evidence: title lines, restart of the top numbering, section names, signature and date. Not here: what each one says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zhicheng.base.citation import Span
from zhicheng.base.text import HAN_DIGITS, han_number
from zhicheng.domain.plan.compiler.paragraphs import Paragraph

Kind = Literal["plan", "explanation", "consultation", "meeting", "notice", "navigation", "footer", "annex", "other"]


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the page; spans of all documents together are the whole text, in order."""

    kind: Kind
    title: str
    span: Span
    paragraphs: tuple[Paragraph, ...]


_NOUNS = (
    "方案|计划|规划|纲要|意见|办法|措施|政策|细则|规定|规则|条例|要点|通知|通告|公告|决定|解读|说明|报告|纪要|情况|清单|"
    "任务书|分工|分工表|任务表|目录|指南|答记者问|问答|函|若干措施|十条|条措施"
)
_TITLE = re.compile(
    rf"^[^。;!?]{{4,90}}(?:{_NOUNS})(?:[(\[〔《][^()]{{1,30}}[)\]〕》])*(?:的(?:政策)?解读|解读|的通知|的函|的说明|起草说明|的公告)?$"
)
_NUMBER = re.compile(r"^[^\s,。:]{1,12}(?:发|函|规|字|办|号)?[^\s,。:]{0,8}[〔\[(【]\d{4}[〕\])】][^\s,。]{0,6}\d+号$")
_DATE = re.compile(
    r"^(?:发布时间:|成文日期:)?(?:\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九十]{4}年[^日]{2,6}日)(?:印发|发布)?$"
)
_OPEN_TO_ALL = re.compile(
    r"^[(]?此件(?:公开|主动公开|依申请公开|不公开|删减)?[^,。]{0,6}[)]?$|^(?:信息)?公开(?:方式|属性|选项):"
)
_LETTER = re.compile(
    r"(?:现将|已经?).{0,80}(?:印发给你们|印发实施|予以印发|转发给你们|印发你们)|请.{0,20}(?:遵照执行|贯彻(?:落实|执行)|抓好落实)"
)
_ADDRESSEES = re.compile(r"^(?:各|市|省|区|县|国务院|有关|县政府|市政府|区政府).{2,120}:$")
_MEETING = re.compile(r"(?:主持召开|召开了?|举行).{0,30}(?:常务会议|全体会议|政府会议|办公会议?|党组会|常委会)")
_MEETING_START = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[^。]{0,60}(?:召开|举行)[^。]{0,40}会议?")
_ANNEX = re.compile(r"^附(?:件|表|录)\s*[\d一二三四五六七八九十]*\s*[:.、]?(?!则)")
_FOOTER = re.compile(
    r"^(?:版权所有|主办:|【打印】|打印|Produced By|Copyright|ICP备|主办单位:|承办:|技术支持|网站地图|网站标识码|联系我们|扫一扫|打印本页|"
    r"关闭窗口|分享到|上一篇|下一篇|相关(?:链接|阅读|文件|新闻|解读)|关联(?:细则|指南|政策|阅读)|返回顶部|[^。]{0,20}公网安备)",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"^(?:[•·●▪◆■>»|]|首页|当前位置|您(?:现在)?(?:所在)?的?位置|索引号|信息分类|发布机构:|发文机关|成文日期|发布日期|主题分类|"
    r"主题词|文\s?号:|有效性|来源:|字体:|\[?(?:大|中|小)\]?$|分享:|网址:|浏览次数|政策文号:|实施日期:|失效日期:|具体链接:|"
    r"产业类型:|政策名称?:|政策(?:类型|级别):|发文(?:单位|字号|日期|机构):|发布(?:单位|日期|机关):|印发日期:|生效(?:日期|时间):|截止日期:|有效期:|信息来源:|公文种类:|原文链接:|链接:|标签:|关键词:|发布时间:|失效时间:|正文$|标\s?题:|名\s?称:|承办单位:.{0,40}计划完成)"
)
STAGE_NAMES = (
    "决策启动",
    "公众参与",
    "专家论证",
    "风险评估",
    "合法性审查",
    "公平竞争审查",
    "集体讨论",
    "决策公布",
    "决策执行",
    "执行评估",
    "决策草案",
    "草案解读",
)

# Words in short lines and headings, the kind they speak for, and how loudly. The loudest kind wins; a tie is a plan.
_EVIDENCE: tuple[tuple[Kind, re.Pattern[str], int], ...] = (
    (
        "explanation",
        re.compile(
            r"解读|起草说明|编制说明|(?:政策|起草|出台|制定|编制)(?:的)?(?:背景|过程|目的|意义)|(?:决策|制定|起草|文件|编制)依据|"
            r"背景(?:和|与|及)依据|关键词诠释|答记者问"
        ),
        3,
    ),
    ("explanation", re.compile(r"主要内容|重要举措|目标任务$|(?:特色)?亮点|主要特点|创新点"), 1),
    (
        "consultation",
        re.compile(
            r"(?:意见|建议).{0,6}(?:采纳|征集|征求|反馈)(?:情况|结果)?|会签|公众参与|部门意见|专家论证|合法性审查|公平竞争审查|集体讨论|征求意见的?情况|反馈意见|听证|论证意见|征集结果|征求意见稿?公告"
        ),
        2,
    ),
    (
        "plan",
        re.compile(
            r"总体要求|总体思路|指导思想|工作目标|主要目标|发展目标|总体目标|主要任务|重点任务|工作任务|保障措施|组织实施|实施步骤|"
            r"基本原则|工作要求|附则|适用范围|支持(?:范围|对象|内容|标准)|扶持|责任分工|组织领导|^第.{1,3}条"
        ),
        2,
    ),
)
_NAMES_UNITS = re.compile(r"(?:责任|牵头|负责|配合)(?:单位|部门):|(?:负责|牵头|配合|参与|落实)\)")
_TITLE_SAYS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("explanation", re.compile(r"解读|起草说明|编制说明|的说明$|答记者问|问答$")),
    ("consultation", re.compile(r"(?:征集|征求|采纳|反馈)[^,。]{0,10}(?:结果|情况)|意见[^,。]{0,6}(?:结果|情况)")),
)


def split_pages(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Document, ...]:
    """The documents of a page in order. A text without any sign of several documents is one plan."""
    if not paragraphs:
        return (Document("plan", "", Span(0, len(text)), ()),) if text else ()
    starts = _boundaries(paragraphs)
    pieces = [paragraphs[a:b] for a, b in zip(starts, [*starts[1:], len(paragraphs)], strict=True)]
    kinds = [_kind(piece) for piece in pieces]
    kinds = _with_a_plan(kinds, pieces)
    pieces, kinds = _join_furniture(pieces, kinds)
    documents = []
    for index, piece in enumerate(pieces):
        begin = piece[0].span.start if index else 0
        finish = pieces[index + 1][0].span.start if index + 1 < len(pieces) else len(text)
        documents.append(Document(kinds[index], _title_of(text, piece), Span(begin, finish), piece))
    return tuple(documents)


def is_title(paragraph: Paragraph) -> bool:
    """A line that names a document: ends in 方案, 办法, 通知, 解读 …; no number before it, no sentence in it."""
    return (
        paragraph.numbering is None
        and not _NAVIGATION.match(paragraph.text)
        and bool(_TITLE.match(paragraph.text.strip("《》")))
    )


def is_furniture(paragraph: Paragraph) -> bool:
    """A line of the web page, not of a document: menu, tab, metadata, footer."""
    text = paragraph.text
    return bool(_NAVIGATION.match(text) or _FOOTER.match(text)) or text.strip("•· ") in STAGE_NAMES


def is_number(line: str) -> bool:
    """海政办发〔2023〕8号 on a line of its own."""
    return bool(_NUMBER.match(line))


def is_openness(line: str) -> bool:
    """(此件公开发布)."""
    return bool(_OPEN_TO_ALL.match(line))


def issue_day(line: str) -> str | None:
    """ISO day of a line that holds nothing but a date, in Arabic or Chinese numerals; None for any other line."""
    if not _DATE.match(line.strip("()")):
        return None
    found = re.search(
        rf"(\d{{4}}|[{HAN_DIGITS}]{{4}})年(\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})月(\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})日", line
    )
    parts = [int(p) if p.isdecimal() else han_number(p) for p in found.groups()] if found else []
    if len(parts) != 3 or any(p is None for p in parts):
        return None
    return f"{parts[0]:04d}-{parts[1]:02d}-{parts[2]:02d}"


def _boundaries(paragraphs: tuple[Paragraph, ...]) -> list[int]:
    """Indexes of paragraphs at which a new document may begin."""
    starts = {0}
    top: str | None = None
    for place, paragraph in enumerate(paragraphs):
        number = paragraph.numbering
        before = paragraphs[place - 1] if place else None
        if number and number.kind in ("part", "chapter", "article", "han"):
            if number.ordinal == 1 and top == number.kind:
                begin = _pull_back(paragraphs, place)
                starts.add(begin)
            elif number.ordinal == 1 and top is None:
                top = number.kind
            if top is None:
                top = number.kind
        elif (_MEETING_START.match(paragraph.text) and _MEETING.search(paragraph.text)) or (
            _ANNEX.match(paragraph.text) and len(paragraph.text) < 40 and place > len(paragraphs) // 3
        ):
            starts.add(place)
            top = None
        elif is_furniture(paragraph) != (before is not None and is_furniture(before)):
            starts.add(place)
        elif before and _letter_ends(paragraphs, place):
            starts.add(place)
            top = None
        if place in starts and number is None:
            top = None
    return sorted(starts)


def _letter_ends(paragraphs: tuple[Paragraph, ...], place: int) -> bool:
    """Whether the line before closed a letter (signature, date, 此件公开发布) and this one opens something else."""
    before, here = paragraphs[place - 1].text, paragraphs[place].text
    closed = bool(_DATE.match(before) or _OPEN_TO_ALL.match(before))
    return closed and not (_DATE.match(here) or _OPEN_TO_ALL.match(here))


def _pull_back(paragraphs: tuple[Paragraph, ...], place: int) -> int:
    """A document that restarts the numbering begins at the title or the opening words before it."""
    begin = place
    for back in range(place - 1, max(place - 8, 0), -1):
        paragraph = paragraphs[back]
        if paragraph.numbering or is_furniture(paragraph):
            break
        if is_title(paragraph):
            return back
        if _OPENING.search(paragraph.text):
            begin = back
        elif back == place - 1 or begin < place:
            continue
    return begin


_OPENING = re.compile(
    r"解读如下|说明如下|(?:制定|起草|提出).{0,14}(?:方案|措施|意见|办法|计划|规划)[。:]?$|如下[:。]$|通知如下"
)


def _kind(piece: tuple[Paragraph, ...]) -> Kind:
    """The kind a run of paragraphs speaks for; `plan` only where something says so."""
    head = piece[0].text
    if all(is_furniture(p) for p in piece):
        menu = any(_NAVIGATION.match(p.text) for p in piece)
        return "footer" if _FOOTER.match(head) and not menu else "navigation"
    if _MEETING_START.match(head) and _MEETING.search(head):
        return "meeting"
    votes = _votes(piece)
    if _ANNEX.match(head) and len(head) < 40:
        return "plan" if votes["plan"] >= 6 and _top_numbers(piece) > 2 else "annex"  # 附件: and then the plan itself
    said = next((kind for p in piece[:5] if is_title(p) for kind, words in _TITLE_SAYS if words.search(p.text)), None)
    if said:
        return said
    whole = sum(len(p.text) for p in piece)
    if whole < 3000 and any(_LETTER.search(p.text) for p in piece) and not _top_numbers(piece):
        return "notice"
    if not votes:
        short = all(len(p.text) < 90 and "。" not in p.text for p in piece)
        return "plan" if _top_numbers(piece) or whole > 400 else "navigation" if short else "other"
    return max(votes, key=lambda kind: (votes[kind], kind == "plan"))


def _votes(piece: tuple[Paragraph, ...]) -> Counter[Kind]:
    votes: Counter[Kind] = Counter()
    units = sum(_NAMES_UNITS.search(p.text) is not None for p in piece)
    if units:
        votes["plan"] += 2 * min(units, 5)
    for paragraph in piece:
        line = paragraph.text if len(paragraph.text) < 60 else paragraph.text[:40] if paragraph.numbering else ""
        for kind, pattern, weight in _EVIDENCE:
            if line and pattern.search(line):
                votes[kind] += weight
    return votes


def _top_numbers(piece: tuple[Paragraph, ...]) -> int:
    return sum(
        p.numbering is not None and p.numbering.kind in ("chapter", "han", "article", "han_paren") for p in piece
    )


def _with_a_plan(kinds: list[Kind], pieces: list[tuple[Paragraph, ...]]) -> list[Kind]:
    """If nothing on the page is a plan, its longest body is taken for one, unless its title says what else it is."""
    bodies = [i for i, kind in enumerate(kinds) if kind not in ("navigation", "footer")]
    if "plan" in kinds or not bodies:
        return kinds
    longest = max(bodies, key=lambda i: sum(len(p.text) for p in pieces[i]))
    titled = any(is_title(p) and words.search(p.text) for p in pieces[longest][:5] for _, words in _TITLE_SAYS)
    if titled or kinds[longest] == "meeting":
        return kinds
    return [*kinds[:longest], "plan", *kinds[longest + 1 :]]


def _join_furniture(
    pieces: list[tuple[Paragraph, ...]], kinds: list[Kind]
) -> tuple[list[tuple[Paragraph, ...]], list[Kind]]:
    """Neighbours of one kind among menus and consultation records are one document."""
    out: list[tuple[Paragraph, ...]] = []
    named: list[Kind] = []
    for piece, kind in zip(pieces, kinds, strict=True):
        if named and named[-1] == kind and kind in ("navigation", "footer", "plan"):
            out[-1] = out[-1] + piece
        else:
            out.append(piece)
            named.append(kind)
    return out, named


def frame_spans(document: Document) -> Iterator[Span]:
    """Lines that frame a document: title, number, addressees, signature, date, 此件公开发布, menu lines, headings of records."""
    first = next((i for i, p in enumerate(document.paragraphs) if p.numbering), len(document.paragraphs))
    for place, paragraph in enumerate(document.paragraphs):
        text = paragraph.text
        dated = place + 1 < len(document.paragraphs) and _DATE.match(document.paragraphs[place + 1].text.strip("()"))
        heading = document.kind != "plan" and paragraph.numbering is not None and len(text) < 30
        opening = place < first and (is_title(paragraph) or _ADDRESSEES.match(text) or _ISSUING.search(text))
        closing = bool(dated) and len(text) < 40 and not re.search(r"[,。;:]", text)
        if (
            is_furniture(paragraph)
            or opening
            or closing
            or heading
            or _FRAME.match(text.strip("()"))
            or _NUMBER.match(text)
        ):
            yield paragraph.span


_ISSUING = re.compile(r"^[^,。;:]{2,40}(?:委|委员会|人民政府|政府|办公室|局|厅|院|部)$")
_FRAME = re.compile(rf"{_DATE.pattern}|{_OPEN_TO_ALL.pattern}|^特此(?:通知|公告|函告)。?$")


def _title_of(text: str, piece: tuple[Paragraph, ...]) -> str:
    """The title of a document: the last title line before its numbering, with what was broken off before it."""
    found = -1
    for place, paragraph in enumerate(piece[:14]):
        if paragraph.numbering:
            break
        if is_title(paragraph) and (found < 0 or paragraph.text.startswith("关于")):
            found = place
    if found < 0:
        return ""
    begin = found
    while begin and found - begin < 2 and _broken_title(piece[begin - 1], piece[begin]):
        begin -= 1
    after = found + 1
    if (
        after < len(piece)
        and re.fullmatch(r"[(〔].{2,24}[)〕](?:的通知|的公告)?", piece[after].text)
        and not _DATE.match(piece[after].text.strip("()"))
    ):
        found = after  # (2023-2025年) on a line of its own
    return "".join(_as_written(text, p) for p in piece[begin : found + 1])


def _as_written(text: str, paragraph: Paragraph) -> str:
    return re.sub(r"\s+", " ", paragraph.span.of(text))


def _broken_title(before: Paragraph, title: Paragraph) -> bool:
    """Whether the line before belongs to the title: the issuer before 关于…, or its first half."""
    text = before.text
    if (
        before.numbering
        or is_furniture(before)
        or len(text) > 60
        or text[-1] in "。;:!?)"
        or _NUMBER.match(text)
        or _DATE.match(text)
    ):
        return False
    if title.text.startswith("关于"):
        return bool(_ISSUING.match(text))
    return not is_title(before) and ("关于" in text or text.startswith(("国务院", "中共")))
