from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entities", "0002_mentions_keep_their_words")]
    operations = [
        migrations.AlterField("subject", "label", models.CharField(blank=True, max_length=200)),
        migrations.AddField("subject", "worded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
        migrations.RunSQL("UPDATE entities_subject SET worded_at = made_at", migrations.RunSQL.noop),
    ]
