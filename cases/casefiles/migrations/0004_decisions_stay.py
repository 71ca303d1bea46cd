"""An entry in a log of decisions stays as it was written: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION casefiles_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decision stays as it was entered: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_casedecision FOR EACH ROW EXECUTE FUNCTION casefiles_refuse();
"""
LET_GO = "DROP TRIGGER kept ON casefiles_casedecision; DROP FUNCTION casefiles_refuse();"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0003_what_a_case_is_about")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
