"""Papers for tests: one office, one set of data for every kind shipped. Invented throughout."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhicheng.engine.papers.compose import Data, Sheet, compose
from zhicheng.engine.papers.kind import Kind, Office
from zhicheng.engine.papers.load import stationery
from zhicheng.engine.papers.number import Number

OFFICE = Office(
    key="trade", name="澜河市商务局", code="澜商", printer="澜河市商务局办公室", confirmed=True, source="虚构"
)
DAY = date(2026, 1, 5)
MOMENT = datetime(2026, 1, 5, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
STATIONERY = stationery()
_CONTACT = {"contact": "王某", "phone": "0535-1234567"}
_PARTY = {"party": "澜河某某机械有限公司", "matter": "专利侵权纠纷行政裁决请求", "received": "2026-01-04"} | _CONTACT

DATA: dict[str, Data] = {
    "notice": {
        "subject": "印发《茶艺与老街振兴办法》任务分工", "addressee": "各街道办事处\n市政府有关部门",
        "text": "为做好老街振兴工作，现将有关事项通知如下。\n一、总体要求\n对照任务分工，逐项明确责任人。\n"
        "（一）建立台账。台账按任务编号，一项一档。\n1.完善台账。\n（1）明确专人。\n特此通知。",
        "attachments": "任务分工表\n进展情况报送表（2026年度）", "note": "此件公开发布", "copies": "市委办公室\n市政协办公室",
    },
    "letter": {
        "subject": "商请协助核查地理标志专用标志使用情况", "addressee": "澜河海关", "text": "现商请贵单位协助核查。\n请予支持为盼。",
        "attachments": "企业名单", "copies": "市财政局",
    } | _CONTACT,
    "consultation": {
        "draft": "澜河市老街保护办法（征求意见稿）", "purpose": "保护老街", "opens": "2026-01-05", "closes": "2026-02-04",
        "where": "澜河市人民政府网站", "ways": "电子邮件：lj@example.gov.cn\n信函：澜河市某路1号", "attachments": "办法草案\n起草说明",
    } | _CONTACT,
    "acceptance": {
        "basis": "《专利纠纷行政裁决和调解办法》第十二条\n《专利纠纷行政裁决和调解办法》第二十条", "case": "澜知裁2026-001",
        "materials": "请求书\n身份证明", "due": "2026-04-05", "duties": "你（单位）有权申请回避。",
    } | _PARTY,
    "refusal": {
        "reasons": "所述事项不属于本机关职责。", "basis": "《市场监督管理投诉举报处理办法》第十六条", "remedy": "可以依法申请行政复议。",
    } | _PARTY,
    "correction": {
        "missing": "专利登记簿副本\n请求书副本", "basis": "《专利纠纷行政裁决和调解办法》第十六条", "due": "2026-01-20",
        "consequence": "视为未提出请求",
    } | _PARTY,
    "supervision": {
        "matter": "推进老街店铺扶持。", "source": "《茶艺与老街振兴办法》第三条", "authority": "市政府办公室指定", "lead": "市商务局",
        "support": "市财政局\n各街道办事处", "due": "2026-03-31", "rhythm": "每月25日前", "demands": "逐项落实。\n按时反馈。",
    } | _CONTACT,
}  # fmt: skip


def kind(key: str) -> Kind:
    return STATIONERY.kind(key)


def sheet(key: str, serial: int | None = 1, **over: str) -> Sheet:
    """The sheet of a kind with its data, some of it replaced; serial None is a draft."""
    of_kind = kind(key)
    number = Number(f"{OFFICE.code}{of_kind.series}", DAY.year, serial) if serial else None
    return compose(of_kind, OFFICE, {**DATA[key], **over}, DAY, number)
