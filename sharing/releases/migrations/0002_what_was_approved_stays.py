"""What was approved stays as it was approved, and what left is never added to: held by the database, whatever the code does."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE FUNCTION releases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

# A release begins as a draft, is approved only while it awaits approval and with the content that was asked for, and from then
# on changes in nothing but its recall and the note that it has expired.
RELEASE = """
CREATE FUNCTION releases_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    approval CONSTANT text[] := ARRAY['status', 'approved_hash', 'approved_by_id', 'approved_at'];
    ending CONSTANT text[] := ARRAY['status', 'recalled_by_id', 'recalled_at', 'recall_reason', 'expired_at'];
BEGIN
    IF OLD.status = 'approved' AND NEW.status IN ('approved', 'recalled') AND to_jsonb(OLD) - ending = to_jsonb(NEW) - ending
       OR OLD.status = 'recalled' AND to_jsonb(OLD) = to_jsonb(NEW)
       OR OLD.status = 'awaiting' AND NEW.status = 'approved' AND to_jsonb(OLD) - approval = to_jsonb(NEW) - approval
       OR OLD.status NOT IN ('approved', 'recalled') AND NEW.status NOT IN ('approved', 'recalled') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was approved is what leaves, and stays as it was approved (% to %)', OLD.status, NEW.status
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON releases_release FOR EACH ROW EXECUTE FUNCTION releases_keep();
CREATE TRIGGER begun BEFORE INSERT ON releases_release FOR EACH ROW WHEN (NEW.status <> 'draft')
    EXECUTE FUNCTION releases_refuse('a release begins as a draft');
CREATE TRIGGER undeleted BEFORE DELETE ON releases_release FOR EACH ROW WHEN (OLD.status IN ('approved', 'recalled'))
    EXECUTE FUNCTION releases_refuse('a release that crossed is the legal record of it');
"""

# Lines and addressees change only while their release is being written. The key-share lock waits for an approval under way and
# then sees what it did; an approval, which locks the row, waits for a line under way.
PARTS = """
CREATE FUNCTION releases_open(wanted uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE found varchar;
BEGIN
    SELECT r.status INTO found FROM releases_release r WHERE r.id = wanted FOR KEY SHARE;
    RETURN found IN ('draft', 'sent-back');
END $$;

CREATE FUNCTION releases_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND NOT releases_open(OLD.release_id) OR TG_OP <> 'DELETE' AND NOT releases_open(NEW.release_id) THEN
        RAISE EXCEPTION 'lines and addressees change only in a draft: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER open BEFORE INSERT OR UPDATE OR DELETE ON releases_line FOR EACH ROW EXECUTE FUNCTION releases_parts();
CREATE TRIGGER open BEFORE INSERT OR UPDATE OR DELETE ON releases_addressee FOR EACH ROW EXECUTE FUNCTION releases_parts();

CREATE FUNCTION releases_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM records_rendition d WHERE d.id = NEW.rendition_id AND d.record_id = NEW.record_id) THEN
        RAISE EXCEPTION 'a line names a record and one of its own renditions' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT OR UPDATE ON releases_line FOR EACH ROW EXECUTE FUNCTION releases_line_fits();

CREATE FUNCTION releases_addressee_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM releases_release r JOIN accounts_officer o ON o.agency_id = r.recipient_id
                   WHERE r.id = NEW.release_id AND o.id = NEW.officer_id) THEN
        RAISE EXCEPTION 'an addressee serves at the recipient' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT OR UPDATE ON releases_addressee FOR EACH ROW EXECUTE FUNCTION releases_addressee_fits();

CREATE TRIGGER kept BEFORE DELETE ON releases_decision FOR EACH ROW EXECUTE FUNCTION releases_refuse('a decision stays');
CREATE TRIGGER said BEFORE UPDATE ON releases_decision FOR EACH ROW
    WHEN ((OLD.id, OLD.release_id, OLD.officer_id, OLD.answer, OLD.reason, OLD.content_hash, OLD.proof, OLD.decided_at)
          IS DISTINCT FROM
          (NEW.id, NEW.release_id, NEW.officer_id, NEW.answer, NEW.reason, NEW.content_hash, NEW.proof, NEW.decided_at)
          OR OLD.voided_at IS NOT NULL)
    EXECUTE FUNCTION releases_refuse('a decision stays as it was said; it can only be voided');
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON releases_acceptance FOR EACH ROW EXECUTE FUNCTION releases_refuse('a promise stays');
"""

# What a rendition says is what was approved. A mention or paragraph written later would travel without anybody's approval, so the
# rendition's row is locked and asked: an approval under way holds that row, and a mention under way makes the approval wait.
SAID = """
CREATE FUNCTION releases_nothing_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM records_rendition d WHERE d.id IN (SELECT a.rendition_id FROM added a) ORDER BY d.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM records_recordgrant g WHERE g.rendition_id IN (SELECT a.rendition_id FROM added a) AND g.origin = 'release') THEN
        RAISE EXCEPTION 'this rendition has left: make a new one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nothing_added AFTER INSERT ON entities_mention REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION releases_nothing_added();
CREATE TRIGGER nothing_added AFTER INSERT ON intelligence_paragraph REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION releases_nothing_added();

CREATE FUNCTION releases_no_identifier_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM records_rendition d
        WHERE d.id IN (SELECT m.rendition_id FROM entities_mention m JOIN added a ON a.mention_id = m.id) ORDER BY d.id FOR KEY SHARE;
    IF EXISTS (SELECT FROM records_recordgrant g JOIN entities_mention m ON m.rendition_id = g.rendition_id
               JOIN added a ON a.mention_id = m.id WHERE g.origin = 'release') THEN
        RAISE EXCEPTION 'this rendition has left: make a new one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nothing_added AFTER INSERT ON entities_identifier REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION releases_no_identifier_added();
"""
UNDO = """
DROP TRIGGER nothing_added ON entities_identifier; DROP TRIGGER nothing_added ON intelligence_paragraph;
DROP TRIGGER nothing_added ON entities_mention;
DROP TRIGGER kept ON releases_acceptance; DROP TRIGGER said ON releases_decision; DROP TRIGGER kept ON releases_decision;
DROP TRIGGER fits ON releases_addressee; DROP TRIGGER open ON releases_addressee;
DROP TRIGGER fits ON releases_line; DROP TRIGGER open ON releases_line;
DROP TRIGGER undeleted ON releases_release; DROP TRIGGER begun ON releases_release; DROP TRIGGER kept ON releases_release;
DROP FUNCTION releases_no_identifier_added(), releases_nothing_added(), releases_addressee_fits(), releases_line_fits(),
    releases_parts(), releases_open(uuid), releases_keep(), releases_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("releases", "0001_initial"),
        ("records", "0002_renditions_are_immutable"),
        ("entities", "0002_mentions_keep_their_words"),
        ("intelligence", "0002_paragraphs_are_immutable"),
    ]
    operations = [migrations.RunSQL(REFUSE + RELEASE + PARTS + SAID, UNDO)]
