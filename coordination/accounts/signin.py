"""Who is asking: a session cookie (with CSRF) or a bearer token (without)."""

import hashlib
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils import translation
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from coordination.accounts import sessions
from coordination.accounts.errors import AccessEnded, Locked, PasswordToChange, SecondFactorToSetUp
from coordination.accounts.models import AccessToken, Held, Person
from coordination.audit import actions as audit
from coordination.audit import origin
from coordination.base import clock, demo
from coordination.base.action import acting
from coordination.base.errors import AppError, NotSignedIn

SAFE = {"GET", "HEAD", "OPTIONS"}
LOCKED = "locked"
"""In the session that follows one that was ended for idleness, so that the door can say why."""
FACTOR_GONE = "second_factor_gone"
"""In a session whose person took their last factor away: it is half until another one is set up."""


class SignedInRequest(HttpRequest):
    """A request whose asker is known; the type of every view's `request` behind sign-in."""

    auth: Person

    @property
    def person(self) -> Person:
        return self.auth


def digest(secret: str) -> str:
    """SHA-256 in hex of a random secret: what is kept of tokens and links."""
    return hashlib.sha256(secret.encode()).hexdigest()


# Sessions


def known_by_session(request: HttpRequest) -> Person | None:
    """Whoever gave a password or more in this session, unless it was ended or nobody acted in it for too long."""
    person = request.user
    if not isinstance(person, Person):
        return None
    acted = sessions.last_acted(request.session.session_key)
    return person if acted is not None and acted > sessions.idle_before() else None


def hindrance(request: HttpRequest, person: Person) -> AppError | None:
    """What is missing between this person's password and a whole session; None when nothing is."""
    if not person.has_access:
        return AccessEnded()
    records = get_authentication_records(request, person)
    if person.password_to_change and any(record["method"] == "password" for record in records):
        return PasswordToChange()
    if is_strong(request, person):
        return None
    return NotSignedIn() if has_second_factor(person) else SecondFactorToSetUp()


def is_strong(request: HttpRequest, person: Person) -> bool:
    """Whether more than a password was given in this session: a second factor, a passkey or Pro Santé Connect.

    The people of the demo, whose password everybody may know, do without.
    """
    if settings.DEMO and person.login in demo.PEOPLE:
        return True
    methods = {record["method"] for record in get_authentication_records(request, person)}
    return bool(methods & {"mfa", "socialaccount"}) and not request.session.get(FACTOR_GONE)


def has_second_factor(person: Person) -> bool:
    """Whether a code generator or a passkey is set up; recovery codes alone are none."""
    return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def person_of_session(request: HttpRequest) -> Person | None:
    """The person whose whole session the request carries, if their access has not ended."""
    person = known_by_session(request)
    return person if person is not None and hindrance(request, person) is None else None


def leave_stale(request: HttpRequest) -> None:
    """Close a session that was ended from elsewhere or has been idle for too long; of the latter a mark stays."""
    person = request.user
    if not isinstance(person, Person) or known_by_session(request) is not None:
        return
    idle = sessions.last_acted(request.session.session_key) is not None
    with acting():
        if idle:
            audit.record(person, "session.locked", person)
        sessions.forget_session(request.session.session_key)
        logout(request)
    if idle:
        request.session[LOCKED] = True


class Cookie(APIKeyCookie):
    """The browser's session; a stranger is told to sign in before being told about CSRF."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        person = self._anybody(request) if key else None
        if person is None:
            return None
        if missing := hindrance(request, person):
            raise missing
        return self._welcome(request, person)

    def _anybody(self, request: HttpRequest) -> Person | None:
        leave_stale(request)
        if isinstance(request.user, Person):
            return request.user
        if request.session.get(LOCKED):
            raise Locked
        return None

    def _welcome(self, request: HttpRequest, person: Person) -> Person:
        if check_csrf(request):
            raise HttpError(403, "csrf")
        if request.method not in SAFE:
            sessions.note_activity(request)
        return _known(request, person)


class HalfCookie(Cookie):
    """For the few routes that a session may ask for before it is whole."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        person = self._anybody(request) if key else None
        return None if person is None else self._welcome(request, person)


def _known(request: HttpRequest, person: Person) -> Person:
    """From here on the request is this person's, and is answered in their language."""
    request.person = person  # type: ignore[attr-defined]
    translation.activate(person.language)
    return person


# Tokens


def live_tokens(digests: set[str]) -> dict[str, AccessToken]:
    """The tokens in force, by their digest, with their people."""
    live = AccessToken.objects.filter(digest__in=digests, expires_at__gt=clock.now())
    return {token.digest: token for token in live.select_related("person__organisation")}


def hold_to_scopes(token: AccessToken) -> Person:
    """The person a token stands for, who by it may do what both their roles and the token's scopes allow."""
    person = token.person
    if token.scopes is not None:
        scopes = frozenset(token.scopes)
        person.__dict__["held"] = [Held(held.rights & scopes, held.until) for held in person.held]
    return person


def person_of_token(secret: str) -> Person | None:
    """The person a bearer token stands for, if neither it nor their access has ended; its use is noted."""
    token = live_tokens({kept := digest(secret)}).get(kept)
    if token is None or not token.person.has_access:
        return None
    _note_use(token)
    origin.by_token(token.label)
    return hold_to_scopes(token)


def _note_use(token: AccessToken) -> None:
    """Once a minute at most."""
    now = clock.now()
    if token.used_at is None or token.used_at < now - timedelta(minutes=1):
        AccessToken.objects.filter(pk=token.pk).update(used_at=now)


class Bearer(HttpBearer):
    """A personal token, that of a service account, or one of `liaison token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        person = person_of_token(token)
        if person is None:
            return None
        request.by_token = True  # type: ignore[attr-defined]
        return _known(request, person)
