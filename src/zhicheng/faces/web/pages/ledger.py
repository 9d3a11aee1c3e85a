"""留痕 as auditors read it: newest first, narrowed by day, act, unit; checked against its anchors; each entry to its object.

Not here: the chain (engine/chain), checking it (usecases/audit).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.chain import Verdict
from zhicheng.faces.web.gate import gated
from zhicheng.faces.web.tables import table_response
from zhicheng.store import anchors
from zhicheng.store.models import LedgerEntry
from zhicheng.store.queries import accounts
from zhicheng.store.queries import ledger as rows
from zhicheng.store.queries import plan as reads
from zhicheng.usecases.audit import verify_ledger
from zhicheng.usecases.policy import Person, may

ACTS = {
    "account.create": _("建立账号"), "account.move": _("调动账号"), "account.disable": _("停用账号"),
    "account.enable": _("启用账号"), "account.roles": _("授予或收回角色"), "account.unlock": _("解除锁定"),
    "account.reset": _("重置口令"), "account.sessions": _("退出全部登录"), "account.lock": _("锁定账号"), "attachment.add": _("上传附件"),
    "city.open": _("开通城市"), "city.backup": _("备份"), "city.restore": _("恢复"),
    "decision.record": _("录入决策记录"), "draft.start": _("读入文件"), "draft.correct": _("改读法"),
    "draft.undo": _("撤销改动"), "draft.keep": _("存草稿"), "draft.discard": _("放弃草稿"),
    "draft.publish": _("草稿成版"), "finding.answer": _("答复检查意见"), "question.answer": _("答复待答问题"),
    "password.change": _("修改口令"), "plan.adopt": _("方案入库"), "plan.check": _("检查方案"),
    "plan.draft": _("生成草案版"), "session.start": _("登录"), "session.end": _("退出登录"),
    "session.refuse": _("登录被拒"), "papers.stationery": _("设定文种和版式"), "paper.issue": _("签发公文"),
    "paper.discard": _("放弃公文草稿"), "case.open": _("立案"), "case.act": _("办理案件"), "case.intake": _("指定受理单位"),
    "case.warning": _("案件临期提醒"), "case.overdue": _("案件逾期提醒"), "calendar.announce": _("载入放假通知"),
}  # fmt: skip
SUBJECTS = {
    "account": pgettext_lazy("subject", "账号"), "attachment": _("附件"), "city": _("城市"), "draft": _("草稿"), "finding": _("检查意见"),
    "plan": _("方案"), "question": _("待答问题"), "decision": _("决策记录"),
    "stationery": _("版式"), "paper": _("公文"), "paper-draft": _("公文草稿"), "case": _("案件"), "procedure": _("程序"),
    "calendar": _("日历"),
}  # fmt: skip
EXPORTED = 20_000  # entries of one file; more do not open well in a spreadsheet
ANCHOR_LIMIT = 5_000_000  # bytes; a line a day for a century stays far below


@require_http_methods(["GET", "HEAD", "POST"])
@gated("ledger.read")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger; a POST checks the whole chain, against an anchor file handed in or the machine's own."""
    verdict, fault = None, None
    if request.method == "POST":
        try:
            verdict = _verify(request)
        except UnreadableInput as error:
            fault = error
    said = request.GET
    wanted = _wanted(said)
    page = rows.entries(wanted, before=_number(said.get("before")), after=_number(said.get("after")))
    names = accounts.names(entry.actor for entry in page.entries)
    links = _links(_person(request), page.entries)
    plan = reads.in_force()[1]
    context = {
        "rows": [
            {
                "entry": e,
                "act": ACTS.get(e.act, e.act),
                "by": names.get(e.actor or 0, ""),
                "link": links.get(e.subject, ""),
                "kind": SUBJECTS.get(e.subject.partition(":")[0], ""),
                "key": e.subject.partition(":")[2],
            }
            for e in page.entries
        ],
        "page": page,
        "said": said,
        "wanted": wanted,
        "narrowed": wanted != rows.Wanted(),
        "acts": ACTS,
        "units": plan.units,
        "head": rows.head(),
        "anchored": max(anchors.read(), default=0),
        "verdict": verdict,
        "fault": fault,
    }
    return render(request, "ledger.html", context, status=400 if fault else 200)


