"""The programs of Liaison itself, as `liaison up` runs them."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from coordination.project.embedded import Places
from coordination.project.up.processes import Program


def web(number: int, places: Places, *, listener: int, environment: Mapping[str, str]) -> Program:
    """One web server; all of them share the listening socket, so that one's death loses no request to the others."""
    return Program(
        f"web-{number}",
        [sys.executable, "-m", "coordination.project.server", "--fd", str(listener)],
        places.logs / f"web-{number}.log",
        environment=environment,
        descriptors=(listener,),
        patience=10.0,
    )


def worker(places: Places, environment: Mapping[str, str]) -> Program:
    """The jobs, in threads: they wait for databases and mail servers, and a killed worker leaves no process behind."""
    return _celery(
        "worker", ["--pool=threads", "--concurrency=4", "--without-gossip", "--without-mingle"], places, environment
    )


def beat(places: Places, environment: Mapping[str, str]) -> Program:
    """The clock that rings for the periodic sweeps."""
    return _celery("beat", ["--pidfile="], places, environment)


def _celery(name: str, options: list[str], places: Places, environment: Mapping[str, str]) -> Program:
    command = [sys.executable, "-m", "celery", "-A", "coordination.project", name, "--loglevel=INFO", *options]
    return Program(
        name, command, places.logs / f"{name}.log", environment=environment, folder=places.var, patience=20.0
    )


def catcher(places: Places, *, listener: int, certificate: Path) -> Program:
    """The local mail server that delivers nothing."""
    words = [sys.executable, "-m", "coordination.project.up.catcher", str(listener), str(places.mail), str(certificate)]
    return Program(
        "mail", words, places.logs / "mail.log", descriptors=(listener,), stop_signal=signal.SIGTERM, patience=5.0
    )
