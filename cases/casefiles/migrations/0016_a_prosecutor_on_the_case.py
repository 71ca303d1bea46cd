"""A prosecutor on the case, or the prosecution service that waits to be asked to a joint case about it."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_a_prosecutor_from_the_first_day"),
        ("casefiles", "0015_a_grant_may_come_of_a_joint_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="casefile",
            name="prosecutor",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name="Counsel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("law", models.CharField(max_length=300)),
                ("wanted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("joint_id", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "casefile",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="counsel", to="casefiles.casefile"),
                ),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("law", ""), _negated=True), name="counsel_has_its_law"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at", None), ("joint_id", None)),
                            models.Q(models.Q(("joint_id", None), _negated=True), models.Q(("asked_at", None), _negated=True)),
                            _connector="OR",
                        ),
                        name="counsel_is_asked_by_a_case",
                    ),
                ],
            },
        ),
    ]
