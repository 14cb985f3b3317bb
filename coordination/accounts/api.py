"""Signing in, the directory, the roles and the access log."""

from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import translation
from ninja import Router

from coordination.accounts import queries, throttle
from coordination.accounts.actions import check_credentials, set_language
from coordination.accounts.errors import AccessEnded, TooManyAttempts, WrongCredentials
from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.accounts.schemas import (
    CsrfOut,
    DemoPerson,
    EntriesOut,
    Inbox,
    LanguageIn,
    LanguageOut,
    Me,
    Named,
    OrganisationOut,
    PeopleOut,
    RolesOut,
    SessionOut,
    SignInIn,
    TeamsOut,
    person_ref,
)
from coordination.accounts.signin import SignedInRequest, page_of_ours
from coordination.audit import actions as audit
from coordination.base import demo
from coordination.base.action import acting

router = Router(tags=["accounts"])


def _version() -> str:
    try:
        return version("liaison")
    except PackageNotFoundError:
        return "dev"


VERSION = _version()


def session_of(request: HttpRequest, person: Person) -> SessionOut:
    """Who is signed in, with what the application needs to start."""
    teams = person.teams.order_by("name")
    me = Me(
        **person_ref(person).model_dump(),
        organisation=Named(id=person.organisation_id, name=person.organisation.name),
        rights=sorted(person.rights),
        language=person.language,
        teams=[Named(id=team.pk, name=team.name) for team in teams],
        streams=Inbox(inbox=person.pk),
    )
    return SessionOut(person=me, demo=settings.DEMO, csrf=get_token(request), version=VERSION)


@router.get("/session", response=SessionOut)
def get_session(request: SignedInRequest) -> SessionOut:
    """Who is signed in."""
    return session_of(request, request.person)


@router.get("/session/csrf", response=CsrfOut, auth=None)
def get_csrf(request: HttpRequest) -> CsrfOut:
    """The token that the sign-in form sends back; in demo mode, who can be tried."""
    people = Person.objects.filter(login__in=demo.PEOPLE) if settings.DEMO else Person.objects.none()
    shown = [
        DemoPerson(
            login=person.login,
            name=person.display_name,
            profession=person.profession_label,
            password=demo.PASSWORD,
        )
        for person in sorted(people, key=lambda person: list(demo.PEOPLE).index(person.login))
    ]
    return CsrfOut(csrf=get_token(request), demo=settings.DEMO, demo_people=shown)


@router.post("/session", response=SessionOut, auth=page_of_ours)
def sign_in(request: HttpRequest, payload: SignInIn) -> SessionOut:
    """Open a session with a login and a password."""
    login, address = payload.login.strip().lower(), request.META.get("REMOTE_ADDR") or ""
    refuse_unless(not throttle.is_closed(login, address), TooManyAttempts())
    person = check_credentials(login, payload.password, address=address)
    if person is None:
        raise WrongCredentials
    refuse_unless(person.has_access, AccessEnded())
    open_session(request, person)
    translation.activate(person.language)
    return session_of(request, person)


@router.delete("/session", response={204: None})
def sign_out(request: SignedInRequest) -> None:
    """End the session."""
    with acting():
        audit.record(request.person, "session.closed", request.person)
        close_session(request)


@router.patch("/session/language", response=LanguageOut)
def change_language(request: SignedInRequest, payload: LanguageIn) -> Person:
    """The language in which Liaison answers."""
    return set_language(request.person, payload.language)


@router.get("/people", response=PeopleOut)
def list_people(request: SignedInRequest) -> dict[str, QuerySet[Person]]:
    """The directory of the centre."""
    return {"items": queries.directory(request.person)}


@router.get("/teams", response=TeamsOut)
def list_teams(request: SignedInRequest) -> dict[str, QuerySet[Team]]:
    """The teams of the centre and who is in them."""
    return {"items": queries.teams(request.person)}


@router.get("/organisation", response=OrganisationOut)
def get_organisation(request: SignedInRequest) -> OrganisationOut:
    """The centre and its sites."""
    return queries.centre_of(request.person)


@router.get("/roles", response=RolesOut)
def list_roles(request: SignedInRequest) -> RolesOut:
    """What each role lets a person do."""
    require(request.person, Right.DIRECTORY_MANAGE)
    return queries.roles_of(request.person)


@router.get("/audit", response=EntriesOut)
def list_audit(request: SignedInRequest, patient: UUID | None = None, before: datetime | None = None) -> EntriesOut:
    """Who did or read what, latest first."""
    require(request.person, Right.AUDIT_READ)
    return queries.access_log(request.person, patient=patient, before=before)
