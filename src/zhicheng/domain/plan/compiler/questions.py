"""待答问题: words and gaps a careful reader asks about, at their place, never guessed. Not here: faults (lint)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhicheng.base.citation import Span
from zhicheng.base.text import fold
from zhicheng.domain.plan.compiler.commitments import Commitment
from zhicheng.domain.plan.compiler.funds import Fund
from zhicheng.domain.plan.compiler.offers import Incentive
from zhicheng.domain.plan.compiler.targets import Target


@dataclass(frozen=True, slots=True)
class Question:
    """One open question. trigger: the row that asked it."""

    span: Span
    trigger: str
    text: str


# Words that leave a condition of money open. trigger, pattern, question.
_IN_OFFERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "certain",
        re.compile(r"一定(?:比例|额度|数额|金额|标准|期限|范围|规模|的|保费|奖励|补贴|补助|资助|贴息)"),
        "“一定”是多少？由谁、按什么标准确定？",
    ),
    ("suitable", re.compile(r"适当|酌情|相应"), "“{word}”的幅度或标准是什么？由谁确定？"),
    ("select", re.compile(r"择优"), "“择优”按什么标准、由谁评选，名额多少？"),
    ("eligible", re.compile(r"符合(?:相关|有关|规定)?条件|符合要求|相关条件"), "“{word}”指哪些条件？"),
    (
        "large",
        re.compile(r"较大|重大|较高|较强|较好|较快|大幅|明显|显著|突出|优秀|优质|良好|影响力|成长性好|成效好"),
        "“{word}”以什么指标和数值认定？",
    ),
    ("won", re.compile(r"胜诉|成功维权"), "“{word}”是否包括部分胜诉、和解？以哪一审的裁判为准？"),
    ("new", re.compile(r"新认定|新增|新获|首次"), "“{word}”从哪一天起算？复核或重新认定算不算？"),
    ("tiers", re.compile(r"按(?:照)?(?:不同)?档次|分档次?|按等级"), "各档的条件和金额是多少？"),
    ("case_by_case", re.compile(r"一事一议|一企一策|另行研究|专题研究"), "“{word}”由谁决定，有无上限？"),
)
# Words that leave any part of a plan open.
_ANYWHERE: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "colours",
        re.compile(r"[“\"'‘]?(?:蓝黄红|红黄蓝|红黄绿|绿黄红|红黄牌|三色)[”\"'’]?"),
        "各种颜色代表什么，由谁、在什么情形下亮牌和摘牌？",
    ),
    (
        "later_paper",
        re.compile(r"另行(?:制定|规定|发布|通知|公布|确定)|具体(?:办法|标准|细则)由[^,;。]{2,30}(?:制定|规定|确定)"),
        "“{word}”的文件何时出台、由谁制定？",
    ),
    ("some_units", re.compile(r"(?:有关|相关)(?:部门|单位|地区)"), "“{word}”指哪些单位？"),
    ("in_principle", re.compile(r"原则上"), "“原则上”的例外由谁决定？"),
)


def text_questions(text: str, spans: Iterable[Span]) -> Iterator[Question]:
    """Questions that words anywhere in these spans raise, each trigger and word once."""
    yield from _by_rows(text, spans, _ANYWHERE, once=True)


def offer_questions(text: str, offers: Iterable[Incentive]) -> Iterator[Question]:
    """What each offer leaves open: its words, its sum, its unit, its year."""
    offers = list(offers)
    yield from _by_rows(text, [o.span for o in offers], _IN_OFFERS, once=False)
    for offer in offers:
        unset = not offer.amounts and not offer.rates and offer.yearly_cap is None and offer.total_cap is None
        if unset and offer.kind != "commendation":
            yield Question(offer.span, "amount_unset", "没有写明金额、比例或上限：数额是多少，由哪份文件确定？")
        if offer.bare_unit:
            yield Question(offer.span, "unit_omitted", "金额后没有写“元”：是否以元为单位？")
        if offer.rates and not offer.amounts and offer.yearly_cap is None and not offer.uncapped:
            yield Question(offer.span, "rate_without_cap", "只有比例，没有金额上限：上限是多少？")
        if offer.amounts and not offer.per:
            yield Question(offer.span, "per_unset", "金额按什么计（每家、每项、每年）？能否重复享受？")
        if offer.yearly_cap is not None:
            yield Question(offer.span, "which_year", "年度按哪个日期归属（发生、认定还是申报）？")


def target_questions(aims: Iterable[Target]) -> Iterator[Question]:
    """What each target leaves open: number, base, year."""
    for aim in aims:
        if aim.value is None:
            yield Question(aim.span, "no_number", "没有数值：达到什么程度算完成，以什么数据衡量？")
        elif aim.base_year is None and (
            aim.comparator.startswith("growth") or "增幅" in aim.indicator or "增速" in aim.indicator
        ):
            yield Question(aim.span, "base_year", "以哪一年为基期？数据由谁发布，增幅如何计算？")
        elif aim.comparator.startswith("increase"):
            yield Question(aim.span, "gross_or_net", "“新增”从哪一天起算，是否扣除退出的？")
        if aim.value is not None and aim.year is None and aim.period is None:
            yield Question(aim.span, "no_year", "没有写明完成年份：何时达到？")


def commitment_questions(items: Iterable[Commitment]) -> Iterator[Question]:
    for item in items:
        if item.rhythm == "定期":
            yield Question(item.span, "rhythm", "“定期”是多长时间一次？")
        elif item.rhythm == "适时":
            yield Question(item.span, "when", "“适时”是什么时候，由谁决定？")
        elif item.rhythm == "每年":
            yield Question(item.span, "which_month", "每年何时完成？由谁负责？")


def fund_questions(pools: Iterable[Fund]) -> Iterator[Question]:
    for pool in pools:
        if pool.size is None:
            yield Question(pool.span, "fund_size", "基金规模是多少，由谁出资、管理？")


def _by_rows(
    text: str, spans: Iterable[Span], rows: tuple[tuple[str, re.Pattern[str], str], ...], *, once: bool
) -> Iterator[Question]:
    asked: set[tuple[str, str]] = set()
    for span in spans:
        folded = fold(text, span.start, span.end)
        for trigger, pattern, question in rows:
            for match in pattern.finditer(folded.text):
                word = match.group()
                if once and (trigger, word) in asked:
                    continue
                asked.add((trigger, word))
                yield Question(folded.span(match.start(), match.end()), trigger, question.format(word=word))
