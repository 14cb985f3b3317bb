"""The routes of protocols, plans and steps."""

from functools import partial
from uuid import UUID

from ninja import Router, Status

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base import clock
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404
from coordination.patients.models import CareTeam, Patient
from coordination.protocols import actions, queries
from coordination.protocols.facts import Given, check, full_names
from coordination.protocols.library import definition_of
from coordination.protocols.models import Plan, ProtocolVersion, Step
from coordination.protocols.schemas import (
    DoneIn,
    EndIn,
    EnrolIn,
    EnrolledListOut,
    LateStepsOut,
    PlanEdit,
    PlanIn,
    PlanOut,
    PlansOut,
    PreviewOut,
    ProtocolOut,
    ProtocolsOut,
    RemindersOut,
    SkipIn,
    StepOut,
)
from coordination.streams.queries import heads

router = Router(tags=["protocols"])


@router.get("/protocols", response=ProtocolsOut)
def list_protocols(request: SignedInRequest) -> ProtocolsOut:
    """The current care protocols."""
    return ProtocolsOut(items=queries.library(request.person))


@router.get("/protocols/{uuid:protocol_id}", response=ProtocolOut)
def read_protocol(request: SignedInRequest, protocol_id: UUID) -> ProtocolOut:
    """A protocol, current or of a plan that began earlier."""
    found = ProtocolVersion.objects.filter(pk=protocol_id).first()
    if found is None:
        raise NotFound
    return queries.protocol_out(found)


@router.get("/protocols/{uuid:protocol_id}/plans", response=EnrolledListOut)
def list_enrolled(request: SignedInRequest, protocol_id: UUID) -> EnrolledListOut:
    """The asker's patients who follow a protocol, with what is late and what comes next."""
    found = ProtocolVersion.objects.filter(pk=protocol_id).first()
    if found is None:
        raise NotFound
    return EnrolledListOut(items=queries.enrolled(request.person, found.code))


@router.post("/patients/{uuid:patient_id}/plans/preview", response=PreviewOut)
def preview_plan(request: SignedInRequest, patient_id: UUID, body: EnrolIn) -> PreviewOut:
    """What enrolling would propose; nothing is written."""
    patient = visible_or_404(Patient, request.person, patient_id)
    require(request.person, Right.PROTOCOL_ENROL)
    version, given = _current(body.protocol), _given(body, patient)
    check(given, definition_of(version), patient, clock.today(patient.organisation.time_zone))
    return queries.preview(patient, _circle(request.person, patient), version, given)


@router.post("/patients/{uuid:patient_id}/plans", response={201: PlanOut})
@idempotent
def enrol_patient(request: SignedInRequest, patient_id: UUID, body: EnrolIn) -> Status[PlanOut]:
    patient = visible_or_404(Patient, request.person, patient_id)
    plan = actions.enrol(patient, _current(body.protocol), _given(body, patient), by=request.person)
    return Status(201, queries.plan_out(plan))


@router.get("/patients/{uuid:patient_id}/plans", response=PlansOut)
def list_plans(request: SignedInRequest, patient_id: UUID) -> PlansOut:
    patient = visible_or_404(Patient, request.person, patient_id)
    actions.note_reading(patient, by=request.person)
    at = heads(queries.streams_of(request.person, patient))
    return PlansOut(items=queries.plans_of(request.person, patient), heads=at)


@router.get("/patients/{uuid:patient_id}/reminders", response=RemindersOut)
def list_reminders(request: SignedInRequest, patient_id: UUID) -> RemindersOut:
    """The ledger: which steps each mail to the patient covered."""
    patient = visible_or_404(Patient, request.person, patient_id)
    actions.note_reading(patient, by=request.person)
    return RemindersOut(items=queries.ledger(request.person, patient))


@router.patch("/plans/{uuid:plan_id}", response=PlanOut)
def change_plan(request: SignedInRequest, plan_id: UUID, body: PlanEdit) -> PlanOut:
    """Other flags, measures, anchors or steps left out; inclusion stays when it is not sent."""
    plan = visible_or_404(Plan, request.person, plan_id)
    return queries.plan_out(actions.change_plan(plan, partial(_changed, body), by=request.person))


@router.post("/plans/{uuid:plan_id}/end", response=PlanOut)
def end_plan(request: SignedInRequest, plan_id: UUID, body: EndIn) -> PlanOut:
    plan = visible_or_404(Plan, request.person, plan_id)
    return queries.plan_out(actions.end_plan(plan, why=body.why, by=request.person))


@router.get("/steps/late", response=LateStepsOut)
def list_late_steps(request: SignedInRequest) -> LateStepsOut:
    """The late steps of the asker's patients, those most behind first."""
    at = heads(queries.circles_of_late(request.person))
    found = queries.late_steps(request.person)
    return LateStepsOut(items=found[: queries.MOST_LATE], more=len(found) > queries.MOST_LATE, heads=at)


@router.post("/steps/{uuid:step_id}/done", response=StepOut)
def complete_step(request: SignedInRequest, step_id: UUID, body: DoneIn) -> StepOut:
    step = visible_or_404(Step, request.person, step_id)
    return queries.step_out(actions.complete_step(step, by=request.person, done_on=body.done_on))


@router.post("/steps/{uuid:step_id}/skip", response=StepOut)
def skip_step(request: SignedInRequest, step_id: UUID, body: SkipIn) -> StepOut:
    step = visible_or_404(Step, request.person, step_id)
    return queries.step_out(actions.skip_step(step, why=body.why, by=request.person))


@router.post("/steps/{uuid:step_id}/reopen", response=StepOut)
def reopen_step(request: SignedInRequest, step_id: UUID) -> StepOut:
    """Undo a step marked done or skipped by mistake."""
    step = visible_or_404(Step, request.person, step_id)
    return queries.step_out(actions.reopen_step(step, by=request.person))


def _current(protocol: UUID) -> ProtocolVersion:
    found = ProtocolVersion.objects.filter(pk=protocol, current=True).first()
    if found is None:
        raise NotFound
    return found


def _circle(person: Person, patient: Patient) -> CareTeam:
    found = CareTeam.objects.visible_to(person).select_related("patient").filter(patient=patient).order_by("circle")
    if circle := found.first():
        return circle
    raise NotFound


def _given(body: PlanIn, patient: Patient) -> Given:
    anchors = {"inclusion": clock.today(patient.organisation.time_zone), **body.anchors}
    return Given(anchors, frozenset(body.flags), full_names(body.measures), frozenset(body.left_out))


def _changed(body: PlanEdit, before: Given) -> Given:
    anchors = before.anchors if body.anchors is None else {"inclusion": before.anchors["inclusion"], **body.anchors}
    return Given(
        anchors,
        before.flags if body.flags is None else frozenset(body.flags),
        before.measures if body.measures is None else full_names(body.measures),
        before.left_out if body.left_out is None else frozenset(body.left_out),
    )
