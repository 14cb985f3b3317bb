"""Who works in whose place while somebody is away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from coordination.accounts.models import Absence, Person, PersonQuerySet


def working_for(people: Sequence[Person], *, at: datetime | None = None) -> dict[UUID, Person | None]:
    """For each of these people, who does their work: themselves, or while they are away their delegate; None is nobody.

    In two queries. A delegate who is away too, or has no access any more, replaces nobody: standing in does not chain.
    """
    away = Absence.objects.in_force(at).filter(person__in=people).order_by("ends_at")
    delegate_of = dict(away.values_list("person_id", "delegate_id"))
    delegates = present(at).in_bulk(filter(None, delegate_of.values()))
    workers: dict[UUID, Person | None] = {person.pk: person for person in people}
    return workers | {who: delegates.get(delegate) if delegate else None for who, delegate in delegate_of.items()}


def present(at: datetime | None = None) -> PersonQuerySet:
    """Those who have access and are not away."""
    away = Absence.objects.in_force(at).values("person_id")
    return Person.objects.get_queryset().working().exclude(pk__in=away)


def worker_for(person: Person) -> Person:
    """Who gets what is meant for somebody: while they are away their delegate, if there is one who works."""
    return working_for([person])[person.pk] or person
