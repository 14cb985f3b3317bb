"""A server as a process of its own, a client that checks what it is told, and the rows that both need."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from coordination.accounts.models import AccessToken, Membership, Organisation, Person, Role
from coordination.accounts.signin import digest
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.streams.actions import open_stream

ROOT = Path(__file__).resolve().parents[2]


async def eventually(holds: Callable[[], bool], *, within: float = 5.0) -> None:
    """Wait until something holds; it fails when it does not in time."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


async def in_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run something that queries."""
    from asgiref.sync import sync_to_async

    return await sync_to_async(function, thread_sensitive=True)(*args, **kwargs)


@dataclass(frozen=True)
class Centre:
    """An organisation whose people may follow its streams."""

    organisation: Organisation
    role: Role

    @classmethod
    def make(cls) -> Self:
        organisation = Organisation.objects.create(kind="centre", name="Centre", alias="Centre")
        return cls(organisation, Role.objects.create(organisation=organisation, code="any", name="Any"))

    def person(self, *, until: datetime | None = None) -> Person:
        """Someone who works there, perhaps until a date."""
        login = f"p{secrets.token_hex(6)}"
        person = Person(login=login, organisation=self.organisation, given_name="Ada", family_name=login)
        person.set_unusable_password()
        person.save()
        began = clock.now() - timedelta(days=1)
        Membership.objects.create(
            person=person, organisation=self.organisation, role=self.role, valid_from=began, valid_until=until
        )
        return person

    def stream(self) -> UUID:
        """A new, empty stream of the centre."""
        return open_stream(uuid7(), kind="test", organisation=self.organisation.pk).pk


def token(person: Person) -> str:
    """A bearer token that lasts an hour."""
    secret = secrets.token_urlsafe(24)
    AccessToken.objects.create(person=person, digest=digest(secret), expires_at=clock.now() + timedelta(hours=1))
    return secret


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """`module` as a process, on a port of its own."""

    environment: dict[str, str]
    module: str = "tests.streams.application"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    def start(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, "--port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ALLOWED_HOSTS": "127.0.0.1", **self.environment},
        )
        deadline = time.monotonic() + 30
        while not self._listens():
            assert self.process.poll() is None, "the server ended while starting"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        return self

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """kill -9"""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.terminate()
        try:
            code = self.process.wait(20)
        finally:
            self.kill()
        return code


@dataclass
class Client:
    """A socket of someone, which applies events as the protocol tells and notes every fault in them."""

    connection: ClientConnection
    held: dict[UUID, int] = field(default_factory=dict)
    told: dict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    frames: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    closed: int | None = None
    reader: asyncio.Task[None] | None = None
    joined_again: bool = False

    @classmethod
    async def open(cls, address: str, secret: str | None, **headers: str) -> Self:
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        client = cls(await connect(address, additional_headers=headers, compression=None, max_size=2**18, proxy=None))
        client.reader = asyncio.create_task(client._read())
        return client

    async def _read(self) -> None:
        try:
            async for text in self.connection:
                self._take(orjson.loads(text))
        except ConnectionClosed:
            pass
        self.closed = self.connection.close_code

    def _take(self, frame: dict[str, Any]) -> None:
        events = frame["events"] if frame["type"] == "events" else [frame] if frame["type"] == "event" else []
        for event in events:
            self._apply(event)
        if frame["type"] == "reset":
            self.held[UUID(frame["stream"])] = frame["head"]
        if not events:
            self.frames.append(frame)

    def _apply(self, event: dict[str, Any]) -> None:
        stream, seq = UUID(event["stream"]), event["seq"]
        if self.joined_again and seq <= self.held[stream]:
            return  # what was under way when it joined again
        if stream in self.held and seq != self.held[stream] + 1:
            self.faults.append(f"{seq} came after {self.held[stream]}")
        self.held[stream] = seq
        self.told[stream].append(event["data"]["text"])

    async def say(self, **frame: Any) -> None:
        await self.connection.send(orjson.dumps(frame).decode())

    async def join(self, streams: dict[UUID, int]) -> dict[str, Any]:
        """Join and wait for the answer."""
        for stream, seq in streams.items():
            if seq >= 0:
                self.held[stream] = seq
        before = len(self.of_type("joined"))
        await self.say(type="join", streams={str(stream): seq for stream, seq in streams.items()})
        await eventually(lambda: len(self.of_type("joined")) > before)
        return self.of_type("joined")[-1]

    async def order(self, name: str, *, within: float = 5.0, **data: Any) -> dict[str, Any]:
        """Have a command done and wait for the answer."""
        ref = secrets.token_hex(6)
        await self.say(type="command", ref=ref, name=name, data=data)
        await eventually(lambda: any(answer["ref"] == ref for answer in self.of_type("answer")), within=within)
        return next(answer for answer in self.of_type("answer") if answer["ref"] == ref)

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]

    async def heard(self, stream: UUID, texts: Iterable[str], *, within: float = 5.0) -> None:
        """Wait until exactly these were told, in order, without a fault."""
        expected = list(texts)
        await eventually(lambda: len(self.told[stream]) >= len(expected), within=within)
        assert self.told[stream] == expected
        assert self.faults == []

    async def ended(self, within: float = 5.0) -> int:
        """Wait until the server has closed; the code."""
        await eventually(lambda: self.closed is not None, within=within)
        assert self.closed is not None
        return self.closed

    async def close(self) -> None:
        await self.connection.close()
        if self.reader is not None:
            await asyncio.gather(self.reader, return_exceptions=True)


Opener = Callable[..., Awaitable[Client]]
