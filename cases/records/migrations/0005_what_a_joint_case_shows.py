"""A grant by a joint case shows one version to one agency's team, for a time and under an agreement."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("records", "0004_a_version_can_be_withdrawn"),
    ]

    operations = [
        migrations.AlterField(
            model_name="recordgrant",
            name="origin",
            field=models.CharField(
                choices=[("home", "Home file"), ("release", "Release"), ("joint", "Joint case"), ("break-glass", "Emergency access")],
                default="home",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="recordgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "joint"), _negated=True),
                    models.Q(
                        ("basis__isnull", False),
                        ("cause__isnull", False),
                        ("expires_at__isnull", False),
                        ("recipient__isnull", False),
                        ("rendition__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_joint_case_shows_one_version_under_an_agreement",
            ),
        ),
    ]
