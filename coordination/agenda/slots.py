"""The first time at which everybody and everything asked for is free (pure)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from coordination.agenda.times import SkippedTime, Span, span_of, wall_time

STEP = 5
"""Minutes between two starts that are proposed."""
OPENS, CLOSES = time(8), time(20)
DAYS_AHEAD = 90


def first_free(taken: Iterable[Span], *, after: datetime, minutes: int, zone: str) -> datetime | None:
    """The first naive wall time, not before `after` (an instant), at which `minutes` are free.

    On weekdays between opening and closing, on a multiple of `STEP`; None within `DAYS_AHEAD` days.
    """
    busy = sorted(taken, key=lambda span: span.start)
    for local in starts(wall_time(after, zone), minutes):
        try:
            wanted = span_of(local, minutes, zone)
        except SkippedTime:
            continue
        if wanted.start >= after and not any(span.overlaps(wanted) for span in _near(busy, wanted)):
            return local
    return None


def _near(busy: list[Span], wanted: Span) -> Iterator[Span]:
    """Those that begin before the end of what is wanted."""
    for span in busy:
        if span.start >= wanted.end:
            return
        yield span


def starts(after: datetime, minutes: int) -> Iterator[datetime]:
    """Every wall time that may be proposed, in order, from the day of `after`."""
    for ahead in range(DAYS_AHEAD):
        day = after.date() + timedelta(days=ahead)
        if day.weekday() < 5:
            yield from _starts_of(day, minutes)


def _starts_of(day: date, minutes: int) -> Iterator[datetime]:
    start, closing = datetime.combine(day, OPENS), datetime.combine(day, CLOSES)
    while start + timedelta(minutes=minutes) <= closing:
        yield start
        start += timedelta(minutes=STEP)
