"""`python -m benchmarks.imports --records 100000`: a table taken in by its mapping, beside a bare COPY of as many rows."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.ground import DATABASE, manage
from portal.demo.services import CannotStart, Postgres, Valkey


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    wanted = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="meridian-bench-"))
    folder.chmod(0o711)  # where PostgreSQL runs as another user it must pass
    postgres, valkey = Postgres(folder / "postgres"), Valkey(folder / "valkey")
    with contextlib.ExitStack() as running:
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        for service in (postgres, valkey):
            running.callback(service.stop)
            try:
                service.start()
            except CannotStart as reason:
                sys.exit(f"The benchmark cannot run: {reason}")
        postgres.create(DATABASE)
        environment = os.environ | {
            "DATABASE_URL": postgres.url("meridian_app", DATABASE),
            "MIGRATION_DATABASE_URL": postgres.migration_url(DATABASE),
            "REDIS_URL": valkey.url(0),
            "IMPORTS_ROOT": str(folder / "imports"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        manage(folder, environment, "migrate", "--verbosity=0")
        manage(folder, environment, "imports", f"--records={wanted.records}")


if __name__ == "__main__":
    main()
