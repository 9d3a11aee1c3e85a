"""Who may do what (DESIGN 2.13): one table of acts, deny by default, every answer with its reason in words.

Not here: which rows a person sees (querysets in store/queries), how a face asks (faces/web/gate).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from zhicheng.base.errors import Refused

OFFICIALS = frozenset({"office", "unit_officer", "district", "finance", "reviewer", "auditor"})
# Officials who work at a unit's desk: an item that waits for the unit waits for each of them.
WORKERS = frozenset({"office", "unit_officer", "district", "finance", "reviewer"})
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
ROLE_NAMES = {
    "office": "领导小组办公室", "unit_officer": "责任单位经办", "district": "区市", "finance": "财政", "reviewer": "审查人",
    "expert": "专家", "auditor": "审计", "system_admin": "系统管理员", "security_admin": "安全管理员",
    "audit_admin": "审计管理员", "enterprise": "企业", "agency": "服务机构",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. account None with machine False is the anonymous public; machine is whoever holds the machine itself.

    unit: key of the person's unit in the plan in force, "" for none. name is for pages, never for the ledger.
    """

    account: int | None = None
    name: str = ""
    unit: str = ""
    roles: frozenset[str] = frozenset()
    machine: bool = False

    @property
    def anonymous(self) -> bool:
        return self.account is None and not self.machine


ANONYMOUS = Person()
MACHINE = Person(name="系统", machine=True)


