"""What accounts answer to other packages."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from coordination.accounts.models import Person


def may_join_inbox(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """One's own inbox, until the last membership ends."""
    if person_id not in stream_ids:
        return {}
    person = Person.objects.filter(pk=person_id).first()
    return {person_id: person.may_until()} if person and person.has_access else {}
