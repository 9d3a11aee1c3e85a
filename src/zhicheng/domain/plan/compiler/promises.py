"""Promises of money without a figure (对…给予奖励, 完善…奖励政策, 加大…奖励力度). Not here: offers with a sum (money).

Each row of PROMISES: the kind or "" (named by its words), a pattern, a sentence it reads; REFUSED says what looks alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhicheng.domain.plan.compiler.sentences import MASK, Sentence

_MONEY = r"(?:奖励|奖补|补助|补贴|资助|贴息|扶持|津贴|奖金|(?:资金|经费|财政|贴息|奖补)(?:上?的?)支持|资金补偿|风险补偿|配套资金)"
# kind, pattern, example
PROMISES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("commendation", re.compile(r"(?:给予|予以)[^,;。]{0,6}表彰(?:奖励)?"), "对成绩突出的部门给予表彰"),
    (
        "",
        re.compile(rf"(?:给予|予以|给与|享受|发放|兑付)(?:(?!给予|予以|给与|优先|通报)[^,;。:]){{0,24}}?{_MONEY}"),
        "对购买保险的单位,给予一定保费补贴",
    ),
    (
        "",
        re.compile(rf"(?:对|为|向)[^,;。:]{{2,40}}(?:进行|实行|实施|开展)[^,;。:]{{0,10}}?{_MONEY}"),
        "对购买大型农机装备贷款进行贴息",
    ),
    (
        "",
        re.compile(
            r"(?:完善|实施|落实好?|制定|健全|建立|出台|优化|执行)[^,;。:]{0,40}?(?:奖励|补贴|资助|奖补|补助|贴息)(?:[^,;。:]{0,10})(?:政策|办法|机制|制度)"
        ),
        "完善对获得中国专利奖项目的配套奖励政策",
    ),
    (
        "",
        re.compile(r"加大[^,;。:]{0,40}?(?:奖励|补贴|资助|奖补|补助|贴息)(?:的)?力度"),
        "加大烟台市专利奖奖励力度",
    ),
    (
        "",
        re.compile(r"(?:补贴|补助|奖励|资助|贴息)(?:比例|标准|额度)[^,;。:]{0,6}(?:上浮|提高|上调|增加)"),
        "保费补贴比例适当上浮",
    ),
    ("", re.compile(r"(?:^|,)(?:对|给)[^,;。:]{2,60}?(?:奖励|补助|补贴|资助)$"), "对首次入库的企业择优资助"),
)
REFUSED = re.compile(
    r"就高|从高|享受本|申请享受|享受[完过]|此条款|废止|此前|同一(?:项目|事项|企业)(?:按|符合|同时)|总额以|为限|就高不重复|不重复(?:享受|奖励|支持)|不再(?:给予|享受|重复)|不予|取消|追回|收回|停止|兑现(?:奖励|政策)|申请[^,]{0,6}奖励|"
    r"按(?:照)?(?:有关)?规定[^,]{0,4}享受|已(?:获得|享受)|可享受一次|只享受一次|仅(?:可)?享受|不得(?:享受|申请)|税收优惠|不享受|"
    r"(?:扶持|奖励|补贴|补助|资助)(?:政策|资金|办法|条款)的?(?:有关|相关|规定|原则)|(?:国家|省|上级)[^,;。]{0,8}(?:奖励|补助|补贴|资助)的"
)


def promises(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Folded place and kind ("" = by its words) of each promise of the sentence, at most one for a clause."""
    for begin, end in sentence.clauses:
        clause = sentence.slice(begin, end).rstrip("。;!?\t" + MASK)
        if REFUSED.search(clause):
            continue
        for kind, pattern, _ in PROMISES:
            match = pattern.search(clause)
            if match:
                yield begin + match.start(), kind
                break
