"""Cases that were closed before outcomes were asked for have another outcome than those named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0005_outcome_of_a_case")]

    operations = [
        migrations.RunSQL(
            "UPDATE casefiles_casefile SET outcome = 'other' WHERE status = 'closed'", "UPDATE casefiles_casefile SET outcome = ''"
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "closed"), ("outcome", ""), _connector="XOR"), name="a_closed_case_has_its_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["", "charged", "convicted", "acquitted", "no-offence", "unsolved", "transferred", "merged", "other"])
                ),
                name="case_outcome_known",
            ),
        ),
    ]
