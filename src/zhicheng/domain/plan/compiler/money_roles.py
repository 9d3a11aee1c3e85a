"""What a sum of money or a percentage is for, judged by the words around it. Not here: how offers are put together.

Each rule is one row of ROLES: a role, a question about the figure's surroundings, and a sentence in which it answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from zhicheng.domain.plan.compiler.figures import Figure
from zhicheng.domain.plan.compiler.sentences import MASK, Sentence

Role = Literal[
    "amount",  # what may be paid
    "rate",  # a share of a base
    "yearly_cap",  # limit for one receiver in a year
    "total_cap",  # limit for one receiver over all
    "pool",  # money set aside for a year or a clause
    "unit_rate",  # price of one small unit, below a ceiling
    "instalment",  # part of an amount by year
    "fund",  # size of a fund
    "threshold",  # condition: turnover, investment
    "none",
]

GIVE = r"(?:给予|予以|给与|发放|支付|拨付|配套|兑现|提供|返还|奖励|奖补|补助|补贴|资助|扶持|支持|补偿|贴补|享受|安排)"
GIFT = (
    r"(?:奖励|奖补|奖金|奖项资金|补助|补贴|资助|扶持|贴息|补偿|津贴|激励|安家费|安家|生活费|慰问|配套|"
    r"(?:资金|经费|财政|政策|专项)*支持|(?:专项)?经费|(?:专项)?资金(?!池|来源|规模|投入)|启动金|房补(?!贴|助))"
)
CEILING = r"(?:最高|最多|不超过|不得超过|不超|不高于|至多|上限|封顶|限额|以内|不突破|控制在)"
_THRESHOLD_NOUN = (
    r"(?:收入|营收|产值|投资|投入|销售|税收|纳税|税额|融资|贷款|资产|资本|票房|估值|市值|利润|年薪|薪酬|工资|成交|交易|出口|进口|"
    r"增加值|规模|合同|保费|支出|消费|单价|成本|面积|注册|股权|强度|价值|面额|流水|订单|造价|购置|采购|贡献|业绩|实缴|到账|金额达|额达|项目总)"
)
_COMPARE = r"(?:达到|达|超过|突破|不低于|不少于|高于|低于|大于|满|超)"
_TOTAL = r"(?:累计|合计|总额|总计|总共|总和|总量)"
_YEAR = (
    r"(?:(?<=每人)每年|每个?(?:自然)?年度?|每一年度?|一年内|年累计|年总额|同一年度|单个?年度|一个年度|当年度?(?=累计|总额|合计)|"
    r"全年(?=累计|最高|奖|补|资|合计)|年度(?=累计|奖|补|资|扶持|支持|总|最高|获|享受|合计|内|额度|不超|兑现)|年(?=最高|奖励|补贴|资助|补助|度奖))"
)
_EACH = (
    r"(?:每(?!年|个?(?:自然)?年度|月|半年|季)|单个|单家|单户|单一|单项|单笔|同一|同个|一个(?:企业|项目|单位|机构|主体)|"
    r"该(?:集团|企业|单位|机构|人)|个人|企业(?=每年|年度|累计))"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A figure in its sentence. before: its clause up to it; near: since the figure before it; after: rest of the clause.

    following: how the next clause begins; lead: what announces the clause — earlier words of its sentence, or 补贴标准如下: before a list.

    Places masked as brackets are left out of `after`, so 5万元(含税)以上 reads 5万元以上.
    """

    figure: Figure
    sentence: Sentence
    before: str
    near: str
    after: str
    clause: str
    lead: str
    following: str

    def ahead(self, pattern: str) -> bool:
        return re.search(pattern, self.before) is not None

    def behind(self, pattern: str) -> bool:
        return re.match(pattern, self.after) is not None


_NEAR = 120  # characters to each side: no rule looks further, and a run-on list costs no more than prose


