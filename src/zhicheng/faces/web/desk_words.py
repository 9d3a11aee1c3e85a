"""读入核对的用语: what pieces, fields, choices, reasons and acts of a reading are called. Not here: their meaning (domain).

Each list mirrors its source by test.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhicheng.faces.web.wording import COMMITMENT_KINDS

KINDS = {
    "target": _("目标"), "incentive": _("激励"), "fund": _("基金"), "commitment": _("承诺"), "question": _("待答问题"),
}  # fmt: skip
FIELD_WORDS = {
    "indicator": _("指标名称"), "comparator": _("比较"), "value": _("数值"), "unit": _("单位"), "deadline_year": _("到期年"),
    "base": _("基数"), "owner": _("负责单位"), "source": _("数据来源"), "name": _("名称"), "kind": _("性质"), "who": _("对象"),
    "what": _("条件"), "ceiling": _("最高"), "fixed": _("定额，不是上限"), "tiers": _("分档"), "rate": _("比例"),
    "rate_base": _("比例基数"), "per": _("每"), "annual_cap": _("年度上限"), "annual_cap_per": _("年度上限每"),
    "quota_per_year": _("年度名额"), "rhythm": _("频次"), "size": _("规模"), "firm": _("已定设立"), "text": _("问什么"),
    "to": _("由谁答"),
}  # fmt: skip
CHOICES = {
    "reward": _("奖励"), "grant": _("资助"), "subsidy": _("补贴"), "interest_subsidy": _("贴息"), "commendation": _("表彰"),
    "encouragement": _("鼓励"),
    ">=": _("达到"), "=": _("等于"), "<=": _("不超过"), ">": _("超过"), "<": _("低于"), "increase by": _("新增"),
    "increase by >=": _("新增以上"), "growth>=": _("年均增幅达到"), "growth": _("增长"), "increase by <=": _("新增以内"),
    "decrease by <=": _("减少以内"), "rise": _("提升"), "fall": _("下降"),
    "decrease by": _("减少"), "decrease by >=": _("减少以上"), "about": _("约"),
} | COMMITMENT_KINDS  # fmt: skip
AMOUNTS = ("ceiling", "rate", "tiers", "annual_cap")
# What is kept (Chinese, as everything of the city) and how the reader sees it.
REASONS = {
    "网页栏目，不属方案": _("网页栏目，不属方案"),
    "页脚，不属方案": _("页脚，不属方案"),
    "图注，不属方案": _("图注，不属方案"),
    "页头，标题与承办信息": _("页头，标题与承办信息"),
    "叙述，不含目标、资金、职责": _("叙述，不含目标、资金、职责"),
}
ACTS = {
    "accept": _("接受"), "reopen": _("取消接受"), "set": _("改值"), "class": _("改类"), "bounds": _("改范围"), "read": _("读作"),
    "units": _("改责任单位"), "excuse": _("说明未读"), "join": _("并入上一条"),
}  # fmt: skip
