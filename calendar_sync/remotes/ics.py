"""Calendars that read an address (Outlook, Apple, Google, Thunderbird, vdirsyncer): we serve, they poll."""

import hashlib
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from calendar_sync.actions import note_reading
from calendar_sync.ical import Entry, calendar
from calendar_sync.models import Feed
from coordination.accounts.signin import digest
from coordination.agenda.models import Agenda, Appointment, Occupation
from coordination.base import clock

BACK, AHEAD = timedelta(days=30), timedelta(days=335)
"""Twelve months in all."""
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="liaison.ics"',
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def serve(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar of a live address, 304 when the reader has it already; 404 for everything else."""
    feed = _live(secret)
    note_reading(feed)
    entries = entries_of(feed.agenda)
    tag = _tag(feed, entries)
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged or HttpResponse(
        calendar(entries, name=f"Liaison · {feed.agenda.name}", language=feed.person.language),
        content_type="text/calendar; charset=utf-8",
    )
    for header, value in (HEADERS | {"ETag": tag}).items():
        response.headers[header] = value
    return response


def _live(secret: str) -> Feed:
    """The feed of a secret, while it stands and its person still sees the agenda; `Http404` otherwise."""
    feeds = Feed.objects.live().select_related("agenda", "person").filter(digest=digest(secret))
    feed = feeds.first()
    if feed is None or not feed.person.has_access:
        raise Http404
    if not Agenda.objects.visible_to(feed.person).filter(pk=feed.agenda_id).exists():
        raise Http404
    return feed


def entries_of(agenda: Agenda) -> list[Entry]:
    """The appointments of twelve months, in one query, already without anything private."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    held = Occupation.objects.taken().filter(agenda=agenda, during__overlap=(today - BACK, today + AHEAD))
    rows = Appointment.objects.filter(pk__in=held.values("appointment_id")).order_by("starts_at", "pk")
    fields = (
        "pk",
        "local_start",
        "minutes",
        "time_zone",
        "status",
        "version",
        "site__alias",
        "created_at",
        "updated_at",
    )
    return [
        Entry(
            uid=pk,
            local_start=local_start.replace(tzinfo=None),
            minutes=minutes,
            zone=zone,
            status=status,
            sequence=version,
            place=place or "",
            created_at=created_at,
            changed_at=updated_at,
        )
        for pk, local_start, minutes, zone, status, version, place, created_at, updated_at in rows.values_list(*fields)
    ]


def _tag(feed: Feed, entries: list[Entry]) -> str:
    """A strong ETag of what the bytes are made from."""
    made_from = repr((feed.agenda.name, feed.person.language, entries))
    return f'"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}"'
