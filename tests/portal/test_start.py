"""An installation that lacks something says so in one sentence, whichever door is started first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "long enough for a key that guards nothing but this test",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://meridian_app@/meridian",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
DOORS = {
    "a command": ["manage.py", "diffsettings"],
    "the web": ["-c", "import portal.asgi"],
}


def start(door: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment["PATH"] = os.environ["PATH"]
    return subprocess.run([sys.executable, *DOORS[door]], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("door", ["a command", "the web"])
def test_a_complete_environment_starts(door):
    assert start(door, **COMPLETE).returncode == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
@pytest.mark.parametrize("door", ["a command", "the web"])
def test_what_is_missing_is_named_in_one_sentence(door, missing):
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    done = start(door, **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Meridian cannot start: {missing} is not set.")
    assert done.stderr.count("\n") == 1
