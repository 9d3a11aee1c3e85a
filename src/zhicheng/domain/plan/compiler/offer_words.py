"""The words of an offer besides its sum: who is entitled, for what unit, a share of what, and what the gift is called.

Not here: the sums (money), what they are for (money_roles).
"""

from __future__ import annotations

import re

from zhicheng.domain.plan.compiler.money_roles import CEILING, GIFT, Surroundings

# The words with which a condition opens.
OPENS = re.compile(
    r"^[、,]?(?:对(?!于?外|接|标|口)|凡|若|如(?!下)|针对|首次|新(?:认定|获|列入|增|评|入选|引进)|通过|获得?|被|入选|经认定为)"
)


def rate_base(s: Surroundings) -> str | None:
    """What the rate is a share of: 法律服务费用, 固定资产投资额."""
    text = s.near if s.near.strip() else s.before
    pieces = re.split(rf"给予|予以|按照?|参照|依据|{CEILING}", text)
    words = next((p for p in reversed(pieces) if len(p.strip("的其该")) >= 2), "")
    words = re.sub(r"^(?:其(?!他|中|余)|该部?|企业|单个|可|对|=)|(?:的|比例|为|实行|[×*=])+$", "", words)
    if re.search(rf"{GIFT}$", words) and len(words) < 9:
        return None
    words = re.sub(r"^.*(?:比例|标准|金额|额度)(?=.)", "", words) if re.search(GIFT, words[:6]) else words
    return words if 2 <= len(words) <= 30 else None


_PER = re.compile(
    r"(?:每(?:成功)?(?:一)?|单)(?:引进|培育|新增|增加|认定)?(?:一|1)?(?P<unit>个[\u4e00-\u9fff]{2,6}?(?=每年|年度|最高|给予|奖励|补助|补贴|资助|贴息|扶持|累计|合计|不超过|,|$)|家|户|个|项|件|名|人次|人|部|场|集|台套|台|套|辆|亩|篇|款|例|宗|单|吨|平方米|次|品种|批|期)"
)


def per_unit(s: Surroundings) -> str | None:
    """每家, 每件, 单场, 元/亩 — the unit the sum is paid for, if the clause says so."""
    slash = re.match(r"^/(?!年|月|日|天)([^,;。的\d]{1,5}?)(?=给予|予以|奖励|奖补|补|资助|的|[,;。]|$)", s.after)
    if slash:
        return slash.group(1)
    found = list(_PER.finditer(s.before))
    return found[-1].group("unit").removeprefix("个") or "个" if found else None


def per_unit_of(quote: str) -> str | None:
    found = list(_PER.finditer(quote))
    return (found[-1].group("unit").removeprefix("个") or "个") if found else None


_GIVES = re.compile(
    r",?(?:经[^,;。]{1,8},)?(?:择优|最高|一次性|分别|当年|可以?|分?按?档次|分档次?|按照?[^,;。]{1,14}|依据[^,;。]{1,14}|参照[^,;。]{1,14}|每[^,;。]{1,6}|单[^,;。]{1,4})*"
    r"(?:给予|予以|(?<=,)(?:奖励|资助|补助|补贴|扶持)|(?:最高|每[^,;。]{1,6})(?:奖励|资助|补助|补贴))"
)


def condition(quote: str, figure_at: int) -> int | None:
    """How much of a quote states who is entitled: up to the words that give, or to the comma before the sum; None: nothing."""
    gives = _GIVES.search(quote, 2)
    if OPENS.match(quote) and gives:
        return gives.start()
    comma = quote.rfind(",", 0, max(figure_at, 0))
    return comma if comma > 2 else None


# What the gift is called decides the kind; first row wins.
_KINDS: tuple[tuple[str, str], ...] = (
    ("interest_subsidy", r"贴息"),
    ("rent_subsidy", r"(?:租金|场租|房租|租房)[^,;。]{0,10}(?:补贴|补助|扶持|减免|支持)|(?:场租|房租|租金)补贴"),
    ("commendation", r"表彰"),
    ("reward", r"奖励|奖补|奖金|激励"),
    ("grant", r"资助"),
    ("subsidy", r"补贴|补助|补偿|津贴|安家|生活费"),
    ("support", r"扶持|支持|经费|资金|配套"),
)


def kind_of(quote: str) -> str:
    """reward, grant, subsidy … by the last gift word of the quote."""
    tail = quote[-24:]
    for kind, words in _KINDS:
        if re.search(words, tail):
            return kind
    return next((kind for kind, words in _KINDS if re.search(words, quote)), "support")
