import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_drafts"),
        ("joint", "0004_what_stays_after_leaving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreedTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True, max_length=10000)),
                ("due_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To do"), ("doing", "Doing"), ("done", "Done"), ("dropped", "Dropped")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("joint", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="joint.jointcase")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="joint.party")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AgreedEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("set", "Set the task"),
                            ("comment", "Commented"),
                            ("changed", "Changed the task"),
                            ("state", "Moved the task"),
                            ("ended", "Ended the task"),
                            ("reopened", "Took the task up again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=10000)),
                ("due_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To do"), ("doing", "Doing"), ("done", "Done"), ("dropped", "Dropped")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency")),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="joint.agreedtask")),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="agreedtask",
            index=models.Index(fields=["joint", "-made_at"], name="tasks_of_a_joint_case"),
        ),
        migrations.AddIndex(
            model_name="agreedtask",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "doing"])), fields=["assignee"], name="agreed_tasks_of_an_officer"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedtask",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "doing", "done", "dropped"])), name="agreed_task_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedtask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("state__in", ["open", "doing"])),
                    models.Q(
                        ("state__in", ["done", "dropped"]),
                        models.Q(("ended_at", None), _negated=True),
                        models.Q(("ended_by", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_agreed_task_is_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="agreedentry",
            index=models.Index(fields=["task", "-at"], name="entries_of_an_agreed_task"),
        ),
        migrations.AddConstraint(
            model_name="agreedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["set", "comment", "changed", "state", "ended", "reopened"]),
                    ("state__in", ["open", "doing", "done", "dropped"]),
                ),
                name="agreed_entry_vocabulary_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["set", "state"]),
                    models.Q(("kind", "ended"), ("state", "done")),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_is_said_or_dropped_of_an_agreed_task_has_words",
            ),
        ),
    ]
