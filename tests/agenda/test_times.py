"""Wall time across the days on which the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.agenda.times import SkippedTime, Span, instant_of, span_of, wall_time

PARIS = "Europe/Paris"
LOCAL = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        (datetime(2026, 11, 23, 14, 5), datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        (datetime(2026, 7, 1, 14, 5), datetime(2026, 7, 1, 12, 5, tzinfo=UTC)),
        (datetime(2026, 3, 28, 9, 0), datetime(2026, 3, 28, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 9, 0), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_in_winter_and_in_summer(local, instant):
    assert instant_of(local, PARIS) == instant


def test_a_time_that_the_clocks_skip_does_not_exist():
    with pytest.raises(SkippedTime):
        instant_of(datetime(2027, 3, 28, 2, 30), PARIS)


def test_a_time_that_the_clocks_say_twice_is_the_first_of_the_two():
    assert instant_of(datetime(2026, 10, 25, 2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_appointment_lasts_the_minutes_that_really_pass():
    span = span_of(datetime(2026, 10, 25, 1, 30), 120, PARIS)
    assert span.end - span.start == timedelta(minutes=120)
    assert wall_time(span.end, PARIS) == datetime(2026, 10, 25, 2, 30)


@given(local=LOCAL, zone=st.sampled_from([PARIS, "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"]))
def test_every_time_that_exists_comes_back(local, zone):
    try:
        assert wall_time(instant_of(local, zone), zone) == local
    except SkippedTime:
        assert local.month == 3
        assert 2 <= local.hour < 3


@given(st.tuples(LOCAL, st.integers(1, 600), LOCAL, st.integers(1, 600)))
def test_overlap_is_mutual_and_touching_is_not_overlapping(four):
    a, b = (Span(t.replace(tzinfo=UTC), t.replace(tzinfo=UTC) + timedelta(minutes=m)) for t, m in (four[:2], four[2:]))
    assert a.overlaps(b) == b.overlaps(a)
    assert not a.overlaps(Span(a.end, a.end + timedelta(minutes=1)))