@require_safe
@gated("ledger.read")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The narrowed ledger as a file, oldest first, hashes included. form: csv or xlsx."""
    found = rows.some(_wanted(request.GET), EXPORTED + 1)
    if len(found) > EXPORTED:
        raise UnreadableInput(gettext("一次最多导出 %(n)s 笔") % {"n": EXPORTED}, todo=gettext("按日期筛选后分次导出"))
    head = ("序号", "时间", "账号", "事项", "对象", "依据", "内容", "前值", "后值", "上一环", "本环")
    body = [
        (
            e.number, e.at.isoformat(), e.actor or "", e.act, e.subject, e.cites,
            json.dumps(e.detail, ensure_ascii=False, sort_keys=True), e.before, e.after, e.previous, e.hash,
        )
        for e in found
    ]  # fmt: skip
    return table_response("留痕", [gettext(word) for word in head], body, form)


def _wanted(said: Mapping[str, Any]) -> rows.Wanted:
    return rows.Wanted(
        _day(said.get("since")), _day(said.get("until")), said.get("act", ""), said.get("unit", ""), said.get("subject", "")
    )  # fmt: skip


def _verify(request: HttpRequest) -> Verdict:
    """Raises UnreadableInput for a file that is no anchor file."""
    file = request.FILES.get("anchor")
    if file is None:
        return verify_ledger(_person(request))
    if (file.size or 0) > ANCHOR_LIMIT:
        raise UnreadableInput("锚文件过大", where=file.name or "", todo="只交 anchors.txt")
    with tempfile.NamedTemporaryFile(suffix=".txt") as copy:
        copy.write(file.read())
        copy.flush()
        try:
            return verify_ledger(_person(request), Path(copy.name))
        except UnicodeDecodeError:
            raise UnreadableInput("锚文件不是文本", where=file.name or "", todo="用未改动的锚文件") from None


def _links(person: Person, entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """Where each subject can be seen, for what this person may see; two queries at most."""
    subjects = {entry.subject: entry.subject.partition(":")[2] for entry in entries}
    by_kind: dict[str, dict[str, str]] = {}
    for subject, key in subjects.items():
        by_kind.setdefault(subject.partition(":")[0], {})[subject] = key
    links: dict[str, str] = {}
    if found := by_kind.get("finding") if may(person, "findings.read").allowed else None:
        numbers = rows.finding_numbers(found.values())
        links |= {s: reverse("finding", args=[numbers[k]]) for s, k in found.items() if k in numbers}
    if found := by_kind.get("attachment"):
        addresses = rows.attachment_addresses(int(k) for k in found.values() if k.isdecimal())
        links |= {s: reverse("attachment", args=[addresses[int(k)]]) for s, k in found.items() if int(k) in addresses}
    for kind, (act, page) in _PAGES.items():
        if may(person, act).allowed:
            links |= {s: reverse(page, args=[k]) for s, k in by_kind.get(kind, {}).items()}
    for subject in by_kind.get("plan", {}):
        links[subject] = reverse("versions" if may(person, "plan.versions").allowed else "plan")
    return links


_PAGES = {
    "account": ("accounts.read", "account"),
    "draft": ("plan.compile", "draft"),
    "question": ("findings.read", "question"),
}


def _person(request: HttpRequest) -> Person:
    return request.person  # type: ignore[attr-defined,no-any-return]


def _day(said: Any) -> date | None:
    """A day one can count on from in any time zone; None for anything else."""
    try:
        day = date.fromisoformat(said or "")
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None


def _number(said: Any) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 19 else None
