"""激励条款: offers of money put together from figures and promises — ceiling, tiers, rate, caps, pool, quota.

Not here: what one figure is for (money_roles); who is entitled (rules). Nothing is computed: a sum not written stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhicheng.base.text import han_number
from zhicheng.domain.plan.compiler.figures import Figure, figures
from zhicheng.domain.plan.compiler.money_roles import (
    CEILING,
    GIFT,
    Role,
    Surroundings,
    gift_end,
    role_of,
    surroundings,
)
from zhicheng.domain.plan.compiler.offer_words import OPENS, condition, kind_of, per_unit, per_unit_of, rate_base
from zhicheng.domain.plan.compiler.offers import Draft, Incentive
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.promises import promises
from zhicheng.domain.plan.compiler.sentences import Sentence, sentences


def leads_in(paragraph: Paragraph, earlier: str) -> str:
    """The words that announce a list of sums (补贴标准如下:): this paragraph's own, or those still in force over it."""
    if paragraph.text.endswith(":") and re.search(GIFT, paragraph.text):
        return paragraph.text[-60:]
    minor = paragraph.numbering is not None and paragraph.numbering.kind in (
        "arab",
        "arab_paren",
        "circled",
        "han_paren",
    )
    return earlier if minor else ""


def incentives(paragraph: Paragraph, start: int = 0, lead: str = "") -> tuple[Incentive, ...]:
    """The offers of one paragraph in order; `start` is the folded place after its title, `lead` what announces it."""
    if not lead and not re.search(rf"{GIFT}|表彰", paragraph.text):
        return ()
    reader = _Reader(paragraph, lead)
    for sentence in sentences(paragraph.text, start):
        reader.read(sentence)
    return tuple(reader.finished())


