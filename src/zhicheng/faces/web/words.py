"""Words of lower floors that pages show and translate. Not here: their meaning; each list mirrors its source by test."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLES = {
    "office": _("领导小组办公室"),
    "unit_officer": _("责任单位经办"),
    "district": _("区市"),
    "finance": _("财政"),
    "reviewer": _("审查人"),
    "expert": _("专家"),
    "auditor": _("审计"),
    "system_admin": _("系统管理员"),
    "security_admin": _("安全管理员"),
    "audit_admin": _("审计管理员"),
    "enterprise": _("企业"),
    "agency": _("服务机构"),
}
INSTRUMENT_KINDS = {
    "reward": _("奖励"),
    "grant": _("资助"),
    "subsidy": _("补贴"),
    "interest_subsidy": _("贴息"),
    "commendation": _("表彰"),
    "encouragement": _("只写鼓励"),
}
SEVERITIES = {"error": _("不符"), "warning": _("存疑"), "info": _("提示")}
ANSWERS = {"accepted": _("采纳"), "deferred": _("暂缓"), "not_a_fault": _("不属问题")}
MEASURABLE = {"yes": _("可测"), "partly": _("部分可测"), "no": _("无法测")}
CHANGES = {"added": _("新增"), "removed": _("删去"), "changed": _("改动"), "moved": _("移动")}
FIELDS = {
    "定额": _("定额"),
    "上限": _("上限"),
    "比例": _("比例"),
    "年度上限": _("年度上限"),
    "每年名额": _("每年名额"),
    "分档": _("分档"),
    "性质": _("性质"),
    "数值": _("数值"),
    "比较": _("比较方式"),
    "期限": _("期限"),
    "周期": _("周期"),
    "基期": _("基期"),
}
ACTS_ON_CASES = {
    "move": _("办理"),
    "record": _("登记事实"),
    "sign": _("签署意见"),
    "extend": _("延长期限"),
    "exclude": _("暂停计算期限"),
    "include": _("恢复计算期限"),
    "return": _("退回"),
    "straight_back": _("直送退回步骤"),
    "countersign": _("会签"),
    "add_signer": _("加签"),
    "transfer": _("转办"),
    "delegate": _("委托"),
    "withdraw": _("撤回"),
    "urge": _("催办"),
    "postpone": _("批准延期答复"),
    "dispose": _("处理意见"),
    "suspend": _("中止"),
    "resume": _("恢复"),
    "terminate": _("终止"),
    "migrate": _("改用新版程序"),
}
OPINIONS = {"agree": _("同意"), "remarks": _("同意，另提意见"), "disagree": _("不同意")}
DISPOSITIONS = {"accepted": _("采纳"), "partly": _("部分采纳"), "declined": _("不采纳")}
NOTICE_KINDS = {
    "act": _("办理"),
    "warning": _("临期"),
    "overdue": _("超期"),
    "complete": _("届满"),
    "moved": _("期限改动"),
}
