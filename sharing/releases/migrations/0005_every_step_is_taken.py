"""A release leaves when every step it needs was taken, each by somebody else, on this content; and a table of rules keeps its rows.

What was approved before stays: it is looked at while it becomes approved, and never again. What waits needs at least one approval,
and what the agency's table asks for when it is decided.
"""

from __future__ import annotations

from django.db import migrations

# After the row's own constraints have spoken: they say more plainly what is wrong with the row itself.
STEPS = """
CREATE FUNCTION releases_all_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE supervisors int; reviews int;
BEGIN
    SELECT count(*) FILTER (WHERE d.step = 'supervisor'), count(*) FILTER (WHERE d.step = 'legal') INTO supervisors, reviews
        FROM releases_decision d
        WHERE d.release_id = NEW.id AND d.answer = 'approved' AND d.voided_at IS NULL AND d.proof IS NOT NULL
          AND d.content_hash = NEW.approved_hash AND d.officer_id <> NEW.requested_by_id;
    IF supervisors < NEW.supervisors OR reviews < NEW.legal::int THEN
        RAISE EXCEPTION 'a release leaves when every step it needs was taken' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER all_steps AFTER UPDATE ON releases_release FOR EACH ROW WHEN (OLD.status <> 'approved' AND NEW.status = 'approved')
    EXECUTE FUNCTION releases_all_steps();

CREATE FUNCTION releases_own_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM releases_release r WHERE r.id = NEW.release_id AND r.requested_by_id = NEW.officer_id) THEN
        RAISE EXCEPTION 'nobody decides on their own request' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER other_eyes BEFORE INSERT ON releases_decision FOR EACH ROW EXECUTE FUNCTION releases_own_request();
CREATE TRIGGER same_step BEFORE UPDATE ON releases_decision FOR EACH ROW WHEN (OLD.step IS DISTINCT FROM NEW.step)
    EXECUTE FUNCTION releases_refuse('a decision stays as it was said; it can only be voided');

CREATE TRIGGER kept BEFORE DELETE ON releases_approvalrule FOR EACH ROW EXECUTE FUNCTION releases_refuse('a rule stays to be read');
CREATE TRIGGER said BEFORE UPDATE ON releases_approvalrule FOR EACH ROW
    WHEN (OLD.ended_at IS NOT NULL
          OR to_jsonb(OLD) - ARRAY['ended_at', 'ended_by_id', 'ended_reason'] <> to_jsonb(NEW) - ARRAY['ended_at', 'ended_by_id', 'ended_reason'])
    EXECUTE FUNCTION releases_refuse('a rule stays as it was written; it can only be ended');
"""
UNDO = """
DROP TRIGGER said ON releases_approvalrule; DROP TRIGGER kept ON releases_approvalrule;
DROP TRIGGER same_step ON releases_decision; DROP TRIGGER other_eyes ON releases_decision;
DROP TRIGGER all_steps ON releases_release;
DROP FUNCTION releases_own_request(), releases_all_steps();
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_who_must_approve")]
    operations = [migrations.RunSQL(STEPS, UNDO)]
