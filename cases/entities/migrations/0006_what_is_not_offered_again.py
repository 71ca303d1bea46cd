from __future__ import annotations

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def key(to: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
        ("entities", "0005_files_from_outside"),
        ("records", "0003_a_grant_fits_its_origin"),
    ]
    operations = [
        migrations.CreateModel(
            "Declined",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agency", key("accounts.agency")),
                ("rendition", key("records.rendition")),
                ("digest", models.CharField(max_length=64)),
                ("made_by", key(settings.AUTH_USER_MODEL)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            {
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("rendition", "agency", "digest"),
                        name="a_suggestion_declined_once_per_version",
                    )
                ],
            },
        ),
    ]
