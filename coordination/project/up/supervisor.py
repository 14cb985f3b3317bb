"""`liaison up`: starts every part of Liaison as its own child, restarts what dies, and ends all of them together."""

import argparse
import errno
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psycopg

from coordination.base import demo
from coordination.project.embedded import Places, places
from coordination.project.environment import flag, number, text
from coordination.project.up import engines, keys, processes, services
from coordination.project.up.catcher import make_certificate
from coordination.project.up.console import banner, news, step
from coordination.project.up.lock import Lock, Record
from coordination.project.up.processes import Program
from coordination.project.up.refusal import Refusal

_ROOM_FIRST, _ROOM_LATER = 300, 50
"""Free megabytes that a first and a later start ask for."""
_TICK = 0.1
_ASK_EVERY = 0.3
_LOOK_EVERY = 0.5
_TELL_EVERY = 5.0
_STEADY = 20.0
"""Seconds after which a child counts as running well, so that its next restart is immediate."""
_LONGEST_PAUSE = 30.0
_READY_PATIENCE = 120.0
_MAIL_PORT = 8025
_LONG_LOG = 20 * 2**20
"""Bytes from which a log is set aside at the next start; one older one is kept."""


class Stopped(BaseException):
    """SIGTERM or Ctrl-C came."""


@dataclass
class Child:
    """A program that is kept running."""

    program: Program
    process: subprocess.Popen[bytes]
    engine: engines.Postgres | engines.Redis | None = None
    began: float = field(default_factory=time.monotonic)
    pause: float = 0.0
    due: float | None = None
    """When it is started again; None while it runs."""

    def plan_restart(self) -> None:
        """Decide when to start again: at once after a steady run, later and later when it keeps dying."""
        steady = time.monotonic() - self.began > _STEADY
        self.pause = 0.0 if steady else min(max(0.5, self.pause * 2), _LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause
        news(f"{self.program.name} ended ({_how(self.process.returncode)}); starting it again. Log: {self.program.log}")

    def restart(self) -> None:
        if self.engine:
            self.engine.end_orphans()
        self.process = processes.start(self.program)
        self.began, self.due = time.monotonic(), None


@dataclass
class Supervisor:
    """The children of one `var/`."""

    places: Places
    record: Record
    children: list[Child] = field(default_factory=list)

    def add(self, program: Program, engine: engines.Postgres | engines.Redis | None = None) -> Child:
        """Start a program and keep it running from now on."""
        child = Child(program, processes.start(program), engine)
        self.children.append(child)
        self._write_record()
        return child

    def tend(self) -> None:
        """Look after the children once: notice the dead, start again those that are due."""
        for child in self.children:
            if child.due is None and child.process.poll() is not None:
                child.plan_restart()
            elif child.due is not None and time.monotonic() >= child.due:
                child.restart()
                self._write_record()

    def stop(self) -> None:
        """End the programs first, then the engines they use."""
        for group in ([c for c in self.children if not c.engine], [c for c in reversed(self.children) if c.engine]):
            for child in group:
                if child.process.poll() is None:
                    child.process.send_signal(child.program.stop_signal)
            for child in group:
                processes.await_end(child.process, child.program)
        self.record.write({})

    def _write_record(self) -> None:
        self.record.write({child.program.name: child.process.pid for child in self.children})


def run(arguments: list[str]) -> int:
    """Run Liaison until it is told to stop; the exit status. Every refusal is one sentence."""
    options = _options(arguments)
    try:
        with _stopping_on_signals():
            if options.end_with_parent:
                _end_with_parent()
            _run(options.port)
    except Stopped:
        return 0
    except Refusal as refusal:
        return _refuse(str(refusal))
    except OSError as error:
        return _refuse(_why(error))
    except psycopg.Error as error:
        return _refuse(f"PostgreSQL: {str(error).strip().splitlines()[0]}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="liaison up", description="Start every part of Liaison, and keep it running.")
    parser.add_argument("--port", type=int, default=number("PORT", 8000, least=1), help="the port on this machine")
    parser.add_argument(
        "--end-with-parent", action="store_true", help="stop when the program that started this one dies"
    )
    return parser.parse_args(arguments)


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"\nliaison: {sentence}\n")
    return 1


def _why(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk is full{f' ({error.filename})' if error.filename else ''}."
    return f"cannot use {error.filename}: {error.strerror}." if error.filename else f"{error.strerror or error}."


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    """Turn the first SIGTERM, SIGHUP or Ctrl-C into `Stopped`; further ones do not interrupt the stopping."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, stop)
    yield


def _end_with_parent() -> None:
    """Stop with the program that started this one: `make run`, whatever signal it gets.

    The kernel tells of its death, and GNU make passes SIGTERM on. For SIGINT make trusts the terminal to have told its
    recipe, and waits: an interrupt sent to make alone shows only in that make no longer handles SIGINT.
    """
    processes.die_with_parent(signal.SIGTERM)
    parent = os.getppid()
    if not processes.catches(parent, signal.SIGINT):
        return

    def look(number: int, frame: FrameType | None) -> None:
        if not processes.catches(parent, signal.SIGINT):
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_EVERY, _LOOK_EVERY)


def _run(port: int) -> None:
    here = places()
    _make_folders(here)
    lock = Lock.take(here.var / "lock")
    _refuse_full_disk(here)
    _set_long_logs_aside(here)
    listener = _listen(port)
    record = Record(here.var / "children.json")
    record.end_orphans()
    supervisor = Supervisor(here, record)
    try:
        _start(supervisor, port, listener)
        while True:
            supervisor.tend()
            time.sleep(_TICK)
    finally:
        _ignore_signals()
        lock.say("stopping")
        step("Stopping …")
        supervisor.stop()
        shutil.rmtree(here.sockets, ignore_errors=True)
        step("Stopped.")


def _ignore_signals() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)


def _make_folders(here: Places) -> None:
    for folder in (here.var, here.logs, here.redis, here.mail):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise Refusal(f"cannot use {folder}: it must be a folder that this user may read, write and pass.")


def _refuse_full_disk(here: Places) -> None:
    room = os.statvfs(here.var)
    free = room.f_bavail * room.f_frsize // 2**20
    needed = _ROOM_LATER if _has_cluster(here) else _ROOM_FIRST
    if free < needed:
        raise Refusal(f"the disk that holds {here.var} is full: {free} MB are free, {needed} MB are needed.")


def _set_long_logs_aside(here: Places) -> None:
    for log in here.logs.glob("*.log"):
        if log.stat().st_size > _LONG_LOG:
            log.rename(log.with_suffix(".log.1"))


def _has_cluster(here: Places) -> bool:
    return (here.postgres / "PG_VERSION").exists()


def _listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """The socket that all web servers share; it outlives each of them, so that a restart refuses nobody."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise Refusal(f"port {port} cannot be used ({_short(error)}); choose another: make run PORT=8001") from error
    listener.listen(512)
    return listener


def _short(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "another program uses it"
    return getattr(error, "strerror", None) or str(error)


def _start(supervisor: Supervisor, port: int, listener: socket.socket) -> None:
    here = supervisor.places
    made = keys.ensure(here.keys, first_start=not _has_cluster(here))
    _start_engines(supervisor)
    environment = _environment(here, port, _start_catcher(supervisor))
    try:
        _prepare(here, environment)
    except Refusal:
        _take_back(made)
        raise
    for index in range(number("WEB_PROCESSES", 1, least=1)):
        supervisor.add(services.web(index + 1, here, listener=listener.fileno(), environment=environment))
    supervisor.add(services.worker(here, environment))
    supervisor.add(services.beat(here, environment))
    _await_ready(supervisor, port)
    people = [(login, demo.PASSWORD, what) for login, what in demo.PEOPLE.items()]
    banner(environment["PUBLIC_URL"], people if flag("LIAISON_DEMO", default=False) else [])


def _take_back(made: list[Path]) -> None:
    """New keys do not stay beside a database of elsewhere, which may hold what other keys wrote; our own is new too."""
    if text("DATABASE_URL", ""):
        for key in made:
            key.unlink()


def _start_engines(supervisor: Supervisor) -> None:
    here = supervisor.places
    engines.prepare_sockets(here)
    if not text("REDIS_URL", ""):
        redis = engines.Redis(here)
        redis.end_orphans()
        child = supervisor.add(redis.program, redis)
        engines.await_answer(redis, child.process, step)
        step("Redis is running.")
    if not text("DATABASE_URL", ""):
        _start_postgres(supervisor, engines.open_postgres(here))


def _start_postgres(supervisor: Supervisor, postgres: engines.Postgres) -> None:
    if not _has_cluster(supervisor.places):
        step("Making the PostgreSQL cluster (once) …")
    postgres.end_orphans()
    postgres.initialise()
    child = supervisor.add(postgres.program, postgres)
    engines.await_answer(postgres, child.process, step)
    postgres.create_database()
    step("PostgreSQL is running.")


def _start_catcher(supervisor: Supervisor) -> str:
    """The address of the mail server: the given one, or a local catcher's."""
    if given := text("EMAIL_URL", ""):
        return given
    here, listener = supervisor.places, _listen_for_mail()
    certificate = here.keys / "mail.pem"
    make_certificate(certificate)
    supervisor.add(services.catcher(here, listener=os.dup(listener.fileno()), certificate=certificate))
    return f"smtp+starttls://127.0.0.1:{listener.getsockname()[1]}?ca={certificate}"


def _listen_for_mail() -> socket.socket:
    try:
        return _listen(_MAIL_PORT)
    except Refusal:
        return _listen(0)


def _environment(here: Places, port: int, email_url: str) -> dict[str, str]:
    """What every program of Liaison is told."""
    return {
        "PUBLIC_URL": f"http://localhost:{port}",
        **os.environ,
        "LIAISON_VAR": str(here.var),
        "EMAIL_URL": email_url,
        "PYTHONUNBUFFERED": "1",
    }


def _prepare(here: Places, environment: Mapping[str, str]) -> None:
    """Migrations, care protocols, the demo centre: what `liaison prepare` says goes to the console."""
    command = [sys.executable, "-m", "coordination.project.cli", "prepare"]
    with (here.logs / "prepare.log").open("w") as log:
        child = subprocess.Popen(
            command, env={**environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            for line in child.stdout or ():
                step(line.rstrip())
        finally:
            if child.poll() is None and sys.exc_info()[0]:
                child.terminate()
            child.wait()
    if child.returncode:
        raise Refusal(_last_line(here.logs / "prepare.log"))


def _last_line(log: Path) -> str:
    lines = processes.tail(log).strip().splitlines()
    return f"{lines[-1].removeprefix('CommandError: ')} (see {log})" if lines else f"the preparation failed (see {log})"


def _await_ready(supervisor: Supervisor, port: int) -> None:
    """Wait until `/healthz` says that every part works; refuse to go on when it never does."""
    began, told = time.monotonic(), 0
    while (missing := _health(port)) is not None:
        supervisor.tend()
        waited = time.monotonic() - began
        if waited > _READY_PATIENCE:
            raise Refusal(f"not ready after {waited:.0f} s: {missing} (logs are in {supervisor.places.logs}).")
        if waited > _TELL_EVERY * (told + 1):
            told += 1
            step(f"Waiting for {missing} …")
        time.sleep(_ASK_EVERY)


def _health(port: int) -> str | None:
    """What is missing, in words; None when everything works."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        return _down(error.read()) or f"the web server ({error.code})"
    except (OSError, http.client.HTTPException):
        return "the web server"
    return None


def _down(answer: bytes) -> str:
    """The parts that an answer of `/healthz` calls down; nothing when it is not one."""
    try:
        parts = json.loads(answer)
    except ValueError:
        return ""
    return ", ".join(name for name, state in parts.items() if state == "down" and name != "status")


def _how(status: int | None) -> str:
    if status is not None and status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"status {status}"