def surroundings(figure: Figure, earlier: Figure | None, sentence: Sentence, lead: str = "") -> Surroundings:
    begin, end = sentence.clauses[sentence.clause_of(figure.start)]
    begin, end = max(begin, figure.start - _NEAR), min(end, figure.end + _NEAR)
    near_from = max(begin, earlier.end if earlier else begin)
    clause_end = sentence.clauses[sentence.clause_of(figure.start)][1]
    return Surroundings(
        figure,
        sentence,
        before=sentence.slice(begin, figure.start).replace(MASK, ""),
        near=sentence.slice(near_from, figure.start).replace(MASK, ""),
        after=sentence.slice(figure.end, end).replace(MASK, "").rstrip("。;!?\t"),
        clause=sentence.slice(begin, end).replace(MASK, ""),
        lead=lead + sentence.slice(max(sentence.start, begin - _NEAR), begin).replace(MASK, ""),
        following=sentence.slice(clause_end + 1, clause_end + 9),
    )


_GAP = r"(?:(?!给予|予以|给与|可按|享受|申请|达到|以上|贷款|授信|融资|担保|信贷|的)[^,;。、\d])"
_AFTER_GIFT = re.compile(
    rf"^(?:人民币)?(?:/[^,;。的]{{1,5}})?(?:\(?人民币\)?)?(?:以内|以下|左右|不等|封顶)?(?:每年|/年)?"
    rf"(?:(?:不等)?的(?:{_GAP}|、){{0,16}}?|{_GAP}{{0,12}}?){GIFT}"
)
_BEFORE_GIVE = re.compile(
    rf"{GIVE}(?:(?!{_THRESHOLD_NOUN}|{_COMPARE}(?<!不超)(?!过)|以上)[^,;。]|不超过|不得超过|不低于|不少于){{0,40}}$"
)
_AFTER_GIVE = re.compile(rf"^(?:以内|以下|左右)?(?:的?(?:比例|标准|额度))?(?:内)?(?:[^,;。]{{0,24}}){GIVE}")


def _is_foreign(s: Surroundings) -> bool:
    """年度海外销售额达到100万美元以上的 — a sum in another currency is never an amount of yuan."""
    return s.figure.foreign


def _is_instalment(s: Surroundings) -> bool:
    """(第一年奖励5万元,第二年奖励3万元) · 首期拨付50万元 · 分别按应奖励额的30%、30%和40%进行奖励"""
    if s.figure.kind == "percent":
        part = s.ahead(r"应?(?:奖励|奖补|补助|资助|兑现|扶持|补贴)(?:总)?(?:额|金额|资金)度?的?$") and not s.behind(
            r"[^,;。]{0,4}配套"
        )
        paid_out = s.behind(r"(?:先行|预先|首次|次年|再)?(?:拨付|兑现|预拨)") and s.ahead(
            r"核定|核准|资助|补助|奖励|资金|金额|剩余|其余"
        )
        return part or paid_out or s.ahead(r"首期|首付|第[一二三四]期|余款|尾款|(?:拨付|兑现)$")
    return s.ahead(r"第[一二三四五六]年(?:度)?(?:奖励|补助|补贴|资助|给予|拨付|支付|发放)?[^,;]{0,4}$") or s.ahead(
        r"(?:首期|第[一二三]期|首年)[^,;最高]{0,6}$"
    )


def _is_fund(s: Surroundings) -> bool:
    """设立总规模不低于1亿元的重点产业发展引导资金 · 将知识产权运营基金规模增至1亿元 · 设立5000万元风险补偿资金池"""
    noun = r"(?:基金|资金池|引导资金|风险补偿(?:金|资金)|母基金|信贷资金池)"
    if s.behind(rf"(?:以上|左右)?的?[^,;。给]{{0,18}}{noun}"):
        return True
    return s.ahead(rf"{noun}[^,;。]{{0,12}}(?:规模|总额|总量|达到|增至|扩大|达|注资|出资|设立)[^,;。给]{{0,8}}$") or (
        s.ahead(r"(?:设立|建立|组建|成立|安排|统筹)[^,;。给]{0,16}$") and re.search(noun, s.clause) is not None
    )


