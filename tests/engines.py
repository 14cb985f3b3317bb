"""The engines of a test run: one PostgreSQL for all workers, one Redis for each, in a temporary folder.

A pytest plugin, named in `addopts` so that it is there before the settings are read. `DATABASE_URL` and `REDIS_URL`
that are given are used as they are.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coordination.project.embedded import Places
from coordination.project.up import engines, processes

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
OWN_POSTGRES = "DATABASE_URL" not in os.environ
OWN_REDIS = "REDIS_URL" not in os.environ or "LIAISON_TEST_REDIS" in os.environ


def _make_places() -> Places:
    places = Places(Path(tempfile.mkdtemp(prefix="liaison-test-")))
    for folder in (places.keys, places.logs, places.redis):
        folder.mkdir()
    return places


PLACES = _make_places()
_undo: list[Callable[[], object]] = [
    lambda: shutil.rmtree(PLACES.var, ignore_errors=True),
    lambda: shutil.rmtree(PLACES.sockets, ignore_errors=True),
]

# Settings read the environment once: the addresses are known before the engines answer.
os.environ["LIAISON_VAR"] = str(PLACES.var)
os.environ.setdefault("SECRET_KEY", "a key for tests, as long as a real one would be: 0123456789abcdef")
os.environ.setdefault("FIELD_KEY", "another key for tests, as long as a real one: fedcba9876543210")
if OWN_POSTGRES:
    os.environ["DATABASE_URL"] = PLACES.database_url
if OWN_REDIS:
    os.environ["REDIS_URL"] = PLACES.redis_url
    os.environ["LIAISON_TEST_REDIS"] = "1"


def _run(engine: engines.Postgres | engines.Redis) -> None:
    program = engine.program
    child: subprocess.Popen[bytes] = processes.start(program)
    _undo.append(lambda: processes.stop(child, program))
    engines.await_answer(engine, child)


def start_postgres() -> None:
    """Start the shared cluster, without the waits that keep data safe from a power cut."""
    postgres = engines.open_postgres(PLACES, durable=False)
    _undo.append(lambda: os.close(postgres.data))
    postgres.initialise()
    _run(postgres)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    engines.prepare_sockets(PLACES)
    if OWN_POSTGRES and not IS_WORKER:
        start_postgres()
    runs_tests = IS_WORKER or not getattr(session.config.option, "numprocesses", None)
    if OWN_REDIS and runs_tests:
        _run(engines.Redis(PLACES))


def pytest_unconfigure() -> None:
    while _undo:
        _undo.pop()()
