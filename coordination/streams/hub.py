"""One hub per server process: what its sockets follow, told once per process and handed on without a query."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from coordination.streams import doorbell, reading
from coordination.streams.admission import Admission
from coordination.streams.channel import UNKNOWN, Channel
from coordination.streams.commands import Batch
from coordination.streams.events import EPHEMERAL, Published
from coordination.streams.gate import Gate
from coordination.streams.member import Member
from coordination.streams.sharing import Shared
from coordination.streams.subscription import Subscription
from coordination.streams.sweep import Sweep
from coordination.streams.threads import Threads

REORDER_SECONDS = 0.02
"""Two commits may ring in the wrong order; a hole that lasts longer is read from the log."""
TYPING_SECONDS = 2.0
AGAIN_SECONDS = 0.5
"""How long a part of the hub that failed rests before it begins again."""
CLOSING_SECONDS = 2.0
"""How long clients may take to answer that their socket is being closed."""
ALL = 2**40

log = logging.getLogger(__name__)


class Hub:
    """Everything that the sockets of one event loop share. Its methods run on that loop.

    Three thread pools, so that none waits for another: `commands` write, `readers` admit sockets and let them catch up,
    `keepers` compare with PostgreSQL.
    """

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.channels: dict[UUID, Channel] = {}
        self.members: set[Member] = set()
        self.commands = Threads(settings.STREAM_THREADS)
        self.readers = Threads(2)
        self.keepers = Threads(2)
        self.admission = Admission(gate, self.readers)
        self._loop = asyncio.get_running_loop()
        self._shared: dict[str, Shared] = {}
        self._typed: dict[tuple[UUID, UUID], float] = {}
        self._behind: set[Channel] = set()
        self._filling: asyncio.Task[None] | None = None
        self._sweep = Sweep(self)
        self._subscription = Subscription(self.receive, on_ready=self._sweep.soon)
        self._tasks: set[asyncio.Task[None]] = set()
        self.serving: set[asyncio.Task[Any] | None] = set()
        self._stopped = False

    def start(self) -> None:
        """Begin to listen and to sweep."""
        doorbell.listen(self._hear)
        self._keep(self._subscription.run)
        self._keep(self._sweep.run)

    async def stop(self, code: int) -> None:
        """Finish what is under way, close every socket with this code, and let go of everything."""
        doorbell.unlisten(self._hear)
        for shared in self._shared.values():
            await shared.idle()
        for member in tuple(self.members):
            member.close(code)
        if self.serving:
            await asyncio.wait([task for task in self.serving if task], timeout=CLOSING_SECONDS)
        self._stopped = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for threads in (self.commands, self.readers, self.keepers):
            await asyncio.to_thread(threads.end)

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something beside the rest; the hub holds it."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _keep(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run something for as long as the hub lives: an error nobody foresaw ends it only for a moment."""
        if not self._stopped:
            task = self.spawn(work())
            task.add_done_callback(lambda _: self._loop.call_later(AGAIN_SECONDS, self._keep, work))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("something of the hub failed", exc_info=error)

    # events

    def _hear(self, events: Sequence[Published]) -> None:
        """Called in a writer's thread of this process."""
        with suppress(RuntimeError):  # the loop has ended; another process's sweep tells its followers
            self._loop.call_soon_threadsafe(self.receive, events)

    def receive(self, events: Iterable[Published]) -> None:
        """Take what committed, from any process, in any order, perhaps not for the first time."""
        by_stream: dict[UUID, list[Published]] = {}
        for event in events:
            if event.stream in self.channels:
                by_stream.setdefault(event.stream, []).append(event)
        for stream, told in by_stream.items():
            channel = self.channels[stream]
            if told[0].seq == EPHEMERAL:
                channel.tell(told[0].text.decode())
                continue
            channel.offer(told)
            if channel.has_hole and channel not in self._behind:
                self._loop.call_later(REORDER_SECONDS, self.fill_if_hole, channel)

    def fill_if_hole(self, channel: Channel) -> None:
        """The missing event did not come by itself."""
        if channel.has_hole:
            self.fill([channel])

    def fill(self, channels: Collection[Channel]) -> None:
        """Read from the log what these channels have not been told; those that wait meanwhile share the next query."""
        self._behind.update(channel for channel in channels if channel.last != UNKNOWN)
        if self._behind and self._filling is None:
            self._filling = self.spawn(self._fill())

    def is_behind(self, stream: UUID, head: int) -> bool:
        """Whether followers of a stream have not been told all up to this head."""
        channel = self.channels.get(stream)
        return channel is not None and channel.last < head

    async def filled(self) -> bool:
        """Wait until what is behind has been read; False when it could not be."""
        while self._filling is not None:
            await asyncio.wait([self._filling])
        return not self._behind

    async def _fill(self) -> None:
        try:
            while self._behind:
                channels = {channel.stream: channel for channel in self._behind}
                since = {stream: channel.last for stream, channel in channels.items()}
                pages = await self.keepers.run(reading.after, since, most_behind=ALL)
                self._behind.difference_update(channels.values())
                unfinished = [stream for stream, page in pages.items() if self._advance(channels[stream], page)]
                self._behind.update(channels[stream] for stream in unfinished)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the log cannot be read; the next sweep tries again: %s", error)
        finally:
            self._filling = None

    def _advance(self, channel: Channel, page: reading.Page) -> bool:
        """Pass on what was read; whether there is more."""
        if page.reset and channel.last < page.head:
            channel.tell(reset_frame(channel.stream, page.head))
            channel.skip_to(page.head)
            return False
        channel.offer(page.events)
        return page.reached < page.head

    # followers

    def enter(self, stream: UUID, member: Member) -> Channel:
        """Keep a stream's events for a member that is about to read its log."""
        channel = self.channels.get(stream)
        if channel is None:
            channel = self.channels[stream] = Channel(stream)
        channel.leave(member)
        channel.joining.add(member)
        return channel

    def leave(self, streams: Iterable[UUID], member: Member) -> None:
        """Stop telling a member about these."""
        for stream in streams:
            if channel := self.channels.get(stream):
                channel.leave(member)
                if not channel.followed:
                    del self.channels[stream]

    # what members do

    def shared(self, name: str, handler: Batch) -> Shared:
        """The batches of a command; one at a time in this process."""
        if name not in self._shared:
            self._shared[name] = Shared(handler, self.commands)
        return self._shared[name]

    def typing(self, stream: UUID, member: Member) -> None:
        """Tell the other followers of a stream, here and in the other processes, at most every 2 s."""
        channel, now, person = self.channels.get(stream), time.monotonic(), member.person.id
        if channel is None or member not in channel.live:
            return
        if now - self._typed.get((person, stream), 0.0) < TYPING_SECONDS:
            return
        if len(self._typed) > 10_000:
            self._typed = {key: at for key, at in self._typed.items() if now - at < TYPING_SECONDS}
        self._typed[person, stream] = now
        text = orjson.dumps({"type": "typing", "stream": stream, "person": person})
        channel.tell(text.decode(), but=member)
        self.spawn(self.readers.run(doorbell.tell_others, [Published(stream, EPHEMERAL, text)]))


def reset_frame(stream: UUID, head: int) -> str:
    """Tells a follower to fetch the snapshot anew."""
    return orjson.dumps({"type": "reset", "stream": stream, "head": head}).decode()


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub_of_this_process(gate: Gate) -> Hub:
    """The hub of the running event loop, started by the first who asks."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(gate)
        _hubs[loop].start()
    return _hubs[loop]


async def stop_hub(code: int = 1012) -> None:
    """End the running event loop's hub, if it has one."""
    if hub := _hubs.pop(asyncio.get_running_loop(), None):
        await hub.stop(code)
