"""指标: what is to be reached — indicator, comparator, value, unit, year. Not here: how it is measured (domain/targets).

A target is read as written: no value is computed, a year not in force over the sentence stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.deadlines import Deadlines
from zhicheng.domain.plan.compiler.figures import Figure, figures
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.sentences import MASK, Sentence, sentences


@dataclass(frozen=True, slots=True)
class Target:
    """One aim. value None: no number (qualitative); low: lower end of a range; inferred: the year follows from N年内."""

    span: Span
    indicator: str
    comparator: str
    value: Decimal | None
    unit: str | None
    year: int | None
    low: Decimal | None = None
    inferred: bool = False
    period: str | None = None
    base_year: int | None = None


# What joins an indicator to its number: words, comparator without a suffix. Longest first.
_REACH: tuple[tuple[str, str], ...] = (
    (r"(?:年均|每年|同比|累计)?(?:增长|增幅|增速|提高|提升)(?:率|幅度)?(?:达到|达|超过|保持在|不低于|在)", "growth>="),
    (r"(?:提高|提升|增加|增长|扩大|上升|增至|提至|升至)(?:到|至|为)|增至|升至", ">="),
    (r"(?:下降|降低|减少|压减|压缩|缩短|控制)(?:到|至|在)|降至|压至", "<="),
    (r"新增(?:加)?(?:超过|不少于|达到|不低于)?|净增|增加", "increase by"),
    (r"(?:下降|降低|减少|压减|压缩|缩短)(?:超过|不低于)?", "decrease by"),
    (r"不低于|不少于|不小于|力争达到|达到|达|超额完成|不低於|满足", ">="),
    (r"超过|突破|高于|大于|超", ">"),
    (r"不超过|不高于|不多于|低于|小于|少于|控制在|不超", "<="),
    (r"(?:稳定|保持|维持)在?(?:不低于)?", "about"),
    (r"(?:年均|同比|每年|累计)?(?:增长|提高|提升|上升|增幅)", "growth"),
    (r"实现|完成|力争|争取|累计|总量|总数|为|共", "="),
)
_REACH_ANY = "|".join(f"(?P<c{i}>{words})" for i, (words, _) in enumerate(_REACH))
_LINKED = re.compile(
    rf"^(?P<indicator>.*?)(?:总体|整体|均|都|分别|总计|合计|力争|要|应|可|将|基本|预计)*(?:{_REACH_ANY})(?:约|近|约为|到|至|超|均为)?$"
)
_ACT = (
    r"(?:引进|培养|培育|建设|建成|建立|打造|新建|创建|支持|扶持|选拔|筹集|筹建|培训|轮训|遴选|布局|举办|开展|组织|发展|认定|推动|推进|形成|"
    r"转化|制定|制修订|修订|发布|实施|申报|资助|选派|孵化|评选|推广|改造|新增|完成|落地|促成|达成|签订|受理|办理|收储|盘活|提供|促进|申请|布设|设立|组建|征集|储备|汇聚|集聚|招引|"
    r"服务|惠及|覆盖|检查|查办|出台|产生|选择|争创|获批|获得|推出|建有|构建|导入|招募|聘请|创办|承办|策划|编制|挖掘|扩大|吸引|授予|授权|登记|运用|贯标|实现|达成)"
)
_ACTED = re.compile(
    rf"{_ACT}(?P<between>(?:[^,;。:\d]|\d(?=[A-Za-z])){{0,24}}?)(?:和|及|、)?(?:不少于|不低于|超过|达到|约|近|总数|共|以上)?$"
)
# 压缩企业开办时间至0.5个工作日
_MOVED = re.compile(r"(?P<verb>压缩|缩短|压减|降低|减少|提高|提升|扩大|增加)(?P<indicator>[^,;。:]{2,24}?)(?:至|到)$")
_NOUN_LED = re.compile(
    r"(?P<indicator>[^,;。:]{2,40}?(?:量|率|数|额|金额|比重|占比|指数|满意度|收入|产值|规模|总值|增加值|次数|水平|投资|贡献率|面积|密度|强度|成本|时间|人数|企业|机构|平台|专利|商标|标准|项目|件))$"
)
_LISTED = re.compile(r"(?:其中)?(?P<indicator>[^,;。:]{2,24})")
_YEARS_LIST = re.compile(r"(?:到)?20\d\d年(?:(?:、|和|,)20\d\d年)+(?:底|末)?,?")
_SUFFIX = re.compile(r"^[\x00]*(?:\(含\))?(?P<word>及以上|以上|左右|上下|以内|之内|以下|及以下)?")
_SUFFIX_COMPARATOR = {
    "及以上": ">=",
    "以上": ">=",
    "左右": "about",
    "上下": "about",
    "以内": "<=",
    "之内": "<=",
    "以下": "<=",
    "及以下": "<=",
}
_GREAT = re.compile(
    r"(?:建成|组建|打造|建设|设立|培育|形成)(?P<what>[^;。:]{0,70}?)(?P<count>[两二三四五六七八九十]|\d{1,2})大(?P<noun>[^,;。\x00]{0,16}?(?:中心|基地|平台|园区|集群|集聚区|联盟|产业链))"
)
_ZERO = re.compile(r"(?P<indicator>[^,;。:]{2,30}?)(?<!趋)零(?:发生|事故|差错|投诉|上访|新增)")
_VAGUE = re.compile(
    r"^(?P<indicator>[^,;。:]{4,44}?)(?:得到|取得|实现)?(?P<how>(?:明显|显著|快速|大幅|稳步|持续|全面|进一步|不断|有效|更加|逐步)(?:度)?"
    r"(?:提升|增强|增长|改善|提高|优化|健全|完善|增加|壮大|下降|降低|成效|进展|突破|扩大|夯实))$"
)
_NEAR = 120  # characters before a number in which its indicator stands
_YEAR_HEAD = re.compile(r"^(?:力争|争取|确保)?(?:到|至)?\d{4}年(?:底|末)?(?:前|之前)?,?")
_EVERY_YEAR = re.compile(r"^年(?![均度内底末初])|年度(?=完成|培训|举办)|逐年")


def targets(
    paragraph: Paragraph, start: int, deadlines: Deadlines, taken: Sequence[Span], *, goal: bool, strict: bool
) -> tuple[Target, ...]:
    """Targets of one paragraph from folded `start`. taken: spans of incentives, whose conditions are no targets.

    goal: the section states aims, so noun + number and vague aims count; strict: measures in articles, where a number
    is a target only if a year stands over it.
    """
    found: list[Target] = []
    for sentence in sentences(paragraph.text, start):
        deadlines.read(sentence.text)
        if sentence.inner:
            continue
        read = _Reader(paragraph, sentence, deadlines, taken, goal, strict).read()
        found.extend(aim for aim in read if aim.span.start < aim.span.end)
    return tuple(found)


class _Reader:
    def __init__(
        self,
        paragraph: Paragraph,
        sentence: Sentence,
        deadlines: Deadlines,
        taken: Sequence[Span],
        goal: bool,
        strict: bool,
    ) -> None:
        self.paragraph, self.sentence, self.deadlines = paragraph, sentence, deadlines
        self.taken, self.goal, self.strict = taken, goal, strict
        self.last_end = sentence.start
        self.last_name = ""  # the indicator last read in the sentence
        self.counting = False  # the sentence already counts things (引进100名…), so 、200名… goes on

    def read(self) -> Iterator[Target]:
        place = 0
        for figure in figures(self.sentence.text, self.sentence.start):
            yield from self._words(place, figure.start)
            place = figure.end
            if not self._refused(figure) and not self._named(figure):
                yield from self._figure(figure)
        yield from self._words(place, self.sentence.end)

    # --- with a number ------------------------------------------------------------------------------------------------

    def _figure(self, figure: Figure) -> Iterator[Target]:
        clause = self.sentence.clauses[self.sentence.clause_of(figure.start)]
        begin = max(clause[0], self.last_end, figure.start - _NEAR)
        before = self._text(begin, figure.start)
        suffix = _SUFFIX.match(self._masked(figure.end, clause[1]))
        word = suffix.group("word") if suffix else None
        end = figure.end + (suffix.end() if suffix and word else 0)
        after = self._text(end, clause[1])
        year, inferred = self._due(figure.start)
        if self.strict and year is None:
            return
        linked = _LINKED.match(_trim(before))
        named = linked and self._indicator(linked.group("indicator"), before)
        again = linked and self.last_name and not _indicator_name(linked.group("indicator"))  # …,2030年达到300件
        if linked and not after.startswith("的") and (named or again):
            index = next(i for i in range(len(_REACH)) if linked.group(f"c{i}"))
            comparator = _with_suffix(_REACH[index][1], word)
            if not (index == len(_REACH) - 1 and figure.kind == "count" and after and not word):
                yield from self._linked(figure, begin, end, linked.group("indicator"), comparator, year, inferred)
                return
        moved = _MOVED.search(before[-40:])
        if moved and not after.startswith("的"):
            comparator = "<=" if moved.group("verb") in "压缩缩短压减降低减少" else ">="
            yield from self._linked(figure, begin, end, moved.group("indicator"), comparator, year, inferred)
            return
        acted = _ACTED.search(before)
        goes_on = self.counting and after and re.fullmatch(r"(?:,|、|和|及|以及|;|并|与|其中)*[^,;。]{0,6}", before)
        share = figure.kind == "percent" and acted and after.startswith("的")  # 推动80%以上的企业…
        if (
            (figure.kind == "count" or (share and word))
            and (acted or goes_on)
            and not re.search(r"每$", before[: acted.start()] if acted else before)
        ):
            yield from self._acted(figure, begin, end, clause[1], before, acted, word, year, inferred)
            return
        if after.startswith("的"):
            return
        led = _NOUN_LED.search(_trim(before)[-42:]) or (_LISTED.fullmatch(_trim(before)) if self.counting else None)
        if led and (self.goal or year or self.counting) and figure.kind != "points" and (word or not after):
            self.counting = True
            yield from self._linked(figure, begin, end, led.group("indicator"), _with_suffix("=", word), year, inferred)

    def _linked(
        self, figure: Figure, begin: int, end: int, indicator: str, comparator: str, year: int | None, inferred: bool
    ) -> Iterator[Target]:
        begin = self._skip(begin)
        span = self.paragraph.folded.span(begin, end)
        base = re.search(r"(?:较|比|与)(20\d\d)年", indicator)
        due = re.search(r"(?<!较)(?<!比)(?<!与)(20\d\d)年$", indicator)  # 授权量2025年达到100件
        if due:
            year, inferred, indicator = int(due.group(1)), False, indicator[: due.start()]
        name = _indicator_name(indicator) or self.last_name
        self.last_name = name
        self.last_end = end
        self.counting = self.counting or figure.kind == "count"
        if len(figure.values) > 1 and not figure.is_range:
            yield from self._several(figure, span, name, comparator, (year, inferred))
            return
        low = figure.written[0] if figure.is_range else None
        yield Target(
            span,
            name,
            comparator,
            figure.written[-1],
            figure.unit,
            year,
            low,
            inferred,
            self._period(figure),
            int(base.group(1)) if base else None,
        )

    def _several(
        self, figure: Figure, span: Span, name: str, comparator: str, due: tuple[int | None, bool]
    ) -> Iterator[Target]:
        """分别达到65%和55%: a value for each indicator, or for each of the years named before it."""
        count = len(figure.values)
        listed = _YEARS_LIST.search(self._text(self.sentence.start, figure.start))
        years = re.findall(r"20\d\d(?=年)", listed.group()) if listed else []
        each_year = [(int(y), False) for y in years] if len(years) == count else [due] * count
        names = [_YEARS_LIST.sub("", name)] * count if len(years) == count else _distributed(name, count)
        for each, value, (year, inferred) in zip(names, figure.written, each_year, strict=True):
            yield Target(span, each, comparator, value, figure.unit, year, None, inferred, self._period(figure))

    def _acted(
        self,
        figure: Figure,
        begin: int,
        end: int,
        clause_end: int,
        before: str,
        acted: re.Match[str] | None,
        word: str | None,
        year: int | None,
        inferred: bool,
    ) -> Iterator[Target]:
        if (
            figure.kind == "money"
            or figure.unit.endswith(("批", "倍", "分"))
            or (figure.kind == "count" and len(figure.values) > 1 and not figure.is_range)
        ):
            return
        digits = self._text(figure.start, figure.start + 1)
        if digits == "一" and figure.written == (Decimal(1),):
            return
        noun = re.match(r"[^,;。、:]{0,40}", self._text(end, clause_end))
        what = noun.group() if noun else ""
        cut = re.search(r"(?:和|及|以及|与)(?=\d)", what)
        what = what[: cut.start()] if cut else what
        between = acted.group("between") if acted else ""
        if not what and len(between) < 2:
            return
        stop = end + len(what)
        begin = self._skip(begin)
        self.last_end, self.counting = stop, True
        indicator = (
            re.sub(r"^(?:的|具有.*?的)", "", what.replace(MASK, "")) or re.sub(rf"^{_ACT}+", "", between) or between
        )
        low = figure.written[0] if figure.is_range else None
        yield Target(
            self.paragraph.folded.span(begin, stop),
            indicator,
            _with_suffix(_act_comparator(before), word),
            figure.written[-1],
            figure.unit,
            year,
            low,
            inferred,
            self._period(figure),
        )

    # --- without a figure token -----------------------------------------------------------------------------------------

    def _words(self, start: int, end: int) -> Iterator[Target]:
        start = max(start, self.sentence.start)
        piece = self._masked(start, end)
        if not piece or self.strict:
            return
        for match in _GREAT.finditer(piece):
            year, inferred = self._due(start + match.start())
            count = "两二三四五六七八九十".find(match.group("count"))
            value = Decimal(match.group("count")) if count < 0 else Decimal((2, 2, 3, 4, 5, 6, 7, 8, 9, 10)[count])
            span = self.paragraph.folded.span(start + match.start(), start + match.end())
            yield Target(span, match.group("noun"), "=", value, "个", year, None, inferred)
        for begin, stop in self.sentence.clauses:
            if not (start <= begin < end):
                continue
            clause = self._masked(begin, min(stop, end)).rstrip("。;!?\t")
            year, inferred = self._due(begin)
            zero = _ZERO.fullmatch(clause)
            vague = _VAGUE.match(clause) if self.goal or year else None
            said = zero or vague
            if said:
                span = self.paragraph.folded.span(self._skip(begin), begin + said.end())
                name = _indicator_name(said.group("indicator").replace(MASK, ""))
                if zero:
                    yield Target(span, name, "=", Decimal(0), "起", year, None, inferred)
                elif vague and self.goal:
                    yield Target(
                        span,
                        name,
                        "rise" if "降" not in vague.group("how") else "fall",
                        None,
                        None,
                        year,
                        None,
                        inferred,
                    )

    # --- small questions --------------------------------------------------------------------------------------------------

    def _period(self, figure: Figure) -> str | None:
        """每年…, said before the number in its sentence: due again every year."""
        said = self._text(self.sentence.start, figure.start)
        clause = self._text(self.sentence.clauses[self.sentence.clause_of(figure.start)][0], figure.start)
        return "year" if re.search(r"每年|全年", said) or _EVERY_YEAR.search(clause) else None

    def _due(self, place: int) -> tuple[int | None, bool]:
        return self.deadlines.at(place - self.sentence.start)

    def _refused(self, figure: Figure) -> bool:
        if figure.foreign or (figure.bare and not self._text(figure.end, figure.end + 2).startswith(("以", "左"))):
            return figure.foreign or figure.unit in ("万", "亿")
        place = self.paragraph.folded.span(figure.start, figure.end)
        return any(place.within(span) for span in self.taken)

    def _named(self, figure: Figure) -> bool:
        """“五位一体”, “四个全面”, 三级医院: a numeral that is part of a name counts nothing."""
        text = self.paragraph.text
        before, first = text[figure.start - 1 : figure.start], text[figure.start]
        if first not in "百" and "分之" in text[figure.start : figure.end]:
            return True
        return before in ("“", "《", "‘", '"') or (
            not first.isdecimal() and text[figure.end : figure.end + 1] in ("”", "体", "头")
        )

    def _indicator(self, words: str, before: str) -> bool:
        name = _indicator_name(words)
        if re.search(
            r"(?:最高|最多|上限|不|不得|每)$|额度|利率|期限|财政[^,]{0,8}安排|统筹安排|列支|(?:补助|补贴|奖励|资助|贴息|配套)(?:比例|标准|金额|资金)",
            name,
        ):
            return False
        return (
            len(name) >= 2
            and name not in ("每年", "年度", "每年度", "全年")
            and not re.fullmatch(rf"(?:重点|大力|积极|共|每年|年内)*{_ACT}+", name)
        )

    def _skip(self, begin: int) -> int:
        """The quote does not take along the year, commas or list marks before it."""
        text = self.paragraph.text[begin:]
        match = re.match(rf"[,、;。:和及与\s~-]*(?:{_YEAR_HEAD.pattern[1:]})?", text)
        return begin + (match.end() if match else 0)

    def _masked(self, start: int, end: int) -> str:
        return self.sentence.slice(start, end)

    def _text(self, start: int, end: int) -> str:
        return self._masked(start, end).replace(MASK, "").rstrip("。;!?\t")


def _trim(before: str) -> str:
    return _YEAR_HEAD.sub("", before.lstrip(",、;:和及与"))


def _indicator_name(words: str) -> str:
    """The indicator without filler: years, 使, 将, 力争, 其中, 全市 stay out or in as written."""
    words = _YEAR_HEAD.sub("", words.strip("、,;:和及与 -~"))
    words = re.sub(r"(?:较|比|与)20\d\d年(?:底|末)?|[由从]\d[^,]{1,8}$", "", words)
    words = re.sub(
        r"^(?:其中|使得?|将|确保|力争|推动|实现|促进|努力|争取|且|并|但|最多|仅|分别|总体|\d+年内|年内)+", "", words
    )
    return re.sub(
        r"(?:总体|均|分别|都|力争|年均|将|要|应|力求)+$", lambda m: "年均" if "年均" in m.group() else "", words
    )


def _distributed(indicator: str, count: int) -> list[str]:
    """花生种植、收获机械化率 for two values -> 花生种植机械化率, 花生收获机械化率; otherwise the whole name each time."""
    parts = [p for p in re.split(r"[、和及与]", indicator) if p]
    if len(parts) != count:
        return [indicator] * count
    last = parts[-1]
    ending = re.search(r"(?:率|量|数|额|金额|比重|占比|面积|收入)$", last)
    if (
        ending
        and not any(re.search(r"(?:率|量|数|额|金额|比重|占比|面积|收入)$", p) for p in parts[:-1])
        and len(last) > 3
    ):
        head, tail = parts[0][:-2], last[2:]
        return [parts[0] + tail, *(head + p + tail for p in parts[1:-1]), head + last]
    return parts


def _with_suffix(comparator: str, word: str | None) -> str:
    if word is None:
        return comparator
    suffix = _SUFFIX_COMPARATOR[word]
    if comparator in ("increase by", "decrease by"):
        return f"{comparator} {suffix}" if suffix != "about" else comparator
    return "growth>=" if comparator.startswith("growth") and suffix == ">=" else suffix


def _act_comparator(before: str) -> str:
    if re.search(r"(?:不少于|不低于|达到)$", before):
        return ">="
    if re.search(r"(?:不超过|最多)", before):
        return "<="
    return ">" if re.search(r"超过$", before) else "="


def spans_of(items: Iterable[Target]) -> list[Span]:
    return [item.span for item in items]
