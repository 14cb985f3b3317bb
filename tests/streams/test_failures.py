"""Redis, a server or PostgreSQL goes away at the wrong moment: everyone ends complete, in order, without repeats."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from coordination.project.embedded import Places
from coordination.project.up import engines, processes
from coordination.streams import doorbell
from tests.streams.application import tell
from tests.streams.support import ROOT, Centre, Client, Opener, Server, eventually, in_thread

pytestmark = pytest.mark.engine


class Engine:
    """PostgreSQL or Redis of one test, which may be killed and started again."""

    def __init__(self, engine: engines.Postgres | engines.Redis) -> None:
        self.engine = engine
        self.start()

    def start(self) -> None:
        self.child = processes.start(self.engine.program)
        engines.await_answer(self.engine, self.child)

    def kill(self) -> None:
        processes.kill_group(self.child.pid)
        self.child.wait()

    def crash(self) -> None:
        """As PostgreSQL ends when its power fails; its other processes notice and end."""
        self.kill()
        self.engine.end_orphans()

    def stop(self) -> None:
        processes.stop(self.child, self.engine.program)


@pytest.fixture
def places() -> Iterator[Places]:
    import shutil

    made = Places(Path(tempfile.mkdtemp(prefix="liaison-test-")))
    for folder in (made.keys, made.logs, made.redis):
        folder.mkdir()
    engines.prepare_sockets(made)
    yield made
    shutil.rmtree(made.var)
    shutil.rmtree(made.sockets)


@pytest.fixture
def own_redis(places: Places) -> Iterator[Engine]:
    engine = Engine(engines.Redis(places))
    yield engine
    engine.stop()


@pytest.fixture
def pair(own_redis: Engine, places: Places, environment: dict[str, str]) -> Iterator[list[Server]]:
    """Two servers that share a Redis of their own."""
    servers = [Server({**environment, "REDIS_URL": places.redis_url}).start() for _ in range(2)]
    yield servers
    for server in servers:
        server.kill()


async def follow(centre: Centre, opened: Opener, servers: list[Server], stream: Any) -> list[Client]:
    clients = [await opened(server, await in_thread(centre.person)) for server in servers for _ in range(3)]
    for client in clients:
        await client.join({stream: 0})
    return clients


async def test_messages_that_redis_never_delivers_are_found_by_the_sweep(
    server: Server, centre: Centre, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process writes; of its messages to the server, two of three are thrown away."""
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    dropped = []
    send = doorbell._Bell._send

    def sometimes(self: doorbell._Bell, message: bytes) -> None:
        dropped.append(message)
        if len(dropped) % 3 == 0:
            send(self, message)

    monkeypatch.setattr(doorbell._Bell, "_send", sometimes)
    for number in range(50):
        await in_thread(tell, stream, str(number))
    assert len(dropped) == 50
    await client.heard(stream, map(str, range(50)))


