"""A payment or a call never changes, and its ends are mentions of its own version."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION entities_ends_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added a JOIN entities_mention m ON m.id IN (a.from_mention_id, a.to_mention_id)
               WHERE m.rendition_id <> a.rendition_id) THEN
        RAISE EXCEPTION 'an end is a mention of the same rendition' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON entities_transaction FOR EACH ROW EXECUTE FUNCTION records_immutable();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON entities_call FOR EACH ROW EXECUTE FUNCTION records_immutable();
CREATE TRIGGER ends_fit AFTER INSERT ON entities_transaction REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION entities_ends_fit();
CREATE TRIGGER ends_fit AFTER INSERT ON entities_call REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION entities_ends_fit();
"""
UNDO = """
DROP TRIGGER ends_fit ON entities_call; DROP TRIGGER ends_fit ON entities_transaction;
DROP TRIGGER immutable ON entities_call; DROP TRIGGER immutable ON entities_transaction;
DROP FUNCTION entities_ends_fit();
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0009_what_happened_between_two"), ("records", "0002_renditions_are_immutable")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
