"""The writes of calendar addresses."""

import secrets
from datetime import timedelta

from django.conf import settings

from calendar_sync.errors import TooManyFeeds
from calendar_sync.models import Feed
from coordination.accounts.models import Person
from coordination.accounts.rules import refuse_unless
from coordination.accounts.signin import digest
from coordination.agenda.models import Agenda
from coordination.audit import actions as audit
from coordination.audit import origin
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.action import action

SECRET_BYTES = 24
MOST = 10
"""Live addresses of one agenda for one person: a phone, a computer, a few more."""
READ_EVERY = timedelta(minutes=1)
TOLD_EVERY = timedelta(hours=1)


@action
def open_feed(agenda: Agenda, *, by: Person) -> tuple[Feed, str]:
    """A new address of an agenda one sees, and that address, which is never shown again."""
    others = Feed.objects.visible_to(by).live().filter(agenda=agenda)
    refuse_unless(others.count() < MOST, TooManyFeeds(most=MOST))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed.objects.create(agenda=agenda, person=by, digest=digest(secret))
    audit.record(by, "feed.opened", feed, detail={"agenda": str(agenda.pk)})
    return feed, f"{settings.PUBLIC_URL}/ics/{secret}.ics"


@action
def revoke_feed(feed: Feed, *, by: Person) -> None:
    """Close an address at once; closing it again changes nothing."""
    if Feed.objects.live().filter(pk=feed.pk).update(revoked_at=clock.now()):
        audit.record(by, "feed.revoked", feed, detail={"agenda": str(feed.agenda_id)})


def note_reading(feed: Feed) -> None:
    """When it was last read, to the minute; from each place, the first reading of an hour is in the access log.

    It stands under the name of whose address it is: whoever has the address reads as they do.
    """
    now = clock.now()
    if feed.last_read_at is None or feed.last_read_at < now - READ_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_read_at=now)
    if not _read_from_here(feed):
        _record_reading(feed)


@action
def _record_reading(feed: Feed) -> None:
    audit.record(feed.person, "feed.read", feed, detail={"agenda": str(feed.agenda_id)})


def _read_from_here(feed: Feed) -> bool:
    recent = Entry.objects.filter(actor_id=feed.person_id, at__gt=clock.now() - TOLD_EVERY)
    return recent.filter(kind="feed.read", subject_id=feed.pk, address=origin.address()).exists()
