"""The cache that goes on without Redis: while that is away or hangs, a table of PostgreSQL takes its place."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

AWAY_SECONDS = 5.0
"""How long Redis is left alone after it gave no answer, so that not every request waits for it."""

log = logging.getLogger(__name__)


class EitherCache(BaseCache):
    """Asks the cache `redis`, or the cache `table` while Redis gives no answer.

    What counts attempts must keep counting: whoever makes Redis fail gains nothing, and nobody is refused for it.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._back_at = 0.0

    def _ask(self, question: Callable[[BaseCache], Any]) -> Any:
        if time.monotonic() >= self._back_at:
            try:
                return question(caches["redis"])
            except RedisError as error:
                log.warning("the cache is kept in the database for a while: %s", error)
                self._back_at = time.monotonic() + AWAY_SECONDS
        return question(caches["table"])

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.add(key, value, *args, **kwargs)))

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        return self._ask(lambda cache: cache.get(key, *args, **kwargs))

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda cache: cache.set(key, value, *args, **kwargs))

    def touch(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.touch(key, *args, **kwargs)))

    def delete(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.delete(key, *args, **kwargs)))

    def clear(self) -> None:
        self._ask(lambda cache: cache.clear())
