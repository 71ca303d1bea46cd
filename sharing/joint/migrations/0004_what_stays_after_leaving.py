import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("joint", "0003_two_give_a_version"),
        ("records", "0005_what_a_joint_case_shows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="kept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="kept_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="contribution",
            name="kept_proof",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="kept_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept_at", None), ("kept_by", None), ("kept_proof", None), ("kept_reason", "")),
                    models.Q(
                        models.Q(("kept_at", None), _negated=True),
                        models.Q(("kept_by", None), _negated=True),
                        models.Q(("kept_reason", ""), _negated=True),
                        models.Q(("kept_proof", None), _negated=True),
                        models.Q(("approved_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_stays_after_leaving_was_given_and_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_by", None), models.Q(("kept_by", models.F("made_by")), _negated=True), _connector="OR"),
                name="four_eyes_on_what_stays",
            ),
        ),
    ]
