"""What was judged of relations stays, and what they rest on is a paragraph that is there: held by the database, whatever the code does.

A relation is ended once, and its ends may be other subjects once two are taken for one; a support is withdrawn once. The paragraphs are
a table of the room of intelligence, which this room's code does not know.
"""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION entities_keep_relation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.agency_id, NEW.kind, NEW.confidence, NEW.description, NEW.began_on, NEW.ceased_on,
            NEW.made_by_id, NEW.made_at) IS NOT DISTINCT FROM (OLD.id, OLD.agency_id, OLD.kind, OLD.confidence, OLD.description,
            OLD.began_on, OLD.ceased_on, OLD.made_by_id, OLD.made_at)
        AND (OLD.ended_at IS NULL OR (NEW.ended_at, NEW.ended_by_id, NEW.end_reason)
            IS NOT DISTINCT FROM (OLD.ended_at, OLD.ended_by_id, OLD.end_reason)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a relation stays as it was judged: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON entities_relation FOR EACH ROW EXECUTE FUNCTION entities_keep_relation();
CREATE FUNCTION entities_keep_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND (NEW.id, NEW.relation_id, NEW.rendition_id, NEW.paragraph, NEW.made_by_id, NEW.made_at)
        IS NOT DISTINCT FROM (OLD.id, OLD.relation_id, OLD.rendition_id, OLD.paragraph, OLD.made_by_id, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a relation rests on stays: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON entities_relationsupport FOR EACH ROW EXECUTE FUNCTION entities_keep_support();
ALTER TABLE entities_relationsupport ADD CONSTRAINT a_support_is_a_paragraph_that_is_there
    FOREIGN KEY (rendition_id, paragraph) REFERENCES intelligence_paragraph (rendition_id, number);
"""
LET_GO = """
ALTER TABLE entities_relationsupport DROP CONSTRAINT a_support_is_a_paragraph_that_is_there;
DROP TRIGGER kept ON entities_relationsupport; DROP FUNCTION entities_keep_support();
DROP TRIGGER kept ON entities_relation; DROP FUNCTION entities_keep_relation();
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0011_how_subjects_are_related"), ("intelligence", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
