"""The browser of the journeys: found, or installed where that may be done (`python -m tests.chromium`)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
FLAGS = [f"--disable-{what}" for what in QUIET] + ["--no-first-run"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
MISSING = "No Chromium on this machine: install the package `chromium`, or run `python -m playwright install chromium`."


def find() -> str | None:
    """The system's browser, or Playwright's own where it was installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        commands = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]]
    else:
        environment = dict(os.environ)
        commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    for command in commands:
        if subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode:
            return


if __name__ == "__main__":
    if not find():
        print("Installing Chromium for the journeys in the browser…", flush=True)
        install()
        if not find():
            print(MISSING)
