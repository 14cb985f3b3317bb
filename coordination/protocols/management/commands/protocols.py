"""`liaison protocols load [file]`: bring care protocols into this Liaison."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.protocols.definitions import DefinitionError
from coordination.protocols.errors import OtherText
from coordination.protocols.library import PACKAGED, load_library


class Command(BaseCommand):
    """Safe to repeat: what is already loaded stays as it is."""

    help = "Load care protocols from a YAML file (those that come with Liaison unless told)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["load"])
        parser.add_argument("file", nargs="?", type=Path, default=PACKAGED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_library(options["file"])
        except (DefinitionError, OtherText) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded.protocols} protocols, {loaded.steps} steps; {loaded.added} new versions.")
