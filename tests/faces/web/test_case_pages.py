"""Case pages as requests: who sees what, forms that say what is missing, conflicts, parties, public look-up, bulk."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhicheng.domain.plan.model import Plan
from zhicheng.engine.papers.load import stationery
from zhicheng.engine.procedure import Act
from zhicheng.faces.web import human
from zhicheng.store.models import Account, Case, Notice
from zhicheng.usecases import party_access
from zhicheng.usecases.act_on_case import act_on_case, recorded
from zhicheng.usecases.demonstration_cases import demonstration_cases
from zhicheng.usecases.open_case import Contact, Filing, open_case
from zhicheng.usecases.policy import ANONYMOUS, MACHINE, Person
from zhicheng.usecases.stationery import adopt_stationery
from zhicheng.usecases.training_city import training_city
from zhicheng.usecases.wanted_paper import draft_wanted

FACTS = {"service_kind": "search", "request": "查三件专利"}


@pytest.fixture
def city(db: None, small_plan: Plan, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    training_city(small_plan)
    demonstration_cases()


def _as(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"demo-{role}"))
    return client


def _person(role: str) -> Person:
    account = Account.objects.get(username=f"demo-{role}")
    return Person(account.pk, account.name, account.unit_key, account.role_names)


def _filed(subject: str = "查状态") -> Case:
    return open_case(ANONYMOUS, Filing("service-request", subject, FACTS, contact=Contact("周先生", "13800000001")))


def _text(answer) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


@pytest.fixture(autouse=True)
def _known_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """The human check has its own tests; here its answer is known."""
    monkeypatch.setattr(human, "require", lambda sent: None)


def test_demonstration_cases_are_the_same_each_time_and_made_once(city: None) -> None:
    numbers = list(Case.objects.order_by("pk").values_list("number", "node"))

    assert len(numbers) == 12
    assert numbers[0] == ("FW2024-00001", "handling")
    assert demonstration_cases() == 0
    assert not Case.objects.filter(demonstration=False).exists()


def test_my_work_lists_by_due_day_with_the_next_step_and_whom_i_wait_for(city: None) -> None:
    answer = _as("unit-officer").get("/work/")

    groups = {group["key"]: [line.case.number for line in group["lines"]] for group in answer.context["groups"]}
    assert groups["now"] == ["FW2024-00001", "FW2024-00002"]
    steps = {
        line.case.number: line.way.label for group in answer.context["groups"] for line in group["lines"] if line.way
    }
    assert steps["FW2024-00001"] == "答复"
    assert steps["FW2024-00004"] == "受理"
    assert steps["FW2024-00008"] == "归档"
    assert [line.who for line in answer.context["others"]] == ["财政局", "财政局", "各区", "申请人"]
    assert [(each["label"], len(each["lines"])) for each in answer.context["bulk"]] == [("受理", 2), ("归档", 2)]


def test_my_work_of_somebody_with_nothing_says_so(city: None) -> None:
    answer = _as("expert").get("/work/")

    assert "没有要办的" in _text(answer)
    assert "手里没有待办" in _text(answer)


def test_asked_unit_finds_its_signature_first(city: None) -> None:
    answer = _as("finance").get("/work/")

    [line] = answer.context["groups"][0]["lines"]
    assert (line.case.number, line.way.kind) == ("FW2024-00003", "sign")


def test_case_page_says_who_has_it_until_when_and_what_is_missing(city: None) -> None:
    answer = _as("unit-officer").get("/cases/FW2024-00001/")
    text = _text(answer)

    assert "现在在甲局手里，已超期（2024-06-27届满）" in text
    assert "还缺：答复内容" in text
    assert "会通知：申请人" in text
    assert "第5日" in text
    assert "星期六" in text
    assert "示范·某科技公司" in text


def test_office_and_auditor_see_the_case_but_not_who_the_party_is(city: None) -> None:
    for role in ("auditor", "finance"):
        answer = _as(role).get("/cases/FW2024-00003/")
        assert answer.status_code == 200
        assert "某科技公司" not in answer.content.decode()
        assert "这里不显示" in _text(answer)


def test_stranger_gets_not_found(city: None) -> None:
    for role in ("expert", "agency", "district"):
        assert _as(role).get("/cases/FW2024-00001/").status_code == 404
        assert _as(role).get("/cases/FW2024-00001/act/urge/").status_code == 404


def test_party_with_account_sees_only_its_share(city: None) -> None:
    act_on_case(
        _person("unit-officer"), "FW2024-00001", Act("record", facts={"answer": "均有效"}), Act("move", "give_answer")
    )
    text = _text(_as("enterprise").get("/cases/FW2024-00001/"))

    assert "均有效" in text
    assert "示范·责任单位经办" not in text
    assert "登记事实" not in text.split("经过")[-1]
    assert "评价" in text


def test_form_keeps_what_was_filled_in_and_says_what_is_missing(city: None) -> None:
    client = _as("unit-officer")

    answer = client.post(
        "/cases/FW2024-00004/act/move/",
        {"about": "ask_supplement", "revision": "1", "fact:materials_complete": "no", "remarks": "请尽快"},
    )

    assert answer.status_code == 400
    assert "须补正的内容" in _text(answer)
    assert "请尽快" in answer.content.decode()
    assert Case.objects.get(number="FW2024-00004").revision == 1


def test_sent_form_acts_and_says_whom_it_told(city: None) -> None:
    client = _as("unit-officer")

    answer = client.post(
        "/cases/FW2024-00004/act/move/",
        {"about": "accept", "revision": "1", "fact:materials_complete": "yes"},
        follow=True,
    )

    assert "已办：受理。已通知：申请人、承办人（甲局）。" in _text(answer)
    assert Case.objects.get(number="FW2024-00004").node == "handling"


def test_act_on_an_old_page_is_a_conflict_with_who_and_when(city: None) -> None:
    client = _as("unit-officer")
    act_on_case(_person("reviewer"), "FW2024-00004", Act("record", facts={"materials_complete": True}))

    answer = client.post(
        "/cases/FW2024-00004/act/move/", {"about": "accept", "revision": "1", "fact:materials_complete": "yes"}
    )

    assert answer.status_code == 409
    assert "已由示范·审查人于" in _text(answer)


def test_act_not_offered_here_is_refused(city: None) -> None:
    assert _as("unit-officer").get("/cases/FW2024-00001/act/move/?name=archive").status_code == 403
    assert _as("unit-officer").get("/cases/FW2024-00001/act/migrate/").status_code == 403


@pytest.mark.parametrize(
    ("role", "kind", "sent", "node"),
    [
        ("unit-officer", "return", {"to": "submitted", "remarks": "主体有误"}, "submitted"),
        ("unit-officer", "countersign", {"signers": ["unit:finance"]}, "handling"),
        ("unit-officer", "add_signer", {"to": "unit:finance"}, "handling"),
        ("unit-officer", "transfer", {"to": "unit:finance", "remarks": "归口"}, "handling"),
        ("unit-officer", "delegate", {"to": "unit:finance", "until": "2024-08-01"}, "handling"),
        ("unit-officer", "withdraw", {}, "submitted"),
        ("unit-officer", "record", {"fact:answer": "草稿", "source": "查询"}, "handling"),
        ("reviewer", "suspend", {"name": "force", "remarks": "台风"}, "handling"),
        ("reviewer", "terminate", {"remarks": "失联"}, "terminated"),
        ("reviewer", "urge", {}, "handling"),
        ("reviewer", "extend", {"about": "answer", "remarks": "须外询"}, "handling"),
        ("enterprise", "urge", {}, "handling"),
        ("enterprise", "move", {"about": "give_up"}, "withdrawn"),
    ],
)
def test_every_kind_of_act_has_a_form_that_does_it(city: None, role: str, kind: str, sent: dict, node: str) -> None:
    client, number = _as(role), "FW2024-00002"
    address = f"/cases/{number}/act/{kind}/"
    shown = client.get(address, {"name": sent.get("about", "")})
    revision = Case.objects.get(number=number).revision

    answer = client.post(address, {"about": "", "revision": str(revision), **sent})

    assert shown.status_code == 200
    assert answer.status_code == 302, _text(answer)
    row = Case.objects.get(number=number)
    assert (row.node, row.revision > revision) == (node, True)


def test_resume_and_straight_back_have_forms_too(city: None) -> None:
    assert _as("reviewer").post("/cases/FW2024-00007/act/resume/", {"about": "", "revision": "4"}).status_code == 302
    client = _as("unit-officer")
    client.post("/cases/FW2024-00001/act/return/", {"about": "", "revision": "3", "to": "submitted", "remarks": "有误"})
    assert client.post("/cases/FW2024-00001/act/straight_back/", {"about": "", "revision": "4"}).status_code == 302
    assert Case.objects.get(number="FW2024-00001").node == "handling"


def test_bulk_shows_before_it_does(city: None) -> None:
    client, version = _as("unit-officer"), Case.objects.get(number="FW2024-00008").procedure_id
    sent = {"version": version, "move": "archive", "case": ["FW2024-00008", "FW2024-00009"]}

    first = client.post("/work/bulk/", sent)
    looked = client.post("/work/bulk/", {**sent, "looked": "yes", "fact:filed": "yes"})
    assert Case.objects.filter(node="archived").count() == 0
    revisions = {f"revision:{line.number}": str(line.revision) for line in looked.context["lines"]}
    done = client.post("/work/bulk/", {**sent, "looked": "yes", "fact:filed": "yes", "confirm": "yes", **revisions})

    assert first.context["lines"] == []
    assert [line.goes for line in looked.context["lines"]] == [True, True]
    assert "确认送出2件" in _text(looked)
    assert [line.goes for line in done.context["lines"]] == [True, True]
    assert Case.objects.filter(node="archived").count() == 2


def test_notices_are_seen_and_an_address_is_kept(city: None) -> None:
    client = _as("unit-officer")
    assert Notice.objects.filter(account=_person("unit-officer").account, seen_at__isnull=True).exists()

    client.post("/work/seen/")
    answer = client.post("/work/mail/", {"address": "wang@example.gov.cn"}, follow=True)

    assert "没有新通知" in _text(answer)
    assert "wang@example.gov.cn" in answer.content.decode()


def test_citizen_files_gets_a_number_and_sees_the_case_at_once(city: None) -> None:
    client = Client()
    sent = {
        "subject": "查状态",
        "fact:service_kind": "search",
        "fact:request": "三件",
        "contact_name": "周",
        "contact_phone": "138",
    }

    answer = client.post("/services/service-request/", sent, follow=True)

    assert answer.status_code == 200
    assert "已收到。编号FW2024-00010" in _text(answer)
    assert "待受理" in _text(answer)


def test_filing_with_something_missing_keeps_the_words(city: None) -> None:
    answer = Client().post("/services/service-request/", {"subject": "查状态", "fact:request": "三件"})

    assert answer.status_code == 400
    assert "需要的服务" in _text(answer)
    assert "三件" in answer.content.decode()


def test_public_look_up_shows_the_step_and_nothing_of_the_content(city: None) -> None:
    row = _filed("查某专利的状态")

    answer = Client().post("/status/", {"number": row.number.lower()})

    assert "待受理" in _text(answer)
    assert "甲局" in _text(answer)
    assert all(words not in answer.content.decode() for words in ("查某专利", "三件", "周先生", "13800000001"))
    assert Client().post("/status/", {"number": "FW1999-00001"}).status_code == 404


def test_party_comes_in_by_telephone_and_code_and_acts(city: None) -> None:
    row, client = _filed(), Client()
    assert client.get(f"/status/{row.number}/")["Location"] == f"/status/{row.number}/code/"

    shown = client.post(f"/status/{row.number}/code/", {"phone": "138 0000 0001"})
    code = shown.context["shown"]
    assert client.post(f"/status/{row.number}/code/", {"code": "x"}).status_code == 403
    inside = client.post(f"/status/{row.number}/code/", {"code": code}, follow=True)
    assert "三件专利" in _text(inside)
    form = client.get(f"/status/{row.number}/act/move/?name=give_up")
    assert form.status_code == 200
    client.post(f"/status/{row.number}/act/move/", {"about": "give_up", "revision": "1"})

    assert Case.objects.get(pk=row.pk).state_kind == "withdrawn"
    assert Client().get(f"/status/{row.number}/act/urge/")["Location"].endswith("/code/")


def test_look_up_is_limited_in_frequency(city: None) -> None:
    client = Client()
    codes = [
        client.post("/status/", {"number": "FW1999-00001"}).status_code
        for _ in range(party_access.LIMITS["status"] + 1)
    ]

    assert codes[-2:] == [404, 403]


def test_watching_is_a_switch(city: None) -> None:
    client = _as("office")
    client.post("/cases/FW2024-00001/watch/", {"on": "yes"})
    assert [each["row"].number for each in client.get("/work/").context["watched"]] == ["FW2024-00001"]

    client.post("/cases/FW2024-00001/watch/", {"on": "no"})
    assert client.get("/work/").context["watched"] == []


def test_my_work_costs_the_same_queries_however_long_the_list(city: None) -> None:
    client = _as("unit-officer")
    client.get("/work/")
    with CaptureQueriesContext(connection) as few:
        client.get("/work/")
    for n in range(10):
        _filed(f"再查 {n}")
    with CaptureQueriesContext(connection) as more:
        client.get("/work/")

    assert len(more) == len(few)


def test_wrong_telephone_gets_the_same_page_as_the_right_one(city: None) -> None:
    row = _filed()

    answers = [Client().post(f"/status/{row.number}/code/", {"phone": phone}) for phone in ("13800000001", "139")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({re.sub(r"\d{6}", "", _text(answer)) for answer in answers}) == 1


@pytest.mark.parametrize("revision", ["x", "9" * 5000, "-1"])
def test_nonsense_for_a_revision_is_no_fault_of_the_program(city: None, revision: str) -> None:
    answer = _as("unit-officer").post("/cases/FW2024-00001/act/remind/", {"revision": revision, "about": ""})

    assert answer.status_code < 500


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("contact_name", "王" * 101),
        ("contact_phone", "1" * 41),
        ("contact_address", "路" * 201),
        ("contact_name", "\u200b"),
    ],
)
def test_contact_that_does_not_fit_is_told_and_opens_nothing(city: None, field: str, said: str) -> None:
    before = Case.objects.count()
    sent = {
        "subject": "查状态",
        "fact:service_kind": "search",
        "fact:request": "查",
        "contact_name": "周",
        "contact_phone": "138",
    }

    answer = Client().post("/services/service-request/", sent | {field: said})

    assert answer.status_code == 400
    assert Case.objects.count() == before


def test_case_page_leads_to_the_paper_its_step_called_for(city: None, small_plan: Plan) -> None:
    adopt_stationery(MACHINE, stationery(), small_plan)
    case = _filed()
    accept = (*recorded({"materials_complete": True}), Act("move", "accept"))
    entry = act_on_case(_person("unit-officer"), case.number, *accept).case.revision
    before = _as("unit-officer").get(f"/cases/{case.number}/").content.decode()

    draft = draft_wanted(MACHINE, case.number, entry, "受理通知书")

    after = _as("unit-officer").get(f"/cases/{case.number}/").content.decode()
    assert draft is not None
    assert f"/papers/drafts/{draft.pk}/" not in before
    assert f"/papers/drafts/{draft.pk}/" in after
    assert f"/papers/drafts/{draft.pk}/" not in _as("auditor").get(f"/cases/{case.number}/").content.decode()
