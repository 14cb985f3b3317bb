"""`liaison token <login>`: a bearer token good for `/api` and `/ws`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coordination.accounts.models import Person
from coordination.accounts.tokens import make_token
from coordination.base import clock


class Command(BaseCommand):
    """The token is printed once; only its digest is kept. Whoever runs the server made it, and the audit says so."""

    help = "Print a new bearer token of a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--days", type=int, default=30, help="how long it is good for (30)")
        parser.add_argument("--label", default="liaison token", help="what it is for, as the list of tokens shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(login=options["login"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"nobody signs in as {options['login']!r}")
        expires_at = clock.now() + timedelta(days=options["days"])
        _, secret = make_token(person, label=options["label"], scopes=None, expires_at=expires_at, by=None)
        self.stdout.write(secret)
