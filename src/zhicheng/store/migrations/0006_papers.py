"""Papers, their drafts and the stationery they are written with; issued papers and stationery never change."""

import django.db.models.deletion
from django.db import migrations, models
import zhicheng.store.ordered_json

from zhicheng.store.immutable import guard, unguard

TABLES = ["store_paper", "store_stationery"]


def put(apps, schema_editor):
    guard(schema_editor.connection, TABLES)


def take(apps, schema_editor):
    unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0005_upstream_issued_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind_key', models.CharField(max_length=60, verbose_name='文种')),
                ('office_key', models.CharField(max_length=100, verbose_name='发文机关')),
                ('data', models.JSONField(default=dict, verbose_name='内容')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='归属')),
                ('by', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('at', models.DateTimeField(verbose_name='起草时间')),
                ('changed_at', models.DateTimeField(verbose_name='修改时间')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Stationery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('content', zhicheng.store.ordered_json.OrderedJSONField(verbose_name='内容')),
                ('adopted_at', models.DateTimeField(verbose_name='启用时间')),
                ('adopted_by', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=60, verbose_name='代字')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('serial', models.PositiveIntegerField(verbose_name='序号')),
                ('kind_key', models.CharField(max_length=60, verbose_name='文种')),
                ('kind_name', models.CharField(max_length=60, verbose_name='文种名称')),
                ('office_key', models.CharField(max_length=100, verbose_name='发文机关')),
                ('office_name', models.CharField(max_length=200, verbose_name='发文机关名称')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('data', models.JSONField(verbose_name='内容')),
                ('subject', models.CharField(blank=True, db_index=True, max_length=200, verbose_name='归属')),
                ('fonts', models.JSONField(verbose_name='字体')),
                ('day', models.DateField(verbose_name='成文日期')),
                ('issued_at', models.DateTimeField(verbose_name='签发时间')),
                ('issued_by', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.attachment', verbose_name='PDF')),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.attachment', verbose_name='Word')),
                ('stationery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.stationery', verbose_name='文具')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('series', 'year', 'serial'), name='one_paper_a_number')],
            },
        ),
        migrations.RunPython(put, take),
    ]
