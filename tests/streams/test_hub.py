"""What the hub does when a part of it fails in a way that nobody foresaw."""

import asyncio
import logging

from coordination.streams.hub import AGAIN_SECONDS, Hub
from coordination.streams.sweep import Sweep


class Nobody:
    """A gate that knows no one."""

    def identify(self, handshakes):
        return [None for _ in handshakes]

    def still_good(self, credentials):
        return set(credentials)


async def test_a_sweep_that_dies_of_an_unknown_error_begins_again(monkeypatch, caplog):
    swept = asyncio.Event()
    rounds = iter([ValueError("nobody foresaw this")])

    async def once(self: Sweep) -> None:
        if error := next(rounds, None):
            raise error
        swept.set()

    monkeypatch.setattr(Sweep, "_once", once)
    hub = Hub(Nobody())
    with caplog.at_level(logging.ERROR, "coordination.streams.hub"):
        hub.start()
        hub._sweep.soon()
        async with asyncio.timeout(10):
            await swept.wait()
        await hub.stop(1012)
    assert "something of the hub failed" in caplog.text


async def test_a_hub_that_has_stopped_begins_nothing_again(monkeypatch):
    begun = []

    async def run(self: Sweep) -> None:
        begun.append(self)

    monkeypatch.setattr(Sweep, "run", run)
    hub = Hub(Nobody())
    hub.start()
    await asyncio.sleep(0)
    await hub.stop(1012)
    held = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(AGAIN_SECONDS * 1.5, held.set_result, None)
    await held
    assert len(begun) == 1
