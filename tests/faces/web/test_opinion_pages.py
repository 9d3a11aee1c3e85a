"""会签, 投诉 and 举报 as requests: opinions by clause, results in bulk, published at one instant; reporters protected."""

import re

import pytest
from django.test import Client

from zhicheng.domain.plan.model import Plan
from zhicheng.engine.procedure import Act
from zhicheng.faces.web import act_form, human
from zhicheng.store import clock, desks
from zhicheng.store.models import Account, Case
from zhicheng.usecases.act_on_case import act_on_case
from zhicheng.usecases.demonstration_cases import demonstration_cases
from zhicheng.usecases.open_case import Contact, Filing, open_case
from zhicheng.usecases.policy import ANONYMOUS, Person
from zhicheng.usecases.training_city import training_city

DRAFT = {"draft_name": "三年行动计划", "draft_version": "第3稿"}
REPORT = {"reported": "某厂", "facts_told": "标注失效的专利号"}


@pytest.fixture(autouse=True)
def city(db: None, small_plan: Plan, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(human, "require", lambda sent: None)
    training_city(small_plan)
    demonstration_cases()


def _person(role: str) -> Person:
    account = Account.objects.get(username=f"demo-{role}")
    return Person(account.pk, account.name, account.unit_key, account.role_names)


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def _text(answer) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def _circulating() -> Case:
    """A draft of the officer's unit with the finance unit asked."""
    officer, asked = _person("unit-officer"), desks.of_unit(_person("finance").unit)
    row = open_case(officer, Filing("countersign", "会签第3稿", DRAFT))
    ready = Act("record", facts={"draft_attached": True})
    act_on_case(officer, row.number, ready, Act("move", "circulate"), Act("countersign", signers=(asked,)))
    return row


def _send(client: Client, row: Case, kind: str, **sent):
    row.refresh_from_db()
    return client.post(f"/cases/{row.number}/act/{kind}/", {"revision": row.revision, **sent})


def test_opinions_by_clause_results_in_bulk_and_one_instant(city: None) -> None:
    row, officer, finance = _circulating(), _as("unit-officer"), _as("finance")
    words = "（一）4：上限降为 80 万元\n总则写明依据"

    assert "分条意见" in _text(finance.get(f"/cases/{row.number}/act/sign/?name=3"))
    assert _send(finance, row, "sign", about="3", opinion="disagree", points=words).status_code == 302
    own = _text(finance.get(f"/cases/{row.number}/"))
    assert "上限降为80万元" in own
    assert "公布以前，各单位只看得到自己的意见" in own
    assert _send(officer, row, "move", about="close_round").status_code == 302
    refused = _send(officer, row, "move", about="submit")
    assert refused.status_code == 400
    assert "还有2条没有结论" in _text(refused)
    without = _send(officer, row, "dispose", numbers=["1", "2"], name="declined")
    assert without.status_code == 400
    assert "不采纳的理由" in _text(without)
    assert (
        _send(officer, row, "dispose", numbers=["1", "2"], name="partly", remarks="重算后", to="第4稿").status_code
        == 302
    )
    assert "重算后" not in _text(finance.get(f"/cases/{row.number}/"))
    assert _send(officer, row, "move", about="submit").status_code == 302
    assert _send(_as("reviewer"), row, "move", about="publish").status_code == 302
    published = _text(finance.get(f"/cases/{row.number}/"))
    assert "重算后" in published
    assert "部分采纳" in published


def test_later_day_for_one_unit_is_given_in_the_form(city: None) -> None:
    row, head = _circulating(), _as("reviewer")
    asked = _text(head.get(f"/cases/{row.number}/act/postpone/"))
    assert "延至" in asked

    later = clock.today().replace(year=clock.today().year + 1)
    assert _send(head, row, "postpone", item="3", until=later.isoformat(), remarks="上会").status_code == 302
    assert row.work.get(item=3).due == later


def test_asked_unit_sees_no_other_units_opinion_before_publication(city: None) -> None:
    row, officer = _circulating(), _person("unit-officer")
    district = _person("district")
    act_on_case(officer, row.number, Act("countersign", signers=(desks.of_unit(district.unit),)))
    finance = _person("finance")
    act_on_case(finance, row.number, Act("sign", item=3, opinion="disagree", remarks="资金没有来源"))

    seen = _text(_as("district").get(f"/cases/{row.number}/"))

    assert "资金没有来源" not in seen
    assert "资金没有来源" in _text(_as("unit-officer").get(f"/cases/{row.number}/"))


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("（一）4：降为 80 万元", (("（一）4", "降为 80 万元"),)),
        ("二(一)1:写明依据\n\n总则写明依据", (("二(一)1", "写明依据"), ("", "总则写明依据"))),
        ("只有冒号：", (("", "只有冒号："),)),
        ("", ()),
    ],
)
def test_single_opinions_are_read_line_by_line(text, points) -> None:
    assert act_form.read_points(text) == points


