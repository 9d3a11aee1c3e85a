"""Read delegated work and cases to look at along their indexes, in order."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0007_cases'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_to_look_at',
        ),
        migrations.RemoveIndex(
            model_name='casework',
            name='work_delegated',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['look_on', 'id'], name='case_to_look_at'),
        ),
        migrations.AddIndex(
            model_name='casework',
            index=models.Index(fields=['delegate', 'due', 'case'], name='work_delegated'),
        ),
    ]
