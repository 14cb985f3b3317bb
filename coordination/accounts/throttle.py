"""Slowing down whoever guesses passwords, without letting them lock anybody out for long.

Only failures count. The narrow limit is on one account from one address, so a guesser elsewhere does not close the door
of the account's owner; the wide limits last a minute. Kept in the database, so it holds while Redis is away.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from coordination.accounts.models import FailedSignIn
from coordination.base import clock

MEMORY = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """So many failures within so long."""

    failures: int
    within: timedelta


PAIR = Limit(8, timedelta(minutes=5))
ACCOUNT = Limit(60, timedelta(minutes=1))
ADDRESS = Limit(120, timedelta(minutes=1))


def is_closed(login: str, address: str) -> bool:
    """Whether a sign-in to this account from this address is to wait."""
    same_login, same_address = Q(login=login), Q(address=address)
    return any(
        FailedSignIn.objects.filter(who, at__gt=clock.now() - limit.within)[: limit.failures].count() >= limit.failures
        for who, limit in ((same_login & same_address, PAIR), (same_login, ACCOUNT), (same_address, ADDRESS))
    )


def note_failure(login: str, address: str) -> None:
    """Count one wrong password; forget the old ones."""
    now = clock.now()
    FailedSignIn.objects.filter(at__lt=now - MEMORY).delete()
    FailedSignIn.objects.create(login=login, address=address, at=now)
