"""基金与专项资金: pools of money set up, enlarged or budgeted — never amounts of an offer. Not here: offers (money)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.figures import figures
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.sentences import MASK, Sentence, sentences


@dataclass(frozen=True, slots=True)
class Fund:
    """A pool of money. size None = 规模待定; firm False = only 探索; yearly: set aside anew every year.

    budget: money of the treasury set aside for the paper, not a fund of its own.
    """

    span: Span
    name: str
    size: Decimal | None
    firm: bool
    yearly: bool
    budget: bool = False


_NAMES = r"基金|资金池|引导资金|风险补偿金|风险补偿资金"
# 设立知识产权质押风险补偿基金 · 将运营基金规模增至1亿元 · 每年安排2000万元专项资金
_FUND = re.compile(
    rf"(?:探索)?(?:设立|建立|组建|成立|发起|筹建|将|做大|扩大|用好|注资)(?:[^,;。]{{0,40}}?)(?P<name>[\u4e00-\u9fff“”]{{2,24}}?(?:{_NAMES}))"
    r"(?:规模)?(?:增至|达到|扩大到|增加到|扩大至)?"
    r"|(?:每年|年度)?[^,;。]{0,12}(?:安排|设立|列支|统筹)[^,;。给]{0,20}?(?P<budget>[\u4e00-\u9fff]{0,10}(?:专项资金|专项经费|扶持资金|奖励资金))"
    r"|(?:本(?:办法|措施|政策|意见|方案)|全[市区县])[^,;。]{0,6}(?:年度|每年)(?P<total>[\u4e00-\u9fff]{0,8}(?:资金|奖励|补贴|资助)[^,;。]{0,4}总额)"
)


def funds(paragraph: Paragraph, start: int = 0) -> tuple[Fund, ...]:
    """Funds of one paragraph in order, at most one a clause."""
    if not re.search("基金|资金|补偿金|经费", paragraph.text):
        return ()
    found = []
    for sentence in sentences(paragraph.text, start):
        for index, (begin, end) in enumerate(sentence.clauses):
            match = _FUND.search(sentence.slice(begin, end))
            if match:
                found.append(_fund(paragraph, sentence, index, match, budget=not match.group("name")))
    return tuple(fund for fund in found if fund.size or not fund.budget)  # a budget without a sum says nothing


def _fund(paragraph: Paragraph, sentence: Sentence, index: int, match: re.Match[str], *, budget: bool) -> Fund:
    begin, end = sentence.clauses[index]
    clause = sentence.slice(begin, end)
    sizes = [f for f in figures(clause, begin) if f.kind == "money"]
    if not sizes and index + 1 < len(sentence.clauses):  # 设立…基金,规模1亿元
        after_begin, after_end = sentence.clauses[index + 1]
        following = sentence.slice(after_begin, after_end)
        if re.match(r"(?:基金|资金|资金池)?(?:总|首期)?规模", following):
            sizes = [f for f in figures(following, after_begin) if f.kind == "money"]
    stop = max(begin + match.end(), sizes[0].end if sizes else 0)
    said = clause[: match.end()]
    return Fund(
        paragraph.folded.span(begin + match.start(), stop),
        _name(match.group("name") or match.group("budget") or match.group("total")),
        sizes[0].values[0] if sizes else None,
        firm="探索" not in said and "研究" not in said,
        yearly="每年" in said or "年度" in said,
        budget=budget,
    )


def _name(written: str) -> str:
    """The fund's own words, without the verb, the size and 的 that stand before them."""
    name = re.sub(r"^.*(?:设立|建立|组建|成立|安排|列支|规模|万元|亿元|元|的|将|发起|注资)(?=.{2})", "", written)
    return name.replace(MASK, "") or written
