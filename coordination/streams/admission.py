"""Sockets that come together are identified together: after a restart, everybody comes back at once."""

import asyncio
from collections.abc import Sequence

from coordination.streams.gate import Gate, Headers, Identity
from coordination.streams.threads import Threads

MOST_TOGETHER = 50


class Admission:
    """The handshakes of this process; those that come while others are looked up share the next look."""

    def __init__(self, gate: Gate, threads: Threads) -> None:
        self._gate = gate
        self._threads = threads
        self._waiting: list[tuple[Headers, asyncio.Future[Identity | None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def identify(self, headers: Headers) -> Identity | None:
        """Whoever the headers stand for; a `DatabaseError` when nobody can be asked."""
        answer: asyncio.Future[Identity | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((headers, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            await self._ask(together)
        self._running = None

    async def _ask(self, together: Sequence[tuple[Headers, asyncio.Future[Identity | None]]]) -> None:
        asked = [headers for headers, _ in together]
        [found] = await asyncio.gather(self._threads.run(self._gate.identify, asked), return_exceptions=True)
        for place, (_, answer) in enumerate(together):
            if answer.cancelled():
                continue
            if isinstance(found, BaseException):
                answer.set_exception(found)
            else:
                answer.set_result(found[place])