def _is_pool(s: Surroundings) -> bool:
    """本条款每年奖励额度最高300万元 · 市财政每年安排5000万元专项资金 · 年度资金总额不超过2000万元"""
    if s.ahead(_EACH):
        return False
    scope = r"(?:本(?:条款|条|项|措施|政策|办法|细则|方案)|全[市区县省]|(?:市|区|县|省)(?:级|本级)?财政|财政预算|预算|专项资金)"
    limited = rf"{CEILING}|{_TOTAL}"
    if s.ahead(rf"{scope}[^,;。]{{0,30}}(?:{limited}|安排|统筹|列支|投入|设立)"):
        return True
    if s.ahead(r"(?:每年|年度|统筹|安排|落实)[^,;。给]{0,14}(?:安排|统筹|列支|投入|设立)[^,;。给]{0,10}$"):
        return s.behind(r"(?:以上|左右)?的?[^,;。]{0,16}(?:资金|经费|预算)") or s.ahead(r"(?:资金|经费)[^,;。给]{0,6}$")
    return s.ahead(
        rf"(?:年度|每年)?(?:奖励|补贴|补助|资助|扶持|奖补|专项)?资金(?:年度)?总(?:额|规模)[^,;。]{{0,6}}{CEILING}?$"
    )


def _is_yearly_cap(s: Surroundings) -> bool:
    """每家企业年度补贴总额不超过100万元人民币 · 单个企业每年累计奖励最高150万元 · 给予最高不超过5万元/年的场租补贴"""
    if s.behind(r"(?:人民币)?(?:/年|每年(?!度?评))|/\(?家·?年"):
        return s.ahead(CEILING) or s.ahead(GIVE) or s.behind(rf"(?:人民币)?(?:/年|每年)的?[^,;。]{{0,10}}{GIFT}")
    money_word = rf"{GIFT}|额度|金额|{_TOTAL}"
    limited = (
        s.ahead(rf"{CEILING}[^,;。]{{0,12}}$")
        or s.behind(r"(?:封顶|为限|为上限|以内)")
        or s.ahead(rf"{_TOTAL}[^,;。]{{0,10}}$")
    )
    if not s.ahead(_YEAR):
        return False
    if limited and (
        re.search(money_word, s.clause) or not s.ahead(rf"{_THRESHOLD_NOUN}|{_COMPARE}(?<!不超)(?<!不超过)")
    ):
        return True
    if s.ahead(r"每年(?:最高|不超过|不高于)?$") and s.ahead(GIVE):
        return True
    return s.ahead(rf"{_YEAR}[^,;。]{{0,6}}{GIVE}") and _AFTER_GIFT.match(s.after) is not None


def _is_total_cap(s: Surroundings) -> bool:
    """每家企业累计奖励不超过50万元 · 同一企业享受的奖励总额最高100万元 · 两年累计不超过30万元"""
    capped = s.ahead(rf"{CEILING}[^,;。]{{0,8}}$") or s.behind(r"(?:封顶|为限|为上限)")
    many = s.ahead(rf"{_TOTAL}[^,;。]{{0,14}}$") and not s.ahead(r"[两二三]期合计|按|投资[^,]{0,8}$")
    return bool(capped and many) and s.figure.kind == "money" and len(s.figure.values) == 1


def _is_unit_rate(s: Surroundings) -> bool:
    """按每人次第一晚最高40元…的标准给予 · (扶持金额每月每平方米最高50元)"""
    small = r"每(?:个?月|平方米|人次|人天|晚|吨|千瓦时|度|公里|标箱|标准箱|集|小时|课时|天)"
    if s.sentence.inner and (s.ahead(small) or s.behind(r"/(?:平方米|月|㎡|人)")):
        return True
    here = s.sentence.slice(s.figure.start - _NEAR, s.figure.start)
    rest = s.sentence.slice(s.figure.end, s.figure.end + _NEAR)
    if s.behind(r"/(?:平方米|㎡|人·月|间·月)") and "%" in s.lead:
        return True  # 按租金的50%给予补贴,最高50元/平方米·月
    if s.ahead(r"每(?:新增|增加|增长|超过|满|达到?|实现)[^,;。]{0,6}$"):
        return False  # 每新增1000万元奖励2万元: the step, not the price
    opened = re.search(r"按照?[^。;]{0,60}$", here)
    closed = re.match(r"[^。;]{0,60}?的?(?:标准|价格|基数)", rest)
    return bool(opened and closed and not re.search(r"给予|予以", here[opened.start() :]))


