"""`/healthz` names each part."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from redis.exceptions import ConnectionError as RedisGone

from coordination.project import health

pytestmark = pytest.mark.django_db
GOOD = {"status": "ok", "database": "ok", "redis": "ok", "worker": "ok", "beat": "ok"}


@pytest.fixture(autouse=True)
def _heard():
    health._last.clear()
    for part in ("worker", "beat"):
        health.beat_heart(part)
    yield
    cache.clear()


def ask() -> tuple[int, dict[str, str]]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.json()


def test_all_is_well():
    assert ask() == (200, GOOD)


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_part_that_is_no_longer_heard_is_named(part: str):
    cache.delete(f"heartbeat:{part}")
    assert ask() == (503, GOOD | {"status": "down", part: "down"})


def test_a_database_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch):
    def gone():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", gone)
    assert ask() == (503, GOOD | {"status": "down", "database": "down"})


def test_without_redis_nothing_is_known_of_worker_and_beat(monkeypatch: pytest.MonkeyPatch):
    def gone(keys: list[str]):
        raise RedisGone

    monkeypatch.setattr(health.cache, "get_many", gone)
    assert ask() == (503, GOOD | {"status": "down", "redis": "down", "worker": "down", "beat": "down"})


def test_a_heart_beats_at_most_every_few_seconds(monkeypatch: pytest.MonkeyPatch):
    cache.delete("heartbeat:worker")
    health.beat_heart("worker")
    assert cache.get("heartbeat:worker") is None
