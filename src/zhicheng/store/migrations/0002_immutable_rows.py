"""Triggers that refuse to change or delete what stands for ever: plan versions, answers, the ledger."""

from django.db import migrations

from zhicheng.store.immutable import guard, unguard

TABLES = [
    f"store_{name}"
    for name in (
        "assignment", "clause", "commitment", "document", "findinganswer", "fund", "institution", "instrument",
        "ledgerentry", "planversion", "project", "question", "questionanswer", "target", "task", "tier", "unit",
        "unitname", "upstream",
    )
]


def put(apps, schema_editor):
    guard(schema_editor.connection, TABLES)


def take(apps, schema_editor):
    unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_store")]
    operations = [migrations.RunPython(put, take)]
