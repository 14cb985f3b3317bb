"""`liaison token <login>`: a bearer token good for `/api` and `/ws`."""

import secrets
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coordination.accounts.models import AccessToken, Person
from coordination.accounts.signin import digest
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action


class Command(BaseCommand):
    """The token is printed once; only its digest is kept."""

    help = "Print a new bearer token of a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--days", type=int, default=30, help="how long it is good for (30)")
        parser.add_argument("--label", default="liaison token", help="what it is for, as the list of tokens shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(login=options["login"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"nobody signs in as {options['login']!r}")
        self.stdout.write(make_token(person, days=options["days"], label=options["label"]))


@action
def make_token(person: Person, *, days: int, label: str) -> str:
    """A new secret that stands for the person; whoever runs the server made it, and the audit says so."""
    secret = secrets.token_urlsafe(32)
    expires_at = clock.now() + timedelta(days=days)
    token = AccessToken.objects.create(person=person, digest=digest(secret), label=label, expires_at=expires_at)
    audit.record(None, "token.made", token, organisation=person.organisation_id, detail={"person": str(person.pk)})
    return secret
