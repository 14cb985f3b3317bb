"""One socket as the hub sees it: who sits there, what they follow and until when, and what waits to be sent."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from functools import cache
from inspect import getattr_static
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.db import DatabaseError, InterfaceError
from django.utils.functional import cached_property

from coordination.base import clock
from coordination.streams import reading
from coordination.streams.channel import Channel
from coordination.streams.commands import Follower
from coordination.streams.events import frames
from coordination.streams.gate import Headers, Identity
from coordination.streams.outgoing import Now, Outgoing, Send

if TYPE_CHECKING:
    from coordination.streams.hub import Hub

ENDED = 4401
TOO_SLOW = 4408
FRESH_SECONDS = 2.0
"""What a row has cached about its rights is forgotten after this."""


class Member:
    """A socket that is signed in, in its hub."""

    __slots__ = (
        "__weakref__", "_closing", "_fresh_until", "_person", "_send", "address", "expires", "headers", "hub",
        "identity", "joining", "outgoing", "streams", "writer",
    )  # fmt: skip

    def __init__(self, hub: "Hub", headers: Headers, identity: Identity, send: Send, now: Now | None) -> None:
        self.hub = hub
        self.headers = headers
        self.address: str | None = None
        self.identity = identity
        self.streams: dict[UUID, datetime | None] = {}
        self.joining = 0
        self.expires = identity.until
        self.outgoing = Outgoing(send, now, on_full=self._too_slow)
        self.writer: asyncio.Task[None] | None = None
        self._send = send
        self._closing = False
        self._person, self._fresh_until = identity.person, 0.0

    @property
    def person(self) -> Follower:
        """Whoever sits there, as a row that has cached nothing older than 2 s."""
        if time.monotonic() > self._fresh_until:
            self._person = _without_caches(self.identity.person)
            self._person.address = self.address
            self._fresh_until = time.monotonic() + FRESH_SECONDS
        return self._person

    def put(self, text: str) -> None:
        """Queue a frame."""
        self.outgoing.put(text)

    def say(self, type_: str, **fields: object) -> None:
        """Queue a frame of this type."""
        self.outgoing.put(orjson.dumps({"type": type_, **fields}, option=orjson.OPT_UTC_Z).decode())

    async def join(self, wanted: Mapping[UUID, int]) -> None:
        """Follow streams: first what the log holds after the number given, then what happens.

        Once all that is followed has been read, it is said to be complete up to the moment before the reading.
        """
        asked_at = clock.now()
        self.joining += 1
        try:
            await self._join(wanted)
        finally:
            self.joining -= 1
        if self.streams and self.streams.keys() <= wanted.keys():
            self.say("current", at=asked_at)

    async def _join(self, wanted: Mapping[UUID, int]) -> None:
        channels = {stream: self.hub.enter(stream, self) for stream in wanted}
        # held from here on, so that closing and a failure let go of the channels too
        self.streams.update(dict.fromkeys(wanted))
        found = await self._ask(wanted)
        refused = [stream for stream in wanted if stream not in found.pages]
        self.leave(refused)
        self.streams.update({stream: found.until[stream] for stream in found.pages})
        self._reckon()
        heads = {str(stream): page.head for stream, page in found.pages.items()}
        self.say("joined", streams=heads, refused=refused)
        for stream, page in found.pages.items():
            await self._catch_up(channels[stream], page)

    async def _ask(self, wanted: Mapping[UUID, int]) -> reading.Joining:
        try:
            return await self.hub.readers.run(reading.join, self.identity.person.id, wanted)
        except (DatabaseError, InterfaceError):
            self.leave(wanted)
            raise

    async def _catch_up(self, channel: Channel, page: reading.Page) -> None:
        """Send page after page until the channel can take over; the channel remembers its last events for that."""
        stream = channel.stream
        while self in channel.joining:
            channel.begin(page.head)
            if page.reset:
                self.say("reset", stream=stream, head=page.head)
            else:
                for frame in frames([event.text for event in page.events]):
                    self.put(frame)
            if page.reached >= page.head and channel.follow(self, page.reached):
                if channel.last < page.reached:
                    self.hub.fill([channel])
                return
            await self.outgoing.room()
            since = page.reached
            page = (await self.hub.readers.run(reading.after, {stream: since})).get(stream, reading.Page(since, since))

    def leave(self, streams: Iterable[UUID]) -> None:
        """Stop following."""
        streams = list(streams)
        for stream in streams:
            self.streams.pop(stream, None)
        self.hub.leave(streams, self)
        self._reckon()

    def drop(self, streams: Iterable[UUID]) -> None:
        """Stop following because the right ended, and say so."""
        if streams := list(streams):
            self.leave(streams)
            self.say("dropped", streams=streams)

    def renew(self, identity: Identity, until: Mapping[UUID, datetime | None]) -> None:
        """Take new answers about who this is and what they may follow."""
        self.identity, self._fresh_until = identity, 0.0
        self.drop([stream for stream in self.streams if stream not in until])
        self.streams.update({stream: end for stream, end in until.items() if stream in self.streams})
        self._reckon()

    def end_what_has_expired(self, now: datetime) -> None:
        """When nobody can be asked, a right that may have ended has ended."""
        if self.identity.until <= now:
            self.close(ENDED)
        elif self.expires <= now:
            self.drop([stream for stream, until in self.streams.items() if until is not None and until <= now])

    def _reckon(self) -> None:
        self.expires = min([self.identity.until, *filter(None, self.streams.values())])

    def _too_slow(self) -> None:
        self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """Close the socket; what is queued is not sent any more."""
        if self._closing:
            return
        self.forget()
        self.hub.spawn(self._say_closed(code))

    async def _say_closed(self, code: int) -> None:
        await self._send({"type": "websocket.close", "code": code})

    @property
    def closing(self) -> bool:
        """Whether nothing that comes in counts any more."""
        return self._closing

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Be in the hub, and have what is queued sent, as long as the socket is there."""
        task = asyncio.current_task()
        self.writer = asyncio.create_task(self.outgoing.write())
        self.hub.members.add(self)
        self.hub.serving.add(task)
        try:
            yield
        finally:
            self.forget()
            self.hub.serving.discard(task)

    def forget(self) -> None:
        """Leave the hub; the socket is gone or is being closed."""
        self._closing = True
        self.outgoing.close()
        if self.writer is not None:
            self.writer.cancel()
        self.hub.members.discard(self)
        self.hub.leave(list(self.streams), self)
        self.streams.clear()


def _without_caches(row: Follower) -> Follower:
    """The same row, without what properties have kept on it."""
    fresh = copy(row)
    for name in _caches(type(row)) & vars(fresh).keys():
        delattr(fresh, name)
    return fresh


@cache
def _caches(kind: type[Follower]) -> frozenset[str]:
    """The properties of a model that keep their value."""
    return frozenset(name for name in dir(kind) if isinstance(getattr_static(kind, name), cached_property))
