"""The first time at which everybody and everything asked for is free (pure)."""

from bisect import bisect_left
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
    busy = _merged(taken)
    for local in starts(wall_time(after, zone), minutes):
        try:
            wanted = span_of(local, minutes, zone)
        except SkippedTime:
            continue
        if wanted.start >= after and not _is_taken(busy, wanted):
            return local
    return None


def _merged(taken: Iterable[Span]) -> list[Span]:
    """The same time in order, as spans of which no two touch."""
    found: list[Span] = []
    for span in sorted(taken, key=lambda span: span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _is_taken(busy: list[Span], wanted: Span) -> bool:
    """Whether the last span that begins before the end of what is wanted reaches into it."""
    before = bisect_left(busy, wanted.end, key=lambda span: span.start)
    return before > 0 and busy[before - 1].overlaps(wanted)


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
