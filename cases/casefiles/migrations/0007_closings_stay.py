"""A case's history of closings stays as it was written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION casefiles_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written of a case stays: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_caseclosing FOR EACH ROW EXECUTE FUNCTION casefiles_keep();
"""
LET_GO = "DROP TRIGGER kept ON casefiles_caseclosing; DROP FUNCTION casefiles_keep();"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0006_a_closed_case_has_its_outcome")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