@pytest.mark.parametrize(("key", "facts"), [("complaint", REPORT), ("report", REPORT)])
def test_public_form_says_where_it_belongs_and_takes_it_without_account(key, facts) -> None:
    client = Client()
    form = client.get(f"/services/{key}/")
    assert "https://www.12315.cn" in form.content.decode()
    asked = {
        "respondent": "某厂", "reported": "某厂", "facts_told": "不符", "wants": "refund", "daily_use": "yes", "right_holder": "no",
    }  # fmt: skip
    sent = {f"fact:{name}": value for name, value in asked.items()}

    done = client.post(
        f"/services/{key}/", {"subject": "商品不符", "contact_name": "周先生", "contact_phone": "13800000001", **sent}
    )

    row = Case.objects.get(kind=key, demonstration=False)
    assert done.status_code == 302
    assert row.node == "submitted"
    assert "周先生" not in _text(client.get(f"/status/{row.number}/"))


def test_reporter_is_known_to_the_handling_unit_alone() -> None:
    row = open_case(ANONYMOUS, Filing("report", "失效专利", REPORT, contact=Contact("周先生", "13800000001")))
    officer, finance = _person("unit-officer"), _person("finance")
    known = {"route": "violation", "has_power": True, "platform_number": "示范编号", "named": True}
    act_on_case(officer, row.number, Act("record", facts=known), Act("move", "register"))
    act_on_case(officer, row.number, Act("countersign", signers=(desks.of_unit(finance.unit),)))

    mine = _text(_as("unit-officer").get(f"/cases/{row.number}/"))
    theirs = _text(_as("finance").get(f"/cases/{row.number}/"))

    assert "周先生" in mine
    assert "实名举报" in mine
    assert "周先生" not in theirs
    assert "13800000001" not in theirs
    assert "实名举报" not in theirs.split("步骤")[0] + theirs.split("事实")[-1]
    assert "标注失效的专利号" in theirs


def test_table_of_answers_shows_units_by_projects_and_disposes_after_a_preview() -> None:
    row, officer, finance = _circulating(), _as("unit-officer"), _person("finance")
    address = f"/cases/{row.number}/countersign/"
    waiting = officer.get(address)
    assert [(line.name, line.state, line.points) for line in waiting.context["lines"]] == [("财政局", "waiting", 0)]
    act_on_case(
        finance, row.number, Act("sign", item=3, opinion="disagree", points=(("1.1", "降为 80 万元"), ("", "写明依据")))
    )

    [line] = officer.get(address).context["lines"]
    assert (line.state, line.points, line.disposed) == ("disagree", 2, 0)
    assert [cell.kind for cell in line.cells if cell.n and cell.against] == ["points"]
    sent = {"numbers": ["1", "2"], "name": "declined"}
    refused = officer.post(address, sent)
    assert refused.status_code == 400
    assert "不采纳的理由" in _text(refused)
    preview = officer.post(address, {**sent, "remarks": "重算后无依据"})
    assert "预览" in _text(preview)
    assert officer.get(address).context["lines"][0].disposed == 0
    row.refresh_from_db()
    sure = {**sent, "remarks": "重算后无依据", "confirm": "yes", "revision": row.revision}
    assert officer.post(address, sure).status_code == 302
    assert officer.get(address).context["lines"][0].disposed == 2
    stale = officer.post(address, sure)
    assert stale.status_code == 409


def test_asked_unit_sees_its_own_row_only_and_others_no_table() -> None:
    row, finance, district = _circulating(), _as("finance"), _person("district")
    act_on_case(_person("unit-officer"), row.number, Act("countersign", signers=(desks.of_unit(district.unit),)))

    seen = finance.get(f"/cases/{row.number}/countersign/")

    assert [line.name for line in seen.context["lines"]] == ["财政局"]
    assert not seen.context["fields"]
    assert _as("unit-officer").get("/cases/FW2024-00001/countersign/").status_code == 404
    assert _as("enterprise").get(f"/cases/{row.number}/countersign/").status_code == 404
