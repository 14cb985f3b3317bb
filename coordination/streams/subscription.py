"""The process's only Redis subscription; it comes back by itself and says so."""

import asyncio
import logging
from collections.abc import Callable, Iterable

import redis.asyncio
from django.conf import settings
from redis import RedisError
from redis.backoff import NoBackoff

from coordination.streams import doorbell
from coordination.streams.events import Published, unpack

AGAIN_SECONDS = 0.25
SILENCE_SECONDS = 5.0

log = logging.getLogger(__name__)


class Subscription:
    """Hands on what other processes ring; `on_ready` is called whenever it (re)connects, for what was missed."""

    def __init__(self, receive: Callable[[Iterable[Published]], None], *, on_ready: Callable[[], None]) -> None:
        self._receive = receive
        self._on_ready = on_ready
        self.connected = False

    async def run(self) -> None:
        """Listen for ever."""
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                if self.connected:
                    log.warning("Redis does not answer; PostgreSQL is asked instead: %s", error)
            finally:
                self.connected = False
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self) -> None:
        client = redis.asyncio.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=1,
            retry=redis.asyncio.retry.Retry(NoBackoff(), 0),
        )
        async with client, client.pubsub() as subscribed:
            await subscribed.subscribe(doorbell.CHANNEL)
            while True:
                message = await subscribed.get_message(timeout=SILENCE_SECONDS)
                if message is None:
                    await subscribed.ping()
                elif message["type"] == "subscribe":
                    self.connected = True
                    self._on_ready()
                elif message["type"] == "message":
                    self._take(message["data"])

    def _take(self, data: bytes) -> None:
        mark, events = data[:8], data[8:]
        if mark != doorbell.origin():
            self._receive(unpack(events))
