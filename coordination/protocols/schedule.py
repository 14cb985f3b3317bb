"""When each step of a care protocol is due: pure functions over plain data, no Django and no clock.

The rules are those at the head of `protocols.yaml` (`due_rule`, `season`, `eligibility`) and rules §4:
due = anchor + first_due, then last done + every (previous due + every after a step that was skipped); to do from
due − window.before, late after due + window.after.

What a protocol leaves open is decided here, once:

- A flag is set or it is not. A measure, or another value that nobody has entered yet, leaves its condition
  *undecided*, and an undecided step is proposed: the professional decides by unticking it or by entering the value.
  So `dt2` proposes 13 steps at once to someone about whom nothing is entered: 11 that start at inclusion without
  asking for a value, and the two foot-care series, of which the foot grade (not yet known) will keep one at most.
- A first occurrence whose window closed before the inclusion day belongs to the time before: a single step is not
  proposed, a recurring one starts at its first window still open.
- Age is that on the due day, or today when that is later.
- Inclusion by a professional settles what `eligibility` asks (a diagnosis not entered as a flag, an age outside the
  bounds); what was eligible at inclusion and no longer is ends the recurrence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from coordination.protocols.definitions import Condition, ProtocolDefinition, Season, StepDefinition
from coordination.protocols.durations import duration
from coordination.protocols.labels import FOLLOWING_ANCHORS

Value = int | float | str

A_YEAR = 366
"""Days: the longest that a season can put a step off."""


class State(StrEnum):
    """What the schedule says of a step today."""

    DUE = "due"
    PLANNED = "planned"
    WAITING_ANCHOR = "waiting_anchor"
    NOT_APPLICABLE = "not_applicable"


class Why(StrEnum):
    """Why a step is not proposed."""

    CONDITION = "condition"
    WINDOW_CLOSED = "window_closed"
    FINISHED = "finished"
    NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True)
class Facts:
    """What is known of a patient in a plan; `values` holds measures and the like by field (`measure.pied_grade`)."""

    birth: date
    sex: str
    anchors: Mapping[str, date]
    flags: frozenset[str] = frozenset()
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def inclusion(self) -> date:
        return self.anchors["inclusion"]


@dataclass(frozen=True)
class Past:
    """An occurrence that is over: done on a day, or skipped (`done_on` is null)."""

    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Due:
    """The days of one occurrence: to do from `opens_on`, due on `due_on`, late after `late_after`."""

    due_on: date
    opens_on: date
    late_after: date


@dataclass(frozen=True)
class Proposal:
    """What the schedule proposes for one step: its next occurrence, or why there is none."""

    code: str
    occurrence: int
    state: State
    due: Due | None = None
    why: Why | None = None
    undecided: tuple[str, ...] = ()


History = Mapping[str, Sequence[Past]]


def propose(protocol: ProtocolDefinition, facts: Facts, today: date, history: History | None = None) -> list[Proposal]:
    """The next occurrence of every step, in the protocol's order, given what is already over."""
    past = history or {}
    before: Sequence[Past] = ()
    found = []
    for step in protocol.steps:
        found.append(_propose(protocol, step, facts, today, past.get(step.id, ()), before))
        before = past.get(step.id, ())
    return found


