"""Sensitive acts ask who is there again: a session counts as proved for a few minutes after each proof."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from coordination.accounts.errors import ReauthenticationNeeded
from coordination.accounts.models import Person
from coordination.accounts.rules import refuse_unless


def is_recent(request: HttpRequest) -> bool:
    """Whether whoever uses this session gave a password, a code or a passkey within `REAUTHENTICATION_MINUTES`."""
    if getattr(request, "by_token", False) or not isinstance(request.user, Person):
        return False
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(proofs) and time.time() - max(proofs) < settings.REAUTHENTICATION_MINUTES * 60


def require_recent(request: HttpRequest) -> None:
    """Go on after a recent proof; a bearer token, which proves nothing about who holds it, never passes."""
    refuse_unless(is_recent(request), ReauthenticationNeeded())
