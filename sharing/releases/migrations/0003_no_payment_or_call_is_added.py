"""Nothing that happened between two is added to a version that has left, by a release or into a joint case; nor a mention."""

from __future__ import annotations

from django.db import migrations

NOTHING_ADDED = """
CREATE OR REPLACE FUNCTION releases_nothing_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM records_rendition d WHERE d.id IN (SELECT a.rendition_id FROM added a) ORDER BY d.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM records_recordgrant g WHERE g.rendition_id IN (SELECT a.rendition_id FROM added a) AND g.origin {origins}) THEN
        RAISE EXCEPTION 'this rendition has left: make a new one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
WATCH = """
CREATE TRIGGER nothing_added AFTER INSERT ON entities_transaction REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION releases_nothing_added();
CREATE TRIGGER nothing_added AFTER INSERT ON entities_call REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION releases_nothing_added();
"""
UNDO = "DROP TRIGGER nothing_added ON entities_call; DROP TRIGGER nothing_added ON entities_transaction;"


class Migration(migrations.Migration):
    dependencies = [
        ("releases", "0002_what_was_approved_stays"),
        ("entities", "0010_what_happened_stays_as_it_was_said"),
        ("records", "0005_what_a_joint_case_shows"),
    ]
    operations = [
        migrations.RunSQL(
            NOTHING_ADDED.format(origins="IN ('release', 'joint')") + WATCH, UNDO + NOTHING_ADDED.format(origins="= 'release'")
        )
    ]
