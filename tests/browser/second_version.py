"""Adopts a second version of the training city's plan with more money in one clause. Run with the city's environment."""

import hashlib
import os
from dataclasses import replace

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
    django.setup()
    from zhicheng.base.money import Money
    from zhicheng.store.queries import plan as reads
    from zhicheng.usecases.adopt_plan import adopt_plan
    from zhicheng.usecases.policy import MACHINE

    _version, plan = reads.in_force()
    text = plan.text.replace("给予最高10万元奖励", "给予最高20万元奖励", 1)
    first = next(i for i in plan.instruments if i.ceiling == Money.yuan(100_000))
    raised = tuple(replace(i, ceiling=Money.yuan(200_000)) if i is first else i for i in plan.instruments)
    adopt_plan(MACHINE, replace(plan, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), instruments=raised))


if __name__ == "__main__":
    main()