def _propose(
    protocol: ProtocolDefinition,
    step: StepDefinition,
    facts: Facts,
    today: date,
    past: Sequence[Past],
    step_before: Sequence[Past],
) -> Proposal:
    occurrence = len(past) + 1
    anchor = anchor_of(step, facts, step_before)
    if anchor is None and not past:
        state = State.NOT_APPLICABLE if holds(step.conditions, facts, today) is False else State.WAITING_ANCHOR
        return Proposal(step.id, occurrence, state, why=Why.CONDITION if state == State.NOT_APPLICABLE else None)
    due = next_due(step, past, anchor) if past else first_due(step, anchor, facts.inclusion) if anchor else None
    if due is None:
        why = Why.FINISHED if past else Why.WINDOW_CLOSED
        return Proposal(step.id, occurrence, State.NOT_APPLICABLE, why=why)
    day = max(due.due_on, today)
    if not _eligible(protocol, facts, day):
        return Proposal(step.id, occurrence, State.NOT_APPLICABLE, why=Why.NOT_ELIGIBLE)
    if holds(step.conditions, facts, day) is False:
        return Proposal(step.id, occurrence, State.NOT_APPLICABLE, why=Why.CONDITION)
    state = State.DUE if due.opens_on <= today else State.PLANNED
    return Proposal(step.id, occurrence, state, due, undecided=undecided(step.conditions, facts, day))


# Anchors


def anchor_of(step: StepDefinition, facts: Facts, step_before: Sequence[Past] = ()) -> date | None:
    """The day a step starts from; `None` while nobody knows it.

    The day of the previous dose or examination is that on which the step written just before was last done,
    unless a professional gives it.
    """
    if given := facts.anchors.get(step.anchor):
        return given
    if step.anchor == "birth":
        return facts.birth
    if step.anchor == "season" and step.season:
        return campaign(step.season, facts.inclusion)[0]
    if step.anchor == "calendar_year_end":
        return date(facts.inclusion.year, 12, 31)
    if step.anchor in FOLLOWING_ANCHORS:
        return max((past.done_on for past in step_before if past.done_on), default=None)
    return None


# First and next


def first_due(step: StepDefinition, anchor: date, inclusion: date) -> Due | None:
    """The first occurrence whose window is still open on the inclusion day; `None` when there is none."""
    passed = _surely_passed(step, anchor, inclusion)
    while step.max_count is None or step.max_count_per or passed < step.max_count:
        raw = _nth(step, anchor, passed)
        if _past_until(step, anchor, raw):
            return None
        due = _in_season(step, raw)
        if due and due.late_after >= inclusion:
            return due
        if not step.every:
            return None
        passed += 1
    return None


