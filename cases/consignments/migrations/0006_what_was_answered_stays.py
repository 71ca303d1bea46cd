"""What countries answered and what was done with a controlled delivery stays as it was written: held by the database."""

from __future__ import annotations

from django.db import migrations

KEEP = "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION consignments_keep()"
LET_GO = "DROP TRIGGER kept ON {}"
TABLES = ("consignments_authorisation", "consignments_deliverystep")


class Migration(migrations.Migration):
    dependencies = [("consignments", "0005_controlled_deliveries")]

    operations = [migrations.RunSQL([KEEP.format(table) for table in TABLES], [LET_GO.format(table) for table in TABLES])]
