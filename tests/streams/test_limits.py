"""Bad frames, bad origins, slow readers: the socket is closed with a code, and nobody else notices."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from coordination.accounts.models import Person
from tests.clients import sign_in
from tests.streams.application import tell
from tests.streams.support import Centre, Opener, Server, eventually, in_thread, token

pytestmark = pytest.mark.engine


def session_cookie(person: Person) -> str:
    """The cookie of a browser in which this person has signed in."""
    http = Client()
    sign_in(http, person)
    return f"{settings.SESSION_COOKIE_NAME}={http.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "17",
        '{"type":"nothing"}',
        '{"type":"join"}',
        '{"type":"join","streams":{"not an id":1}}',
        '{"type":"join","streams":{"01a2005e-9c13-77d2-a285-7bf7895d6261":-2}}',
        '{"type":"join","streams":{"01a2005e-9c13-77d2-a285-7bf7895d6261":true}}',
        '{"type":"join","streams":{"01a2005e-9c13-77d2-a285-7bf7895d6261":1e400}}',
        '{"type":"join","streams":{"01a2005e-9c13-77d2-a285-7bf7895d6261":99999999999999999999}}',
        '{"type":"leave","streams":[null]}',
        '{"type":"typing"}',
        '{"type":"ping","ref":7}',
        '{"type":"command","ref":"1","name":"x"}',
        '{"type":"command","ref":"' + "r" * 81 + '","name":"x","data":{}}',
        "[" * 5000,
        b"\x00\x01",
    ],
)
async def test_a_malformed_frame_closes_its_socket_only(
    server: Server, centre: Centre, opened: Opener, frame: str | bytes
) -> None:
    stream = await in_thread(centre.stream)
    bad, good = (
        await opened(server, await in_thread(centre.person)),
        await opened(server, await in_thread(centre.person)),
    )
    await good.join({stream: 0})
    await bad.connection.send(frame)
    assert await bad.ended() == 4400
    await in_thread(tell, stream, "still here")
    await good.heard(stream, ["still here"])


@pytest.mark.parametrize("pieces", [[b"\xff"], [b'{"type":"ping","ref":"\xc3', b'x"}'], [b'"\xc3']])
async def test_text_that_is_not_utf_8_closes_the_socket(
    server: Server, centre: Centre, opened: Opener, pieces: list[bytes]
) -> None:
    client = await opened(server, await in_thread(centre.person))
    await client.connection.send(pieces, text=True)
    assert await client.ended() == 1007


async def test_a_letter_cut_in_two_by_fragments_is_whole_again(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    await client.connection.send([b'{"type":"ping","ref":"\xc3', b'\xa9"}'], text=True)
    await eventually(lambda: client.of_type("pong") == [{"type": "pong", "ref": "é"}])


@pytest.mark.parametrize("size", [64 * 1024 + 1, 900_000])
async def test_an_oversized_frame_is_closed_with_1009(
    server: Server, centre: Centre, opened: Opener, size: int
) -> None:
    client = await opened(server, await in_thread(centre.person))
    await client.connection.send('{"type":"ping","ref":"' + " " * (size - 24) + '"}')
    assert await client.ended() == 1009


async def test_a_frame_of_just_64_kib_is_taken(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    await client.connection.send('{"type":"ping"' + " " * (64 * 1024 - 15) + "}")
    await eventually(lambda: bool(client.of_type("pong")))


async def test_too_many_frames_close_the_socket(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    await asyncio.gather(*(client.say(type="ping", ref=str(n)) for n in range(900)), return_exceptions=True)
    assert await client.ended() == 4429


async def test_a_steady_hundred_a_second_is_allowed(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    for burst in range(3):
        for number in range(90):
            await client.say(type="ping", ref=f"{burst}.{number}")
        await asyncio.sleep(0.9)
    await eventually(lambda: len(client.of_type("pong")) == 270)
    assert client.closed is None


async def test_who_is_not_signed_in_is_closed_with_4401(server: Server, opened: Opener) -> None:
    nobody = await opened(server, None)
    assert await nobody.ended() == 4401
    liar = await opened(server, None, Authorization="Bearer no-such-token")
    assert await liar.ended() == 4401


@pytest.mark.parametrize(
    ("origin", "code"),
    [("http://127.0.0.1:{port}", None), ("http://evil.example", 4403), ("null", 4403), ("", 4403)],
)
async def test_a_cookie_needs_a_right_origin(
    server: Server, centre: Centre, opened: Opener, origin: str, code: int | None
) -> None:
    cookie = await in_thread(session_cookie, await in_thread(centre.person))
    headers = {"Cookie": cookie} | ({"Origin": origin.format(port=server.port)} if origin else {})
    client = await opened(server, None, **headers)
    if code is not None:
        assert await client.ended() == code
        return
    await client.say(type="ping", ref="1")
    await eventually(lambda: bool(client.of_type("pong")))


async def test_a_token_needs_no_origin(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person), Origin="http://elsewhere.example")
    await client.say(type="ping", ref="1")
    await eventually(lambda: bool(client.of_type("pong")))


class Mute(asyncio.Protocol):
    """A client that shakes hands, says one thing, and never reads again."""

    def __init__(self, request: bytes, frame: bytes) -> None:
        self.request, self.frame = request, frame
        self.lost = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if b"\r\n\r\n" in data:
            self.transport.write(self.frame)
            self.transport.pause_reading()

    def connection_lost(self, error: Exception | None) -> None:
        self.lost.set()


@pytest.fixture
async def mute(server: Server, centre: Centre) -> AsyncIterator[Any]:
    transports = []

    async def open_for(person: Person, stream: object) -> Mute:
        secret = await in_thread(token, person)
        request = (
            f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {secret}\r\n\r\n"
        )
        said = f'{{"type":"join","streams":{{"{stream}":0}}}}'.encode()
        frame = b"\x81" + bytes([0x80 | len(said)]) + b"\x00\x00\x00\x00" + said
        loop = asyncio.get_running_loop()
        transport, protocol = await loop.create_connection(
            lambda: Mute(request.encode(), frame), "127.0.0.1", server.port
        )
        transports.append(transport)
        return protocol

    yield open_for
    for transport in transports:
        transport.abort()


async def test_a_client_that_never_reads_is_closed_and_harms_nobody(
    server: Server, centre: Centre, opened: Opener, mute: Any
) -> None:
    stream = await in_thread(centre.stream)
    silent = await mute(await in_thread(centre.person), stream)
    reads = await opened(server, await in_thread(centre.person))
    await reads.join({stream: 0})
    before = resident_mib(server)
    long = "x" * 50_000
    for number in range(400):  # 20 MB
        await in_thread(tell, stream, f"{number} {long}")
    await reads.heard(stream, [f"{number} {long}" for number in range(400)])
    await eventually(lambda: resident_mib(server) < before + 20)
    silent.transport.resume_reading()
    await asyncio.wait_for(silent.lost.wait(), 5)


def resident_mib(server: Server) -> float:
    assert server.process is not None
    with open(f"/proc/{server.process.pid}/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 2**20
