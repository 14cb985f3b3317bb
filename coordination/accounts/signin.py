"""Who is asking: a session cookie (with CSRF) or a bearer token (without)."""

import hashlib
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from django.conf import settings

from coordination.accounts.models import AccessToken, Person
from coordination.base import clock


class SignedInRequest(HttpRequest):
    """A request whose asker is known; the type of every view's `request` behind sign-in."""

    auth: Person

    @property
    def person(self) -> Person: ...


def digest(secret: str) -> str:
    """SHA-256 in hex of a random secret: what is kept of tokens and links."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person_of_token(secret: str) -> Person | None:
    """The person a bearer token stands for, if it has not ended."""
    token = AccessToken.objects.select_related("person").filter(digest=digest(secret), expires_at__gt=clock.now()).first()
    return token.person if token and token.person.is_active else None


class Cookie(APIKeyCookie):
    """The browser's session."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return None
        request.person = person  # type: ignore[attr-defined]
        return person


class Bearer(HttpBearer):
    """A token of `liaison token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        person = person_of_token(token)
        if person:
            request.person = person  # type: ignore[attr-defined]
        return person
