"""The small thread pool in which the sockets' blocking work runs, with database connections that are fit for use."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connections

TRUSTED_SECONDS = 1.0
"""A connection that worked this recently is not tested before its next use."""

P = ParamSpec("P")
R = TypeVar("R")


class Threads:
    """Runs functions that query; each thread keeps its connection, and leaves it when the pool ends."""

    def __init__(self, size: int) -> None:
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="socket")
        self._last = threading.local()

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The function's result; it runs a second time if its connection turned out to be dead."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: self._run(function, *args, **kwargs))

    def _run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if time.monotonic() - getattr(self._last, "good", 0.0) > TRUSTED_SECONDS:
            close_old_connections()
        try:
            result = function(*args, **kwargs)
        except (OperationalError, InterfaceError):
            connections.close_all()
            result = function(*args, **kwargs)
        self._last.good = time.monotonic()
        return result

    def end(self) -> None:
        """Close every thread's connections and wait for the threads."""
        size = self._pool._max_workers
        together = threading.Barrier(size)
        for _ in range(size):
            self._pool.submit(_close, together)
        self._pool.shutdown()


def _close(together: threading.Barrier) -> None:
    together.wait(timeout=10)
    connections.close_all()
