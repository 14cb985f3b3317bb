"""Telling people that what they may do or see has changed."""

from collections.abc import Iterable
from uuid import UUID

from coordination.accounts.models import Person
from coordination.streams import log as streams


def tell_access(people: Iterable[UUID], *, by: Person | None) -> None:
    """Tell each of these people, in their inbox, to ask again who they are and what they follow."""
    for person in sorted(set(people)):
        streams.append(person, "access.changed", {}, actor=by.pk if by else None)
