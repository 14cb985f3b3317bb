"""Tokens of people and of programs, the programs' accounts, and what the administrator resets for somebody."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator

from coordination.accounts import sessions
from coordination.accounts.credentials import refuse_both, startle
from coordination.accounts.directory_errors import OwnAccess
from coordination.accounts.errors import BadExpiry, NoPassword, NoScope, UnknownScope
from coordination.accounts.first_passwords import give_first_password
from coordination.accounts.memberships_actions import add_membership
from coordination.accounts.models import AccessToken, Person, Role
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.accounts.signin import digest
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.streams.actions import open_stream

LONGEST = timedelta(days=366)


@action
def make_token(
    person: Person, *, label: str, scopes: Sequence[str] | None, expires_at: datetime, by: Person | None
) -> tuple[AccessToken, str]:
    """A token and its secret, of which only the digest is kept; `scopes` None is all that the person may do.

    `by` None is whoever runs the server.
    """
    secret = secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        person=person, digest=digest(secret), label=label, scopes=_kept(scopes), expires_at=expires_at
    )
    detail = {"person": str(person.pk), "scopes": token.scopes}
    audit.record(by, "token.made", token, organisation=person.organisation_id, detail=detail)
    return token, secret


def _kept(scopes: Iterable[str] | None) -> list[str] | None:
    return None if scopes is None else sorted(set(scopes))


def refuse_wider(person: Person, scopes: Iterable[str]) -> None:
    """There is a scope, and every one is a right that the token's owner holds."""
    scopes = set(scopes)
    refuse_unless(bool(scopes), NoScope(fields={"scopes": NoScope.sentence}))
    refuse_unless(scopes <= person.rights, UnknownScope(fields={"scopes": UnknownScope.sentence}))


def end_of(day: date, person: Person) -> datetime:
    """The end of the last day, where the centre is; `BadExpiry` unless it is after today and within a year."""
    zone = ZoneInfo(person.organisation.time_zone)
    today = clock.today(zone)
    refuse_unless(today < day <= today + LONGEST, BadExpiry(fields={"expires_on": BadExpiry.sentence}))
    return datetime.combine(day + timedelta(days=1), time(), zone)


@action
def end_token(token: AccessToken, *, by: Person) -> None:
    """A token is good for nothing any more; its sockets are closed by the next sweep."""
    mine = token.person_id == by.pk
    refuse_unless(mine or (token.person.is_service and by.may(Right.DIRECTORY_MANAGE)), NotFound())
    audit.record(by, "token.revoked", token, detail={"person": str(token.person_id)})
    token.delete()


@action
def add_service_account(name: str, role: Role, *, by: Person) -> Person:
    """An account for a program, in one role; it has no password, and comes with tokens only."""
    require(by, Right.DIRECTORY_MANAGE)
    account = Person.objects.create_person(
        f"service-{uuid4().hex[:12]}",
        None,
        organisation_id=by.organisation_id,
        family_name=name,
        profession="service",
        profession_label="Compte de service",
        is_service=True,
    )
    open_stream(account.pk, kind="person", organisation=by.organisation_id)
    audit.record(by, "service_account.added", account)
    add_membership(account, role, by.organisation, by=by)
    return account


@action
def reset_second_factor(person: Person, *, by: Person) -> None:
    """Somebody lost all their factors: their sessions end, and they set up another one after their next password.

    Not by whoever gave them a password the same day.
    """
    _refuse_unless_theirs(person, by)
    refuse_both(person, "password.given", by=by)
    Authenticator.objects.filter(user=person).delete()
    sessions.end_sessions(person, by=by)
    startle(person, by=by)
    audit.record(by, "second_factor.reset", person)


@action
def reset_password(person: Person, *, by: Person) -> str:
    """A password to hand over to somebody who forgot theirs; their sessions end.

    Not by whoever took their second factor away the same day.
    """
    _refuse_unless_theirs(person, by)
    refuse_both(person, "second_factor.reset", by=by)
    password = give_first_password(person, by=by)
    sessions.end_sessions(person, by=by)
    startle(person, by=by)
    return password


def _refuse_unless_theirs(person: Person, by: Person) -> None:
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(person.pk != by.pk, OwnAccess())
    refuse_unless(not person.is_service, NoPassword())
