"""`liaison audit verify`: whether what was recorded is still what was recorded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.audit.chain import verify
from coordination.audit.models import Entry, Pending, Seal


class Command(BaseCommand):
    help = "Checks the access log: verify walks every seal and entry and names the first thing that does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        if misfit := verify():
            raise CommandError(f"the access log does not fit: {misfit}")
        counts = f"{Entry.objects.count()} entries, {Seal.objects.count()} seals, {Pending.objects.count()} to seal"
        self.stdout.write(f"the access log fits: {counts}")
