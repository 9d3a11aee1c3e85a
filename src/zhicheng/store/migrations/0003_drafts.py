"""Drafts of texts being read in, and draft versions, which are never in force."""

from django.db import migrations, models

from zhicheng.store.immutable import guard, unguard

REBUILT = ["store_planversion"]  # SQLite alters a table by building it anew, and its triggers go with the old one


def put(apps, schema_editor):
    guard(schema_editor.connection, REBUILT)


def take(apps, schema_editor):
    unguard(schema_editor.connection, REBUILT)


class Migration(migrations.Migration):
    dependencies = [("store", "0002_immutable_rows")]
    operations = [
        migrations.RunPython(take, put),
        migrations.AddField("draft", "against", models.PositiveIntegerField(null=True, verbose_name="对照版次")),
        migrations.AddField("draft", "corrections", models.JSONField(default=list, verbose_name="改读法")),
        migrations.AddField("draft", "kept", models.BooleanField(default=False, verbose_name="已存草稿")),
        migrations.AddField("draft", "revision", models.PositiveIntegerField(default=0, verbose_name="改动次数")),
        migrations.AddField("draft", "source_name", models.CharField(default="", max_length=200, verbose_name="文件名")),
        migrations.AddField("draft", "source_sha256", models.CharField(default="", max_length=64, verbose_name="文件哈希")),
        migrations.AddField(
            "draft",
            "state",
            models.CharField(
                choices=[("open", "在办"), ("published", "已成版"), ("discarded", "已放弃")],
                default="open",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddField("draft", "unit_key", models.CharField(blank=True, max_length=60, verbose_name="单位")),
        migrations.AddField("draft", "version", models.PositiveIntegerField(null=True, verbose_name="成版版次")),
        migrations.AddField("planversion", "draft", models.BooleanField(default=False, verbose_name="草案版")),
        migrations.AlterField(
            "planversion", "content_sha256", models.CharField(db_index=True, max_length=64, verbose_name="内容哈希")
        ),
        migrations.RunPython(put, take),
    ]
