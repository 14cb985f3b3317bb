"""`liaison audit`: whether what was recorded still stands, what proves it elsewhere, and what is old enough to go."""

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coordination.audit import anchors, retention
from coordination.audit.chain import Misfit, organisations, verify
from coordination.audit.models import Entry, Pending, Seal
from coordination.base import clock


class Command(BaseCommand):
    help = "Checks the access log (verify), says where it stands (anchor), lets go of what is too old (forget)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whats = parser.add_subparsers(dest="what", required=True)
        check = whats.add_parser("verify", help="walk every seal and entry and name the first thing that does not fit")
        check.add_argument("--anchor", type=Path, metavar="FILE", help="anchors that were kept elsewhere")
        anchor = whats.add_parser("anchor", help="a line for each organisation, to be kept elsewhere")
        anchor.add_argument("--day", type=date.fromisoformat, help="of this day's end (yesterday)")
        forget = whats.add_parser("forget", help="let go of what is older than AUDIT_KEEP_DAYS")
        forget.add_argument("--dry-run", action="store_true", help="only say what would leave")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["what"]:
            case "verify":
                self._verify(options["anchor"])
            case "anchor":
                self._anchor(options["day"])
            case "forget":
                self._forget(only_say=options["dry_run"])

    def _verify(self, file: Path | None) -> None:
        _refuse(verify())
        counts = f"{Entry.objects.count()} entries, {Seal.objects.count()} seals, {Pending.objects.count()} to seal"
        if file is not None:
            known = _read(file)
            _refuse(anchors.verify_against(known))
            counts += f", {len(known)} anchors"
        self.stdout.write(f"the access log fits: {counts}")

    def _anchor(self, day: date | None) -> None:
        for line in anchors.of_day(day or clock.today(settings.TIME_ZONE) - timedelta(days=1)):
            self.stdout.write(str(line))

    def _forget(self, *, only_say: bool) -> None:
        """Nothing leaves a log that does not fit: it would take the proof along."""
        _refuse(verify())
        for organisation in organisations():
            if closing := retention.due(organisation):
                if not only_say:
                    retention.close(closing)
                said = f"{closing.entries} entries before {closing.before:%Y-%m-%d}, up to seal {closing.through}"
                self.stdout.write(f"{'would leave' if only_say else 'left'}: {said} (organisation {organisation})")


def _refuse(misfit: Misfit | None) -> None:
    if misfit:
        raise CommandError(f"the access log does not fit: {misfit}")


def _read(file: Path) -> list[anchors.Anchor]:
    try:
        return anchors.parse_all(file.read_text())
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror}") from error
    except anchors.BadAnchor as error:
        raise CommandError(f"{file}: not an anchor: {error}") from error
