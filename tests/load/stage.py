"""What the bench runs on: durable engines of its own, a server, and rooms full of people."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from coordination.project.embedded import Places
from coordination.project.up import engines, processes

ROOT = Path(__file__).resolve().parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Stage:
    """The running server and its engines."""

    port: int
    server: int
    postgres: int
    redis: int

    def cpu(self) -> dict[str, float]:
        """Seconds of processor that each has used so far, its children included."""
        return {name: _cpu(pid) for name, pid in self._processes().items()}

    def _processes(self) -> dict[str, int]:
        return {"server": self.server, "postgres": self.postgres, "redis": self.redis}

    def server_mib(self) -> float:
        """Memory of the server that is resident."""
        return int(Path(f"/proc/{self.server}/statm").read_text().split()[1]) * _PAGE / 2**20


def _cpu(leader: int) -> float:
    """Of a process and its living children, and of those children that it has outlived."""
    total = 0.0
    for pid in processes.all_pids():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if leader in (pid, int(fields[1])):
            own, ended = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
            total += (own + (ended if pid == leader else 0)) / _TICK
    return total


@contextmanager
def engines_of_its_own() -> Iterator[tuple[Places, int, int]]:
    """A durable PostgreSQL (every commit reaches the disk) and a Redis; the settings' environment points at them."""
    with ExitStack() as undo:
        places = Places(Path(tempfile.mkdtemp(prefix="liaison-bench-")))
        undo.callback(shutil.rmtree, places.sockets, ignore_errors=True)
        undo.callback(shutil.rmtree, places.var, ignore_errors=True)
        for folder in (places.keys, places.logs, places.redis):
            folder.mkdir()
        engines.prepare_sockets(places)
        postgres = engines.open_postgres(places, durable=True)
        undo.callback(os.close, postgres.data)
        postgres.initialise()
        groups = [_start(engine, undo) for engine in (postgres, engines.Redis(places))]
        postgres.create_database()
        os.environ["LIAISON_VAR"] = str(places.var)
        yield places, groups[0], groups[1]


def _start(engine: engines.Postgres | engines.Redis, undo: ExitStack) -> int:
    program = engine.program
    child = processes.start(program)
    undo.callback(processes.stop, child, program)
    engines.await_answer(engine, child)
    return child.pid


@contextmanager
def server(command: list[str], port: int, log: Path) -> Iterator[int]:
    """The web server as a process; its pid."""
    with log.open("ab") as output:
        child = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
    try:
        _await_port(port, child, log)
        yield child.pid
    finally:
        child.terminate()
        child.wait(20)


def _await_port(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if child.poll() is not None:
            sys.exit(f"the server ended while starting:\n{processes.tail(log)}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("the server did not start")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
