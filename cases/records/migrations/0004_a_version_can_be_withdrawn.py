"""A version that came in by mistake and never left can be withdrawn, once and for good; nothing else of it ever changes."""

from __future__ import annotations

from django.db import migrations, models

KEEP = """
DROP TRIGGER immutable ON records_rendition;
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE OF id, record_id, number, kind, title, language, dated_on, content_hash, made_by_id, made_at,
    reason, handling_scheme, handling_code, handling_text, handling_countries, handling_atoms
    ON records_rendition FOR EACH ROW EXECUTE FUNCTION records_immutable();
CREATE FUNCTION records_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR EXISTS (
        SELECT FROM records_recordgrant WHERE rendition_id = NEW.id AND origin = 'release'
    ) THEN
        RAISE EXCEPTION 'a version that has left, or was withdrawn, stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawal BEFORE UPDATE OF withdrawn_at ON records_rendition FOR EACH ROW EXECUTE FUNCTION records_withdrawal();
"""
UNDO = """
DROP TRIGGER withdrawal ON records_rendition;
DROP FUNCTION records_withdrawal();
DROP TRIGGER immutable ON records_rendition;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON records_rendition FOR EACH ROW EXECUTE FUNCTION records_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0003_a_grant_fits_its_origin")]

    operations = [
        migrations.AddField("rendition", "withdrawn_at", models.DateTimeField(null=True, editable=False)),
        migrations.RunSQL(KEEP, UNDO),
    ]
