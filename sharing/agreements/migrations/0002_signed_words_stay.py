"""What the parties signed stays what they signed: words never change, parties and articles are complete before the first signature."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION agreements_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an agreement keeps its words: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION agreements_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id AND p.signed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an agreement that somebody signed takes nothing in: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER kept BEFORE DELETE ON agreements_agreement FOR EACH ROW EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER worded BEFORE UPDATE ON agreements_agreement FOR EACH ROW
    WHEN ((OLD.id, OLD.title, OLD.reference, OLD.starts_at, OLD.ends_at, OLD.purposes, OLD.handling_codes, OLD.covers_deconfliction,
           OLD.drafted_by_id, OLD.drafted_at)
          IS DISTINCT FROM
          (NEW.id, NEW.title, NEW.reference, NEW.starts_at, NEW.ends_at, NEW.purposes, NEW.handling_codes, NEW.covers_deconfliction,
           NEW.drafted_by_id, NEW.drafted_at)
          OR OLD.status = 'ended')
    EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON agreements_article FOR EACH ROW EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER complete BEFORE INSERT ON agreements_article FOR EACH ROW EXECUTE FUNCTION agreements_complete();
CREATE TRIGGER kept BEFORE DELETE ON agreements_party FOR EACH ROW EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER complete BEFORE INSERT ON agreements_party FOR EACH ROW EXECUTE FUNCTION agreements_complete();
CREATE TRIGGER signed_once BEFORE UPDATE ON agreements_party FOR EACH ROW
    WHEN (OLD.signed_at IS NOT NULL OR (OLD.agreement_id, OLD.agency_id) IS DISTINCT FROM (NEW.agreement_id, NEW.agency_id))
    EXECUTE FUNCTION agreements_refuse();
"""
UNDO = """
DROP TRIGGER kept ON agreements_agreement; DROP TRIGGER worded ON agreements_agreement;
DROP TRIGGER kept ON agreements_article; DROP TRIGGER complete ON agreements_article;
DROP TRIGGER kept ON agreements_party; DROP TRIGGER complete ON agreements_party; DROP TRIGGER signed_once ON agreements_party;
DROP FUNCTION agreements_complete(); DROP FUNCTION agreements_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
