"""The 500 page stands when the database does not."""

from django.test import RequestFactory

from zhicheng.faces.web.errors import server_error


def test_server_error_without_database_access_speaks_both_languages():
    # no django_db mark: any query fails this test
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert "Something broke" in answer.content.decode()
