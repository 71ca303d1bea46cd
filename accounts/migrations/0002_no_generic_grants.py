"""guardian's generic tables stay empty: a content-type grant would be a second, unlisted way to sight."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE FUNCTION guardian_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'generic grants are refused: grants live in CaseGrant and RecordGrant' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON guardian_userobjectpermission FOR EACH STATEMENT EXECUTE FUNCTION guardian_refuse();
CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON guardian_groupobjectpermission FOR EACH STATEMENT EXECUTE FUNCTION guardian_refuse();
"""
UNDO = """
DROP TRIGGER refuse ON guardian_userobjectpermission;
DROP TRIGGER refuse ON guardian_groupobjectpermission;
DROP FUNCTION guardian_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("guardian", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, UNDO)]
