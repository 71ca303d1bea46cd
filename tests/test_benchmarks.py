"""What is measured can be measured: every benchmark runs, in little, on the database as it is today."""

import json
import os
import uuid
from pathlib import Path

import pytest

from benchmarks import ground, world
from tests import services
from tests.house import ROOT

COMMANDS = {path.stem for path in (ROOT / "benchmarks" / "management" / "commands").glob("[a-z]*.py")}
IN_LITTLE = {
    "busy_case": ["--rounds=2", "--busy=60"],
    "first_page": ["--rounds=4"],
    "imports": ["--records=30"],
    "single_decision": ["--rounds=2"],
}


def test_every_benchmark_is_run_here():
    assert set(IN_LITTLE) == COMMANDS


@pytest.fixture(scope="module")
def owned(django_db_setup) -> dict[str, str]:
    """Where a migrated database is, filled with a little world: as a benchmark's child process is told."""
    database = f"{services.own_database()}_{uuid.uuid4().hex[:12]}"
    with services.clone(database):
        owner = services.url_of(database, "postgres")
        officers = {kind: [str(each) for each in some] for kind, some in world.build(owner, 2_000).items()}
        yield {"DATABASE_URL": services.url_of(database), "MIGRATION_DATABASE_URL": owner, "officers": json.dumps(officers)}


@pytest.mark.parametrize("command", sorted(IN_LITTLE))
def test_it_runs(command, owned, tmp_path, capfd):
    environment = os.environ | owned | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "IMPORTS_ROOT": str(tmp_path)}
    asked = [] if command == "imports" else [f"--officers={owned['officers']}"]
    ground.manage(Path(tmp_path), environment, command, *IN_LITTLE[command], *asked)
    assert capfd.readouterr().out.strip()
