#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

# The portal's own role owns no table and may not change one: the schema is written by another.
WRITES_SCHEMA = {"migrate"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    if WRITES_SCHEMA & set(sys.argv[1:2]) and "MIGRATION_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["MIGRATION_DATABASE_URL"]
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