class _Reader:
    """Reads the sentences of one paragraph in order and keeps the offers; limits go to the offer before them."""

    def __init__(self, paragraph: Paragraph, lead: str) -> None:
        self.paragraph, self.lead = paragraph, lead
        self.first = 0  # the first draft of the sentence being read
        self.drafts: list[Draft] = []
        self.thresholds: list[Decimal] = []
        self.unit_rates: list[tuple[Decimal, int, Surroundings]] = []

    def read(self, sentence: Sentence) -> None:
        self.thresholds, self.unit_rates = [], []
        self.first = len(self.drafts)
        found = [f for f in figures(sentence.text, sentence.start) if f.kind in ("money", "percent")]
        earlier: Figure | None = None
        events: list[tuple[int, Role, Surroundings | None, str]] = []
        listed = sentence.inner and self._opens_list(sentence)
        for figure in found:
            around = surroundings(figure, earlier, sentence, self._announced(sentence))
            role = role_of(around)
            if listed and role == "none" and figure.kind == "money":
                role = "amount"  # 给予一次性奖励(国家级50万元、省级20万元)
            events.append((figure.start, role, around, ""))
            earlier = figure
        figured = {
            sentence.clause_of(at)
            for at, role, _, _ in events
            if role in ("amount", "rate", "yearly_cap", "total_cap", "instalment")
        }
        for at, kind in promises(sentence):
            if sentence.clause_of(at) not in figured:
                events.append((at, "none", None, kind))
        for at, role, about, kind in sorted(events, key=lambda e: e[0]):
            if about is None:
                self._promise(sentence, at, kind)
            else:
                self._figure(role, about)
        self._loose_unit_rates(sentence)
        self._words(sentence)
        self._gather_parts()

    def _opens_list(self, sentence: Sentence) -> bool:
        """给予一次性奖励(…): the bracket right behind a promise lists its sums."""
        last = self.drafts[-1] if self.drafts else None
        before = self.paragraph.text[max(sentence.start - 7, 0) : sentence.start - 1]
        return (
            last is not None
            and not last.amounts
            and last.start < sentence.start <= last.end
            and bool(re.search(rf"{GIFT}$", before))
        )

    def _announced(self, sentence: Sentence) -> str:
        """What stands between the last full stop and this sentence: 补贴标准:…; carries over a semicolon."""
        text = self.paragraph.text
        before = text[max(sentence.start - 160, 0) : sentence.start]
        before = before[before.rfind("。") + 1 :]
        return before if ":" in before else self.lead

    # --- events ----------------------------------------------------------------------------------------------------

    def _figure(self, role: Role, s: Surroundings) -> None:
        if role == "threshold":
            self.thresholds.extend(s.figure.values)
        elif role == "amount":
            self._amount(s)
        elif role == "rate":
            self._rate(s)
        elif role == "unit_rate" and s.figure.kind == "money":
            self._unit_rate(s)
        elif role in ("yearly_cap", "total_cap", "pool"):
            self._limit(role, s)
        elif role == "instalment" and self.drafts and s.figure.kind == "money":
            self.drafts[-1].instalments += s.figure.values
            self.drafts[-1].end = max(self.drafts[-1].end, s.figure.end)

    def _unit_rate(self, s: Surroundings) -> None:
        if s.sentence.inner and self.drafts:
            self.drafts[-1].unit_rates += s.figure.values
        else:
            self.unit_rates.extend((value, s.figure.start, s) for value in s.figure.values)

    def _amount(self, s: Surroundings) -> None:
        last = self._continued(s)
        ceiling = s.ahead(CEILING) or s.behind("封顶|以内|为限|为上限")
        if self._lists_on(s):
            self.drafts[-1].amounts += s.figure.values
            self.drafts[-1].end = max(self.drafts[-1].end, gift_end(s))
        elif last and not last.amounts and not last.yearly_cap:
            self._take(last, s, ceiling)
        elif last and last.amounts and not last.ceiling and ceiling and _small_unit(last, s):
            last.unit_rates, last.amounts = last.unit_rates + last.amounts, ()
            self._take(last, s, ceiling)
        elif (
            last
            and last.amounts
            and ceiling
            and re.match(r"^[、且和,]*(?:单个|单家|每家|同一|每个|每户)[^,;。]{0,12}", s.near)
        ):
            last.total_cap = s.figure.values[0]
            last.end = max(last.end, gift_end(s))
        else:
            draft = self._new(s)
            self._take(draft, s, ceiling)

    def _lists_on(self, s: Surroundings) -> bool:
        """国家级50万元、省级20万元的奖励: a further tier, with nothing given in between."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or not last.amounts or last.figure_end > s.figure.start:
            return False
        between = self.paragraph.text[last.figure_end : s.figure.start]
        return len(between) <= 18 and not re.search(rf"[,;。)]|{GIFT}|{CEILING}|给予|予以|每", between)

    def _take(self, draft: Draft, s: Surroundings, ceiling: bool) -> None:
        draft.amounts, draft.ceiling, draft.is_range = s.figure.values, ceiling, s.figure.is_range
        draft.bare = s.figure.bare
        draft.end = max(draft.end, gift_end(s))
        draft.figure_at, draft.figure_end = s.figure.start, s.figure.end
        draft.per = per_unit(s) or draft.per
        if not draft.unit_rates:
            draft.unit_rates = tuple(value for value, _, _ in self.unit_rates)
        self.unit_rates = []

    def _rate(self, s: Surroundings) -> None:
        values = tuple(value / 100 for value in s.figure.values)
        last = self._continued(s)
        if last and last.rates and not last.amounts:
            last.rates += values
        elif last and not last.rates and not last.amounts:
            last.rates, last.rate_base = values, rate_base(s)
        else:
            last = self._new(s)
            last.rates, last.rate_base = values, rate_base(s)
        last.per = per_unit(s) or last.per
        last.end = max(last.end, gift_end(s))

    def _limit(self, role: Role, s: Surroundings) -> None:
        value = max(s.figure.values)
        last = self.drafts[-1] if self.drafts else None
        overall = s.ahead(r"本(?:措施|政策|办法|细则|意见|方案|规定|若干)")
        own = last is None or (overall and role != "pool") or (last.sentence is not s.sentence and self._condition(s))
        if role == "yearly_cap" and self._is_grant_itself(s):
            self._amount(s)
            self.drafts[-1].yearly_cap = value
            return
        if role == "pool":
            if last:
                last.pool = last.pool or value
                self._stretch(last, s)
            return
        if own:
            last = self._new(s)
            if overall or (role == "yearly_cap" and not _is_own_amount(s)):
                last.kind = "overall_cap"
        assert last is not None
        if role == "yearly_cap":
            if not last.amounts and not s.ahead(_SUMMED) and last.kind != "overall_cap":
                self._take(last, s, ceiling=s.ahead(CEILING))
            last.yearly_cap = value
        else:
            if not last.amounts and last.kind != "overall_cap":
                self._take(last, s, ceiling=True)
            last.total_cap = value
        last.per = per_unit(s) or last.per
        self._stretch(last, s)

    def _is_grant_itself(self, s: Surroundings) -> bool:
        """给予每人每年10万元 · 最高30万元的建设补助和每年最高10万元的运营补助: a yearly sum that limits no other."""
        if not s.ahead(CEILING) and not s.ahead(_SUMMED) and not s.behind("封顶|为限|为上限|以内"):
            return True
        last = self.drafts[-1] if len(self.drafts) > self.first else None
        if last is None or not last.amounts:
            return False
        between = self.paragraph.text[last.figure_end : s.figure.start]
        return bool(re.search(rf"{GIFT}(?:和|及|以及|、|并|,并)(?:给予)?(?!单|每个|每家|同一)", between)) and bool(
            re.match(rf"的?[^,;。]{{0,10}}{GIFT}", s.after)
        )

    def _promise(self, sentence: Sentence, at: int, kind: str) -> None:
        clause = sentence.clauses[sentence.clause_of(at)]
        end = clause[1]
        while end > clause[0] and self.paragraph.text[end - 1] in "。;!?\t":
            end -= 1
        self.drafts.append(Draft(sentence, self._promise_start(sentence, at), end, at, kind=kind))

    # --- where an offer begins and which one goes on ----------------------------------------------------------------

    def _continued(self, s: Surroundings) -> Draft | None:
        """The offer just before this figure, if the words between state no new condition."""
        last = self.drafts[-1] if self.drafts else None
        if last is None:
            return None
        if s.sentence.inner and last.sentence.end >= s.sentence.start - 2 and not last.amounts:
            return last
        if last.sentence is not s.sentence:
            return None
        between = self.paragraph.text[last.end : s.figure.start]
        return None if _CONDITION.search(between) else last

    def _condition(self, s: Surroundings) -> bool:
        begin = s.sentence.start
        return bool(_CONDITION.search(self.paragraph.text[begin : s.figure.start]))

    def _new(self, s: Surroundings) -> Draft:
        draft = Draft(s.sentence, self._start(s.sentence, s.figure.start), gift_end(s), s.figure.start)
        draft.thresholds = tuple(self.thresholds)
        self.thresholds = []
        self.drafts.append(draft)
        return draft

    def _start(self, sentence: Sentence, at: int) -> int:
        """The condition the offer stands on: the last clause opening with 对/凡/在… or else all since the last offer."""
        floor = max([sentence.start, *(d.end for d in self.drafts[self.first :])])
        own = sentence.clause_of(at)
        begin = max(sentence.clauses[own][0], floor)
        for index in range(own, -1, -1):
            start, end = sentence.clauses[index]
            if end <= floor:
                break
            begin = max(start, floor)
            if OPENS.match(sentence.slice(begin, end)):
                break
        text = self.paragraph.text
        while begin < at and text[begin] in " ,、:;。\t和及与且并":
            begin += 1
        number = _INLINE_NUMBER.match(text, begin, at)
        return number.end() if number else begin

    def _promise_start(self, sentence: Sentence, at: int) -> int:
        """As `_start`, but without a condition in sight the promise is its own clause alone."""
        begin = self._start(sentence, at)
        own = max(begin, sentence.clauses[sentence.clause_of(at)][0])
        ahead = self.paragraph.text[begin:own]
        return begin if OPENS.match(ahead) or ahead.endswith("的,") else own

    # --- words that qualify ------------------------------------------------------------------------------------------

    def _loose_unit_rates(self, sentence: Sentence) -> None:
        """按每亩100元的标准给予补助: a price with no ceiling behind it is the amount itself."""
        if self.unit_rates and not any(d.amounts for d in self.drafts[self.first :]):
            values = tuple(value for value, _, _ in self.unit_rates)
            _, _, s = self.unit_rates[0]
            if not re.search(GIFT, sentence.text):
                return
            draft = next(iter(self.drafts[self.first :]), None) or self._new(s)
            draft.amounts, draft.ceiling, draft.per = values, s.ahead(CEILING), per_unit(s)
            draft.unit_rates = values
            draft.end = max(draft.end, *(gift_end(around) for _, _, around in self.unit_rates))

    def _words(self, sentence: Sentence) -> None:
        text = sentence.text
        for match in _QUOTA.finditer(text):
            if re.search(r"每(?:个|家|户|名|位)?(?:单位|企业|机构|人|申请人|项目)[^,;。]{0,6}$", text[: match.start()]):
                continue  # 每个单位每年最多资助50件: a limit of one receiver
            at = sentence.start + match.start()
            draft = next((d for d in self.drafts[self.first :] if d.figure_at > at), None)
            draft = draft or (self.drafts[-1] if self.drafts else None)
            written = match.group("count")
            count = int(written) if written.isdecimal() else han_number(written)
            if draft and count and (match.group("year") or match.group("limit")):
                key = "year" if match.group("year") or match.group("bare") else "total"
                draft.quotas.setdefault(key, count)
                if draft.sentence is sentence and draft.start > at:
                    draft.start = at
        if (
            re.search(r"不设(?:上限|限额|封顶)|上不封顶|不封顶", text)
            and self.drafts
            and self.drafts[-1].sentence is sentence
        ):
            self.drafts[-1].uncapped = True

    def _stretch(self, draft: Draft, s: Surroundings) -> None:
        """A limit in the same or the next sentence belongs to the quote."""
        if (
            draft.sentence is s.sentence
            or 0 <= s.sentence.start - draft.sentence.end <= 2
            or draft.end > s.sentence.start
        ):
            draft.end = max(draft.end, gift_end(s))

    def _context(self, draft: Draft) -> str:
        return self.lead + self.paragraph.text[max(0, draft.start - 100) : draft.start]

    def _gather_parts(self) -> None:
        """最高100万元,其中国家级100万元、省级50万元: parts after 其中 are the tiers or the instalments of the sum before."""
        drafts = self.drafts[self.first :]
        for place, draft in enumerate(drafts):
            parts = [d for d in drafts[place + 1 :] if d.start >= draft.end and len(d.amounts) == 1]
            between = self.paragraph.text[draft.end : parts[0].figure_at] if parts else ""
            if "其中" not in between or len(draft.amounts) != 1:
                continue
            sums = tuple(d.amounts[0] for d in parts)
            if sum(sums) == draft.amounts[0]:
                draft.instalments = sums
            elif max(sums) == draft.amounts[0]:
                draft.amounts = sums
            else:
                continue
            draft.end = max(d.end for d in parts)
            self.drafts[self.first :] = [d for d in drafts if all(d is not part for part in parts)]
            return

    def finished(self) -> Iterator[Incentive]:
        """The offers read, in order."""
        folded = self.paragraph.folded
        for place, draft in enumerate(self.drafts):
            if _is_lead_in(draft, self.drafts[place + 1 : place + 40], self.paragraph.text):
                continue
            quote = self.paragraph.text[draft.start : draft.end]
            stated = condition(quote, draft.figure_at - draft.start)
            yield Incentive(
                span=folded.span(draft.start, draft.end),
                who=folded.span(draft.start, draft.start + stated) if stated else None,
                kind=draft.kind or kind_of(quote if re.search(GIFT, quote) else self._context(draft) + quote),
                amounts=draft.amounts,
                fixed=bool(draft.amounts) and not draft.ceiling,
                is_range=draft.is_range,
                rates=draft.rates,
                rate_base=draft.rate_base,
                per=draft.per or per_unit_of(quote),
                yearly_cap=draft.yearly_cap,
                total_cap=draft.total_cap,
                pool=draft.pool,
                quota_per_year=draft.quotas.get("year"),
                quota_total=draft.quotas.get("total"),
                thresholds=draft.thresholds,
                unit_rates=draft.unit_rates,
                instalments=draft.instalments,
                uncapped=draft.uncapped,
                bare_unit=draft.bare,
                core=folded.span(
                    max(draft.start, draft.sentence.clauses[draft.sentence.clause_of(draft.figure_at)][0]), draft.end
                ),
                stated=bool(OPENS.match(quote) or "的," in quote or draft.thresholds),
            )


_INLINE_NUMBER = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)")  # (一)购买服务的,给予…
_SUMMED = r"累计|总额|合计|总和|总计"
_CONDITION = re.compile(r"的[,\x00]|[,;。、](?:对|凡|若|如|在[^,]{2,30}的)|;|。")
_QUOTA = re.compile(
    r"(?:(?P<year>每年度?|每个?年度|年度)[^,;。\d]{0,10}?(?:评选|评定|认定|遴选|奖励|资助|支持|补助|扶持|评审|选取|选择|择优)|(?P<bare>每年度?|年度)(?=不超过|最多|不多于|限)|(?:评选|评定|认定|遴选|奖励|资助|支持|补助|扶持)(?=不超过|最多|不多于)|(?=最多|不超过))"
    r"(?P<limit>不超过|最多|不多于|限)?(?:评选|评定|认定|奖励|支持|资助)?(?P<count>\d+|[一二三四五六七八九十]{1,3})(?:个|家|项|件|名|人|部|场|届|户|支)"
)


def _small_unit(last: Draft, s: Surroundings) -> bool:
    """每集奖励10万元,每部剧集最高奖励200万元: the first sum is the price of one unit, the second the ceiling."""
    return bool(last.per) and len(s.figure.values) == 1 and max(last.amounts) <= s.figure.values[0]


def _is_own_amount(s: Surroundings) -> bool:
    return not s.ahead(rf"{_SUMMED}|金额")


_LISTS = re.compile(r",?(?:即|具体|其中|分别)?(?:为|如下|标准)?:")


def _is_lead_in(draft: Draft, later: Sequence[Draft], text: str) -> bool:
    """按演出规模给予奖励。单场…3万元 / 按如下标准给予补贴: — announced here, given below."""
    if draft.amounts or draft.rates or draft.yearly_cap or draft.total_cap:
        return False
    quote = text[draft.start : draft.end]
    if re.search(r"(?:如下|以下|下列)(?:标准|方式|规定|政策|条件)", quote) or _LISTS.match(text, draft.end):
        return True
    given = any(d.start >= draft.end and (d.amounts or d.rates) for d in later)
    return given and bool(re.search(r"按照?[^,;。]{0,10}(?:规模|档次|等级|标准|分档|分类|情况)", quote))
