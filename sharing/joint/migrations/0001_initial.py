"""Joint cases of several agencies."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
        ("agreements", "0002_signed_words_stay"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("casefiles", "0015_a_grant_may_come_of_a_joint_case"),
        ("records", "0005_what_a_joint_case_shows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=12, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("investigation", "Criminal investigation"),
                            ("prosecution", "Prosecution and trial"),
                            ("prevention", "Preventing a crime"),
                            ("imminent-danger", "Imminent danger to life"),
                            ("asset-recovery", "Freezing and recovering assets"),
                        ],
                        max_length=20,
                    ),
                ),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("closed_at", models.DateTimeField(null=True)),
                ("agreement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.agreement")),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.article")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("host", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("note", "Note"), ("decision", "Decision")], max_length=8)),
                ("text", models.TextField(max_length=20000)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("joint", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="joint.jointcase")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=160)),
                ("summary", models.TextField(blank=True, max_length=10000)),
                ("joint", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="mandate", to="joint.jointcase")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked to join"), ("joined", "Takes part"), ("declined", "Declined"), ("left", "Left")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "casefile",
                    models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefiles.casefile"),
                ),
                ("group", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="auth.group")),
                ("joint", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="joint.jointcase")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("record", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record")),
                ("rendition", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.rendition")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="joint.jointcase"),
                ),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="joint.party")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("admitted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "admitted_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="admissions", to="joint.party")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="jointcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(models.Q(("closed_at", None), _negated=True), models.Q(("closed_by", None), _negated=True)),
                    _connector="OR",
                ),
                name="a_joint_case_is_closed_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["joint", "-written_at"], name="entries_of_a_joint_case"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["note", "decision"])), name="entry_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("joint", "agency"), name="an_agency_sits_once_in_a_joint_case"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "joined", "declined", "left"])), name="seat_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "asked"), ("answered_by__isnull", False), _connector="XOR"), name="somebody_answers_for_a_seat"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "joined"), _negated=True), ("casefile__isnull", False), _connector="OR"),
                name="who_joins_has_a_file_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("joint", "rendition"), name="a_version_is_given_once_to_a_joint_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(models.Q(("withdrawn_at", None), _negated=True), models.Q(("withdrawn_by", None), _negated=True)),
                    _connector="OR",
                ),
                name="a_contribution_is_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("party", "officer"), name="an_officer_is_admitted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(models.Q(("ended_at", None), _negated=True), models.Q(("ended_by", None), _negated=True)),
                    _connector="OR",
                ),
                name="an_admission_is_ended_by_somebody",
            ),
        ),
    ]
