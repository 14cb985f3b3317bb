"""Opening a stream, in the action that creates its owner."""

from uuid import UUID

from coordination.base.action import action
from coordination.streams.models import Stream


@action
def open_stream(stream: UUID, *, kind: str, organisation: UUID) -> Stream:
    """Begin the log of a new thing, under the thing's own id; it starts at 0."""
    return Stream.objects.create(pk=stream, kind=kind, organisation_id=organisation)
