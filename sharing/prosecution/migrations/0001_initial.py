"""A prosecutor's advice, who is behind its wall, and what they answer."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
import sharing.prosecution.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casefiles", "0016_a_prosecutor_on_the_case"),
        ("joint", "0002_what_was_written_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reference",
                    models.CharField(default=sharing.prosecution.models.new_reference, editable=False, max_length=12, unique=True),
                ),
                ("kind", models.CharField(choices=[("advice", "Advice"), ("question", "Request for advice")], max_length=8)),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(max_length=20000)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "casefile",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casefiles.casefile"),
                ),
                (
                    "joint",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="joint.jointcase"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("let_in_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("read_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("advice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="prosecution.advice")),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(max_length=20000)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("advice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="prosecution.advice")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(fields=["casefile", "-written_at"], name="advice_in_a_case"),
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(fields=["joint", "-written_at"], name="advice_in_a_joint_case"),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(("casefile", None), ("joint", None), _connector="XOR"), name="advice_is_about_one_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["advice", "question"])), name="advice_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                name="advice_has_its_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="reader",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("advice", "officer"), name="an_officer_is_let_in_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["advice", "written_at"], name="replies_to_an_advice"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="a_reply_has_its_words"),
        ),
    ]
