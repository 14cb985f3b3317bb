"""What waits to be sent to one socket: bounded, sent by one writer, so that a slow reader holds up nobody."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

MOST_FRAMES = 1_000
MOST_CHARACTERS = 4 * 1024 * 1024
ROOMY_CHARACTERS = 512 * 1024
"""Catch-up waits until less than this is on its way."""

Send = Callable[[Mapping[str, Any]], Awaitable[None]]

Now = Callable[[str], bool]
"""A server may offer to send a text without waiting; False when it cannot. Spares a task switch per recipient."""


class Outgoing:
    """The queue of one socket. `on_full` is called when what waits is more than the bounds."""

    __slots__ = ("_characters", "_closed", "_frames", "_now", "_on_full", "_room", "_send", "_wake")

    def __init__(self, send: Send, now: Now | None, *, on_full: Callable[[], None]) -> None:
        self._send = send
        self._now = now
        self._on_full = on_full
        self._frames: deque[str] = deque()
        self._characters = 0
        self._wake: asyncio.Future[None] | None = None
        self._room: asyncio.Event | None = None
        self._closed = False

    def put(self, text: str) -> None:
        """Queue a frame; nothing after `close`."""
        if self._closed:
            return
        if self._now is not None and not self._frames and not self._characters and self._now(text):
            return
        if len(self._frames) >= MOST_FRAMES or self._characters > MOST_CHARACTERS:
            self._on_full()
            return
        self._frames.append(text)
        self._characters += len(text)
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def room(self) -> None:
        """Wait until little is queued."""
        while not self._closed and (self._characters > ROOMY_CHARACTERS or len(self._frames) > MOST_FRAMES // 2):
            self._room = self._room or asyncio.Event()
            self._room.clear()
            await self._room.wait()

    async def write(self) -> None:
        """Send what is queued until cancelled; each `send` waits while the socket takes no more."""
        loop = asyncio.get_running_loop()
        while True:
            while self._frames:
                text = self._frames.popleft()
                await self._send({"type": "websocket.send", "text": text})
                self._characters -= len(text)
            if self._room is not None:
                self._room.set()
            self._wake = loop.create_future()
            await self._wake
            self._wake = None

    def close(self) -> None:
        """Forget what is queued and take nothing more."""
        self._closed = True
        self._frames.clear()
        if self._room is not None:
            self._room.set()
