"""Records of how a plan was decided: stages, facts, papers; never changed once written."""

import django.db.models.deletion
from django.db import migrations, models

from zhicheng.store.immutable import guard, unguard

TABLES = ["store_decision", "store_decisionfact", "store_decisionpaper", "store_decisionstage"]


def put(apps, schema_editor):
    guard(schema_editor.connection, TABLES)


def take(apps, schema_editor):
    unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0003_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='次数')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('organ', models.CharField(max_length=200, verbose_name='决策机关')),
                ('laws', models.JSONField(default=list, verbose_name='法规包')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='内容哈希')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('recorded_by', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='store.planversion', verbose_name='版本')),
            ],
            options={
                'ordering': ['version', '-number'],
            },
        ),
        migrations.CreateModel(
            name='DecisionStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='次序')),
                ('key', models.CharField(max_length=60, verbose_name='阶段')),
                ('title', models.CharField(max_length=60, verbose_name='名称')),
                ('tab', models.CharField(max_length=60, null=True, verbose_name='公开栏目')),
                ('applies', models.BooleanField(verbose_name='适用')),
                ('reason', models.TextField(blank=True, verbose_name='不适用理由')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='不适用由谁决定')),
                ('done', models.BooleanField(verbose_name='已办')),
                ('start', models.PositiveIntegerField(null=True, verbose_name='起')),
                ('end', models.PositiveIntegerField(null=True, verbose_name='止')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='store.decision')),
            ],
            options={
                'ordering': ['decision', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DecisionPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='次序')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('state', models.CharField(max_length=10, verbose_name='状态')),
                ('ground', models.CharField(blank=True, max_length=300, verbose_name='不公开依据')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='store.decisionstage')),
            ],
            options={
                'ordering': ['stage', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DecisionFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='次序')),
                ('key', models.CharField(max_length=60, verbose_name='事项')),
                ('when', models.CharField(max_length=10, null=True, verbose_name='日期')),
                ('count', models.IntegerField(null=True, verbose_name='数目')),
                ('yes', models.BooleanField(null=True, verbose_name='是否')),
                ('text', models.TextField(null=True, verbose_name='文字')),
                ('items', models.JSONField(null=True, verbose_name='清单')),
                ('clause_key', models.CharField(max_length=100, null=True, verbose_name='条款')),
                ('start', models.PositiveIntegerField(null=True, verbose_name='起')),
                ('end', models.PositiveIntegerField(null=True, verbose_name='止')),
                ('source', models.TextField(blank=True, verbose_name='来源')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('confirmed', models.BooleanField(verbose_name='已核对')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='store.decisionstage')),
            ],
            options={
                'ordering': ['stage', 'position'],
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='one_record_a_number'),
        ),
        migrations.AddConstraint(
            model_name='decisionstage',
            constraint=models.UniqueConstraint(fields=('decision', 'key'), name='one_stage_a_key'),
        ),
        migrations.AddConstraint(
            model_name='decisionfact',
            constraint=models.UniqueConstraint(fields=('stage', 'key'), name='one_fact_a_key'),
        ),
        migrations.RunPython(put, take),
    ]
