"""Paragraphs are the content of an immutable rendition, so they are immutable too."""

from __future__ import annotations

from django.db import migrations

KEEP = "CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON intelligence_paragraph FOR EACH ROW EXECUTE FUNCTION records_immutable();"
UNDO = "DROP TRIGGER immutable ON intelligence_paragraph;"


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial"), ("records", "0002_renditions_are_immutable")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
