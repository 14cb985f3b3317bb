"""Open sessions: which are alive, when somebody last acted in them, and how they are ended."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest

from coordination.accounts.models import Person
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound

NOTED_EVERY = timedelta(minutes=1)
"""How often, at most, it is written down that somebody acts."""


def idle_before() -> datetime:
    """Whoever last acted before this instant has been idle for too long."""
    return clock.now() - timedelta(minutes=settings.IDLE_MINUTES)


def last_acted(key: str | None) -> datetime | None:
    """When somebody last acted in the session with this key; None when it has been ended."""
    return UserSession.objects.filter(session_key=key).values_list("last_seen_at", flat=True).first() if key else None


def note_activity(request: HttpRequest) -> None:
    """Somebody acts in this session; written down once a minute at most."""
    now = clock.now()
    same = UserSession.objects.filter(session_key=request.session.session_key, last_seen_at__lt=now - NOTED_EVERY)
    same.update(last_seen_at=now, ip=request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104


def alive(keys: Collection[str]) -> set[str]:
    """Those of these sessions that have neither ended nor expired nor been idle for too long, in one query."""
    kept = Session.objects.filter(pk__in=keys, expire_date__gt=clock.now()).values("pk")
    rows = UserSession.objects.filter(session_key__in=kept, last_seen_at__gt=idle_before())
    return set(rows.values_list("session_key", flat=True))


def sessions_of(person: Person) -> QuerySet[UserSession]:
    """The sessions of a person that are alive, the last used first."""
    kept = Session.objects.filter(expire_date__gt=clock.now()).values("pk")
    rows = UserSession.objects.filter(user=person, last_seen_at__gt=idle_before(), session_key__in=kept)
    return rows.order_by("-last_seen_at", "-pk")


@action
def end_session(person: Person, number: int) -> None:
    """End one of one's sessions; its sockets are closed by the next sweep."""
    row = UserSession.objects.filter(user=person, pk=number).first()
    if row is None:
        raise NotFound
    _end([row.session_key])
    audit.record(person, "session.ended", person, detail={"address": row.ip})


@action
def end_sessions(person: Person, *, but: str | None = None, by: Person | None) -> int:
    """End the sessions of a person, but perhaps the one with this key; how many there were."""
    keys = [*UserSession.objects.filter(user=person).exclude(session_key=but).values_list("session_key", flat=True)]
    _end(keys)
    if keys:
        audit.record(by, "sessions.ended", person, detail={"sessions": len(keys)})
    return len(keys)


def forget_session(key: str | None) -> None:
    """The session with this key is over: it is no longer listed."""
    UserSession.objects.filter(session_key=key).delete()


def forget_idle() -> None:
    """Delete what is left of sessions that are over."""
    idle = UserSession.objects.filter(last_seen_at__lt=idle_before()).values_list("session_key", flat=True)
    _end(idle)
    UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()


def _end(keys: Iterable[str]) -> None:
    keys = list(keys)
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
