"""Wall time and instants: what a person plans keeps its wall time and zone, the instants follow (pure)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class SkippedTime(ValueError):
    """The clocks go forward over this wall time: it does not exist on that day."""


@dataclass(frozen=True)
class Span:
    """From an instant to another, in UTC, the end excluded."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant, in UTC, of a naive wall time in a zone.

    `SkippedTime` when the clocks skip it; when they say it twice (in October), the first of the two.
    """
    aware = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    instant = aware.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise SkippedTime(local)
    return instant


def wall_time(instant: datetime, zone: str) -> datetime:
    """The naive wall time of an instant in a zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def span_of(local: datetime, minutes: int, zone: str) -> Span:
    """What an appointment takes: from its wall time, for so many minutes that really pass."""
    start = instant_of(local, zone)
    return Span(start, start + timedelta(minutes=minutes))
