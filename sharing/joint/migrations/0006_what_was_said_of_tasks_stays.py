"""What was said and done with a task of a joint case stays as it was written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON joint_agreedentry FOR EACH ROW EXECUTE FUNCTION joint_refuse();
CREATE FUNCTION joint_task_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what the agencies agreed to do stays as it was agreed: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER agreed BEFORE DELETE OR UPDATE OF joint_id, party_id, title, text, made_by_id, made_at ON joint_agreedtask
    FOR EACH ROW EXECUTE FUNCTION joint_task_refuse();
"""
LET_GO = """
DROP TRIGGER agreed ON joint_agreedtask; DROP FUNCTION joint_task_refuse(); DROP TRIGGER kept ON joint_agreedentry;
"""


class Migration(migrations.Migration):
    dependencies = [("joint", "0005_what_was_agreed_to_be_done")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
