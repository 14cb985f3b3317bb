"""Who is asking: a session cookie (with CSRF) or a bearer token (without)."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from coordination.accounts.models import AccessToken, Person
from coordination.base import clock


class SignedInRequest(HttpRequest):
    """A request whose asker is known; the type of every view's `request` behind sign-in."""

    auth: Person

    @property
    def person(self) -> Person:
        return self.auth


def digest(secret: str) -> str:
    """SHA-256 in hex of a random secret: what is kept of tokens and links."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person_of_token(secret: str) -> Person | None:
    """The person a bearer token stands for, if neither it nor their access has ended."""
    live = AccessToken.objects.select_related("person__organisation").filter(
        digest=digest(secret), expires_at__gt=clock.now()
    )
    token = live.first()
    return token.person if token and token.person.has_access else None


def person_of_session(request: HttpRequest) -> Person | None:
    """The person whose session cookie the request carries, if their access has not ended."""
    person = request.user
    return person if isinstance(person, Person) and person.has_access else None


def _known(request: HttpRequest, person: Person) -> Person:
    """From here on the request is this person's, and is answered in their language."""
    request.person = person  # type: ignore[attr-defined]
    translation.activate(person.language)
    return person


class Cookie(APIKeyCookie):
    """The browser's session; a stranger is told to sign in before being told about CSRF."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        person = person_of_session(request) if key else None
        if person is None:
            return None
        if check_csrf(request):
            raise HttpError(403, "csrf")
        return _known(request, person)


class Bearer(HttpBearer):
    """A token of `liaison token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        person = person_of_token(token)
        return person and _known(request, person)


def page_of_ours(request: HttpRequest) -> bool:
    """For the routes that nobody has signed in for yet: only the CSRF token is asked."""
    if check_csrf(request):
        raise HttpError(403, "csrf")
    return True
