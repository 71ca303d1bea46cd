"""What a mention says never changes; only where deconfliction sends its notice (desk, mode) may."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE OF id, rendition_id, paragraph, agency_id, etype, name, attributes, row_key, made_at
    ON entities_mention FOR EACH ROW EXECUTE FUNCTION records_immutable();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON entities_identifier FOR EACH ROW EXECUTE FUNCTION records_immutable();
"""
UNDO = "DROP TRIGGER immutable ON entities_mention; DROP TRIGGER immutable ON entities_identifier;"


class Migration(migrations.Migration):
    dependencies = [("entities", "0001_initial"), ("records", "0002_renditions_are_immutable")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
