"""Telling every process that events have committed; what is lost here is found by their sweep."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from coordination.streams.events import Published, pack

CHANNEL = "liaison:events"
PATIENCE_SECONDS = 0.25
SILENCE_SECONDS = 1.0

log = logging.getLogger(__name__)

Listener = Callable[[Sequence[Published]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Hand what this process commits straight to a hub of this process; called in the writer's thread."""
    _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """Stop."""
    if listener in _listeners:
        _listeners.remove(listener)


def ring(events: Sequence[Published]) -> None:
    """Hand committed events to every hub; never fails the writer, and never holds it up for long."""
    for listener in tuple(_listeners):
        listener(events)
    _bell(os.getpid()).publish(events)


def tell_others(events: Sequence[Published]) -> None:
    """Hand events to the hubs of the other processes only."""
    _bell(os.getpid()).publish(events)


def origin() -> bytes:
    """What marks this process's own messages, 8 bytes."""
    return _bell(os.getpid()).origin


@cache
def _bell(pid: int) -> "_Bell":
    """One bell per process: a connection must not outlive a fork."""
    return _Bell()


class _Bell:
    """The publishing side of Redis; after a failure it keeps silent for a second instead of making each writer wait.

    A writer does not wait for Redis's answer: the next one reads it. A broken connection shows before the next message
    is sent, and that one is sent over a new connection.
    """

    def __init__(self) -> None:
        self.origin = os.urandom(8)
        self._turn = threading.Lock()
        self._silent_until = 0.0
        self._owed = False
        pool = redis.ConnectionPool.from_url(
            settings.REDIS_URL,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._connection: Any = pool.make_connection()  # untyped in part
        self._retry = Retry(NoBackoff(), 1)

    def publish(self, events: Sequence[Published]) -> None:
        """One message for all events of a commit."""
        message = self.origin + pack(events)
        with self._turn:
            if time.monotonic() < self._silent_until:
                return
            try:
                self._retry.call_with_retry(lambda: self._send(message), self._hang_up)
            except (redis.RedisError, OSError) as error:
                self._silent_until = time.monotonic() + SILENCE_SECONDS
                log.warning("the doorbell is silent for a moment: %s", error)

    def _send(self, message: bytes) -> None:
        while self._owed or self._connection.can_read(timeout=0):
            self._owed = False
            self._connection.read_response()
        self._connection.send_command("PUBLISH", CHANNEL, message)
        self._owed = True

    def _hang_up(self, _: Exception) -> None:
        self._connection.disconnect()
        self._owed = False
