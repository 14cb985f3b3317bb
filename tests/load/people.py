"""Rooms full of people, each with a token."""

import secrets
from datetime import timedelta

from coordination.accounts.actions import add_person
from coordination.accounts.defaults import create_default_roles
from coordination.accounts.models import AccessToken, Membership, Organisation, Role, Team
from coordination.accounts.signin import digest
from coordination.base import clock
from messaging.actions import open_team_conversation
from tests.load.rooms import Room


def make_centre() -> Organisation:
    """An empty centre with its default roles."""
    centre = Organisation.objects.create(kind=Organisation.Kind.CENTRE, name="Bench", alias="Bench")
    create_default_roles(centre)
    return centre


def make_room(centre: Organisation, code: str, members: int) -> Room:
    """A team's conversation with so many members, who may all write."""
    team = Team.objects.create(organisation=centre, name=code, code=code)
    role = Role.objects.get(organisation=centre, code="soignant")
    tokens = [_member(centre, team, role, f"{code}-{place}") for place in range(members)]
    return Room(str(open_team_conversation(team, by=None).pk), tokens)


def _member(centre: Organisation, team: Team, role: Role, login: str) -> str:
    person = add_person(
        login,
        None,
        organisation=centre,
        given_name="Ada",
        family_name=login.title(),
        profession="ide",
        profession_label="Infirmière",
    )
    now = clock.now()
    Membership.objects.create(person=person, organisation=centre, role=role, valid_from=now - timedelta(days=1))
    team.people.add(person)
    secret = secrets.token_urlsafe(24)
    AccessToken.objects.create(person=person, digest=digest(secret), expires_at=now + timedelta(days=1))
    return secret
