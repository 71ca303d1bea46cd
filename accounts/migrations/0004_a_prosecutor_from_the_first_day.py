"""A role may be the prosecutor on a case from its first day, and give advice behind a wall; an agency may have a standing adviser."""

from __future__ import annotations

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses_in_small_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingAdviser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("law", models.CharField(max_length=300)),
                ("reviewed_on", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="roledeed",
            name="role_and_deed_known",
        ),
        migrations.RemoveConstraint(
            model_name="roledeed",
            name="separation_of_duties",
        ),
        migrations.AlterField(
            model_name="roledeed",
            name="deed",
            field=models.CharField(
                choices=[
                    ("cases.read", "Read case files"),
                    ("cases.work", "Open and work on case files"),
                    ("cases.lead", "Widen a case's audience and close it"),
                    ("cases.direct", "Be the prosecutor on a case from its first day"),
                    ("advice.give", "Give legal advice behind a wall"),
                    ("intelligence.read", "Read records and intelligence"),
                    ("intelligence.record", "Record and grade intelligence"),
                    ("releases.read", "Read releases given and received"),
                    ("releases.request", "Ask for a release"),
                    ("releases.approve", "Approve, refuse and recall releases"),
                    ("releases.accept", "Accept conditions and open what was released"),
                    ("agreements.read", "Read agreements"),
                    ("agreements.sign", "Draft, sign and suspend agreements"),
                    ("deconfliction.read", "See and answer deconfliction hits"),
                    ("ledger.read", "Read the agency's ledger"),
                    ("officers.manage", "Manage officers, units and roles"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="roledeed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deed__in",
                        [
                            "cases.read",
                            "cases.work",
                            "cases.lead",
                            "cases.direct",
                            "advice.give",
                            "intelligence.read",
                            "intelligence.record",
                            "releases.read",
                            "releases.request",
                            "releases.approve",
                            "releases.accept",
                            "agreements.read",
                            "agreements.sign",
                            "deconfliction.read",
                            "ledger.read",
                            "officers.manage",
                        ],
                    ),
                    (
                        "role__in",
                        [
                            "investigator",
                            "analyst",
                            "supervisor",
                            "prosecutor",
                            "custodian",
                            "auditor",
                            "integrity",
                            "watch",
                            "liaison",
                            "agency-admin",
                            "operator",
                        ],
                    ),
                ),
                name="role_and_deed_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roledeed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deed__in",
                        [
                            "advice.give",
                            "cases.direct",
                            "cases.lead",
                            "cases.read",
                            "cases.work",
                            "deconfliction.read",
                            "intelligence.read",
                            "intelligence.record",
                            "releases.accept",
                            "releases.approve",
                            "releases.read",
                            "releases.request",
                        ],
                    ),
                    ("role__in", ["agency-admin", "auditor", "custodian", "integrity", "operator"]),
                    _negated=True,
                ),
                name="separation_of_duties",
            ),
        ),
        migrations.AddField(
            model_name="standingadviser",
            name="agency",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="standing_adviser", to="accounts.agency"),
        ),
        migrations.AddField(
            model_name="standingadviser",
            name="service",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
        ),
        migrations.AddConstraint(
            model_name="standingadviser",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency", models.F("service")), _negated=True), name="an_agency_is_not_its_own_adviser"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingadviser",
            constraint=models.CheckConstraint(condition=models.Q(("law", ""), _negated=True), name="a_standing_adviser_has_its_law"),
        ),
    ]
