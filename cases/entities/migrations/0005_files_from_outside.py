"""Files from outside on their way into a register, and the mappings an agency remembers."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
        ("casefiles", "0004_decisions_stay"),
        ("entities", "0004_new_kinds_of_numbers_and_money"),
        ("records", "0004_a_version_can_be_withdrawn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FileImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("stored", models.CharField(editable=False, max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "Text (CSV)"), ("xlsx", "Workbook (.xlsx)"), ("ods", "Workbook (.ods)")], max_length=4
                    ),
                ),
                ("sheets", models.JSONField(default=list)),
                ("first", models.JSONField(default=list)),
                ("reading", models.JSONField(default=dict)),
                ("mapping", models.JSONField(default=dict)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("handling_code", models.CharField(blank=True, max_length=20)),
                ("handling_text", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "To be mapped"),
                            ("checking", "Being checked"),
                            ("checked", "Checked"),
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                            ("undone", "Taken back"),
                        ],
                        default="uploaded",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("read", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("flagged", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("failure", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("queued_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("claim", models.UUIDField(editable=False, null=True)),
                ("claim_ends_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=500)),
                ("casefile", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefiles.casefile")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "register",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="file_import",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="entities.fileimport"
            ),
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("mapping", models.JSONField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="fileimport",
            index=models.Index(fields=["casefile", "-made_at", "-id"], name="imports_of_a_case"),
        ),
        migrations.AddIndex(
            model_name="fileimport",
            index=models.Index(
                condition=models.Q(("state__in", ["checking", "waiting", "running"])), fields=["queued_at"], name="imports_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="fileimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["uploaded", "checking", "checked", "waiting", "running", "done", "cancelled", "failed", "dropped", "undone"],
                    )
                ),
                name="import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fileimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "undone"), _negated=True), models.Q(("undone_reason", ""), _negated=True), _connector="OR"
                ),
                name="what_was_taken_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=models.UniqueConstraint(fields=("agency", "name"), name="one_mapping_per_name_and_agency"),
        ),
    ]
