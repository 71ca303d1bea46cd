"""A grant may come of a joint case of several agencies."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefiles", "0014_notes_begin_with_a_version"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casegrant",
            name="origin",
            field=models.CharField(
                choices=[("home", "Home file"), ("release", "Release"), ("joint", "Joint case"), ("break-glass", "Emergency access")],
                default="home",
                max_length=12,
            ),
        ),
    ]
