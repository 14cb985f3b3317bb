"""Whether every part works: asked by `/healthz`, by the supervisor and by a server's monitoring."""

import time
from typing import Any, Literal

from celery import signals
from django.core.cache import caches
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.connection import ConnectionProxy
from redis.exceptions import RedisError

State = Literal["ok", "down"]
cache = ConnectionProxy(caches, "redis")
ALIVE = 30
"""Seconds after which a worker or a beat that has not been heard counts as down."""
_EVERY = 5.0
_last: dict[str, float] = {}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with `{"status": "ok", part: "ok"}`; 503 naming what is down."""
    parts = states()
    healthy = all(state == "ok" for state in parts.values())
    answer = {"status": "ok" if healthy else "down", **parts}
    return JsonResponse(answer, status=200 if healthy else 503, headers={"Cache-Control": "no-store"})


def states() -> dict[str, State]:
    """Each part's state, asked now; without Redis nothing can be known of the worker and the beat."""
    return {"database": _database(), **_redis_worker_and_beat()}


def _database() -> State:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _redis_worker_and_beat() -> dict[str, State]:
    try:
        heard = cache.get_many([_key("worker"), _key("beat")])
    except RedisError:
        return {"redis": "down", "worker": "down", "beat": "down"}
    return {"redis": "ok", "worker": _heard("worker", heard), "beat": _heard("beat", heard)}


def _heard(part: str, heard: dict[str, object]) -> State:
    return "ok" if _key(part) in heard else "down"


def _key(part: str) -> str:
    return f"heartbeat:{part}"


def beat_heart(part: str) -> None:
    """Let `part` be heard, at most every few seconds; a lost beat is made up by the next."""
    if time.monotonic() - _last.get(part, -_EVERY) < _EVERY:
        return
    try:
        cache.set(_key(part), 1, ALIVE)
    except RedisError:
        return
    _last[part] = time.monotonic()


@signals.heartbeat_sent.connect
@signals.worker_ready.connect
def hear_worker(**_: Any) -> None:
    """The worker's own loop runs."""
    beat_heart("worker")


@signals.beat_init.connect
def hear_beat(**_: Any) -> None:
    """The beat starts; from now on, each ring of its clock is heard too."""
    beat_heart("beat")
    signals.before_task_publish.connect(_hear_ring, weak=False)


def _hear_ring(**_: Any) -> None:
    beat_heart("beat")
