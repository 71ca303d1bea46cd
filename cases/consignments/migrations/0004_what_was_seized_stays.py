"""Versions and steps of a seizure stay as they were written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION consignments_keep()"
LET_GO = "DROP TRIGGER kept ON {}"
TABLES = ("consignments_seizureversion", "consignments_seizurestep")


class Migration(migrations.Migration):
    dependencies = [("consignments", "0003_seizures")]

    operations = [migrations.RunSQL([KEEP.format(table) for table in TABLES], [LET_GO.format(table) for table in TABLES])]
