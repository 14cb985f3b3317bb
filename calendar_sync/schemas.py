"""How calendar addresses are shown."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from calendar_sync.models import Feed
from coordination.accounts.schemas import Named


class FeedIn(Schema):
    agenda: UUID


class FeedOut(Schema):
    """An address that exists, without the address itself: it cannot be shown again."""

    id: UUID
    agenda: Named
    created_at: datetime
    last_read_at: datetime | None


class NewFeedOut(FeedOut):
    """The one answer that carries the address."""

    address: str = Field(description="https://…/ics/….ics, to paste in a calendar application")


class FeedsOut(Schema):
    items: list[FeedOut]


def feed_out(feed: Feed) -> FeedOut:
    """A feed; reads its agenda."""
    agenda = Named(id=feed.agenda.pk, name=feed.agenda.name)
    return FeedOut(id=feed.pk, agenda=agenda, created_at=feed.created_at, last_read_at=feed.last_read_at)
