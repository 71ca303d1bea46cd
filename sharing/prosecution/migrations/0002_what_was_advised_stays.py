"""What was written behind a wall stays, is addressed to somebody, and is answered from within: held by the database."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE FUNCTION prosecution_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written behind a wall stays as it was written: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON prosecution_advice FOR EACH ROW EXECUTE FUNCTION prosecution_refuse();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON prosecution_reply FOR EACH ROW EXECUTE FUNCTION prosecution_refuse();

CREATE FUNCTION prosecution_keep_reader() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.advice_id, NEW.officer_id, NEW.let_in_at)
            IS NOT DISTINCT FROM (OLD.id, OLD.advice_id, OLD.officer_id, OLD.let_in_at)
        AND (OLD.read_at IS NULL OR NEW.read_at IS NOT DISTINCT FROM OLD.read_at)
        AND (OLD.ended_at IS NULL OR NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'who was let behind a wall, read and left it stays written: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON prosecution_reader FOR EACH ROW EXECUTE FUNCTION prosecution_keep_reader();

CREATE FUNCTION prosecution_another_reads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM prosecution_advice a WHERE a.id = NEW.advice_id AND a.author_id = NEW.officer_id) THEN
        RAISE EXCEPTION 'nobody is let in to what they wrote themselves' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER another BEFORE INSERT ON prosecution_reader FOR EACH ROW EXECUTE FUNCTION prosecution_another_reads();

CREATE FUNCTION prosecution_from_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM prosecution_advice a WHERE a.id = NEW.advice_id AND a.author_id = NEW.author_id)
        AND NOT EXISTS (SELECT FROM prosecution_reader r
                        WHERE r.advice_id = NEW.advice_id AND r.officer_id = NEW.author_id AND r.ended_at IS NULL) THEN
        RAISE EXCEPTION 'a wall is answered from behind it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER within BEFORE INSERT ON prosecution_reply FOR EACH ROW EXECUTE FUNCTION prosecution_from_within();

CREATE FUNCTION prosecution_addressed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM prosecution_reader r WHERE r.advice_id = NEW.id) THEN
        RAISE EXCEPTION 'advice is addressed to somebody' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER addressed AFTER INSERT ON prosecution_advice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION prosecution_addressed();
"""
LET_GO = """
DROP TRIGGER addressed ON prosecution_advice; DROP FUNCTION prosecution_addressed();
DROP TRIGGER within ON prosecution_reply; DROP FUNCTION prosecution_from_within();
DROP TRIGGER another ON prosecution_reader; DROP FUNCTION prosecution_another_reads();
DROP TRIGGER kept ON prosecution_reader; DROP FUNCTION prosecution_keep_reader();
DROP TRIGGER kept ON prosecution_reply; DROP TRIGGER kept ON prosecution_advice; DROP FUNCTION prosecution_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("prosecution", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
