"""What was written for several agencies stays as it was written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION joint_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of a joint case stays as it was written: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON joint_entry FOR EACH ROW EXECUTE FUNCTION joint_refuse();
"""
LET_GO = "DROP TRIGGER kept ON joint_entry; DROP FUNCTION joint_refuse();"


class Migration(migrations.Migration):
    dependencies = [("joint", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