def _is_amount(s: Surroundings) -> bool:
    """给予最高10万元奖励 · 每件最高资助2万元 · 单品种奖励企业200万元 · 奖励最高不超过20万元 · 补贴10万元"""
    if s.ahead(r"每(?:新增|增加|增长|超过|满|实现)[^,;。]{0,6}$"):
        return False
    if s.behind(r"的?[^,;。]{0,8}(?:贷款|授信|融资|担保|信贷)(?!贴息|补贴|补助|奖励|利息|费|风险)"):
        return False
    if s.figure.bare and not (_AFTER_GIFT.match(s.after) or s.ahead(rf"(?:{CEILING}|{GIVE}|{GIFT})(?:人民币)?$")):
        return False
    if (
        s.behind(r"(?:\(?含\)?)?(?:以上|及以上|以下)")
        and not s.behind(rf"以下的?(?:[^,;。\d的]{{0,8}}){GIFT}")
        and not s.ahead(rf"{GIVE}[^,;。]{{0,6}}$")
    ):
        return False
    if _AFTER_GIFT.match(s.after) and not s.ahead(
        rf"(?:{_THRESHOLD_NOUN}[^,;。]{{0,6}}{_COMPARE}|获得?(?:国家|省|市|上级)[^,;。]{{0,8}})$"
    ):
        return True
    if _BEFORE_GIVE.search(s.near) or _BEFORE_GIVE.search(s.before):
        return True
    return s.ahead(rf"{GIFT}[^,;。]{{0,10}}(?:{CEILING}|为|标准)[^,;。达]{{0,6}}$") or (
        s.ahead(rf"{CEILING}(?:不超过)?(?:人民币)?$") and re.search(GIFT, s.clause) is not None
    )


def _is_listed(s: Surroundings) -> bool:
    """补贴标准:发明专利每件2000元;实用新型每件500元 — a list announced as what is paid."""
    announced = re.search(
        rf"{GIFT}(?:资金)?(?:的)?(?:标准|金额|额度|档次|办法)?(?:分别)?(?:为|是|如下|按以下|包括)?[^,;。]{{0,10}}(?::|,(?:其中|具体|标准|分别)[^,;。]{{0,4}}:?)",
        s.lead + s.before,
    )
    priced = s.ahead(rf"(?:每[^,;。]{{1,6}}|{CEILING}|不低于|不少于|\d(?:名|位)|[\u4e00-\u9fff)”]{{2,}})$") or s.behind(
        r"/"
    )
    return (
        bool(announced and priced)
        and not s.figure.bare
        and not s.ahead(rf"{_THRESHOLD_NOUN}|达到|(?<!不)超过")
        and not s.behind("以上|及以上")
    )


def _is_lone_ceiling(s: Surroundings) -> bool:
    """按研发费用的20%给予补助,最高不超过50万元 — a ceiling without a noun belongs to the offer before it.

    按售价的30%给予奖励,成套设备最高200万元,关键零部件最高50万元 — so does one with a few words of its own.
    """
    if s.ahead(rf"{_THRESHOLD_NOUN}[^,;。]{{0,6}}(?:{CEILING})?[^,;。]{{0,4}}$"):
        return False
    limits = rf"{CEILING}(?:不超过|不得超过)?(?:人民币)?$"
    opening = r"且|但|并|单个?[^,;。]{0,8}|每[^,;。]{1,12}|同一[^,;。]{1,10}|额度|金额|原则上|其中"
    if s.ahead(rf"^(?:{opening})?{limits}") or s.behind(r"(?:封顶|为限|为上限)"):
        return True
    return s.ahead(rf"^[^,;。]{{0,14}}{limits}") and re.search(GIFT, s.lead) is not None


