"""Our appointments as iCalendar (RFC 5545, 7986): a neutral projection, built from what an `Entry` has room for.

Pure: no Django, no clock. An `Entry` has no place for a patient, an act, a note or a professional.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vRecur

PRODUCT = "-//Liaison//Liaison//FR"
SUMMARIES = {"fr": "Rendez-vous", "en": "Appointment"}
STATUSES = {"booked": "CONFIRMED", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
"""From our states to STATUS: what is booked is held, whether or not the patient has confirmed (GAP annex)."""
HOUR = timedelta(hours=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Entry:
    """One appointment as the outside may know it; `local_start` is naive wall time, instants are aware."""

    uid: UUID
    local_start: datetime
    minutes: int
    zone: str
    status: str
    sequence: int
    place: str
    created_at: datetime
    changed_at: datetime


def calendar(entries: Sequence[Entry], *, name: str, language: str, refresh: timedelta = HOUR) -> bytes:
    """The whole calendar as `text/calendar`; the same entries always give the same bytes."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", _line(name))
    made.add("X-WR-CALNAME", _line(name))
    made.add("REFRESH-INTERVAL", vDuration(refresh), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(refresh))
    for zone, first, last in _zones(entries):
        made.add_component(timezone(zone, first, last))
    for entry in entries:
        made.add_component(event(entry, language=language))
    text: bytes = made.to_ical()
    return text


def event(entry: Entry, *, language: str) -> Event:
    """One VEVENT: private, without a word of who or why, in the wall time that was planned."""
    made = Event()
    start = entry.local_start.replace(tzinfo=ZoneInfo(entry.zone))
    end = (start.astimezone(UTC) + timedelta(minutes=entry.minutes)).astimezone(start.tzinfo)
    made.add("UID", str(entry.uid))
    made.add("DTSTAMP", entry.changed_at.astimezone(UTC))
    made.add("DTSTART", start)
    if end.fold or end.utcoffset() != start.utcoffset():
        made.add("DURATION", timedelta(minutes=entry.minutes))  # a wall time said twice would mean its first
    else:
        made.add("DTEND", end)
    made.add("SUMMARY", SUMMARIES.get(language[:2], SUMMARIES["fr"]))
    made.add("CLASS", "PRIVATE")
    made.add("STATUS", STATUSES[entry.status])
    made.add("TRANSP", "OPAQUE")
    made.add("SEQUENCE", entry.sequence)
    if entry.place:
        made.add("LOCATION", _line(entry.place))
    made.add("CREATED", entry.created_at.astimezone(UTC))
    made.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC))
    return made


def _line(text: str) -> str:
    """A text on one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+", " ", text)


def _zones(entries: Iterable[Entry]) -> list[tuple[str, int, int]]:
    """Each zone in use, with the first and the last year in which it is."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        years.setdefault(entry.zone, []).append(entry.local_start.year)
    return [(zone, min(used), max(used)) for zone, used in sorted(years.items())]


@dataclass(frozen=True)
class _Turn:
    """The clocks change: when, in the wall time before, and the offsets before and after."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def timezone(zone: str, first: int, last: int) -> Timezone:
    """The VTIMEZONE of a zone, right from January of the first year to the end of the last.

    A rule ("the last Sunday of March") where every change in those years follows it, which is what Outlook reads best;
    else each change by its date.
    """
    made = Timezone()
    made.add("TZID", zone)
    turns = _turns(ZoneInfo(zone), first - 1, last)
    made.add_component(_observance([_start(ZoneInfo(zone), first - 1)]))
    for month_and_offsets in sorted({(turn.local.month, turn.before, turn.after) for turn in turns}):
        alike = [turn for turn in turns if (turn.local.month, turn.before, turn.after) == month_and_offsets]
        made.add_component(_observance(alike))
    return made


def _observance(turns: list[_Turn]) -> TimezoneStandard | TimezoneDaylight:
    """One STANDARD or DAYLIGHT part, for changes that are alike."""
    first = turns[0]
    made = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    made.add("DTSTART", first.local)
    made.add("TZOFFSETFROM", first.before)
    made.add("TZOFFSETTO", first.after)
    made.add("TZNAME", first.name)
    if len(turns) > 1 and all(_is_last_of_its_kind(turn.local, first.local) for turn in turns):
        day = f"-1{_WEEKDAYS[first.local.weekday()]}"
        made.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": first.local.month, "BYDAY": day}))
    else:
        for turn in turns[1:]:
            made.add("RDATE", turn.local)
    return made


def _is_last_of_its_kind(day: datetime, like: datetime) -> bool:
    """Whether a day is the last Sunday (or whichever weekday `like` is) of its month, at the same time of day."""
    is_last = (day + timedelta(days=7)).month != day.month
    return is_last and day.weekday() == like.weekday() and day.time() == like.time()


def _turns(zone: ZoneInfo, first: int, last: int) -> list[_Turn]:
    """Every change of the clocks from January of one year to December of another."""
    hours = (date(last + 1, 1, 1) - date(first, 1, 1)).days * 24
    begin = datetime(first, 1, 1, tzinfo=UTC)
    days = [begin + timedelta(hours=hour) for hour in range(0, hours + 1, 24)]
    changes = (pair for pair in pairwise(days) if _offset(zone, pair[0]) != _offset(zone, pair[1]))
    return [_turn(zone, _change_between(zone, *pair)) for pair in changes]


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first instant, to the minute, at which the offset is that of `after`."""
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _turn(zone: ZoneInfo, instant: datetime) -> _Turn:
    before = _offset(zone, instant - timedelta(minutes=1))
    now = instant.astimezone(zone)
    return _Turn((instant + before).replace(tzinfo=None), before, _offset(zone, instant), *_manner(now))


def _start(zone: ZoneInfo, year: int) -> _Turn:
    """What holds at the beginning of a year."""
    now = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    offset = now.utcoffset() or timedelta()
    return _Turn(datetime(year, 1, 1), offset, offset, *_manner(now))  # noqa: DTZ001


def _manner(now: datetime) -> tuple[str, bool]:
    return now.tzname() or "", bool(now.dst())


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
