"""A Redis that takes connections and never answers: who asks it something gives up in time."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from kombu.exceptions import OperationalError
from redis.exceptions import TimeoutError as RedisHangs

from coordination.project import environment as env


@pytest.fixture(params=["unix", "tcp"])
def hung(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Its address."""
    is_unix = request.param == "unix"
    with socket.socket(socket.AF_UNIX if is_unix else socket.AF_INET) as server:
        server.bind(str(tmp_path / "r.sock") if is_unix else ("127.0.0.1", 0))
        server.listen(50)
        yield f"unix://{tmp_path}/r.sock?db=0" if is_unix else f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def sooner(options: dict[str, float]) -> dict[str, float]:
    """The time limits that are set, each cut short for the test."""
    assert set(options) == {"socket_timeout", "socket_connect_timeout"}
    assert all(0 < seconds <= 5 for seconds in options.values())
    return dict.fromkeys(options, 0.2)


def test_the_cache_gives_up(hung: str):
    options = sooner(settings.CACHES["redis"]["OPTIONS"])
    began = time.monotonic()
    with pytest.raises(RedisHangs):
        RedisCache(hung, {"OPTIONS": options}).get("a-key")
    assert time.monotonic() - began < 5


def test_the_doorbell_gives_up(hung: str):
    app = Celery(broker=env.celery_broker(hung), set_as_current=False)
    app.conf.broker_transport_options = sooner(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    began = time.monotonic()
    with pytest.raises(OperationalError):
        app.send_task("a.job", retry=False)
    assert time.monotonic() - began < 10


def test_a_redis_that_answers_is_used():
    cache.set("a-key", "kept", 5)
    assert cache.get("a-key") == "kept"
