"""Signing in and out, and the writes that give or end access."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from coordination.accounts.models import Absence, Membership, Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.streams.actions import open_stream


@action
def add_person(login: str, password: str | None, *, organisation: Organisation, **fields: Any) -> Person:
    """Somebody new in a centre, with the inbox on which they are told things."""
    person = Person.objects.create_person(login, password, organisation=organisation, **fields)
    open_stream(person.pk, kind="person", organisation=organisation.pk)
    audit.record(None, "person.added", person, organisation=organisation.pk)
    return person


@action
def set_language(person: Person, language: str) -> Person:
    """The language Liaison speaks to this person."""
    person.language = language
    person.save(update_fields=["language"])
    audit.record(person, "session.language", person)
    return person


@action
def end_membership(membership: Membership, *, by: Person) -> Membership:
    """End a role now; the person's sockets notice within seconds."""
    require(by, Right.DIRECTORY_MANAGE)
    membership.valid_until = clock.now()
    membership.save(update_fields=["valid_until"])
    raise_epoch([membership.person_id])
    audit.record(by, "membership.ended", membership, detail={"person": str(membership.person_id)})
    return membership


@action
def leave_team(team: Team, person: Person, *, by: Person) -> None:
    """Take someone out of a team, its queue and its conversations."""
    require(by, Right.DIRECTORY_MANAGE)
    team.people.remove(person)
    raise_epoch([person.pk])
    audit.record(by, "team.left", team, detail={"person": str(person.pk)})


def raise_epoch(people: Iterable[UUID]) -> None:
    """Some people lost some access: what they and their stand-ins follow is asked again at the next sweep."""
    losing = list(people)
    delegates = Absence.objects.in_force().filter(person__in=losing).values("delegate_id")
    Person.objects.filter(Q(pk__in=losing) | Q(pk__in=delegates)).update(access_epoch=F("access_epoch") + 1)
