"""What was offered with a hand-over stays, and it is decided once: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION casefiles_keep_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'proposed'
        AND (NEW.id, NEW.casefile_id, NEW.from_unit_id, NEW.to_unit_id, NEW.reference, NEW.title, NEW.reason, NEW.team_stays,
             NEW.proposed_by_id, NEW.proposed_at, NEW.lapses_at)
        IS NOT DISTINCT FROM (OLD.id, OLD.casefile_id, OLD.from_unit_id, OLD.to_unit_id, OLD.reference, OLD.title, OLD.reason,
             OLD.team_stays, OLD.proposed_by_id, OLD.proposed_at, OLD.lapses_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a hand-over stays as it was offered and decided: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_handover FOR EACH ROW EXECUTE FUNCTION casefiles_keep_handover();
"""
LET_GO = "DROP TRIGGER kept ON casefiles_handover; DROP FUNCTION casefiles_keep_handover();"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0010_handovers")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
