"""What is done over a socket is audited with the address of whoever sits there."""

from collections.abc import Iterator
from typing import Any

import pytest

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.base.ids import uuid7
from coordination.streams.actions import open_stream
from messaging.actions import open_direct
from messaging.models import Conversation
from tests.streams.support import Centre, Opener, Server, in_thread

pytestmark = pytest.mark.engine

HANDED_ON = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}


@pytest.fixture
def behind_proxy(environment: dict[str, str], transactional_db: None) -> Iterator[Server]:
    server = Server({**environment, "BEHIND_PROXY": "1"}).start()
    yield server
    server.kill()


def someone(centre: Centre) -> Person:
    person = centre.person()
    open_stream(person.pk, kind="person", organisation=centre.organisation.pk)
    return person


def two_who_talk(centre: Centre) -> tuple[Person, Conversation]:
    centre.role.rights = ["message.post"]
    centre.role.save()
    person = someone(centre)
    return person, open_direct(someone(centre), by=person)


async def address_of_a_post(server: Server, centre: Centre, opened: Opener) -> Any:
    """What the audit keeps of a message that is posted over a socket."""
    person, conversation = await in_thread(two_who_talk, centre)
    client = await opened(server, person, **HANDED_ON)
    said = {"id": str(uuid7()), "conversation": str(conversation.pk), "body": "Bonjour"}
    answer = await client.order("message.post", **said)
    assert answer["ok"], answer
    entry = await in_thread(Entry.objects.get, kind="message.posted")
    return entry.actor_id == person.pk and entry.address


async def test_behind_the_proxy_it_is_the_one_that_the_proxy_saw(
    behind_proxy: Server, centre: Centre, opened: Opener
) -> None:
    assert await address_of_a_post(behind_proxy, centre, opened) == "192.0.2.7"


async def test_without_a_proxy_what_the_client_claims_does_not_count(
    server: Server, centre: Centre, opened: Opener
) -> None:
    assert await address_of_a_post(server, centre, opened) == "127.0.0.1"