async def test_messages_that_redis_delivers_twice_are_told_once(
    server: Server, centre: Centre, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    send = doorbell._Bell._send
    sent = []

    def twice(self: doorbell._Bell, message: bytes) -> None:
        for _ in range(2):
            send(self, message)
            sent.append(message)

    monkeypatch.setattr(doorbell._Bell, "_send", twice)
    for number in range(20):
        await in_thread(tell, stream, str(number))
    assert len(sent) == 40
    await client.heard(stream, map(str, range(20)))


async def test_redis_killed_and_started_again_loses_nothing(
    own_redis: Engine, pair: list[Server], centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    clients = await follow(centre, opened, pair, stream)
    first, second = clients[0], clients[-1]
    for number in range(60):
        if number == 20:
            await asyncio.to_thread(own_redis.kill)
        if number == 40:
            await asyncio.to_thread(own_redis.start)
        answer = await (first if number % 2 else second).order("test.tell_one", stream=str(stream), text=str(number))
        assert answer["ok"]
    for client in clients:
        await client.heard(stream, map(str, range(60)))


async def test_redis_that_hangs_holds_up_nobody(
    own_redis: Engine, pair: list[Server], centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    clients = await follow(centre, opened, pair, stream)
    os.kill(own_redis.child.pid, signal.SIGSTOP)
    for number in range(20):
        answer = await clients[0].order("test.tell_one", stream=str(stream), text=str(number))
        assert answer["ok"]
    for client in clients:
        await client.heard(stream, map(str, range(20)))
    os.kill(own_redis.child.pid, signal.SIGCONT)


async def test_a_process_killed_between_commit_and_publish_loses_nothing(
    server: Server, environment: dict[str, str], centre: Centre, opened: Opener
) -> None:
    stream = await in_thread(centre.stream)
    client = await opened(server, await in_thread(centre.person))
    await client.join({stream: 0})
    code = (
        "import os, django; django.setup()\n"
        "from uuid import UUID\n"
        "from coordination.streams import doorbell\n"
        "from tests.streams.application import tell\n"
        "doorbell.ring = lambda events: os.kill(os.getpid(), 9)\n"
        f"tell(UUID('{stream}'), 'committed')\n"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "coordination.project.settings"},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    await client.heard(stream, ["committed"])


async def test_a_killed_server_loses_nothing_that_was_acknowledged(
    environment: dict[str, str], centre: Centre, opened: Opener, transactional_db: None
) -> None:
    stream, person = await in_thread(centre.stream), await in_thread(centre.person)
    server = Server(environment).start()
    client = await opened(server, person)
    await client.join({stream: 0})
    acknowledged = []
    for number in range(10):
        assert (await client.order("test.tell_one", stream=str(stream), text=str(number)))["ok"]
        acknowledged.append(str(number))
    server.kill()
    await client.ended()
    server.start()
    back = await opened(server, person)
    back.told[stream] = list(client.told[stream])
    await back.join({stream: client.held[stream]})
    await back.heard(stream, acknowledged)
    server.kill()


async def test_writers_while_members_come_and_go(server: Server, centre: Centre, opened: Opener) -> None:
    """Joining while others write: nothing falls between the log that is read and what is told live."""
    streams = [await in_thread(centre.stream) for _ in range(3)]
    ended = threading.Event()

    def write(stream: Any) -> None:
        for number in range(300):
            tell(stream, str(number))
        connections.close_all()

    threads = [threading.Thread(target=write, args=(stream,)) for stream in streams]
    people = [await in_thread(centre.person) for _ in range(12)]
    for thread in threads:
        thread.start()
    clients = []
    for person in people:
        client = await opened(server, person)
        await client.join(dict.fromkeys(streams, 0))
        clients.append(client)
        client.joined_again = True
        await client.join(dict(client.held))
    for thread in threads:
        await asyncio.to_thread(thread.join)
    ended.set()
    for client in clients:
        await eventually(lambda client=client: all(client.held[stream] == 300 for stream in streams))
        assert list(client.told.values()) == [[str(number) for number in range(300)]] * 3
        assert client.faults == []


async def test_postgresql_that_crashes_comes_back_to_open_sockets(
    places: Places, own_redis: Engine, opened: Opener, transactional_db: None
) -> None:
    """On a PostgreSQL of its own: sockets stay, what was acknowledged is kept, and telling goes on."""
    postgres = engines.open_postgres(places, durable=True)
    postgres.initialise()
    engine = Engine(postgres)
    postgres.create_database()
    environment = {"DATABASE_URL": places.database_url, "REDIS_URL": places.redis_url, "STREAM_SWEEP_SECONDS": "1"}
    made = await asyncio.to_thread(prepare, environment)
    server = Server(environment).start()
    client = await Client.open(server.address, made["token"])
    stream = made["stream"]
    try:
        await client.join({stream: 0})
        assert (await client.order("test.tell_one", stream=str(stream), text="before"))["ok"]
        await asyncio.to_thread(engine.crash)
        order = client.order("test.tell_one", within=15, stream=str(stream), text="meanwhile")
        meanwhile = asyncio.create_task(order)
        await asyncio.to_thread(engine.start)
        assert (await meanwhile)["ok"]
        assert (await client.order("test.tell_one", stream=str(stream), text="after"))["ok"]
        await client.heard(stream, ["before", "meanwhile", "after"])
        count = len(client.of_type("current"))
        await eventually(lambda: len(client.of_type("current")) > count, within=8)
    finally:
        await client.close()
        server.kill()
        engine.stop()
        os.close(postgres.data)


def prepare(environment: dict[str, str]) -> dict[str, Any]:
    """Migrate another database; make a person with a token and a stream in it."""
    from uuid import UUID

    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from tests.streams.support import Centre, token\n"
        "centre = Centre.make()\n"
        "print(token(centre.person()), centre.stream())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "coordination.project.settings"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    secret, stream = done.stdout.split()[-2:]
    return {"token": secret, "stream": UUID(stream)}


async def test_the_doorbell_of_a_fork_is_its_own() -> None:
    assert doorbell._bell(1) is not doorbell._bell(2)
