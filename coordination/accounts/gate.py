"""Sign-in as the sockets see it: the session cookie or the bearer token of the handshake."""

from collections.abc import Collection
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest, parse_cookie

from coordination.accounts.models import AccessToken
from coordination.accounts.signin import digest, person_of_session
from coordination.base import clock
from coordination.streams.gate import Headers, Identity

_SESSION, _TOKEN = "session:", "token:"


class SignInGate:
    """Knows people by cookie or token; a token counts before a cookie."""

    def identify(self, headers: Headers) -> Identity | None:
        """Whoever the handshake's headers stand for."""
        said = headers.get(b"authorization", b"").decode("latin-1")
        if said[:7].lower() == "bearer ":
            return _by_token(said[7:].strip())
        cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
        key = cookies.get(settings.SESSION_COOKIE_NAME)
        return _by_session(key) if key else None

    def still_good(self, credentials: Collection[str]) -> set[str]:
        """Those whose session or token has neither ended nor expired, in one query for each of the two sorts."""
        now = clock.now()
        sessions = [known.removeprefix(_SESSION) for known in credentials if known.startswith(_SESSION)]
        tokens = [known.removeprefix(_TOKEN) for known in credentials if known.startswith(_TOKEN)]
        good: set[str] = set()
        if sessions:
            alive = Session.objects.filter(pk__in=sessions, expire_date__gt=now).values_list("pk", flat=True)
            good.update(_SESSION + key for key in alive)
        if tokens:
            valid = AccessToken.objects.filter(digest__in=tokens, expires_at__gt=now).values_list("digest", flat=True)
            good.update(_TOKEN + kept for kept in valid)
        return good


def _by_token(secret: str) -> Identity | None:
    kept = digest(secret)
    token = AccessToken.objects.select_related("person__organisation").filter(digest=kept).first()
    if token is None or token.expires_at <= clock.now() or not token.person.has_access:
        return None
    return Identity(token.person, _TOKEN + kept, token.expires_at, by_cookie=False)


def _by_session(key: str) -> Identity | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    person = person_of_session(request)
    if person is None:
        return None
    until = clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Identity(person, _SESSION + key, until, by_cookie=True)
