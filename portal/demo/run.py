"""The demo from nothing to an address to open: `python -m portal.demo.run [--reset]`, behind `make demo`.

With DATABASE_URL or REDIS_URL set, that server is used and none is started in its place.
"""

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, NoReturn

from portal.demo.services import CannotStart, Postgres, Process, Valkey, end, last_words, spawn

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".demo"
DATABASE = "meridian"
ADDRESSES = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "QUEUE_URL")
HEALTHY_SECONDS = 60


def main() -> None:
    arguments = argparse.ArgumentParser(description="Starts Meridian with its demo story on this machine.")
    arguments.add_argument("--reset", action="store_true", help="begin anew: forget what the demo kept in .demo/")
    arguments.add_argument("--port", type=int, default=8000, help="the first port to try")
    wanted = arguments.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: leave(stopped))
    try:
        with contextlib.ExitStack() as running:
            serve(running, stopped, reset=wanted.reset, first_port=wanted.port)
    except CannotStart as reason:
        sys.exit(f"The demo cannot run: {reason}")
    except KeyboardInterrupt:
        pass
    print("Stopped.", flush=True)


def leave(stopped: threading.Event) -> None:
    """The first signal stops everything in order; a second one does not break into that."""
    if not stopped.is_set():
        stopped.set()
        raise KeyboardInterrupt


def serve(running: contextlib.ExitStack, stopped: threading.Event, *, reset: bool, first_port: int) -> None:
    running.enter_context(alone())
    if reset:
        forget()
    environment = start_services(running)
    say("Preparing the database…")
    manage(environment, "migrate", "--verbosity=0")
    sign_ins = manage({**environment, "RELEASE_STOP_SECONDS": "0"}, "demo_story")  # what it tells of happened before
    port = free_port(first_port)
    processes = start_portal(running, environment, port)
    wait_until_healthy(port, processes)
    say(f"\nMeridian is at http://localhost:{port}/\n\n{sign_ins}\nCtrl-C stops it; what you do is kept in .demo/.")
    while not stopped.is_set():
        watch(processes)
        stopped.wait(1)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    FOLDER.mkdir(exist_ok=True, mode=0o711)
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("another demo runs from this folder already: stop that one first.") from None
        yield


def forget() -> None:
    if "DATABASE_URL" in os.environ:
        raise CannotStart("DATABASE_URL is set, and only an embedded database is ever deleted: empty that one yourself.")
    for name in ("postgres", "valkey"):
        shutil.rmtree(FOLDER / name, ignore_errors=True)


def start_services(running: contextlib.ExitStack) -> dict[str, str]:
    """Starts what the environment does not name, and tells where everything is; in `.demo/running.env` as well."""
    found = {name: os.environ[name] for name in ADDRESSES if name in os.environ}
    if "DATABASE_URL" not in found:
        say("Starting PostgreSQL…")
        postgres = Postgres(FOLDER / "postgres")
        running.callback(postgres.stop)
        postgres.start()
        postgres.create(DATABASE)
        found["DATABASE_URL"] = postgres.url("meridian_app", DATABASE)
        found["MIGRATION_DATABASE_URL"] = postgres.migration_url(DATABASE)
    if "REDIS_URL" not in found:
        say("Starting Valkey…")
        valkey = Valkey(FOLDER / "valkey")
        running.callback(valkey.stop)
        valkey.start()
        found |= {"REDIS_URL": valkey.url(0), "QUEUE_URL": valkey.url(1)}
    told = FOLDER / "running.env"
    told.write_text("".join(f"{name}={value}\n" for name, value in found.items()))
    running.callback(told.unlink, missing_ok=True)
    return {**os.environ, **found, "DJANGO_SETTINGS_MODULE": "portal.settings.demo", "PYTHONUNBUFFERED": "1"}


def manage(environment: Mapping[str, str], *command: str) -> str:
    program = [sys.executable, str(ROOT / "manage.py"), *command]
    log = log_of(command[0])
    with log.open("wb") as complaints:
        done = subprocess.run(program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, check=False)
    if done.returncode:
        raise CannotStart(f"`manage.py {command[0]}` failed: {last_words(log)} The whole log is {log}.")
    return done.stdout.decode()


def free_port(first: int) -> int:
    for port in range(first, first + 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise CannotStart(f"every port from {first} to {first + 99} is taken: name another with --port.")


def web_command(port: int) -> list[str]:
    options = ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    return [sys.executable, "-m", "granian", *options, "portal.asgi:application"]


def worker_command(*options: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "portal", "worker", "--loglevel=INFO", *options]


def start_portal(running: contextlib.ExitStack, environment: Mapping[str, str], port: int) -> dict[str, Process]:
    say("Starting the portal…")
    clock = [
        "--beat",
        "--schedule",
        str(FOLDER / "schedule"),
        "--concurrency=2",
        "--without-mingle",
        "--without-gossip",
    ]
    commands = {"web": web_command(port), "worker": worker_command(*clock)}
    processes = {}
    for name, command in commands.items():
        log: IO[bytes] = running.enter_context(log_of(name).open("ab"))
        processes[name] = spawn(command, stop=signal.SIGTERM, log=log, env=environment)
        running.callback(end, processes[name], signal.SIGTERM)
    return processes


def log_of(name: str) -> Path:
    return FOLDER / f"{name}.log"


def wait_until_healthy(port: int, processes: Mapping[str, Process]) -> None:
    deadline = time.monotonic() + HEALTHY_SECONDS
    while time.monotonic() < deadline:
        watch(processes)
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).close()
            return
        time.sleep(0.1)
    fail("web", "did not answer")


def watch(processes: Mapping[str, Process]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            fail(name, "stopped")


def fail(name: str, what: str) -> NoReturn:
    log = log_of(name)
    raise CannotStart(f"its {name} process {what}: {last_words(log)} The whole log is {log}.")


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
