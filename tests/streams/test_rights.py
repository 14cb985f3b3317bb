"""Rights and sign-ins end on time on sockets that are open."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F

from coordination.accounts.absences_actions import end_absence
from coordination.accounts.models import Absence, AccessToken, Membership, Person, Team
from coordination.base import clock
from coordination.streams.actions import open_stream
from messaging.actions import open_team_conversation
from tests.streams.application import tell
from tests.streams.support import Centre, Opener, Server, eventually, in_thread
from tests.streams.test_limits import session_cookie

pytestmark = pytest.mark.engine


def raise_epoch(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(access_epoch=F("access_epoch") + 1)


def lend(centre: Centre, person: Person, **fields: Any) -> None:
    """A second membership, elsewhere, that may end."""
    began = clock.now() - timedelta(days=1)
    Membership.objects.create(
        person=person, organisation=centre.organisation, role=centre.role, valid_from=began, **fields
    )


async def test_a_right_that_is_taken_ends_within_5_s_and_the_others_stay(
    server: Server, centre: Centre, opened: Opener
) -> None:
    other = await in_thread(Centre.make)
    person = await in_thread(centre.person)
    await in_thread(lend, other, person)
    kept, lost = await in_thread(centre.stream), await in_thread(other.stream)
    client = await opened(server, person)
    await client.join({kept: 0, lost: 0})
    await in_thread(Membership.objects.filter(person=person, organisation=other.organisation).delete)
    await in_thread(raise_epoch, person)
    await eventually(lambda: client.of_type("dropped") == [{"type": "dropped", "streams": [str(lost)]}])
    await in_thread(tell, lost, "not for you")
    await in_thread(tell, kept, "for you")
    await client.heard(kept, ["for you"])
    assert lost not in client.told


async def test_a_membership_that_ends_by_date_ends_on_the_open_socket(
    server: Server, centre: Centre, opened: Opener
) -> None:
    other, person = await in_thread(Centre.make), await in_thread(centre.person)
    await in_thread(lend, other, person, valid_until=clock.now() + timedelta(seconds=2))
    stream = await in_thread(other.stream)
    client = await opened(server, person)
    joined = await client.join({stream: 0})
    assert joined["streams"] == {str(stream): 0}
    await eventually(lambda: bool(client.of_type("dropped")), within=2 + 5)


async def test_an_end_that_was_put_off_drops_nobody(server: Server, centre: Centre, opened: Opener) -> None:
    other, person = await in_thread(Centre.make), await in_thread(centre.person)
    await in_thread(lend, other, person, valid_until=clock.now() + timedelta(seconds=1))
    stream = await in_thread(other.stream)
    client = await opened(server, person)
    await client.join({stream: 0})
    held = Membership.objects.filter(person=person, organisation=other.organisation)
    await in_thread(held.update, valid_until=clock.now() + timedelta(days=1))
    await eventually(lambda: len(client.of_type("current")) >= 2, within=12)
    assert client.of_type("dropped") == []
    await in_thread(tell, stream, "still")
    await client.heard(stream, ["still"])


async def test_who_is_made_inactive_is_closed(server: Server, centre: Centre, opened: Opener) -> None:
    person = await in_thread(centre.person)
    client = await opened(server, person)
    await client.join({await in_thread(centre.stream): 0})
    await in_thread(Person.objects.filter(pk=person.pk).update, is_active=False)
    assert await client.ended() == 4401


async def test_a_session_that_is_ended_closes_its_sockets(server: Server, centre: Centre, opened: Opener) -> None:
    cookie = await in_thread(session_cookie, await in_thread(centre.person))
    client = await opened(server, None, Cookie=cookie, Origin=f"http://127.0.0.1:{server.port}")
    await client.join({await in_thread(centre.stream): 0})
    await in_thread(Session.objects.all().delete)
    assert await client.ended() == 4401


async def test_a_token_that_is_ended_closes_its_sockets(server: Server, centre: Centre, opened: Opener) -> None:
    client = await opened(server, await in_thread(centre.person))
    await client.join({await in_thread(centre.stream): 0})
    await in_thread(AccessToken.objects.all().delete)
    assert await client.ended() == 4401


def conversation_of_the_absent(centre: Centre, delegate: Person, *, seconds: float) -> tuple[UUID, Absence]:
    """The conversation of a team whose only member is away for so long; the delegate takes over."""
    absent = centre.person()
    for person in (absent, delegate):
        open_stream(person.pk, kind="person", organisation=centre.organisation.pk)
    team = Team.objects.create(organisation=centre.organisation, name=absent.login, code=absent.login)
    team.people.add(absent)
    now = clock.now()
    absence = Absence.objects.create(
        person=absent,
        delegate=delegate,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(seconds=seconds),
    )
    return open_team_conversation(team, by=None).pk, absence


async def test_a_stand_in_is_off_the_open_socket_when_the_absence_ends(
    server: Server, centre: Centre, opened: Opener
) -> None:
    delegate = await in_thread(centre.person)
    stream, _ = await in_thread(conversation_of_the_absent, centre, delegate, seconds=2)
    kept = await in_thread(centre.stream)
    client = await opened(server, delegate)
    joined = await client.join({stream: 0, kept: 0})
    assert str(stream) in joined["streams"]
    await eventually(lambda: client.of_type("dropped") == [{"type": "dropped", "streams": [str(stream)]}], within=2 + 5)
    await in_thread(tell, stream, "not for you")
    await in_thread(tell, kept, "for you")
    await client.heard(kept, ["for you"])
    assert client.told[stream] == []


async def test_a_stand_in_is_off_the_open_socket_when_the_absent_person_comes_back_early(
    server: Server, centre: Centre, opened: Opener
) -> None:
    delegate = await in_thread(centre.person)
    stream, absence = await in_thread(conversation_of_the_absent, centre, delegate, seconds=3600)
    client = await opened(server, delegate)
    await client.join({stream: 0})
    await in_thread(end_absence, absence, by=await in_thread(lambda: absence.person))
    await eventually(lambda: bool(client.of_type("dropped")))
