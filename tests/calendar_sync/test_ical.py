"""The calendar that leaves: neutral, and right on the days on which the clocks change."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Timezone

from calendar_sync.ical import Entry, calendar, timezone
from coordination.agenda.times import SkippedTime, span_of

PARIS = "Europe/Paris"
WRITTEN = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


def entry(local_start=datetime(2026, 11, 23, 14, 5), minutes=20, zone=PARIS, **changes):
    fields = {
        "uid": UUID(int=7),
        "local_start": local_start,
        "minutes": minutes,
        "zone": zone,
        "status": "booked",
        "sequence": 3,
        "place": "Site de la Gare",
        "created_at": WRITTEN,
        "changed_at": WRITTEN + timedelta(minutes=1),
    }
    return Entry(**(fields | changes))


def as_read(entries):
    """The one event as another program reads it."""
    [event] = Calendar.from_ical(calendar(entries, name="Liaison", language="fr")).walk("VEVENT")
    return event


def test_an_appointment_leaves_as_a_neutral_private_event():
    text = calendar([entry()], name="Liaison · Dr Roux", language="fr").decode()
    assert text[text.index("BEGIN:VEVENT") :] == "\r\n".join(
        [
            "BEGIN:VEVENT",
            "SUMMARY:Rendez-vous",
            "DTSTART;TZID=Europe/Paris:20261123T140500",
            "DTEND;TZID=Europe/Paris:20261123T142500",
            "DTSTAMP:20261121T180100Z",
            "UID:00000000-0000-0000-0000-000000000007",
            "SEQUENCE:3",
            "CLASS:PRIVATE",
            "CREATED:20261121T180000Z",
            "LAST-MODIFIED:20261121T180100Z",
            "LOCATION:Site de la Gare",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_the_calendar_says_how_often_to_come_back():
    text = calendar([], name="Liaison · Dr Roux", language="fr").decode()
    for line in (
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Liaison · Dr Roux",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ):
        assert line in text.split("\r\n")


@pytest.mark.parametrize(
    ("state", "status"), [("booked", "CONFIRMED"), ("confirmed", "CONFIRMED"), ("cancelled", "CANCELLED")]
)
def test_each_state_has_its_status(state, status):
    assert as_read([entry(status=state)])["STATUS"] == status


def test_the_time_zone_of_paris_is_two_rules():
    text = timezone(PARIS, 2026, 2027).to_ical().decode()
    assert text == "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Paris",
            "BEGIN:STANDARD",
            "DTSTART:20250101T000000",
            "TZNAME:CET",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "BEGIN:DAYLIGHT",
            "DTSTART:20250330T020000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            "TZNAME:CEST",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:20251026T030000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "TZNAME:CET",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        ]
    )


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from([PARIS, "Indian/Reunion", "America/Miquelon", "Pacific/Noumea", "Africa/Casablanca"]),
    instant=st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 30)).map(
        lambda t: t.replace(tzinfo=UTC, microsecond=0)
    ),
)
def test_our_vtimezone_says_what_the_zone_database_says(zone, instant):
    ours = timezone(zone, 2024, 2030).to_tz(lookup_tzid=False)
    assert instant.astimezone(ours).replace(tzinfo=None) == instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@settings(max_examples=60, deadline=None)
@given(
    local=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.integers(5, 720),
    zone=st.sampled_from([PARIS, "America/Miquelon", "Indian/Reunion"]),
)
def test_whoever_reads_it_finds_the_same_instants(local, minutes, zone):
    try:
        ours = span_of(local, minutes, zone)
    except SkippedTime:
        return
    event = as_read([entry(local, minutes, zone)])
    assert event.start.astimezone(UTC) == ours.start
    duration = event.get("DURATION")
    end = event.start.astimezone(UTC) + duration.dt if duration else event.end.astimezone(UTC)
    assert end == ours.end


def test_an_end_in_the_hour_that_is_said_twice_is_given_by_its_length():
    event = as_read([entry(datetime(2026, 10, 25, 1, 30), 120)])
    assert event["DURATION"].dt == timedelta(hours=2)
    assert "DTEND" not in event


def test_the_same_entries_are_the_same_bytes():
    entries = [entry(uid=UUID(int=number)) for number in range(20)]
    assert calendar(entries, name="a", language="fr") == calendar(entries, name="a", language="fr")


@given(place=st.text(max_size=60), name=st.text(max_size=60))
def test_no_text_can_add_a_line_to_the_calendar(place, name):
    text = calendar([entry(place=place)], name=name, language="fr")
    read = Calendar.from_ical(text)
    assert [part.name for part in read.walk()].count("VEVENT") == 1
    assert len(read.walk("VEVENT")[0].keys()) <= 12


def test_a_zone_without_summer_time_has_one_part():
    assert [
        part.name for part in Timezone.from_ical(timezone("Indian/Reunion", 2026, 2027).to_ical()).subcomponents
    ] == ["STANDARD"]
