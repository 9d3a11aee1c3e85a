"""What every page knows about where it is: city, day, person, the words of the bar. Not here: what one page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.base.errors import Missing
from zhicheng.faces.web.gate import person_of
from zhicheng.faces.web.pages.choices import SIZE_COOKIE
from zhicheng.faces.web.words import ROLES
from zhicheng.store import clock
from zhicheng.store.models import City
from zhicheng.store.queries import plan as reads
from zhicheng.usecases.policy import Person, may

# Address name, word of the bar, act that must be allowed. The order is the order of the bar.
BAR = (
    ("work", _("待办"), "work.read"),
    ("overview", _("总览"), "overview.read"),
    ("plan", _("方案"), "plan.read"),
    ("targets", _("目标"), "targets.read"),
    ("incentives", _("激励"), "incentives.read"),
    ("commitments", _("承诺"), "plan.read"),
    ("units", _("责任单位"), "units.read"),
    ("decision", _("决策过程"), "decision.read"),
    ("findings", _("检查意见"), "findings.read"),
    ("papers", _("公文"), "papers.list"),
    ("compile", _("读入"), "plan.compile"),
    ("services", _("办事"), "cases.file"),
    ("search", _("查找"), "search.read"),
    ("accounts", _("账号"), "accounts.read"),
    ("ledger", _("留痕"), "ledger.read"),
)
MENU = (
    ("questions", _("待答问题"), "findings.read"),
    ("versions", _("版本与比对"), "plan.versions"),
    ("rules", _("系统检查哪些事"), "rules.read"),
    ("password", _("修改口令"), None),
)


@dataclass(frozen=True)
class Link:
    """One word of a menu."""

    url: str
    label: Any
    current: bool


class Site:
    """The frame of a page. Everything is read when a template asks for it: an error page may ask for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def large(self) -> bool:
        return self.request.COOKIES.get(SIZE_COOKIE) == "large"

    @cached_property
    def city(self) -> City | None:
        return City.objects.first()

    @property
    def training(self) -> bool:
        return self.city is not None and self.city.is_training

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def person(self) -> Person:
        known = getattr(self.request, "person", None)
        return known if known is not None else person_of(self.request)

    @property
    def roles(self) -> str:
        """The person's roles in the reader's language, in the order of the table."""
        return gettext("、").join(str(word) for role, word in ROLES.items() if role in self.person.roles)

    @cached_property
    def unit(self) -> str:
        """The person's unit as the plan in force writes it; empty without one."""
        try:
            return reads.in_force()[1].unit(self.person.unit).name if self.person.unit else ""
        except (Missing, KeyError):
            return ""

    @cached_property
    def nav(self) -> list[Link]:
        return self._links(BAR)

    @cached_property
    def menu(self) -> list[Link]:
        return self._links(MENU)

    def _links(self, table: tuple[tuple[str, Any, str | None], ...]) -> list[Link]:
        links = []
        for name, label, act in table:
            if act and not may(self.person, act).allowed:
                continue
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            links.append(Link(url, label, self.request.path.startswith(url)))
        return links


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` in every template."""
    return {"site": SimpleLazyObject(lambda: Site(request))}
