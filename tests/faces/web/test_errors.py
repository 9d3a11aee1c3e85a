"""Error pages say what, why and what to do, in both languages; the last one needs nothing at all."""

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.test import Client
from django.urls import include, path
from django.utils.log import configure_logging

from zhicheng.base.errors import Conflict, Missing, Refused, UnreadableInput

FAULTS = {
    "bad": (BadRequest(), 400, "看不懂这个请求", "cannot be understood"),
    "denied": (PermissionDenied(), 403, "无权查看或办理", "may not see"),
    "lost": (Http404(), 404, "没有这个页面", "no such page"),
    "big": (RequestDataTooBig(), 413, "内容太大", "Too much"),
    "unreadable": (UnreadableInput("文件是扫描件", todo="换成有文字的文件"), 400, "文件是扫描件", "文件是扫描件"),
    "refused": (Refused("只有审计可以查看留痕"), 403, "只有审计可以查看留痕", "只有审计可以查看留痕"),
    "missing": (Missing("没有这一条", where="二(一)9"), 404, "没有这一条", "没有这一条"),
    "conflict": (Conflict("已有人办理"), 409, "已有人办理", "已有人办理"),
    "broken": (ZeroDivisionError(), 500, "系统出错", "Something broke"),
}


def _raising(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("", include("zhicheng.faces.web.urls")),
    *[path(f"fault/{name}/", _raising(fault[0])) for name, fault in FAULTS.items()],
]
handler400 = "zhicheng.faces.web.errors.bad_request"
handler403 = "zhicheng.faces.web.errors.forbidden"
handler404 = "zhicheng.faces.web.errors.not_found"
handler500 = "zhicheng.faces.web.errors.server_error"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", FAULTS)
def test_fault_has_its_own_page_in_both_languages(visitor, name):
    _error, status, chinese, english = FAULTS[name]
    for language, words in (("zh-hans", chinese), ("en", english)):
        visitor.cookies["django_language"] = language
        answer = visitor.get(f"/fault/{name}/")
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert ("怎么办" if language == "zh-hans" else "What to do") in answer.content.decode()


def test_unknown_address_names_itself(visitor):
    answer = visitor.get("/nowhere/")
    assert answer.status_code == 404
    assert "/nowhere/" in answer.content.decode()


def test_form_without_proof_is_refused_with_a_way_out():
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "表单已失效" in answer.content.decode()


def test_request_for_another_host_is_refused_and_not_a_fault_of_ours(visitor):
    answer = visitor.get("/plan/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "看不懂这个请求" in answer.content.decode()


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.get("/search/?q=%00"),
        lambda c: c.get("/incentives/%00/"),
        lambda c: c.post("/display/", {"size": "a\0b"}),
    ],
)
def test_zero_byte_is_refused_whatever_the_page(visitor, ask):
    answer = ask(visitor)
    assert answer.status_code == 400
    assert "不能保存的字符" in answer.content.decode()


def test_fault_leaves_its_trace_on_the_standard_error(visitor, capfd):
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    visitor.get("/fault/broken/")
    said = capfd.readouterr().err
    assert "/fault/broken/" in said
    assert "ZeroDivisionError" in said
