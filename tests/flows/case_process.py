"""The process that test_case_crash.py starts and kills: opens cases and walks them, and says each step it was told is done."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
django.setup()

from zhicheng.domain.plan import folder  # noqa: E402
from zhicheng.engine.procedure import Act  # noqa: E402
from zhicheng.store.models import Account  # noqa: E402
from zhicheng.store.queries import plans  # noqa: E402
from zhicheng.usecases.act_on_case import act_on_case  # noqa: E402
from zhicheng.usecases.open_case import Contact, Filing, open_case, set_intake  # noqa: E402
from zhicheng.usecases.policy import MACHINE, Person  # noqa: E402
from zhicheng.usecases.training_city import training_city  # noqa: E402


def way(other: str) -> list[tuple[Act, ...]]:
    """The acts after opening, each tuple one transaction; other: the desk that is asked and acts for."""
    return [
        (Act("record", facts={"materials_complete": True}), Act("move", "accept")),
        (Act("countersign", signers=(other,)),),
        (Act("suspend", "force", remarks="台风"),),
        (Act("resume"),),
        (Act("delegate", to=other),),
        (Act("return", to="submitted", remarks="再核"),),
    ]


def prepare() -> None:
    plan = folder.load(Path(__file__).parents[1] / "plans" / "lanhe-2026-2028")
    training_city(plan)
    set_intake(MACHINE, "service-request", plan.units[0].key)


def walk() -> None:
    account = Account.objects.get(username="demo-reviewer")
    person = Person(account.pk, account.name, account.unit_key, account.role_names)
    units = plans.current().units.values_list("key", flat=True)
    other = "unit:" + next(key for key in units if key != person.unit)
    for _ in itertools.count():
        facts = {"service_kind": "search", "request": "查"}
        case = open_case(person, Filing("service-request", "查", facts, contact=Contact("周", "1"), unit=person.unit))
        print(case.number, 1, flush=True)
        for acts in way(other):
            done = act_on_case(person, case.number, *acts)
            print(case.number, done.case.revision, flush=True)


if __name__ == "__main__":
    {"prepare": prepare, "walk": walk}[sys.argv[1]]()
