"""Anchors: a line a day that, kept elsewhere, shows if anybody cut the newest seals off and wrote others.

`2026-11-22 0190…c1 4711 9f86d0…`: the day, the organisation (`-` for none), the number of the last seal made by the end
of that day, and that seal's hash.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from coordination.audit.chain import CLOSED, Misfit, organisations, seal_hash
from coordination.audit.models import Entry, Seal


class BadAnchor(ValueError):
    """A line that is no anchor."""


@dataclass(frozen=True)
class Anchor:
    """Where one organisation's chain stood at the end of a day."""

    day: date
    organisation: UUID | None
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.day} {self.organisation or '-'} {self.number} {self.hash}"

    @classmethod
    def parse(cls, line: str) -> "Anchor":
        """A line as it was written; `BadAnchor` for any other."""
        try:
            day, organisation, number, said = line.split()
            return cls(date.fromisoformat(day), None if organisation == "-" else UUID(organisation), int(number), said)
        except ValueError as error:
            raise BadAnchor(line) from error


def parse_all(text: str) -> list[Anchor]:
    """Every anchor of a file; empty lines and comments (#) are left out."""
    lines = (line.strip() for line in text.splitlines())
    return [Anchor.parse(line) for line in lines if line and not line.startswith("#")]


def end_of(day: date) -> datetime:
    """The instant at which a day is over at the centre."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))


def of_organisation(organisation: UUID | None, day: date) -> Anchor | None:
    """Where a chain stood at the end of a day; None when it had not begun."""
    seals = Seal.objects.filter(organisation_id=organisation, at__lt=end_of(day))
    last = seals.order_by("-number").first()
    return Anchor(day, organisation, last.number, seal_hash(last)) if last else None


def of_day(day: date) -> list[Anchor]:
    """Where every chain stood at the end of a day."""
    found = (of_organisation(organisation, day) for organisation in sorted(organisations(), key=str))
    return [anchor for anchor in found if anchor]


def keep(day: date, folder: Path) -> Path:
    """Add a day's lines to the file of its month, each once; the file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{day:%Y-%m}.txt"
    known = set(file.read_text().splitlines()) if file.exists() else set()
    with file.open("a") as lines:
        lines.writelines(f"{anchor}\n" for anchor in of_day(day) if str(anchor) not in known)
    return file


def verify_against(anchors: Iterable[Anchor]) -> Misfit | None:
    """The first anchor that the chains do not bear out, or None."""
    return next(_misfits(anchors), None)


def _misfits(anchors: Iterable[Anchor]) -> Iterator[Misfit]:
    for anchor in anchors:
        if why := _why_not(anchor):
            yield Misfit(anchor.organisation, f"seal {anchor.number}", f"{why}, as anchored on {anchor.day}")


def _why_not(anchor: Anchor) -> str | None:
    found = Seal.objects.filter(organisation_id=anchor.organisation, number=anchor.number).first()
    if found is not None:
        return None if seal_hash(found) == anchor.hash else "it is not the one that was there"
    return None if _has_left(anchor) else "it is missing"


def _has_left(anchor: Anchor) -> bool:
    """Whether the log was closed up to there, by the time that this was old enough."""
    closings = Entry.objects.filter(kind=CLOSED, organisation_id=anchor.organisation)
    return any(
        closing.detail["through"] >= anchor.number
        and datetime.fromisoformat(closing.detail["before"]) > end_of(anchor.day)
        for closing in closings
    )
