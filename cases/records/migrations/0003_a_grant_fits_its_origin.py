"""A home grant reaches all of a record and always; one of a release exactly one version, for a time."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("records", "0002_renditions_are_immutable"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="recordgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "home"), _negated=True),
                    models.Q(("cause", None), ("expires_at", None), ("rendition", None)),
                    _connector="OR",
                ),
                name="home_sees_all_of_it_and_always",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "release"), _negated=True),
                    models.Q(("cause__isnull", False), ("expires_at__isnull", False), ("rendition__isnull", False)),
                    _connector="OR",
                ),
                name="a_release_shows_one_version_for_a_time",
            ),
        ),
    ]
