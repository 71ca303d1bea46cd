"""Mentions noted before names had an index get their keys too, some thousands at a time."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import migrations

from cases.entities import names

AT_ONCE = 2_000
READ = "SELECT id, name, attributes FROM entities_mention WHERE id > %s ORDER BY id LIMIT %s"
WRITE = "INSERT INTO entities_namekey (id, mention_id, key) VALUES (%s, %s, %s)"


def index(_apps: Any, schema_editor: Any) -> None:
    last = uuid.UUID(int=0)
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(READ, [last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            keys = [(uuid.uuid4(), pk, key) for pk, *said in rows for key in sorted(names.keys_of(called(*said)))]
            cursor.executemany(WRITE, keys)
            last = rows[-1][0]


def called(name: str, attributes: Any) -> list[str]:
    said = json.loads(attributes) if isinstance(attributes, str) else attributes
    return [name, *(str(other) for kind in names.ALIASES for other in said.get(kind, []))]


class Migration(migrations.Migration):
    dependencies = [("entities", "0007_who_may_be_the_same")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
