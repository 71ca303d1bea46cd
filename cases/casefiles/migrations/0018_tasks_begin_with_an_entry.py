"""What was set so far begins the history of each task, and an entry stays as it was written."""

from __future__ import annotations

from django.db import migrations

KEEP = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON casefiles_taskentry FOR EACH ROW EXECUTE FUNCTION casefiles_keep();
INSERT INTO casefiles_taskentry (id, task_id, kind, text, assignee_id, due_on, state, author_id, at)
SELECT gen_random_uuid(), id, 'set', '', assignee_id, due_on, 'open', made_by_id, made_at FROM casefiles_task;
"""
LET_GO = "DROP TRIGGER kept ON casefiles_taskentry; DELETE FROM casefiles_taskentry;"


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0017_tasks_keep_their_history")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
