"""What every benchmark stands on: services of its own in a temporary folder, a migrated database, a generated world.

Durability stays as in production. The measurement is a child process that connects as the portal's role.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import world
from portal.demo.services import CannotStart, Postgres, Valkey

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "meridian"


def main(command: str, what: str) -> None:
    """Start everything, run one of `benchmarks/management/commands/` on it, and leave nothing behind."""
    arguments = argparse.ArgumentParser(description=what)
    arguments.add_argument("--records", type=int, default=200_000, help="how large a world (1000000 is the size the targets name)")
    arguments.add_argument("--rounds", type=int, default=60, help="requests of each kind to each kind of officer")
    wanted = arguments.parse_args()
    try:
        with contextlib.ExitStack() as running:
            run(running, command, wanted.records, wanted.rounds)
    except CannotStart as reason:
        sys.exit(f"The benchmark cannot run: {reason}")


def run(running: contextlib.ExitStack, command: str, records: int, rounds: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="meridian-bench-"))
    running.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)  # where PostgreSQL runs as another user it must pass
    postgres, valkey = Postgres(folder / "postgres"), Valkey(folder / "valkey")
    for service in (postgres, valkey):
        running.callback(service.stop)
        service.start()
    postgres.create(DATABASE)
    owner = postgres.migration_url(DATABASE)
    environment = os.environ | {
        "DATABASE_URL": postgres.url("meridian_app", DATABASE),
        "MIGRATION_DATABASE_URL": owner,
        "REDIS_URL": valkey.url(0),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    manage(folder, environment, "migrate", "--verbosity=0")
    begun = time.monotonic()
    officers = world.build(owner, records)
    print(f"{records:,} records made in {time.monotonic() - begun:.0f} s.", flush=True)
    told = {kind: [str(officer) for officer in some] for kind, some in officers.items()}
    manage(folder, environment, command, f"--rounds={rounds}", f"--officers={json.dumps(told)}")


def manage(folder: Path, environment: dict[str, str], *command: str) -> None:
    log = folder / f"{command[0]}.log"
    with log.open("wb") as complaints:
        done = subprocess.run([sys.executable, "manage.py", *command], env=environment, cwd=ROOT, stderr=complaints, check=False)
    if done.returncode:
        sys.exit(f"`{command[0]}` failed:\n{log.read_text()[-5_000:]}")
