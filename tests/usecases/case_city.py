"""A small city with people in it, and short ways to open and walk a service request. Not here: tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from zhicheng.engine.procedure import Act
from zhicheng.store import accounts
from zhicheng.store.models import Account, Case
from zhicheng.usecases import act_on_case as errands
from zhicheng.usecases.open_case import Contact, Filing, open_case, set_intake
from zhicheng.usecases.policy import ANONYMOUS, Person

DAY = date(2024, 7, 1)  # a Monday, the first day of the training city's clock
REQUEST = {"service_kind": "search", "request": "检索三件专利的法律状态"}


def person(username: str, *roles: str, unit: str = "", kind: str = "official") -> Person:
    """An account made on the spot, as the web gate would hand it on."""
    account = Account.objects.create(
        username=username,
        name=f"{username}氏",
        kind=kind,
        unit_key=unit,
        created_at=timezone.now(),
        must_change_password=False,
    )
    accounts.set_roles(account, roles)
    return Person(account.pk, account.name, unit, frozenset(roles))


@dataclass
class Desk:
    """The people of the first bureau, of finance, and the world outside."""

    clerk: Person = field(default_factory=lambda: person("wang", "unit_officer", unit="first-bureau"))
    head: Person = field(default_factory=lambda: person("li", "reviewer", unit="first-bureau"))
    finance: Person = field(default_factory=lambda: person("zhao", "finance", unit="finance"))
    office: Person = field(default_factory=lambda: person("sun", "office"))
    firm: Person = field(default_factory=lambda: person("firm", "enterprise", kind="enterprise"))

    def file(self, by: Person = ANONYMOUS, subject: str = "查专利状态", day: date = DAY, **more: Any) -> Case:
        set_intake(self.office, "service-request", "first-bureau")
        contact = Contact("周先生", "138-0000-0001", account=by.account) if by in (ANONYMOUS, self.firm) else None
        return open_case(by, Filing("service-request", subject, REQUEST, contact=contact, **more), day=day)

    def do(self, by: Person, case: Case, kind: str, name: str = "", *, day: date = DAY, **how: Any) -> errands.Outcome:
        key, revision = how.pop("key", None), how.pop("revision", None)
        facts = how.pop("facts", {})
        acts = [*errands.recorded(facts), Act(kind, name, **how)]
        return errands.act_on_case(by, case.number, *acts, day=day, key=key, revision=revision)

    def accepted(self, by: Person = ANONYMOUS, day: date = DAY, **more: Any) -> Case:
        case = self.file(by, day=day, **more)
        return self.do(self.clerk, case, "move", "accept", facts={"materials_complete": True}, day=day).case
