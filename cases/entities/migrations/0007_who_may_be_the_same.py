from __future__ import annotations

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def key(to: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more)


def row_id() -> tuple[str, models.Field]:
    return "id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_addresses_in_small_letters"), ("entities", "0006_what_is_not_offered_again")]
    operations = [
        migrations.CreateModel(
            "NameKey",
            [row_id(), ("mention", key("entities.mention")), ("key", models.CharField(max_length=300))],
            {
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["key", "mention"], name="names_looked_up")],
            },
        ),
        migrations.CreateModel(
            "HeldApart",
            [
                row_id(),
                ("agency", key("accounts.agency")),
                ("one", key("entities.mention")),
                ("other", key("entities.mention")),
                ("made_by", key(settings.AUTH_USER_MODEL)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            {
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "indexes": [models.Index(condition=models.Q(("ended_at", None)), fields=["other"], name="held_apart_from")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("agency", "one", "other"), name="a_pair_held_apart_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="a_pair_in_the_order_of_its_ids"),
                ],
            },
        ),
    ]
