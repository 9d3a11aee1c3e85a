"""Opens a training city in ZHICHENG_VAR and serves it on the port given: what `make run` does, in one process."""

import os
import sys
from pathlib import Path

import django

PLAN = Path(__file__).resolve().parents[2] / "plans/yantai-2022-2024"


def main(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.faces.settings")
    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from zhicheng.domain.decision import record
    from zhicheng.domain.plan.folder import load
    from zhicheng.faces.wsgi import application
    from zhicheng.usecases.training_city import training_city

    call_command("migrate", verbosity=0)
    plan = load(PLAN)
    training_city(plan, record.load(PLAN, plan))
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(application)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
