"""What officers have typed and not sent yet, sealed, each for its own officer."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_principals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("form", models.CharField(max_length=40)),
                ("path", models.CharField(max_length=300)),
                ("query", models.CharField(blank=True, max_length=500)),
                ("basis", models.CharField(blank=True, max_length=64)),
                ("writer", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("sealed", models.TextField()),
                ("begun_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("kept_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["officer", "path"], name="drafts_of_a_page")],
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "key"), name="one_draft_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(("path__regex", "^/([^/\\\\]|$)")), name="a_draft_belongs_to_a_page_of_this_portal"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("sealed"), 1500000),
                        name="a_draft_has_its_limit",
                    ),
                ],
            },
        ),
    ]
