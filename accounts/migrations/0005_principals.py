"""The groups that each officer holds at the moment of asking, said once: every question of sight ends here."""

import django.db.models.deletion
from django.db import migrations, models

HELD = """
CREATE VIEW accounts_principal WITH (security_invoker = true) AS
SELECT held.officer_id, held.group_id
FROM accounts_membership held
JOIN accounts_officer officer ON officer.id = held.officer_id AND officer.is_active
JOIN accounts_agency agency ON agency.id = officer.agency_id AND agency.status = 'active'
WHERE held.since <= statement_timestamp() AND (held.until IS NULL OR held.until > statement_timestamp())
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_a_prosecutor_from_the_first_day"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunSQL(HELD, "DROP VIEW accounts_principal"),
        migrations.CreateModel(
            name="Principal",
            fields=[
                ("officer_id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "group",
                    models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="auth.group"),
                ),
            ],
            options={"db_table": "accounts_principal", "managed": False, "default_permissions": ()},
        ),
    ]
