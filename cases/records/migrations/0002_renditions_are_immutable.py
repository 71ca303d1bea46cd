"""A rendition never changes, nor what a case's header said: what was read, released and cited stays what it was. A correction is a new rendition."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION records_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is immutable: make a new rendition', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON records_rendition FOR EACH ROW EXECUTE FUNCTION records_immutable();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON records_caseheader FOR EACH ROW EXECUTE FUNCTION records_immutable();
"""
UNDO = "DROP TRIGGER immutable ON records_rendition; DROP TRIGGER immutable ON records_caseheader; DROP FUNCTION records_immutable();"


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
