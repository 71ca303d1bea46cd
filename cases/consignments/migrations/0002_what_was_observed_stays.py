"""What was observed stays as it was written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION consignments_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written of a consignment stays: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON consignments_observation FOR EACH ROW EXECUTE FUNCTION consignments_keep();
"""
LET_GO = "DROP TRIGGER kept ON consignments_observation; DROP FUNCTION consignments_keep();"


class Migration(migrations.Migration):
    dependencies = [("consignments", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
