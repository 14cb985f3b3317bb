"""When steps are due: the rules one by one, then what must hold for every schedule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coordination.protocols.definitions import Condition, StepDefinition, read_library
from coordination.protocols.durations import BadDuration, Duration, duration
from coordination.protocols.library import PACKAGED
from coordination.protocols.schedule import (
    Facts,
    Past,
    State,
    Why,
    age,
    campaign,
    first_due,
    holds,
    next_due,
    propose,
    undecided,
)

LIBRARY = {protocol.id: protocol for protocol in read_library(PACKAGED)}
TODAY = date(2026, 11, 21)
MARIE = Facts(birth=date(1957, 3, 12), sex="F", anchors={"inclusion": TODAY})


def make_step(**changes):
    """A yearly step from inclusion, open a month before and two months after."""
    plain = {
        "id": "step",
        "title": "Step",
        "kind": "examen",
        "role": "ide",
        "anchor": "inclusion",
        "first_due": "P0D",
        "every": "P12M",
        "until": None,
        "max_count": None,
        "max_count_per": None,
        "window": {"before": "P1M", "after": "P2M"},
        "season": None,
        "conditions": [],
        "priority": "routine",
        "patient_reminder": None,
        "provenance": "memory",
        "note": None,
    }
    return StepDefinition.model_validate(plain | changes)


def found(protocol, facts=MARIE, today=TODAY, history=None):
    return {proposal.code: proposal for proposal in propose(LIBRARY[protocol], facts, today, history)}


def due_codes(protocol, facts=MARIE, today=TODAY):
    return [code for code, proposal in found(protocol, facts, today).items() if proposal.state == State.DUE]


# Durations


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("P1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("P1M", date(2024, 1, 31), date(2024, 2, 29)),
        ("P12M", date(2024, 2, 29), date(2025, 2, 28)),
        ("P1Y2M", date(2026, 11, 30), date(2028, 1, 30)),
        ("P2W", date(2026, 11, 21), date(2026, 12, 5)),
        ("P1M1D", date(2026, 1, 31), date(2026, 3, 1)),
        ("-P6M", date(2026, 8, 31), date(2026, 2, 28)),
        ("-P1W", date(2026, 1, 3), date(2025, 12, 27)),
        ("P0D", date(2026, 1, 3), date(2026, 1, 3)),
    ],
)
def test_a_duration_moves_a_day_and_keeps_to_the_end_of_the_month(text, day, expected):
    assert duration(text).after(day) == expected


@pytest.mark.parametrize("text", ["", "P", "P-1D", "PT1H", "1M", "P1.5M", "p1m", "P1D1M", "P٣M", "P123456D", " P1D"])
def test_what_is_no_calendar_duration_is_refused(text):
    with pytest.raises(BadDuration):
        Duration.parse(text)


def test_a_series_does_not_drift_at_the_ends_of_months():
    assert duration("P1M").times(2).after(date(2026, 1, 31)) == date(2026, 3, 31)


# dt2


AT_INCLUSION = [
    *("hba1c_trim", "renal", "lipides", "fib4", "fond_oeil_annuel", "ecg", "ips", "dentaire", "pied_grade"),
    *("sas", "vacc_ref"),
]


def test_dt2_proposes_thirteen_steps_at_once_when_nothing_is_entered():
    assert due_codes("dt2") == [*AT_INCLUSION[:9], "podo_g2", "podo_g3", *AT_INCLUSION[9:]]
    assert len(due_codes("dt2")) == 13


def test_the_two_foot_series_say_that_the_foot_grade_will_keep_one_at_most():
    assert found("dt2")["podo_g2"].undecided == ("measure.pied_grade",)
    assert found("dt2")["renal"].undecided == ()
    for grade, kept in [(0, []), (1, []), (2, ["podo_g2"]), (3, ["podo_g3"]), ("3", ["podo_g3"])]:
        facts = replace(MARIE, values={"measure.pied_grade": grade})
        assert [code for code in due_codes("dt2", facts) if code.startswith("podo")] == kept
        assert len(due_codes("dt2", facts)) == 11 + len(kept)


def test_flags_choose_between_the_rhythms_of_dt2():
    facts = replace(MARIE, flags=frozenset({"dt2.equilibre", "dt2.fo_espace"}))
    steps = found("dt2", facts)
    assert (steps["hba1c_trim"].state, steps["hba1c_trim"].why) == (State.NOT_APPLICABLE, Why.CONDITION)
    assert (steps["hba1c_sem"].state, steps["hba1c_sem"].due.due_on) == (State.PLANNED, date(2027, 5, 21))
    assert steps["fond_oeil_annuel"].state == State.NOT_APPLICABLE
    assert steps["fond_oeil_2ans"].state == State.DUE


def test_what_comes_later_is_planned_and_what_needs_a_date_waits_for_it():
    steps = found("dt2")
    assert steps["consult_mt"].state == State.PLANNED
    assert steps["consult_mt"].due.due_on == date(2027, 2, 21)
    assert steps["reevaluation"].state == State.WAITING_ANCHOR
    facts = replace(MARIE, anchors={"inclusion": TODAY, "treatment_change": date(2026, 9, 1)})
    assert found("dt2", facts)["reevaluation"].due.due_on == date(2026, 12, 1)


# First occurrences


def test_a_step_is_to_do_from_the_opening_of_its_window_and_late_after_its_end():
    due = first_due(make_step(first_due="P3M"), TODAY, TODAY)
    assert (due.opens_on, due.due_on, due.late_after) == (date(2027, 1, 21), date(2027, 2, 21), date(2027, 4, 21))


def test_a_single_step_whose_window_closed_before_inclusion_belongs_to_the_time_before():
    steps = found("vacc_adulte")
    assert (steps["dtcap_25"].state, steps["dtcap_25"].why) == (State.NOT_APPLICABLE, Why.WINDOW_CLOSED)


def test_a_recurring_step_starts_at_its_first_window_still_open():
    step = make_step(first_due="P65Y", every="P10Y", window={"before": "P1M", "after": "P12M"})
    assert first_due(step, date(1957, 3, 12), TODAY).due_on == date(2032, 3, 12)
    assert first_due(step, date(1961, 3, 12), TODAY).due_on == date(2026, 3, 12)


def test_calendar_slots_that_have_passed_count_toward_the_maximum():
    step = make_step(first_due="P18W", every="P30D", max_count=6, window={"before": "P1W", "after": "P10D"})
    start = date(2026, 1, 1)
    last = duration("P18W").after(start) + timedelta(days=150)
    assert first_due(step, start, last).due_on == last
    assert first_due(step, start, last + timedelta(days=11)) is None


def test_a_negative_duration_leads_to_a_date_before_the_anchor():
    step = make_step(anchor="document_expiry", first_due="-P6M", every=None)
    assert first_due(step, date(2027, 8, 31), TODAY).due_on == date(2027, 2, 28)


def test_nothing_is_due_after_until():
    step = make_step(until="P2Y", every="P12M")
    assert next_due(step, [Past(TODAY, TODAY)], TODAY).due_on == date(2027, 11, 21)
    assert next_due(step, [Past(TODAY, date(2027, 12, 1))], TODAY) is None


def test_the_day_of_the_previous_dose_is_when_the_step_before_was_done():
    facts = replace(MARIE, flags=frozenset({"vacc.zona_1"}))
    assert found("vacc_adulte", facts)["zona_2"].state == State.WAITING_ANCHOR
    history = {"zona_1": [Past(date(2026, 10, 1), date(2026, 10, 1))]}
    assert found("vacc_adulte", facts, history=history)["zona_2"].due.due_on == date(2026, 12, 1)
    given_ = replace(facts, anchors={"inclusion": TODAY, "prev_dose": date(2026, 9, 1)})
    assert found("vacc_adulte", given_)["zona_2"].due.due_on == date(2026, 11, 1)


# Next occurrences


def test_the_next_one_follows_the_day_the_last_was_done():
    assert next_due(make_step(), [Past(TODAY, date(2026, 12, 31))], TODAY).due_on == date(2027, 12, 31)


def test_after_a_skipped_one_the_next_follows_the_day_it_was_due():
    assert next_due(make_step(), [Past(TODAY, None)], TODAY).due_on == date(2027, 11, 21)


def test_a_single_step_has_no_next():
    assert next_due(make_step(every=None), [Past(TODAY, TODAY)], TODAY) is None
    history = {"reevaluation": [Past(TODAY, TODAY)]}
    assert found("dt2", history=history)["reevaluation"].why == Why.FINISHED


def test_a_maximum_ends_the_series():
    step = make_step(every="P2W", max_count=2)
    assert next_due(step, [Past(TODAY, TODAY)], TODAY) is not None
    assert next_due(step, [Past(TODAY, TODAY)] * 2, TODAY) is None


def test_a_maximum_per_year_makes_the_next_wait_until_a_year_has_passed():
    step = make_step(every="P10W", max_count=2, max_count_per="P1Y")
    once = [Past(TODAY, TODAY)]
    assert next_due(step, once, TODAY).due_on == TODAY + timedelta(weeks=10)
    twice = [*once, Past(TODAY + timedelta(weeks=10), TODAY + timedelta(weeks=10))]
    assert next_due(step, twice, TODAY).due_on == date(2027, 11, 21)


def test_five_sessions_of_foot_care_a_year():
    step = LIBRARY["dt2"].step("podo_g2")
    past, day = [], TODAY
    for _ in range(5):
        past.append(Past(day, day))
        day = next_due(step, past, TODAY).due_on
    assert day == date(2027, 11, 21)


# Seasons


FLU = {"season": {"from": "10-15", "to": "01-31"}, "window": {"before": "P0D", "after": "P3M"}}


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 21), date(2026, 10, 15)),
        (date(2027, 1, 31), date(2026, 10, 15)),
        (date(2027, 2, 1), date(2027, 10, 15)),
        (date(2026, 5, 1), date(2026, 10, 15)),
        (date(2026, 10, 15), date(2026, 10, 15)),
    ],
)
def test_a_campaign_over_the_new_year_is_one_campaign(day, opens):
    assert campaign(make_step(**FLU).season, day) == (opens, date(opens.year + 1, 1, 31))


def test_in_season_the_step_is_due_since_the_opening_out_of_season_at_the_next_one():
    assert found("vacc_adulte")["grippe"].due.due_on == date(2026, 10, 15)
    summer = replace(MARIE, anchors={"inclusion": date(2026, 6, 1)})
    grippe = found("vacc_adulte", summer, date(2026, 6, 1))["grippe"]
    assert (grippe.state, grippe.due.due_on) == (State.PLANNED, date(2026, 10, 15))


def test_the_campaign_comes_first_for_the_next_year():
    step = make_step(anchor="season", **FLU)
    for done_on in (date(2026, 10, 20), date(2027, 1, 30)):
        assert next_due(step, [Past(date(2026, 10, 15), done_on)], date(2026, 10, 15)).due_on == date(2027, 10, 15)


def test_a_single_step_that_no_campaign_meets_is_not_proposed():
    vrs = {"every": None, "first_due": "P32W", "season": {"from": "09-01", "to": "01-31"}}
    step = make_step(**vrs, window={"before": "P0D", "after": "P4W"})
    assert first_due(step, date(2026, 8, 1), date(2026, 8, 1)) is None
    met = first_due(step, date(2026, 1, 10), date(2026, 1, 10))
    assert (met.due_on, met.opens_on, met.late_after) == (date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 19))


# Conditions


@pytest.mark.parametrize(
    ("field", "op", "value", "answer"),
    [
        ("age", "eq", 69, True),
        ("age", "ne", 69, False),
        ("age", "gt", 69, False),
        ("age", "gte", 69, True),
        ("age", "lt", 70, True),
        ("age", "lte", 68, False),
        ("age", "in", [18, 69], True),
        ("age", "in", [18], False),
        ("sex", "eq", "F", True),
        ("sex", "eq", "M", False),
        ("flag", "has", "dx.hta", True),
        ("flag", "has", "dx.asthme", False),
        ("flag", "lacks", "dx.hta", False),
        ("flag", "lacks", "dx.asthme", True),
        ("measure.mrc_stade", "eq", "3b", True),
        ("measure.mrc_stade", "in", ["3a", "3B"], True),
        ("measure.mrc_stade", "gte", 3, None),
        ("measure.nyha", "eq", 2, True),
        ("measure.nyha", "eq", "2", True),
        ("measure.nyha", "gte", 3, False),
        ("measure.gold", "eq", 1, None),
        ("measure.gold", "ne", 1, None),
        ("suivi", "eq", "SIR", True),
        ("status", "eq", "clos", None),
        ("missing_fields", "gt", 0, None),
    ],
)
def test_a_condition_is_true_false_or_undecided(field, op, value, answer):
    values = {"measure.mrc_stade": "3b", "measure.nyha": 2, "suivi": "SIR"}
    facts = replace(MARIE, flags=frozenset({"dx.hta"}), values=values)
    condition = Condition(field=field, op=op, value=value)
    assert holds([condition], facts, TODAY) is answer
    assert undecided([condition], facts, TODAY) == ((field,) if answer is None else ())


def test_one_false_condition_decides_and_an_undecided_one_never_excludes():
    true, false = Condition(field="sex", op="eq", value="F"), Condition(field="sex", op="eq", value="M")
    unknown = Condition(field="measure.gold", op="eq", value=1)
    assert holds([true, unknown, false], MARIE, TODAY) is False
    assert holds([true, unknown], MARIE, TODAY) is None
    assert holds([], MARIE, TODAY) is True


def test_the_sex_of_someone_whose_sex_is_not_known_is_undecided():
    assert holds([Condition(field="sex", op="eq", value="F")], replace(MARIE, sex="U"), TODAY) is None


def test_age_is_that_on_the_due_day():
    steps = found("vacc_adulte", replace(MARIE, birth=date(1961, 12, 1)))
    assert steps["grippe"].why == Why.CONDITION
    assert found("vacc_adulte", replace(MARIE, birth=date(1961, 12, 1)), date(2026, 12, 1))["grippe"].due


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 0),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 11, 21), date(2026, 11, 20), 25),
        (date(2000, 11, 21), date(2026, 11, 21), 26),
    ],
)
def test_age_is_in_completed_years(birth, day, years):
    assert age(birth, day) == years


def test_inclusion_settles_eligibility_and_reaching_its_end_ends_the_series():
    done = {"depistage": [Past(date(2026, 11, 1), date(2026, 11, 1))]}
    codes = [step.id for step in LIBRARY["depistage_sein"].steps]
    history = {codes[0]: done["depistage"]}
    young = replace(MARIE, birth=date(1960, 1, 1))
    old = replace(MARIE, birth=date(1952, 6, 1))
    older = replace(MARIE, birth=date(1945, 1, 1))
    assert found("depistage_sein", young, history=history)[codes[0]].due
    assert found("depistage_sein", old, history=history)[codes[0]].why == Why.NOT_ELIGIBLE
    assert found("depistage_sein", older, history=history)[codes[0]].due, "was included although outside the bounds"


# What always holds

DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31))
FORWARD = st.builds(
    lambda number, unit: f"P{number}{unit}", st.integers(min_value=1, max_value=60), st.sampled_from("DWM")
)
MARGIN = st.builds(
    lambda number, unit: f"P{number}{unit}", st.integers(min_value=0, max_value=12), st.sampled_from("DWM")
)
SEASON = st.one_of(
    st.none(),
    st.builds(
        lambda start, end: {"from": f"{start:%m-%d}", "to": f"{end:%m-%d}"},
        st.dates(date(2023, 1, 1), date(2023, 12, 28)),
        st.dates(date(2023, 1, 1), date(2023, 12, 28)),
    ),
)
STEPS = st.builds(
    lambda first, every, before, after, season: make_step(
        first_due=first, every=every, window={"before": before, "after": after}, season=season
    ),
    MARGIN,
    st.one_of(st.none(), FORWARD),
    MARGIN,
    MARGIN,
    SEASON,
)


@given(DAYS, FORWARD)
def test_a_forward_duration_always_moves_forward_and_months_keep_to_the_month(day, text):
    moved = duration(text).after(day)
    assert moved > day
    if text.endswith("M"):
        assert (moved.year - day.year) * 12 + moved.month - day.month == int(text[1:-1])
        assert moved.day <= day.day


@given(DAYS, DAYS, FORWARD)
def test_a_duration_keeps_the_order_of_days(one, other, text):
    assume(one <= other)
    assert duration(text).after(one) <= duration(text).after(other)


@given(STEPS, DAYS, DAYS)
def test_a_first_occurrence_is_never_before_its_anchor_and_its_window_surrounds_it(step, anchor, inclusion):
    due = first_due(step, anchor, inclusion)
    if due is not None:
        assert due.due_on >= duration(step.first_due).after(anchor) >= anchor
        assert due.opens_on <= due.due_on <= due.late_after
        assert due.late_after >= inclusion


@given(STEPS, DAYS, DAYS)
def test_a_recurring_step_always_has_a_first_occurrence(step, anchor, inclusion):
    assume(step.every)
    assert first_due(step, anchor, inclusion) is not None


@given(STEPS, DAYS, DAYS)
def test_no_occurrence_still_open_is_passed_over(step, anchor, inclusion):
    assume(step.every and not step.season)
    due = first_due(step, anchor, inclusion)
    first, every = duration(step.first_due).after(anchor), duration(step.every)
    passed = next(number for number in range(100_000) if every.times(number).after(first) == due.due_on)
    if passed:
        before = every.times(passed - 1).after(first)
        assert duration(step.window.after).after(before) < inclusion


@given(STEPS, DAYS, DAYS, DAYS)
def test_a_later_inclusion_never_brings_an_earlier_first_occurrence(step, anchor, one, other):
    assume(one <= other)
    first, second = first_due(step, anchor, one), first_due(step, anchor, other)
    if first is not None and second is not None:
        assert first.due_on <= second.due_on


@given(STEPS, DAYS, st.booleans())
def test_a_next_occurrence_is_always_after_the_last(step, day, was_done):
    due = next_due(step, [Past(day, day if was_done else None)], day)
    assert (due is None) == (step.every is None)
    if due is not None:
        assert due.due_on > day
        assert due.opens_on <= due.due_on <= due.late_after


@given(STEPS, DAYS, DAYS)
def test_doing_it_later_never_makes_the_next_one_earlier(step, one, other):
    assume(step.every and one <= other)
    early, late = (next_due(step, [Past(day, day)], None) for day in (one, other))
    assert early.due_on <= late.due_on


@given(STEPS, DAYS)
def test_what_is_proposed_with_a_season_is_due_within_it(step, day):
    assume(step.season and step.every)
    due = first_due(step, day, day)
    opens, closes = campaign(step.season, due.due_on)
    assert opens <= due.due_on <= closes
    assert due.opens_on >= opens


@given(st.sampled_from(sorted(LIBRARY)), DAYS, DAYS, st.sampled_from("FMU"))
def test_every_protocol_answers_for_anybody_on_any_day(code, birth, today, sex):
    assume(birth <= today)
    facts = Facts(birth=birth, sex=sex, anchors={"inclusion": today})
    proposals = propose(LIBRARY[code], facts, today)
    assert [proposal.code for proposal in proposals] == [step.id for step in LIBRARY[code].steps]
    for proposal in proposals:
        assert (proposal.due is not None) == (proposal.state in {State.DUE, State.PLANNED})
        assert (proposal.why is not None) == (proposal.state == State.NOT_APPLICABLE)
        if proposal.due:
            assert (proposal.state == State.DUE) == (proposal.due.opens_on <= today)
            assert proposal.due.late_after >= today
    assert proposals == propose(LIBRARY[code], facts, today)


@given(DAYS, DAYS)
def test_entering_a_value_never_proposes_more(birth, today):
    assume(birth <= today)
    unknown = Facts(birth=birth, sex="F", anchors={"inclusion": today})
    before = {found.code for found in propose(LIBRARY["dt2"], unknown, today) if found.due}
    for grade in range(4):
        facts = replace(unknown, values={"measure.pied_grade": grade})
        assert {found.code for found in propose(LIBRARY["dt2"], facts, today) if found.due} <= before
