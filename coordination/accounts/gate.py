"""Sign-in as the sockets see it: the session cookie or the bearer token of the handshake."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from coordination.accounts import sessions
from coordination.accounts.models import AccessToken, read_held
from coordination.accounts.signin import digest, live_tokens, person_of_session
from coordination.base import clock
from coordination.streams.gate import Headers, Identity

_SESSION, _TOKEN = "session:", "token:"


class SignInGate:
    """Knows people by cookie or token; a token counts before a cookie."""

    def identify(self, handshakes: Sequence[Headers]) -> list[Identity | None]:
        """Whoever the headers of each handshake stand for; two queries for all the tokens among them."""
        tokens = _tokens({digest(secret) for headers in handshakes if (secret := _bearer(headers))})
        return [
            _of_token(tokens.get(digest(secret))) if (secret := _bearer(headers)) is not None else _of_cookie(headers)
            for headers in handshakes
        ]

    def still_good(self, credentials: Collection[str]) -> set[str]:
        """Those whose session or token has not ended, expired or, as a session, been idle; one query for each sort."""
        keys = [known.removeprefix(_SESSION) for known in credentials if known.startswith(_SESSION)]
        tokens = [known.removeprefix(_TOKEN) for known in credentials if known.startswith(_TOKEN)]
        good: set[str] = set()
        if keys:
            good.update(_SESSION + key for key in sessions.alive(keys))
        if tokens:
            valid = AccessToken.objects.filter(digest__in=tokens, expires_at__gt=clock.now())
            good.update(_TOKEN + kept for kept in valid.values_list("digest", flat=True))
        return good


def _bearer(headers: Headers) -> str | None:
    said = headers.get(b"authorization", b"").decode("latin-1")
    return said[7:].strip() if said[:7].lower() == "bearer " else None


def _tokens(digests: Collection[str]) -> dict[str, AccessToken]:
    """The tokens in force, by their digest, with people who know what they may do.

    A token limited to some rights opens no socket: what a stream shows is decided from the person's roles alone.
    """
    found = {key: token for key, token in live_tokens(set(digests)).items() if token.scopes is None} if digests else {}
    read_held([token.person for token in found.values()])
    return found


def _of_token(token: AccessToken | None) -> Identity | None:
    if token is None or not token.person.has_access:
        return None
    return Identity(token.person, _TOKEN + token.digest, token.expires_at, by_cookie=False)


def _of_cookie(headers: Headers) -> Identity | None:
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    return _by_session(key) if key else None


def _by_session(key: str) -> Identity | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    person = person_of_session(request)
    if person is None:
        return None
    until = clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Identity(person, _SESSION + key, until, by_cookie=True)