def _is_rate(s: Surroundings) -> bool:
    """最高给予法律服务费用50%的补贴 · 按固定资产投资额的10%给予 · 贴息比例不超过50% · 参照其贡献的70%、80%和90%给予"""
    if s.figure.kind != "percent":
        return False
    if s.behind(r"(?:\(?含\)?)?(?:以上|及以上|以下)") and not s.behind(
        rf"(?:以上|以下|及以上)的?(?:比例)?[^,;。的]{{0,10}}(?:{GIVE}|{GIFT})"
    ):
        return False
    if s.ahead(
        r"(?:增速|增长|增幅|占比|比重|持股|股比|出资比例|(?<!不)高于|(?<!不)超过|达到|达|提高|提升|下降|降低|上浮|上调|利率)[^,;。]{0,4}$"
    ) and not s.ahead(r"(?:给予|按照?)[^,;。]{0,20}(?:不超过|超过部分|增长部分)[^,;。]{0,6}$"):
        return False
    if (
        s.ahead(r"^(?:的,)?(?:可)?(?:按照?|参照)[^,;。]{2,40}$")
        and not s.after
        and re.match(r"给予|予以|最高|奖励|补助|补贴|资助", s.following)
    ):
        return True  # 按实际发生费用的50%,给予不超过100万元的资助
    base = s.ahead(r"(?:按照?|参照|以|依据|给予|予以|补贴|补助|奖励|资助)[^,;。]{0,40}$") or s.ahead(r"^(?:的|、)?$")
    if _AFTER_GIFT.match(s.after) or (_AFTER_GIVE.match(s.after) and base):
        return True
    if s.ahead(
        rf"(?:{GIFT}|资金)(?:的)?(?:比例|率|标准|额度|金额|额)?[^,;。]{{0,8}}(?:{CEILING}|为|按)[^,;。]{{0,24}}$"
    ):
        return True
    return s.ahead(r"(?:给予|予以|补贴|补助|奖励|资助)(?:不超过|最高)?[^,;。]{0,20}的?$") and not s.behind(
        r"[^,;。]{0,6}(?:以上|用于)"
    )


def _is_threshold(s: Surroundings) -> bool:
    """营业收入达到5000万元以上的 · 固定资产投资1000万元及以上 · 产值每新增1000万元"""
    return (
        s.ahead(r"每(?:新增|增加|增长|超过|满|实现)[^,;。]{0,6}$")
        or s.ahead(rf"{_THRESHOLD_NOUN}|{_COMPARE}")
        or s.behind(r"以上|及以上|以下")
    )


ROLES: tuple[tuple[Role, Callable[[Surroundings], bool]], ...] = (
    ("none", _is_foreign),
    ("instalment", _is_instalment),
    ("rate", _is_rate),
    ("fund", _is_fund),
    ("pool", _is_pool),
    ("unit_rate", _is_unit_rate),
    ("yearly_cap", _is_yearly_cap),
    ("total_cap", _is_total_cap),
    ("amount", _is_amount),
    ("amount", _is_listed),
    ("amount", _is_lone_ceiling),
    ("threshold", _is_threshold),
)


def role_of(s: Surroundings) -> Role:
    """The first row of ROLES that answers; a percentage can only be rate or instalment."""
    for role, answers in ROLES:
        if s.figure.kind == "percent" and role not in ("rate", "instalment"):
            continue
        if answers(s):
            return role
    return "none"


_TO_GIFT = re.compile(
    rf"[{MASK}]*(?:人民币)?(?:/[^,;。的]{{1,5}})?(?:人民币)?(?:以内|以下|左右|不等|封顶|为限|为上限)?(?:每年)?"
    rf"(?:(?:的?(?:比例|标准))?(?:(?:的(?:(?!的,)[^,;。\d]){{0,24}}?|(?:(?!的,)[^,;。、\d]){{0,24}}?)(?:{GIFT})+))?"
)


def gift_end(s: Surroundings) -> int:
    """Folded place where the words of the offer after the figure end (…万元的一次性奖励)."""
    match = _TO_GIFT.match(s.sentence.slice(s.figure.end, s.sentence.end))
    return s.figure.end + (match.end() if match else 0)
