"""Who is connected: a key in Redis for each person, written again while a socket of theirs is open, gone soon after."""

import logging
import os
from collections.abc import Collection, Iterable
from functools import cache
from uuid import UUID

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

LASTS_SECONDS = 75
AGAIN_SECONDS = 30.0
"""How often a server writes the keys of those who are connected to it; a newcomer's at once."""
_PREFIX = "liaison:here:"

log = logging.getLogger(__name__)


def note(people: Iterable[UUID]) -> None:
    """These people are connected now; a Redis that does not answer makes them look away, and nothing else."""
    try:
        with _client(os.getpid()).pipeline(transaction=False) as pipeline:
            for person in people:
                pipeline.set(f"{_PREFIX}{person}", 1, ex=LASTS_SECONDS)
            pipeline.execute()
    except (redis.RedisError, OSError) as error:
        log.warning("nobody's presence could be noted: %s", error)


def here(people: Collection[UUID]) -> set[UUID]:
    """Those of these people who have a socket open, or had one a minute ago; nobody when Redis does not answer."""
    if not people:
        return set()
    asked = list(people)
    try:
        found = _client(os.getpid()).mget([f"{_PREFIX}{person}" for person in asked])
    except (redis.RedisError, OSError) as error:
        log.warning("nobody's presence is known: %s", error)
        return set()
    return {person for person, key in zip(asked, found, strict=True) if key}


@cache
def _client(pid: int) -> redis.Redis:
    """One connection pool per process: a connection must not outlive a fork."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
