"""Starting `liaison up` in a folder of its own, and watching it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg

from coordination.project.embedded import Places
from coordination.project.up import processes

T = TypeVar("T")
_OURS = ("DATABASE_", "REDIS_", "EMAIL_", "SECRET_", "FIELD_", "VAPID_", "PORT", "PUBLIC_", "LIAISON_", "PYTEST_")


def eventually(ask: Callable[[], T], *, seconds: float = 30) -> T:
    """The first true answer; fails when none comes in time."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"still {answer!r} after {seconds} s"
        time.sleep(0.05)
    return answer


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def own_environment(var: Path, **more: str) -> dict[str, str]:
    """The machine's environment without what this test run set for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | {"LIAISON_VAR": str(var)} | more


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "coordination.project.cli", "up", "--port", str(port)]


def refusal(var: Path, *, port: int | None = None, before: list[str] | None = None, **environment: str) -> str:
    """What a start that must be refused says; it ends by itself, with a status that is not 0."""
    done = subprocess.run(
        [*(before or []), *command(port or free_port())],
        env=own_environment(var, **environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    sentences = [line for line in done.stderr.splitlines() if line]
    assert len(sentences) == 1, done.stderr
    return sentences[0]


@dataclass
class Running:
    """One `liaison up` and its children."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, var: Path, *, port: int | None = None, **environment: str) -> "Running":
        """Start it and wait for its banner."""
        port = port or free_port()
        var.parent.mkdir(parents=True, exist_ok=True)
        with (var.parent / "console").open("wb") as console:
            own = own_environment(var, LANG="xx_YY.UTF-8", LC_ALL="xx_YY.UTF-8", WEB_PROCESSES="2", **environment)
            process = subprocess.Popen(command(port), env=own, stdout=console, stderr=subprocess.STDOUT)
        running = cls(var, port, process)
        eventually(lambda: "Liaison is ready" in running.console or process.poll() is not None, seconds=90)
        assert process.poll() is None, running.console
        return running

    @property
    def console(self) -> str:
        return (self.var.parent / "console").read_text()

    def children(self) -> dict[str, int]:
        """The recorded children that live: name and pid."""
        recorded = json.loads((self.var / "children.json").read_text())
        return {name: pid for name, (pid, born) in recorded.items() if born and processes.born(pid) == born}

    def health(self) -> dict[str, Any]:
        """What `/healthz` says now; nothing when it cannot be asked."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=20) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as error:
            return dict(json.loads(error.read()))
        except OSError:
            return {}

    def is_healthy(self) -> bool:
        return self.health().get("status") == "ok"

    def query(self, sql: str, *values: object) -> list[Any]:
        with psycopg.connect(Places(self.var).database_url, autocommit=True) as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def mail_port(self) -> int:
        """Where its mail catcher listens."""
        environment = Path(f"/proc/{self.children()['worker']}/environ").read_text().split("\0")
        [url] = [line for line in environment if line.startswith("EMAIL_URL=")]
        return urlsplit(url.removeprefix("EMAIL_URL=")).port or 0

    def kill(self) -> dict[str, int]:
        """Kill everything at once, as a power cut would; the children that were killed."""
        children = self.children()
        for pid in [self.process.pid, *children.values()]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        return children

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(60)
