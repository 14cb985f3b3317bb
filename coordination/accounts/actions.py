"""Signing in and out, and the writes that give or end access."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from coordination.accounts.models import Absence, Organisation, Person
from coordination.audit import actions as audit
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


def raise_epoch(people: Iterable[UUID]) -> None:
    """Some people lost some access: what they and their stand-ins follow is asked again at the next sweep."""
    losing = list(people)
    delegates = Absence.objects.in_force().filter(person__in=losing).values("delegate_id")
    Person.objects.filter(Q(pk__in=losing) | Q(pk__in=delegates)).update(access_epoch=F("access_epoch") + 1)
