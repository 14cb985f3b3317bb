"""The session of whoever asks: who they are, their language, what else is open, and its end."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from coordination.accounts import pro_sante, sessions
from coordination.accounts.actions import set_language
from coordination.accounts.devices import device_of
from coordination.accounts.models import Person, Team
from coordination.accounts.schemas import Named, person_ref
from coordination.accounts.session_schemas import (
    CsrfOut,
    DemoPerson,
    Inbox,
    LanguageIn,
    LanguageOut,
    Me,
    OpenSession,
    OpenSessions,
    Provider,
    SessionOut,
    SignedOut,
    Ways,
)
from coordination.accounts.signin import Cookie, HalfCookie, SignedInRequest, has_second_factor
from coordination.base import demo

router = Router(tags=["accounts"])


def _version() -> str:
    try:
        return version("liaison")
    except PackageNotFoundError:
        return "dev"


VERSION = _version()


@router.get("/session", response=SessionOut)
def get_session(request: SignedInRequest) -> SessionOut:
    """Who is signed in; 401 says by its code what is missing: `second_factor_to_set_up`, `password_to_change`, …"""
    return SessionOut(
        person=_me(request.person),
        demo=settings.DEMO,
        csrf=get_token(request),
        version=VERSION,
        idle_minutes=settings.IDLE_MINUTES,
    )


def _me(person: Person) -> Me:
    absent = Person.objects.get_queryset().filter(pk__in=[one.person_id for one in person.standing_in])
    return Me(
        **person_ref(person).model_dump(),
        organisation=Named(id=person.organisation_id, name=person.organisation.name),
        rights=sorted(person.rights),
        language=person.language,
        teams=[Named(id=team.pk, name=team.name) for team in _teams(person)],
        standing_in_for=[person_ref(one) for one in absent.order_by("sort_key")],
        second_factor=has_second_factor(person),
        streams=Inbox(inbox=person.pk),
    )


def _teams(person: Person) -> Any:
    return Team.objects.filter(pk__in=person.team_ids).order_by("name")


@router.get("/session/csrf", response=CsrfOut, auth=None)
def get_csrf(request: HttpRequest) -> CsrfOut:
    """The token that the sign-in form sends back, and how one may sign in; in demo mode, who can be tried."""
    return CsrfOut(
        csrf=get_token(request),
        demo=settings.DEMO,
        demo_people=_demo_people() if settings.DEMO else [],
        ways=_ways(),
        idle_minutes=settings.IDLE_MINUTES,
    )


def _ways() -> Ways:
    connected = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {}).get("APPS", [])
    providers = [Provider(id=one["provider_id"], name=one["name"]) for one in connected]
    return Ways(password=True, passkey=True, directory=bool(getattr(settings, "DIRECTORY", None)), providers=providers)


def _demo_people() -> list[DemoPerson]:
    """In the order of `demo.PEOPLE`."""
    people = {person.login: person for person in Person.objects.get_queryset().filter(login__in=demo.PEOPLE)}
    return [
        DemoPerson(
            login=login,
            name=people[login].display_name,
            profession=people[login].profession_label,
            password=demo.PASSWORD,
        )
        for login in demo.PEOPLE
        if login in people
    ]


@router.post("/session/seen", response={204: None}, auth=Cookie())
def note_seen(request: SignedInRequest) -> None:
    """Somebody acts at the screen. Every write counts too; what a page reads by itself does not."""


@router.delete("/session", response=SignedOut, auth=HalfCookie())
def sign_out(request: SignedInRequest) -> SignedOut:
    """End the session, whole or half."""
    continue_at = pro_sante.farewell(request)
    get_adapter().logout(request)
    return SignedOut(continue_at=continue_at)


@router.patch("/session/language", response=LanguageOut)
def change_language(request: SignedInRequest, payload: LanguageIn) -> Person:
    """The language in which Liaison answers."""
    return set_language(request.person, payload.language)


@router.get("/sessions", response=OpenSessions, auth=Cookie())
def list_sessions(request: SignedInRequest) -> OpenSessions:
    """One's own open sessions, the last used first."""
    current = request.session.session_key
    return OpenSessions(items=[_open(row, current) for row in sessions.sessions_of(request.person)])


def _open(row: UserSession, current: str | None) -> OpenSession:
    return OpenSession(
        id=row.pk,
        device=device_of(row.user_agent).say(),
        address=row.ip,
        created_at=row.created_at,
        seen_at=row.last_seen_at,
        current=row.session_key == current,
    )


@router.delete("/sessions/{session_id}", response={204: None}, auth=Cookie())
def end_session(request: SignedInRequest, session_id: int) -> None:
    """End one of one's own sessions."""
    sessions.end_session(request.person, session_id)


@router.delete("/sessions", response={204: None}, auth=Cookie())
def end_other_sessions(request: SignedInRequest) -> None:
    """End all of one's own sessions but this one."""
    sessions.end_sessions(request.person, but=request.session.session_key, by=request.person)
