"""A WebSocket client that costs little: raw frames on asyncio, no copies, no checks of what the server promises."""

import asyncio
import base64
import os
from collections.abc import Callable

Take = Callable[[bytes], None]

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class Socket(asyncio.Protocol):
    """One connection; `take` gets each text frame's payload."""

    def __init__(self, handshake: bytes, take: Take) -> None:
        self._handshake = handshake
        self._take = take
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = asyncio.Event()
        self.code: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._handshake)

    def connection_lost(self, error: Exception | None) -> None:
        self.closed.set()
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionResetError("closed while shaking hands"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.opened.done() and not self._shaken():
            return
        self._frames()

    def _shaken(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = bytes(self._buffer[: self._buffer.find(b"\r\n")])
        del self._buffer[: end + 4]
        if b" 101 " not in status:
            self.opened.set_exception(ConnectionError(status.decode()))
            return False
        self.opened.set_result(None)
        return True

    def _frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            length, header = buffer[at + 1], 2
            if length == 126:
                header = 4
                length = int.from_bytes(buffer[at + 2 : at + 4], "big")
            elif length == 127:
                header = 10
                length = int.from_bytes(buffer[at + 2 : at + 10], "big")
            if len(buffer) - at < header + length:
                break
            kind, payload = buffer[at] & 0x0F, bytes(buffer[at + header : at + header + length])
            at += header + length
            self._one(kind, payload)
        del buffer[:at]

    def _one(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self._take(payload)
        elif kind == PING:
            self._write(PONG, payload)
        elif kind == CLOSE:
            self.code = int.from_bytes(payload[:2], "big")
            self.close()

    def send(self, payload: bytes) -> None:
        """A text frame, masked with zeros."""
        self._write(TEXT, payload)

    def _write(self, kind: int, payload: bytes) -> None:
        length = len(payload)
        if length < 126:
            header = bytes([0x80 | kind, 0x80 | length])
        elif length < 1 << 16:
            header = bytes([0x80 | kind, 0xFE]) + length.to_bytes(2, "big")
        else:
            header = bytes([0x80 | kind, 0xFF]) + length.to_bytes(8, "big")
        if self._transport is not None:
            self._transport.write(header + b"\x00\x00\x00\x00" + payload)

    def close(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.close()


async def open_socket(port: int, token: str, take: Take) -> Socket:
    """A socket at `/ws/` of this machine's port, signed in by a token."""
    key = base64.b64encode(os.urandom(16)).decode()
    handshake = (
        f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: Socket(handshake, take), "127.0.0.1", port)
    await socket.opened
    return socket
