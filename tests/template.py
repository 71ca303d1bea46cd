"""The migrated, empty database that every test process copies; kept between runs while nothing it is made of changes."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from portal.demo.services import CannotStart, Postgres

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "postgres"
NAME = "meridian_template"
PARTS = ("portal", "sharing", "cases", "accounts", "audit", "kernel")
# doors and deeds: no migration and no model rests on them, and they change most
APART = {"actions", "api", "context", "demo", "forms", "pages", "problems", "rules", "serializers", "tasks", "urls", "views"}


def copy_to(folder: Path) -> None:
    """Puts a cluster with the template database into the folder. Raises CannotStart where a migration fails."""
    kept = KEPT / _digest()
    if not kept.exists():
        _build(kept)
    shutil.copytree(kept, folder)


def _digest() -> str:
    """Of all that a migrated database may depend on; the ledger's partitions depend on the month."""
    files = [ROOT / "requirements-dev.lock"]
    for part in PARTS:
        files += [path for path in (ROOT / part).rglob("*.*") if path.suffix in {".py", ".sql", ".json"}]
    digest = hashlib.sha256(datetime.now(UTC).strftime("%Y-%m").encode())
    for path in sorted(files):
        name = path.relative_to(ROOT)
        if not APART & {part.removesuffix(".py") for part in name.parts}:
            digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def _build(kept: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-3]:
        shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="meridian-build-") as folder:
        Path(folder).chmod(0o711)  # where PostgreSQL runs as another user it must pass
        postgres = Postgres(Path(folder) / "postgres", fast=True)
        try:
            postgres.start()
            postgres.create(NAME)
            _migrate(postgres.migration_url(NAME))
        finally:
            postgres.stop()
        ready = Path(tempfile.mkdtemp(dir=KEPT)) / "postgres"
        shutil.copytree(postgres.data, ready)
    if not kept.exists():  # another run may have been quicker
        ready.rename(kept)
    shutil.rmtree(ready.parent)


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"`manage.py migrate` failed.\n{done.stdout}{done.stderr}")
