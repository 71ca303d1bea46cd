"""What was written so far is the first version of each note, and a version stays as it was written."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_noteversion FOR EACH ROW EXECUTE FUNCTION casefiles_keep();
INSERT INTO casefiles_noteversion (id, note_id, number, text, reason, written_at)
SELECT gen_random_uuid(), id, 1, text, '', written_at FROM casefiles_note;
"""
LET_GO = "DROP TRIGGER kept ON casefiles_noteversion; DELETE FROM casefiles_noteversion;"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0013_notes_keep_their_versions")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
