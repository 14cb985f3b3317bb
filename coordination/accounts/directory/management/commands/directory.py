"""`liaison directory sync [--dry-run] [--force]`: make Liaison's people those of the directory."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from coordination.accounts.directory import actions, report
from coordination.accounts.models import Organisation
from coordination.base.errors import AppError


class Command(BaseCommand):
    help = "Brings the people and the groups of the centre’s directory (LDAP_URL) in; see docs/directory.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["sync"])
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--force", action="store_true", help="even if many people lose their access")

    def handle(self, *args: Any, **options: Any) -> None:
        centres = Organisation.objects.filter(pk__in=actions.centres()).order_by("name")
        if not centres:
            raise CommandError(report.NO_MAPPING.say())
        for centre in centres:
            self.stdout.write(f"{centre.name}")
            self._synchronise(centre, dry_run=options["dry_run"], force=options["force"])

    def _synchronise(self, centre: Organisation, *, dry_run: bool, force: bool) -> None:
        try:
            run = actions.synchronise(centre.pk, by=None, dry_run=dry_run, force=force)
        except AppError as error:
            raise CommandError(error.detail()) from error
        for line in words(run.report, dry_run=dry_run):
            self.stdout.write(f"  {line}")


def words(told: dict[str, Any], *, dry_run: bool) -> list[str]:
    """A report as its lines, in the language of the settings."""
    language = translation.get_language()
    head = report.HEADING_DRY if dry_run else report.HEADING
    lines = [report.sentence(line, language) for line in told["lines"]]
    more = [report.MORE.say(language, more=told["more"])] if told["more"] else []
    return [head.say(language, **told), *report.remarks(told, language), *lines, *more]
