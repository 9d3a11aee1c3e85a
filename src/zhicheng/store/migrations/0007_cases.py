"""Cases: procedures kept by version, cases with seats, work, trail, facts; notices; public look-up."""

import datetime
import django.db.models.deletion
from django.db import migrations, models

from zhicheng.store.immutable import guard, unguard


TABLES = ["store_caseentry", "store_casefact", "store_caseprocedure", "store_daysoff"]


def put(apps, schema_editor):
    guard(schema_editor.connection, TABLES)


def take(apps, schema_editor):
    unguard(schema_editor.connection, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0006_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='编号')),
                ('kind', models.CharField(max_length=60, verbose_name='程序')),
                ('series', models.CharField(max_length=4, verbose_name='字头')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年')),
                ('serial', models.PositiveIntegerField(verbose_name='序号')),
                ('subject', models.CharField(max_length=200, verbose_name='事由')),
                ('unit_key', models.CharField(max_length=60, verbose_name='承办单位')),
                ('opened_on', models.DateField(verbose_name='立案日')),
                ('opened_by', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('node', models.CharField(max_length=60, verbose_name='步骤')),
                ('state_kind', models.CharField(max_length=12, verbose_name='性质')),
                ('suspended', models.BooleanField(default=False, verbose_name='中止中')),
                ('holder', models.CharField(blank=True, max_length=80, verbose_name='在谁手里')),
                ('holder_role', models.CharField(blank=True, max_length=60, verbose_name='经办角色')),
                ('next_due', models.DateField(default=datetime.date(9999, 12, 31), verbose_name='最近届满')),
                ('look_on', models.DateField(default=datetime.date(9999, 12, 31), verbose_name='下次查看')),
                ('provisional', models.BooleanField(default=False, verbose_name='暂定')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='已办次数')),
                ('snapshot', models.TextField(verbose_name='现状')),
                ('changed_at', models.DateTimeField(verbose_name='最近办理')),
                ('demonstration', models.BooleanField(default=False, verbose_name='示范数据')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CaseProcedure',
            fields=[
                ('version', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='版本')),
                ('key', models.CharField(db_index=True, max_length=60, verbose_name='程序')),
                ('place', models.CharField(max_length=60, verbose_name='层级')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('content', models.TextField(verbose_name='内容')),
                ('kept_at', models.DateTimeField(verbose_name='入库时间')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DaysOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年')),
                ('source', models.CharField(max_length=300, verbose_name='来源')),
                ('content', models.JSONField(verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='载入时间')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('procedure', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='程序')),
                ('unit_key', models.CharField(max_length=60, verbose_name='单位')),
            ],
        ),
        migrations.CreateModel(
            name='MailAddress',
            fields=[
                ('account', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='账号')),
                ('address', models.EmailField(max_length=254, verbose_name='邮箱')),
            ],
        ),
        migrations.CreateModel(
            name='CaseFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='事实')),
                ('value', models.JSONField(verbose_name='值')),
                ('source', models.CharField(max_length=300, verbose_name='来源')),
                ('day', models.DateField(verbose_name='登记日')),
                ('entry', models.PositiveIntegerField(verbose_name='经过序号')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['case', 'entry', 'name'],
            },
        ),
        migrations.CreateModel(
            name='CaseParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=60, verbose_name='角色')),
                ('name', models.CharField(max_length=100, verbose_name='姓名或名称')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                ('account', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('protected', models.BooleanField(default=False, verbose_name='身份保密')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['case', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='procedure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='store.caseprocedure', verbose_name='程序版本'),
        ),
        migrations.CreateModel(
            name='CaseSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=60, verbose_name='角色')),
                ('desk', models.CharField(max_length=80, verbose_name='席')),
                ('accounts', models.CharField(blank=True, max_length=200, verbose_name='限账号角色')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['case', 'role'],
            },
        ),
        migrations.CreateModel(
            name='CaseWatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.PositiveBigIntegerField(verbose_name='账号')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='store.case', verbose_name='案件')),
            ],
        ),
        migrations.CreateModel(
            name='CaseWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.PositiveIntegerField(verbose_name='编号')),
                ('kind', models.CharField(max_length=12, verbose_name='种类')),
                ('node', models.CharField(max_length=60, verbose_name='步骤')),
                ('role', models.CharField(blank=True, max_length=60, verbose_name='角色')),
                ('desk', models.CharField(max_length=80, verbose_name='席')),
                ('accounts', models.CharField(blank=True, max_length=200, verbose_name='限账号角色')),
                ('delegate', models.CharField(blank=True, max_length=80, verbose_name='受托席')),
                ('delegate_until', models.DateField(null=True, verbose_name='委托至')),
                ('waiting', models.CharField(blank=True, max_length=80, verbose_name='谁在等')),
                ('opened_on', models.DateField(verbose_name='起')),
                ('due', models.DateField(default=datetime.date(9999, 12, 31), verbose_name='届满')),
                ('urged', models.PositiveSmallIntegerField(default=0, verbose_name='催办次数')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['due', 'case'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.PositiveBigIntegerField(verbose_name='账号')),
                ('kind', models.CharField(choices=[('act', '办理'), ('warning', '临期'), ('overdue', '超期'), ('complete', '届满'), ('moved', '期限改动')], max_length=10, verbose_name='种类')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='已看')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='已发邮件')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PartyCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=60, verbose_name='角色')),
                ('code_hash', models.CharField(max_length=64, verbose_name='哈希')),
                ('expires_at', models.DateTimeField(verbose_name='有效至')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='已试')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='已用')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RateCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=64, verbose_name='来源')),
                ('what', models.CharField(max_length=30, verbose_name='事项')),
                ('window', models.DateTimeField(verbose_name='时段')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='次数')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('who', 'what', 'window'), name='one_count_a_window')],
            },
        ),
        migrations.CreateModel(
            name='CaseAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=80, verbose_name='期限')),
                ('kind', models.CharField(max_length=10, verbose_name='种类')),
                ('due', models.DateField(verbose_name='届满')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('case', 'about', 'kind', 'due'), name='one_alarm_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField(verbose_name='序号')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('account', models.PositiveBigIntegerField(null=True, verbose_name='账号')),
                ('act', models.CharField(max_length=20, verbose_name='办理')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='名称')),
                ('visibility', models.CharField(max_length=10, verbose_name='谁可看')),
                ('content', models.TextField(verbose_name='内容')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='store.case', verbose_name='案件')),
            ],
            options={
                'ordering': ['case', 'n'],
                'constraints': [models.UniqueConstraint(fields=('case', 'n'), name='one_entry_a_number')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['look_on'], name='case_to_look_at'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['next_due'], name='case_next_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['unit_key', '-id'], name='case_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('series', 'year', 'serial'), name='one_number_once'),
        ),
        migrations.AddIndex(
            model_name='caseseat',
            index=models.Index(fields=['desk', 'case'], name='seat_of_desk'),
        ),
        migrations.AddConstraint(
            model_name='caseseat',
            constraint=models.UniqueConstraint(fields=('case', 'role'), name='one_seat_a_role'),
        ),
        migrations.AddConstraint(
            model_name='casewatch',
            constraint=models.UniqueConstraint(fields=('account', 'case'), name='watched_once'),
        ),
        migrations.AddIndex(
            model_name='casework',
            index=models.Index(fields=['desk', 'due', 'case'], name='work_at_desk'),
        ),
        migrations.AddIndex(
            model_name='casework',
            index=models.Index(fields=['waiting', 'due', 'case'], name='work_waited_for'),
        ),
        migrations.AddIndex(
            model_name='casework',
            index=models.Index(condition=models.Q(('delegate', ''), _negated=True), fields=['delegate', 'due', 'case'], name='work_delegated'),
        ),
        migrations.AddConstraint(
            model_name='casework',
            constraint=models.UniqueConstraint(fields=('case', 'item'), name='one_item_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['account', '-id'], name='notice_of_account'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['account'], name='notice_unseen'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mailed_at__isnull', True)), fields=['account'], name='notice_unmailed'),
        ),
        migrations.RunPython(put, take),
    ]
