"""Two officers give a version to a joint case. What one alone gave before is taken back, to be asked for and approved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TAKE_BACK = """
UPDATE joint_contribution SET withdrawn_at = statement_timestamp(), withdrawn_by_id = made_by_id WHERE withdrawn_at IS NULL;
UPDATE records_recordgrant SET ended_at = statement_timestamp() WHERE origin = 'joint' AND ended_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("joint", "0002_what_was_written_stays"),
        ("records", "0005_what_a_joint_case_shows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="approved_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="contribution",
            name="proof",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.RunSQL(TAKE_BACK, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None), ("proof", None)),
                    models.Q(
                        models.Q(("approved_at", None), _negated=True),
                        models.Q(("approved_by", None), _negated=True),
                        models.Q(("proof", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_contribution_is_approved_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", None), models.Q(("approved_by", models.F("made_by")), _negated=True), _connector="OR"),
                name="four_eyes_on_a_contribution",
            ),
        ),
    ]
