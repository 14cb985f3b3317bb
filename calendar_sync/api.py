"""The routes by which people manage the addresses of their calendars."""

from uuid import UUID

from ninja import Router, Status

from calendar_sync import actions
from calendar_sync.models import Feed
from calendar_sync.schemas import FeedIn, FeedOut, FeedsOut, NewFeedOut, feed_out
from coordination.accounts.signin import SignedInRequest
from coordination.agenda.models import Agenda
from coordination.base.idempotency import idempotent, show_once
from coordination.base.scoping import visible_or_404

router = Router(tags=["calendars"])


@router.get("/feeds", response=FeedsOut)
def list_feeds(request: SignedInRequest) -> FeedsOut:
    """The addresses one has, latest first."""
    mine = Feed.objects.visible_to(request.person).live().select_related("agenda").order_by("-created_at")
    return FeedsOut(items=[feed_out(feed) for feed in mine])


@router.post("/feeds", response={201: NewFeedOut})
@idempotent
def open_feed(request: SignedInRequest, body: FeedIn) -> Status[NewFeedOut]:
    """A new address of an agenda; this answer is the only one that shows it."""
    feed, address = actions.open_feed(visible_or_404(Agenda, request.person, body.agenda), by=request.person)
    shown: FeedOut = feed_out(feed)
    # a retry is answered without it: it can be revoked, and another one opened
    show_once(request, "address")
    return Status(201, NewFeedOut(**shown.model_dump(), address=address))


@router.delete("/feeds/{uuid:feed_id}", response={204: None})
def revoke_feed(request: SignedInRequest, feed_id: UUID) -> Status[None]:
    """From now on the address answers 404."""
    actions.revoke_feed(visible_or_404(Feed, request.person, feed_id), by=request.person)
    return Status(204, None)
