"""示范案件: a few invented cases in a training city, so that every desk has something on it. Not here: the city itself.

Deterministic: the same plan gives the same cases; days are counted back from the city's present day. All marked 示范数据.
"""

from __future__ import annotations

from datetime import date, timedelta

from zhicheng.engine.procedure import Act
from zhicheng.engine.procedure.definition import Scalar
from zhicheng.store import clock, desks
from zhicheng.store.models import Account, Case, City
from zhicheng.store.queries import plans
from zhicheng.usecases.act_on_case import act_on_case
from zhicheng.usecases.case_alarms import raise_alarms
from zhicheng.usecases.open_case import Contact, Filing, open_case, set_intake
from zhicheng.usecases.policy import ANONYMOUS, MACHINE, Person
from zhicheng.usecases.standing import PartyKey

ASKED = 5  # units that countersign the draft: enough to see who is silent, few enough for the page of work
COMPLETE: dict[str, Scalar] = {"materials_complete": True}


def demonstration_cases() -> int:
    """Open and walk the cases once; returns how many were made. Refuses nothing and does nothing in a real city."""
    city = City.objects.first()
    if city is None or not city.is_training or Case.objects.filter(demonstration=True).exists():
        return 0
    clerk = _person("demo-unit-officer")
    if not clerk.unit:
        return 0
    for procedure in ("service-request", "complaint", "report"):
        set_intake(MACHINE, procedure, clerk.unit)
    today = clock.today()
    _services(clerk, _person("demo-reviewer"), _person("demo-enterprise"), today)
    _complaints(clerk, today)
    _countersigned_draft(clerk, today)
    raise_alarms(MACHINE)
    return Case.objects.filter(demonstration=True).count()


def _person(username: str) -> Person:
    account = Account.objects.get(username=username)
    return Person(account.pk, account.name, account.unit_key, account.role_names)


def _complaints(clerk: Person, today: date) -> None:
    """One complaint in mediation, one report to be routed, both from people without an account."""
    somebody = Contact("示范·李女士", "000-0002")
    told: dict[str, Scalar] = {
        "daily_use": True, "right_holder": False, "wants": "refund", "respondent": "示范·某商店",
        "facts_told": "所购商品标注的专利已失效，要求退货。",
    }  # fmt: skip
    filing = Filing("complaint", "商品标注失效专利，要求退货", told, contact=somebody)
    complaint = open_case(ANONYMOUS, filing, day=today - timedelta(20), demonstration=True)
    steps: tuple[tuple[int, dict[str, Scalar], str], ...] = (
        (19, {"route": "consumer", "platform_number": "示范编号"}, "register"),
        (17, {"complete": True}, "accept"),
    )
    for days, facts, move in steps:
        acts = (Act("record", facts=facts), Act("move", move))
        act_on_case(clerk, complaint.number, *acts, day=today - timedelta(days))
    leads: dict[str, Scalar] = {"reported": "示范·某市场", "facts_told": "多种商品标注虚假专利号。"}
    filing = Filing("report", "市场内销售假冒专利产品", leads, contact=somebody)
    open_case(ANONYMOUS, filing, day=today - timedelta(3), demonstration=True)


def _countersigned_draft(clerk: Person, today: date) -> None:
    """A draft that some other units of the plan were asked to countersign."""
    draft: dict[str, Scalar] = {"draft_name": "示范·奖励资金管理办法", "draft_version": "征求意见稿第一稿"}
    day = today - timedelta(6)
    case = open_case(clerk, Filing("countersign", "奖励资金管理办法会签", draft), day=day, demonstration=True)
    act_on_case(clerk, case.number, Act("record", facts={"draft_attached": True}), Act("move", "circulate"), day=day)
    others = plans.current().units.exclude(key=clerk.unit).order_by("pk").values_list("key", flat=True)
    if asked := tuple(desks.of_unit(key) for key in others):
        act_on_case(clerk, case.number, Act("countersign", signers=asked), day=day)


def _services(clerk: Person, head: Person, firm: Person, today: date) -> None:
    def back(days: int) -> date:
        return today - timedelta(days)

    def do(person: Person, number: str, days: int, *acts: Act, key: PartyKey | None = None) -> None:
        act_on_case(person, number, *acts, day=back(days), key=key)

    def file(subject: str, kind: str, request: str, days: int) -> str:
        facts: dict[str, Scalar] = {"service_kind": kind, "request": request}
        filing = Filing(
            "service-request", subject, facts, contact=Contact("示范·某科技公司", "000-0001", account=firm.account)
        )
        return open_case(firm, filing, day=back(days), demonstration=True).number

    overdue = file("核对三件实用新型专利的法律状态", "search", "请核对附表三件专利是否有效。", 12)
    do(clerk, overdue, 11, Act("record", facts=COMPLETE), Act("move", "accept"))
    close = file("海外参展前的商标检索", "search", "拟赴境外参展，请协助检索商标在先权利。", 6)
    do(clerk, close, 6, Act("record", facts=COMPLETE), Act("move", "accept"))
    asked = file("被诉侵权的应对咨询", "rights", "收到律师函，请指导如何应对。", 4)
    do(clerk, asked, 4, Act("record", facts=COMPLETE), Act("move", "accept"))
    if other := _another_unit(clerk.unit):
        do(clerk, asked, 3, Act("countersign", signers=(desks.of_unit(other),), remarks="请提供近年同类纠纷情况"))
    for subject in ("专利申请优先审查咨询", "地理标志使用管理培训"):
        file(subject, "filing" if "专利" in subject else "training", "请告知条件、材料和时间。", 1)
    lacking = file("专利权质押登记咨询", "finance", "请告知质押登记如何办理。", 5)
    reasons: dict[str, Scalar] = {"materials_complete": False, "supplement_list": "专利号和权利人名称"}
    do(clerk, lacking, 4, Act("record", facts=reasons), Act("move", "ask_supplement"))
    stayed = file("许可合同备案咨询", "filing", "请告知许可合同备案的材料。", 7)
    do(clerk, stayed, 6, Act("record", facts=COMPLETE), Act("move", "accept"))
    do(head, stayed, 3, Act("suspend", "reply", remarks="等上级答复"))
    for subject in ("专利年费减缴咨询", "展会知识产权服务"):
        done = file(subject, "filing", "请答复。", 10)
        do(clerk, done, 9, Act("record", facts=COMPLETE), Act("move", "accept"))
        do(clerk, done, 7, Act("record", facts={"answer": "已按所附清单答复。"}), Act("move", "give_answer"))
        do(firm, done, 6, Act("record", facts={"rating": "good"}), Act("move", "rate"))


def _another_unit(unit: str) -> str:
    """The unit of the finance demonstration account, else the plan's first other one."""
    known = Account.objects.filter(username="demo-finance").values_list("unit_key", flat=True).first() or ""
    others = plans.current().units.exclude(key=unit).order_by("pk").values_list("key", flat=True)
    return known if known and known != unit else (others.first() or "")