class Concerned(Protocol):
    """A thing that concerns certain units of the plan (a finding, a task)."""

    @property
    def units(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Permission:
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is called, and who may. own_unit: roles that may only where the thing concerns their unit."""

    title: str
    roles: frozenset[str] = field(default_factory=frozenset)
    public: bool = False
    signed_in: bool = False
    own_unit: frozenset[str] = field(default_factory=frozenset)


def _roles(*names: str) -> frozenset[str]:
    return frozenset(names)


ACTS: dict[str, Act] = {
    # the public's share: the plan and its record
    "plan.read": Act("阅读方案", public=True),
    "decision.read": Act("查看决策档案", public=True),
    "targets.read": Act("查看指标", public=True),
    "incentives.read": Act("查看激励目录", public=True),
    "search.read": Act("检索", public=True),
    "rules.read": Act("查看检查规则", public=True),
    "site.read": Act("浏览站点", public=True),  # error pages, health, assets
    "session.start": Act("登录", public=True),
    "session.end": Act("退出", public=True),
    "language.set": Act("切换语言", public=True),
    "cases.file": Act("提交申请、投诉、举报", public=True),
    "cases.status": Act("凭编号查询办理情况", public=True),
    # everyone with an account
    "work.read": Act("查看待办", signed_in=True),
    "cases.read": Act("查看案件", signed_in=True),  # which ones: store/queries/cases
    "cases.act": Act("办理案件", signed_in=True),  # which acts: the case's procedure and seats
    "password.change": Act("修改本人口令", signed_in=True),
    # the city's officials
    "overview.read": Act("查看总览", roles=OFFICIALS),
    "units.read": Act("查看责任单位", roles=OFFICIALS | _roles("expert")),
    "findings.read": Act("查看检查意见", roles=OFFICIALS | _roles("expert")),
    "findings.answer": Act(
        "答复检查意见", roles=_roles("office", "reviewer"), own_unit=_roles("unit_officer", "district")
    ),
    "findings.check": Act("重新检查", roles=_roles("office", "reviewer")),
    "questions.answer": Act("答复待答问题", roles=_roles("office")),
    "plan.versions": Act("查看版本与比对", roles=OFFICIALS),
    "plan.compile": Act("编译文本", roles=_roles("office", "reviewer")),
    "decision.record": Act("登记决策记录", roles=_roles("office")),
    "plan.adopt": Act("方案入库", roles=_roles("office")),
    "attachments.read": Act("查看附件", public=True),  # which ones: store/queries/attachments
    "attachments.add": Act("上传附件", roles=_roles("office", "unit_officer", "district", "reviewer")),
    "papers.list": Act(
        "查看公文", roles=_roles("office", "reviewer", "auditor", "unit_officer", "district")
    ),  # 只列看得到的
    "papers.read": Act(
        "查看公文内容", roles=_roles("office", "reviewer", "auditor"), own_unit=_roles("unit_officer", "district")
    ),
    "papers.draft": Act("起草公文", roles=_roles("office"), own_unit=_roles("unit_officer", "district")),
    "papers.issue": Act("签发公文", roles=_roles("office"), own_unit=_roles("unit_officer", "district")),
    "cases.open": Act("立案", roles=WORKERS),
    "cases.parties": Act("查看当事人身份和联系方式", own_unit=WORKERS),
    "cases.intake": Act("指定受理单位", roles=_roles("office")),
    "calendar.announce": Act("载入放假通知", roles=_roles("office", "system_admin")),
    "jobs.read": Act("查看后台工作", roles=_roles("office", "system_admin")),
    # three separate administrators (三员分立)
    "accounts.read": Act("查看账号", roles=ADMINISTRATORS),
    "accounts.manage": Act("建立、调动、停用账号", roles=_roles("system_admin")),
    "accounts.roles": Act("授予或收回角色", roles=_roles("security_admin")),
    "accounts.unlock": Act("解除锁定", roles=_roles("security_admin")),
    "accounts.reset": Act("重置口令", roles=_roles("security_admin")),
    "ledger.read": Act("查看留痕", roles=_roles("audit_admin", "auditor")),
    # whoever holds the machine
    "city.open": Act("开通城市"),
    "city.backup": Act("备份"),
    "city.restore": Act("恢复"),
    "papers.stationery": Act("更新文种和版式"),
    "city.tick": Act("到期检查"),
}


def may(person: Person, act: str, obj: Concerned | None = None) -> Permission:
    """Whether `person` may do `act` (to `obj`), and why or why not. An act not in the table is refused to everybody."""
    rule = ACTS.get(act)
    if rule is None:
        return Permission(False, f"系统没有登记“{act}”这一事项")
    if person.machine:
        return Permission(True, "在本机执行")
    if rule.public:
        return Permission(True, f"{rule.title}对公众开放")
    if person.anonymous:
        return Permission(False, f"{rule.title}需要先登录")
    if rule.signed_in:
        return Permission(True, f"{rule.title}对所有账号开放")
    if held := sorted(person.roles & rule.roles):
        return Permission(True, f"{ROLE_NAMES[held[0]]}可以{rule.title}")
    if person.roles & rule.own_unit:
        return _own_unit(person, rule, obj)
    return Permission(False, _who_may(rule))


def _own_unit(person: Person, rule: Act, obj: Concerned | None) -> Permission:
    if obj is not None and person.unit and person.unit in obj.units:
        return Permission(True, f"涉及本单位，可以{rule.title}")
    return Permission(False, f"只能就涉及本单位的事项{rule.title}")


def _who_may(rule: Act) -> str:
    allowed = [name for role, name in ROLE_NAMES.items() if role in rule.roles | rule.own_unit]
    return f"{rule.title}限{'、'.join(allowed)}办理" if allowed else f"{rule.title}只能在服务器上执行"


def require(person: Person, act: str, obj: Concerned | None = None) -> None:
    """Raises Refused with the reason unless `may`."""
    permission = may(person, act, obj)
    if not permission.allowed:
        raise Refused(
            permission.reason, todo="如确需办理，联系系统管理员核对角色" if not person.anonymous else "先登录"
        )


def home(person: Person) -> str:
    """Name of the page a person starts from."""
    for act, page in (("overview.read", "overview"), ("accounts.read", "accounts"), ("findings.read", "findings")):
        if may(person, act).allowed:
            return page
    return "plan"
