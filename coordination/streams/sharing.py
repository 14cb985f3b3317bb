"""Group commit: calls of a batch command that arrive while one batch is under way share the next one."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coordination.base.errors import AppError
from coordination.streams.commands import Batch, Data
from coordination.streams.errors import Unavailable
from coordination.streams.threads import Threads

MOST_TOGETHER = 200

log = logging.getLogger(__name__)

Outcome = Data | AppError
Answer = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and where its outcome goes."""

    person: Any
    data: Data
    answer: Answer


class Shared:
    """The calls of one command in this process, in the order in which they came."""

    def __init__(self, handler: Batch, threads: Threads) -> None:
        self._handler = handler
        self._threads = threads
        self._waiting: deque[Call] = deque()
        self._running: asyncio.Task[None] | None = None

    def add(self, call: Call) -> None:
        """Have a call done with the next batch."""
        self._waiting.append(call)
        if self._running is None:
            self._running = asyncio.create_task(self._run())

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        while self._waiting:
            calls = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
            for call, outcome in zip(calls, await self._outcomes(calls), strict=True):
                call.answer(outcome)
        self._running = None

    async def _outcomes(self, calls: Sequence[Call]) -> Sequence[Outcome]:
        """One outcome per call; when the handler breaks on several, each is tried alone."""
        told = [(call.person, call.data) for call in calls]
        [result] = await asyncio.gather(self._threads.run(self._handler, told), return_exceptions=True)
        if not isinstance(result, BaseException):
            return result
        if len(calls) > 1:
            return [outcome for call in calls for outcome in await self._outcomes([call])]
        log.error("a command failed", exc_info=result)
        return [Unavailable()]
