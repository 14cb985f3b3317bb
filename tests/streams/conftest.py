"""A server in a process of its own on the test's database, and people who may follow its streams."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, connections

from coordination.accounts.models import Person
from tests.streams import application
from tests.streams.support import Centre, Client, Opener, Server, in_thread, token

application.register()


def database_url() -> str:
    """The address of the database that the tests use, which the settings of another process do not know."""
    said = connection.settings_dict
    return f"postgresql://{said['USER']}@/{said['NAME']}?host={quote(said['HOST'], safe='')}"


@pytest.fixture(scope="package")
def environment(django_db_setup: None) -> Iterator[dict[str, str]]:
    """What another process needs to be on this test's engines."""
    yield {"DATABASE_URL": database_url(), "REDIS_URL": os.environ["REDIS_URL"], "STREAM_SWEEP_SECONDS": "1"}
    asyncio.run(in_thread(connections.close_all))


@pytest.fixture(scope="package")
def shared_server(environment: dict[str, str]) -> Iterator[Server]:
    server = Server(environment).start()
    yield server
    server.kill()


@pytest.fixture
def server(shared_server: Server, transactional_db: None) -> Server:
    """A running server; what it serves is gone after the test."""
    return shared_server


@pytest.fixture
def centre(transactional_db: None) -> Centre:
    return Centre.make()


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """Opens sockets, `await opened(server, person)`, and closes them after the test."""
    clients: list[Client] = []

    async def open_for(server: Server, person: Person | None, **headers: str) -> Client:
        secret: Any = await in_thread(token, person) if person else None
        client = await Client.open(server.address, secret, **headers)
        clients.append(client)
        return client

    yield open_for
    for client in clients:
        await client.close()
