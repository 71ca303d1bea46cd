"""A link between two cases is taken back once and never changed otherwise: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION casefiles_keep_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND (NEW.id, NEW.casefile_id, NEW.other_id, NEW.kind, NEW.reason, NEW.made_by_id, NEW.made_at)
        IS NOT DISTINCT FROM (OLD.id, OLD.casefile_id, OLD.other_id, OLD.kind, OLD.reason, OLD.made_by_id, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a link between cases stays as it was made: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_linkedcases FOR EACH ROW EXECUTE FUNCTION casefiles_keep_link();
"""
LET_GO = "DROP TRIGGER kept ON casefiles_linkedcases; DROP FUNCTION casefiles_keep_link();"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0008_linked_cases")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