def _surely_passed(step: StepDefinition, anchor: date, inclusion: date) -> int:
    """How many occurrences closed before inclusion whatever the lengths of months: those need no look."""
    if not step.every:
        return 0
    every = duration(step.every)
    longest = 31 * every.months + every.days
    closed = duration(step.window.after).before(inclusion) - timedelta(days=A_YEAR if step.season else 4)
    return max(0, (closed - duration(step.first_due).after(anchor)).days // longest)


def next_due(step: StepDefinition, past: Sequence[Past], anchor: date | None) -> Due | None:
    """The occurrence after the last one that is over; `None` when there is no other.

    It follows the day on which the last one was done, or its due day when it was skipped.
    """
    if not step.every or (step.max_count and not step.max_count_per and len(past) >= step.max_count):
        return None
    last = past[-1]
    raw = duration(step.every).after(last.done_on or last.due_on)
    raw = max(raw, _first_day_allowed(step, past) or raw)
    if step.season:
        opening, _ = campaign(step.season, raw)
        # The campaign comes first: each year's starts at its opening, whenever the last one was done.
        raw = opening if opening > (last.done_on or last.due_on) else raw
    if anchor and _past_until(step, anchor, raw):
        return None
    return window(step, raw)


def window(step: StepDefinition, due_on: date) -> Due:
    """The window around a due day; it does not open before the campaign does."""
    opens_on = duration(step.window.before).before(due_on)
    if step.season:
        opens_on = max(opens_on, min(due_on, campaign(step.season, due_on)[0]))
    return Due(due_on, opens_on, duration(step.window.after).after(due_on))


def _nth(step: StepDefinition, anchor: date, passed: int) -> date:
    first = duration(step.first_due).after(anchor)
    return duration(step.every).times(passed).after(first) if step.every and passed else first


def _past_until(step: StepDefinition, anchor: date, day: date) -> bool:
    return bool(step.until) and day > duration(step.until or "").after(anchor)


def _first_day_allowed(step: StepDefinition, past: Sequence[Past]) -> date | None:
    """With `max_count` per period: the day on which the oldest of the last `max_count` done leaves the period."""
    done = sorted(past.done_on for past in past if past.done_on)
    if not (step.max_count and step.max_count_per) or len(done) < step.max_count:
        return None
    return duration(step.max_count_per).after(done[-step.max_count])


# Seasons


def campaign(season: Season, day: date) -> tuple[date, date]:
    """The opening and the last day of the campaign that runs on this day, else of the next one."""
    for year in (day.year - 1, day.year, day.year + 1):
        opens = _month_day(season.opens, year)
        closes = _month_day(season.closes, year + (season.closes < season.opens))
        if day <= closes:
            return opens, closes
    raise AssertionError("a campaign closes at least once in two years")


def _in_season(step: StepDefinition, raw: date) -> Due | None:
    """The window around a first due day, moved to the opening of its campaign; `None` when no campaign meets it."""
    if not step.season:
        return window(step, raw)
    opens, _ = campaign(step.season, raw)
    due = window(step, max(raw, opens))
    late_after = max(raw, duration(step.window.after).after(raw))
    if due.due_on > raw and not step.every:
        return Due(due.due_on, due.opens_on, late_after) if due.due_on <= late_after else None
    return due


def _month_day(text: str, year: int) -> date:
    """29 February is the 28th in a common year."""
    month, day = map(int, text.split("-"))
    if (month, day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        day = 28
    return date(year, month, day)


# Conditions


def holds(conditions: Iterable[Condition], facts: Facts, day: date) -> bool | None:
    """Whether all hold on a day; `None` when none is false and a value that one of them asks for is not known."""
    answers = [_holds(condition, facts, day) for condition in conditions]
    if False in answers:
        return False
    return None if None in answers else True


def undecided(conditions: Iterable[Condition], facts: Facts, day: date) -> tuple[str, ...]:
    """The fields nobody has entered yet on which the conditions depend."""
    return tuple(dict.fromkeys(found.field for found in conditions if _holds(found, facts, day) is None))


def age(birth: date, day: date) -> int:
    """Completed years; someone born on 29 February has their birthday on 1 March in a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _eligible(protocol: ProtocolDefinition, facts: Facts, day: date) -> bool:
    if protocol.stop_when and holds(protocol.stop_when, facts, day):
        return False
    asked = [condition for condition in protocol.eligibility if condition.op != "has"]
    return holds(asked, facts, day) is not False or holds(asked, facts, facts.inclusion) is False


def _holds(condition: Condition, facts: Facts, day: date) -> bool | None:
    if condition.op == "has":
        return condition.value in facts.flags
    if condition.op == "lacks":
        return condition.value not in facts.flags
    known = _value(condition.field, facts, day)
    return None if known is None else _compare(known, condition)


def _value(name: str, facts: Facts, day: date) -> Value | None:
    if name == "age":
        return age(facts.birth, day)
    if name == "sex":
        return facts.sex if facts.sex in {"F", "M"} else None
    return facts.values.get(name)


def _compare(known: Value, condition: Condition) -> bool | None:
    wanted = condition.value
    if isinstance(wanted, list):
        return any(_same(known, one) for one in wanted)
    if condition.op in {"eq", "ne"}:
        return _same(known, wanted) == (condition.op == "eq")
    left, right = _number(known), _number(wanted)
    if left is None or right is None:
        return None
    return {"gt": left > right, "gte": left >= right, "lt": left < right, "lte": left <= right}[condition.op]


def _same(one: Value, other: Value) -> bool:
    """`4` and `"4"` are one stage; `"3b"` is a word."""
    left, right = _number(one), _number(other)
    if left is not None and right is not None:
        return left == right
    return str(one).strip().lower() == str(other).strip().lower()


def _number(value: Value) -> float | None:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None
