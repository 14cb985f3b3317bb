"""One stream inside one process: events come in any order, perhaps twice, and leave once each, in order."""

from collections import deque
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from coordination.streams.events import Published, frames

RECENT = 128
UNKNOWN = -1
MOST_HELD = 1000


class Follower(Protocol):
    """Where events go: a socket."""

    def put(self, text: str) -> None: ...


class Channel:
    """The followers of one stream and the number up to which they all have been told.

    `last` is unknown until the first follower has read the log; until then events are held. A follower is *joining*
    while it reads the log, *late* when it has read further than this process has heard, else *live*.
    """

    __slots__ = ("_held", "_recent", "joining", "last", "late", "live", "stream")

    def __init__(self, stream: UUID) -> None:
        self.stream = stream
        self.last = UNKNOWN
        self.joining: set[Follower] = set()
        self.late: dict[Follower, int] = {}
        self.live: set[Follower] = set()
        self._held: dict[int, bytes] = {}
        self._recent: deque[bytes] = deque(maxlen=RECENT)

    @property
    def followed(self) -> bool:
        """Whether anyone is left."""
        return bool(self.live or self.late or self.joining)

    @property
    def has_hole(self) -> bool:
        """Whether later events are waiting for an earlier one."""
        return bool(self._held) and self.last != UNKNOWN

    def begin(self, head: int) -> None:
        """Say where the log stood when the first follower read it."""
        if self.last == UNKNOWN:
            self.last = head
            self.offer(())

    def skip_to(self, head: int) -> None:
        """Go on from `head`: what lies before it is gone from the log."""
        self.last = head
        self._recent.clear()
        self.offer(())

    def offer(self, events: Iterable[Published]) -> None:
        """Take events; forward those that continue the numbers, hold those that come too early, ignore repeats."""
        for event in events:
            self._held[event.seq] = event.text
        if self.last == UNKNOWN:
            self._forget_the_oldest_held()
            return
        ready: list[bytes] = []
        while (text := self._held.pop(self.last + len(ready) + 1, None)) is not None:
            ready.append(text)
        if self._held:
            reached = self.last + len(ready)
            self._held = {seq: text for seq, text in self._held.items() if seq > reached}
            self._forget_the_oldest_held()
        if ready:
            self._forward(ready)

    def follow(self, follower: Follower, cursor: int) -> bool:
        """Let a joining follower that holds all up to `cursor` go on from there; False: it must read on first."""
        missing = self.last - cursor
        if missing > len(self._recent):
            return False
        self.joining.discard(follower)
        if missing < 0:
            self.late[follower] = cursor
            return True
        self.live.add(follower)
        if missing:
            for frame in frames(list(self._recent)[-missing:]):
                follower.put(frame)
        return True

    def leave(self, follower: Follower) -> None:
        """Stop telling a follower."""
        self.live.discard(follower)
        self.joining.discard(follower)
        self.late.pop(follower, None)

    def tell(self, text: str, *, but: Follower | None = None) -> None:
        """Pass on something that has no number."""
        for follower in [*self.live, *self.late]:
            if follower is not but:
                follower.put(text)

    def _forward(self, texts: list[bytes]) -> None:
        before, self.last = self.last, self.last + len(texts)
        self._recent.extend(texts)
        ready = frames(texts)
        for follower in tuple(self.live):
            for frame in ready:
                follower.put(frame)
        if self.late:
            self._tell_the_late(before, texts)

    def _tell_the_late(self, before: int, texts: list[bytes]) -> None:
        for follower, cursor in tuple(self.late.items()):
            if before + len(texts) < cursor:
                continue
            del self.late[follower]
            self.live.add(follower)
            for frame in frames(texts[max(0, cursor - before) :]):
                follower.put(frame)

    def _forget_the_oldest_held(self) -> None:
        """The log has them all; holding is only the short way."""
        while len(self._held) > MOST_HELD:
            del self._held[min(self._held)]
