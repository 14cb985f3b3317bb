"""Slowing down whoever guesses, without letting them lock anybody else out.

Only failures count, in allauth's rate limits (`ACCOUNT_RATE_LIMITS`). A browser in which a person has signed in before
carries a cookie that says so, and its failures are counted apart: whatever a guesser elsewhere does to an account or
from an address, its owner goes on signing in from the browser they know ("device cookies", OWASP).
"""

import secrets
from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from coordination.accounts.models import Person
from coordination.base.encryption import keyed_hash

COOKIE = "liaison_known"
DAYS = 90
MOST_PEOPLE = 20
"""How many people one browser of a shared desk remembers."""
_SALT = "accounts.throttle"


def limits_for(request: HttpRequest, login: str) -> list[tuple[str, str]]:
    """Which limits an attempt counts in, each with its key."""
    login = login.strip().lower()
    if device := _devices(request).get(_name(login)):
        return [("login_failed_device", device)]
    pair = f"{request.META.get('REMOTE_ADDR')} {login}"
    return [("login_failed", pair), ("login_failed_account", login), ("login_failed_address", "")]


def consume(request: HttpRequest, login: str) -> list[RateLimitUsage] | None:
    """Count an attempt that may fail; None when it is one too many. A success rolls what came back back."""
    used: list[RateLimitUsage] = []
    for action, key in limits_for(request, login):
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        if usage is None:
            roll_back(used)
            return None
        used.append(usage)
    return used


def roll_back(used: list[RateLimitUsage]) -> None:
    """The attempt succeeded, or was not made: it does not count."""
    for usage in used:
        usage.rollback()


def remember(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """From now on this browser is known to be one of this person's."""
    devices = _devices(request)
    name = _name(person.login)
    devices = {name: devices.get(name) or secrets.token_urlsafe(12), **devices}
    latest = dict(list(devices.items())[:MOST_PEOPLE])
    response.set_cookie(
        COOKIE,
        signing.dumps(latest, salt=_SALT, compress=True),
        max_age=DAYS * 86_400,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def _devices(request: HttpRequest) -> dict[str, Any]:
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 86_400)
    except signing.BadSignature:
        return {}
    return said if isinstance(said, dict) else {}


def _name(login: str) -> str:
    """A login as the cookie names it, which tells nothing without the key."""
    return keyed_hash(login)[:16]
