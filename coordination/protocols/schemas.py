"""How protocols, plans and steps are shown."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from coordination.accounts.schemas import PersonRef
from coordination.patients.schemas import PatientRef

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]*$", max_length=60)]
Measure = int | Annotated[float, Field(allow_inf_nan=False)] | Annotated[str, StringConstraints(max_length=40)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

StepStatus = Literal["planned", "due", "done", "skipped", "withdrawn"]
ProposalState = Literal["due", "planned", "waiting_anchor", "not_applicable"]


class ProtocolRef(Schema):
    """A protocol as a plan names it."""

    id: UUID
    code: str
    title: str
    version: str


class ProtocolLine(ProtocolRef):
    """A protocol of the library; the counts are those of the plans the asker sees."""

    domain: str
    audience: list[str]
    subject: str
    source_year: int | None
    steps_count: int
    enrolled: int = Field(description="active plans")
    late: int = Field(description="steps whose window has closed")


class ProtocolsOut(Schema):
    items: list[ProtocolLine]


class Coded(Schema):
    """A code of the protocols and how it is called."""

    code: str
    label: str


class ConditionOut(Schema):
    field: str
    op: str
    value: int | float | str | list[int | float | str]


class WindowOut(Schema):
    """ISO 8601 durations around the due day."""

    before: str
    after: str


class SeasonOut(Schema):
    """MM-DD."""

    opens: str
    closes: str


class StepDefinitionOut(Schema):
    """A step of a protocol; durations are ISO 8601."""

    code: str
    title: str
    kind: str
    role: str
    role_label: str
    anchor: str
    anchor_label: str
    first_due: str
    every: str | None
    max_count: int | None
    max_count_per: str | None
    window: WindowOut
    season: SeasonOut | None
    conditions: list[ConditionOut]
    priority: str
    reminds_patient: bool
    detail: str | None = Field(description="what the step is in the patient's words; never leaves the centre")
    note: str | None


class SourceOut(Schema):
    ref: str
    year: int
    url: str | None


class ProtocolOut(ProtocolRef):
    """A protocol for display, and what may be given when enrolling."""

    domain: str
    audience: list[str]
    subject: str
    owner_role_label: str
    source_year: int | None
    sources: list[SourceOut]
    note: str | None
    eligibility: list[ConditionOut]
    steps: list[StepDefinitionOut]
    anchors: list[Coded] = Field(description="the dates a professional gives; inclusion first")
    flags: list[str]
    measures: list[str]


class NextStep(Schema):
    """The step of a plan that is late, or would be, before the others."""

    title: str
    due_on: date
    late_days: int


class EnrolledOut(Schema):
    """An active plan, as the page of its protocol shows it."""

    id: UUID
    patient: PatientRef
    since: date
    late: int = Field(description="steps whose window has closed")
    next: NextStep | None


class EnrolledListOut(Schema):
    items: list[EnrolledOut]


class To(Schema):
    """Where the steps of a role go."""

    kind: Literal["person", "team", "coordination", "patient", "liaison"]
    name: str


class PlanIn(Schema):
    """What a professional says of a patient in a plan; inclusion is today unless given."""

    anchors: Annotated[dict[Code, date], Field(max_length=40)] = {}
    flags: Annotated[list[Code], Field(max_length=60)] = []
    measures: Annotated[dict[Code, Measure], Field(max_length=40)] = {}
    left_out: Annotated[list[Code], Field(max_length=100)] = []


class EnrolIn(PlanIn):
    protocol: UUID


class PlanEdit(Schema):
    """What changes of a plan; only what is sent, and it replaces what was there."""

    anchors: Annotated[dict[Code, date], Field(max_length=40)] | None = None
    flags: Annotated[list[Code], Field(max_length=60)] | None = None
    measures: Annotated[dict[Code, Measure], Field(max_length=40)] | None = None
    left_out: Annotated[list[Code], Field(max_length=100)] | None = None


class ProposalOut(Schema):
    """What the schedule proposes for one step before the patient is enrolled."""

    code: str
    title: str
    role: str
    role_label: str
    kind: str
    state: ProposalState
    due_on: date | None
    opens_on: date | None
    late_after: date | None
    why: Literal["condition", "window_closed", "finished", "not_eligible"] | None = Field(
        description="why it does not apply"
    )
    waits_for: Coded | None = Field(description="the date that nobody has given yet")
    needs: list[str] = Field(description="the values not entered yet on which it depends, e.g. measure.pied_grade")
    to: To


class PreviewOut(Schema):
    steps: list[ProposalOut]
    due_now: int


class StepOut(Schema):
    """One occurrence of a step in a plan."""

    id: UUID
    code: str
    occurrence: int
    title: str
    role: str
    role_label: str
    kind: str
    due_on: date
    opens_on: date
    late_after: date
    status: StepStatus
    late_days: int
    done_on: date | None
    done_by: PersonRef | None
    task_id: UUID | None
    to: To | None = Field(description="null once it is over")


class LateStep(Schema):
    """A step whose window has closed, with whose it is and where it went."""

    id: UUID
    title: str
    role_label: str
    due_on: date
    late_days: int
    task_id: UUID | None
    to: To | None = Field(description="null when no task carries it")
    patient: PatientRef
    protocol: ProtocolRef


class LateStepsOut(Schema):
    items: list[LateStep]
    more: bool
    heads: dict[str, int]


class WaitingOut(Schema):
    """A step that waits for a date."""

    code: str
    title: str
    anchor: str
    anchor_label: str


class PlanOut(Schema):
    """A patient's plan with its steps, by due day; `needs` are values not entered on which a pending step depends."""

    id: UUID
    protocol: ProtocolRef
    status: Literal["active", "ended"]
    anchors: dict[str, date]
    flags: list[str]
    measures: dict[str, Measure]
    left_out: list[str]
    enrolled_by: PersonRef | None
    created_at: datetime
    steps: list[StepOut]
    waiting: list[WaitingOut]
    needs: list[str]


class PlansOut(Schema):
    items: list[PlanOut]
    heads: dict[str, int]


class DoneIn(Schema):
    done_on: date | None = None


class SkipIn(Schema):
    why: Why


class EndIn(Schema):
    why: Why


class CoveredOut(Schema):
    """A step that a mail told of, without naming it."""

    id: UUID
    title: str
    due_on: date


class ReminderOut(Schema):
    """A line of the ledger: one neutral mail, and the steps it covered."""

    id: UUID
    week: str
    at: datetime
    status: str | None = Field(description="due, claimed, sent, failed or dropped")
    steps: list[CoveredOut]


class RemindersOut(Schema):
    items: list[ReminderOut]
