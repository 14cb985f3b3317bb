"""The first free slot, for any agenda."""

import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordination.agenda.slots import CLOSES, OPENS, STEP, first_free, starts
from coordination.agenda.times import Span, span_of

PARIS = "Europe/Paris"
MONDAY = datetime(2026, 11, 23, 8, 0)


def at(local, minutes):
    return span_of(local, minutes, PARIS)


SPANS = st.lists(
    st.builds(
        lambda start, minutes: Span(start, start + timedelta(minutes=minutes)),
        st.integers(0, 7 * 24 * 60).map(lambda m: datetime(2026, 11, 21, tzinfo=UTC) + timedelta(minutes=m)),
        st.integers(1, 600),
    ),
    max_size=30,
)
AFTER = st.integers(0, 5 * 24 * 60).map(lambda m: datetime(2026, 11, 21, tzinfo=UTC) + timedelta(minutes=m))
MINUTES = st.integers(5, 240)


def test_an_empty_agenda_is_free_at_once():
    after = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
    assert first_free([], after=after, minutes=20, zone=PARIS) == datetime(2026, 11, 23, 10, 5)


def test_the_weekend_and_the_night_are_skipped():
    saturday = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    assert first_free([], after=saturday, minutes=20, zone=PARIS) == MONDAY


def test_it_fits_exactly_between_two_appointments():
    busy = [at(MONDAY, 60), at(datetime(2026, 11, 23, 9, 20), 600)]
    assert first_free(busy, after=datetime(2026, 11, 23, tzinfo=UTC), minutes=20, zone=PARIS) == datetime(
        2026, 11, 23, 9, 0
    )
    assert first_free(busy, after=datetime(2026, 11, 23, tzinfo=UTC), minutes=25, zone=PARIS) == datetime(
        2026, 11, 23, 19, 20
    )


def test_nothing_is_proposed_when_everything_is_taken():
    for_ever = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    assert first_free([for_ever], after=datetime(2026, 11, 23, tzinfo=UTC), minutes=20, zone=PARIS) is None


def test_a_quarter_of_full_days_is_looked_through_at_once():
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    busy = [Span(begin := monday + timedelta(minutes=5 * n), begin + timedelta(minutes=5)) for n in range(91 * 288)]
    began = time.process_time()
    assert first_free(busy, after=monday, minutes=20, zone=PARIS) is None
    assert time.process_time() - began < 2


@given(busy=SPANS, after=AFTER, minutes=MINUTES)
def test_what_is_proposed_is_free_open_and_the_first(busy, after, minutes):
    found = first_free(busy, after=after, minutes=minutes, zone=PARIS)
    assert found is not None
    wanted = at(found, minutes)
    assert wanted.start >= after
    assert not any(span.overlaps(wanted) for span in busy)
    assert found.weekday() < 5
    assert found.minute % STEP == 0
    assert found.time() >= OPENS
    assert (found + timedelta(minutes=minutes)).time() <= CLOSES
    earlier = [start for start in starts(datetime(2026, 11, 21), minutes) if start < found]
    assert all(
        at(start, minutes).start < after or any(span.overlaps(at(start, minutes)) for span in busy) for start in earlier
    )
