"""What went over when two subjects were taken for one stays written down; taken back once: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION entities_keep_merge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.undone_at IS NULL
        AND (NEW.id, NEW.kept_id, NEW.gone_id, NEW.reason, NEW.moved, NEW.added, NEW.turned_from, NEW.turned_to, NEW.made_by_id, NEW.made_at)
        IS NOT DISTINCT FROM
            (OLD.id, OLD.kept_id, OLD.gone_id, OLD.reason, OLD.moved, OLD.added, OLD.turned_from, OLD.turned_to, OLD.made_by_id, OLD.made_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a merge stays as it was made: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON entities_subjectmerge FOR EACH ROW EXECUTE FUNCTION entities_keep_merge();
"""
LET_GO = "DROP TRIGGER kept ON entities_subjectmerge; DROP FUNCTION entities_keep_merge();"


class Migration(migrations.Migration):
    dependencies = [("entities", "0013_subjects_put_together")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
