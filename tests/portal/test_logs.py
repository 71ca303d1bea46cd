"""What an operator reads: identifiers and places in the code, never what somebody typed, searched for or stored."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.portal.test_start import COMPLETE

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import logging, django, structlog
django.setup()
def broken():
    raise ValueError("Key (name)=(CANARY) already exists")
"""


def logged(code: str) -> tuple[str, dict]:
    """The line that this code leaves on a production installation's log, raw and read."""
    done = subprocess.run([sys.executable, "-c", PREPARE + code], env=COMPLETE, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stderr, json.loads(done.stderr)


@pytest.mark.parametrize("logger", ["structlog.get_logger()", "logging.getLogger('any.library')"])
def test_an_exception_is_logged_by_type_and_place_without_its_message(logger):
    raw, line = logged(f"try:\n    broken()\nexcept ValueError:\n    {logger}.exception('request_failed')")
    assert "CANARY" not in raw
    assert line["exception"][0]["type"] == "ValueError"
    assert line["exception"][0]["at"][-1].endswith("broken")


def test_a_request_is_logged_without_its_query():
    raw, line = logged("structlog.get_logger().info('request_finished', request='GET /search/?q=CANARY')")
    assert "CANARY" not in raw
    assert line["request"] == "GET /search/"
