"""The date of an upstream document as far as it is known."""

from django.db import migrations, models

from zhicheng.store.immutable import guard, unguard

REBUILT = ["store_upstream"]  # SQLite alters a table by building it anew, and its triggers go with the old one


def put(apps, schema_editor):
    guard(schema_editor.connection, REBUILT)


def take(apps, schema_editor):
    unguard(schema_editor.connection, REBUILT)


class Migration(migrations.Migration):
    dependencies = [("store", "0004_decision_records")]
    operations = [
        migrations.RunPython(take, put),
        migrations.AddField(
            "upstream",
            "issued_text",
            models.CharField(blank=True, default="", max_length=10, verbose_name="发布日期（所知部分）"),
            preserve_default=False,
        ),
        migrations.RunPython(put, take),
    ]
