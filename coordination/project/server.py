"""The web server: daphne, with sockets that make `send` wait while their client does not read.

Daphne's own `send` never waits: whatever a client does not read piles up in memory. Here each socket is registered with
its transport as a push producer, and `send` awaits the transport's pause and resume; so the bounded queue of a socket
fills instead, and the socket is closed.
"""

import argparse
import asyncio
import codecs
import gc
import logging
import os
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

import daphne.server  # installs the reactor; before anything else of Twisted
from autobahn.websocket import protocol
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

GRACE_SECONDS = 10
SEND_NOW = "liaison.send_now"


@implementer(IPushProducer)
class PausedSocket(WebSocketProtocol):  # type: ignore[misc]  # daphne is untyped
    """A socket that knows whether its client keeps up."""

    def onOpen(self) -> None:  # noqa: N802  (Twisted's names)
        """From now on the transport says when it has too much and when it has room."""
        self._resumed: asyncio.Event = asyncio.Event()
        self._resumed.set()
        self.transport.unregisterProducer()  # the HTTP channel, whose work ended with the upgrade
        self.transport.registerProducer(self, True)
        super().onOpen()

    def pauseProducing(self) -> None:  # noqa: N802
        """More than the transport's buffer is waiting for the client."""
        self._resumed.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        """The client has read."""
        self._resumed.set()

    def stopProducing(self) -> None:  # noqa: N802
        """The connection is gone: nobody needs to wait any more."""
        self._resumed.set()

    def onClose(self, was_clean: bool, code: int, reason: str) -> None:  # noqa: N802
        """Let go of whoever waits to send."""
        if hasattr(self, "_resumed"):
            self._resumed.set()
        super().onClose(was_clean, code, reason)

    async def room(self) -> None:
        """Wait until the client has read enough of what it was sent."""
        if hasattr(self, "_resumed"):
            await self._resumed.wait()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """What autobahn does, without composing a line of debugging for every packet."""
        self._dataReceived(data)

    def send_now(self, text: str) -> bool:
        """Send a text at once if the client keeps up; False when it has to wait its turn."""
        if self.state != self.STATE_OPEN or not self._resumed.is_set():
            return False
        self._write(frame_of(text))
        return True

    def serverSend(self, content: str, binary: bool = False) -> None:  # noqa: N802
        """Send a text whose frame may already have been made for another recipient."""
        if self.state == self.STATE_OPEN:
            self._write(frame_of(content))

    def _write(self, frame: bytes) -> None:
        """Hand it to the kernel directly when nothing is before it: that spares the loop three visits per frame."""
        transport = self.transport
        if transport._tempDataBuffer or len(transport.dataBuffer) > transport.offset:
            transport.write(frame)
            return
        sent = transport.writeSomeData(frame)
        if not isinstance(sent, int):
            transport.write(frame)  # the connection is lost, as the transport will notice
        elif sent < len(frame):
            transport.write(frame[sent:])

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """Close with any code; autobahn's own way refuses the registered ones, such as 1009 and 1012."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or 1000, isReply=False)


@lru_cache(maxsize=64)
def frame_of(text: str) -> bytes:
    """The unmasked text frame (RFC 6455 §5.2), made once for all recipients of one text."""
    payload = text.encode()
    length = len(payload)
    if length < 126:
        return bytes([0x81, length]) + payload
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload


class TextCheck:
    """Whether bytes that come in pieces are UTF-8; autobahn's own makes its tables anew for each connection."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """A new message begins."""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def validate(self, piece: bytes) -> tuple[bool, bool, int, int]:
        """(valid so far, complete, position in the piece, position in the message), as autobahn wants it."""
        try:
            self._decoder.decode(bytes(piece))
        except UnicodeDecodeError as error:
            return False, False, error.start, error.start
        return True, not self._decoder.getstate()[0], len(piece), len(piece)


def spare_connections() -> None:
    """Spare each connection 4 ms of autobahn: tables, and prettily printed debugging that nobody reads."""
    spared: dict[str, object] = {"Utf8Validator": TextCheck, "pformat": _nothing, "hltype": _nothing, "hlval": _nothing}
    for name, instead in spared.items():
        setattr(protocol, name, instead)


def _nothing(*_: object, **__: object) -> str:
    return ""


class PausedSocketFactory(WebSocketFactory):  # type: ignore[misc]
    """Makes such sockets."""

    protocol = PausedSocket

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setProtocolOptions(failByDrop=False)  # a client that breaks the protocol is told with which code


class Server(daphne.server.Server):  # type: ignore[misc]
    """Daphne whose `send` waits for slow sockets, and which ends by closing its sockets in an orderly way."""

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        daphne.server.WebSocketFactory = PausedSocketFactory
        spare_connections()
        super().run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Offer the application to send without waiting, as an extension of its scope."""
        if isinstance(protocol, PausedSocket):
            scope["extensions"] = {SEND_NOW: protocol.send_now}
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: MutableMapping[str, Any]) -> None:
        """Pass on what the application sends, once there is room for it."""
        if message["type"] == "websocket.send" and isinstance(protocol, PausedSocket):
            await protocol.room()
        await super().handle_reply(protocol, message)

    def kill_all_applications(self) -> "defer.Deferred[None]":
        """On the way out: what is under way is finished and answered, sockets are closed with 1012, then all ends."""
        from coordination.streams.hub import stop_hub

        closed = asyncio.ensure_future(asyncio.wait_for(stop_hub(), GRACE_SECONDS))
        return defer.Deferred.fromFuture(closed).addBoth(lambda _: super(Server, self).kill_all_applications())


def spare_collections() -> None:
    """Leave what was loaded out of every garbage collection, and collect less often: a pause holds up all sockets."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def main(arguments: list[str] | None = None) -> None:
    """`python -m coordination.project.server (--fd N | --port N [--host H])`."""
    parser = argparse.ArgumentParser(description="The web server of Liaison.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--fd", type=int, help="a listening socket that was passed on")
    where.add_argument("--port", type=int)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.project.settings")
    from coordination.project.asgi import application

    logging.getLogger("daphne").setLevel(logging.WARNING)
    host = options.host.replace(":", r"\:")
    endpoint = f"fd:fileno={options.fd}" if options.fd is not None else f"tcp:port={options.port}:interface={host}"
    spare_collections()
    Server(application, endpoints=[endpoint], ping_interval=20, ping_timeout=30, verbosity=0, server_name="").run()


if __name__ == "__main__":
    main()
