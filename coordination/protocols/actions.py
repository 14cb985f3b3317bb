"""The writes of plans and steps: a professional enrols, changes, marks done or skips; the schedule follows."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import Invalid, NotFound
from coordination.patients.models import CareTeam, Patient
from coordination.protocols.errors import AlreadyEnrolled, PlanEnded, StepFollowed, StepSettled
from coordination.protocols.facts import TOO_FAR, Given, check
from coordination.protocols.library import definition_of
from coordination.protocols.models import Plan, ProtocolVersion, Step
from coordination.protocols.unfolding import line_of, locked_plan, today_of, unfold
from coordination.tasks.actions import settle_line, withdraw_line
from coordination.tasks.models import Task

Status = Step.Status


@action
def enrol(patient: Patient, protocol: ProtocolVersion, given: Given, *, by: Person) -> Plan:
    """Begin a plan through the circle in which this person cares for the patient; what is to do opens at once."""
    require(by, Right.PROTOCOL_ENROL)
    care_team = CareTeam.objects.visible_to(by).filter(patient=patient).order_by("circle").first()
    if care_team is None:
        raise NotFound
    check(given, definition_of(protocol), patient, clock.today(patient.organisation.time_zone))
    plan = Plan(patient=patient, care_team=care_team, protocol=protocol, code=protocol.code, **given.columns())
    plan.enrolled_by = by
    _begin_once(plan)
    audit.record(by, "plan.begun", plan, detail={"protocol": protocol.code, "version": protocol.version})
    unfold(locked_plan(plan.pk), by=by)
    return plan


def _begin_once(plan: Plan) -> None:
    """`AlreadyEnrolled` when the patient follows the protocol, even if the other plan begins at this very moment."""
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise AlreadyEnrolled from error


@action
def change_plan(plan: Plan, edit: Callable[[Given], Given], *, by: Person) -> Plan:
    """Other anchors, flags, measures or steps left out: what is not done yet is computed again.

    `edit` turns what was said so far into what is said now; it reads the plan as it stands once it is held, so that
    two people who change different things lose nothing.
    """
    require(by, Right.PROTOCOL_ENROL)
    plan = _active(plan.pk)
    given = edit(Given.of_plan(plan))
    check(given, definition_of(plan.protocol), plan.patient, today_of(plan))
    columns = given.columns()
    changes = audit.changes({name: getattr(plan, name) for name in columns}, columns)
    for name in changes:
        setattr(plan, name, columns[name])
    plan.save(update_fields=list(changes))
    audit.record(by, "plan.changed", plan, detail={"changes": changes})
    unfold(plan, by=by)
    return plan


@action
def end_plan(plan: Plan, *, why: str, by: Person) -> Plan:
    """Stop following the protocol; what is not done is withdrawn, what is done stays."""
    require(by, Right.PROTOCOL_ENROL)
    plan = _active(plan.pk)
    plan.status = Plan.Status.ENDED
    plan.ended_at = clock.now()
    plan.end_reason = why
    plan.save(update_fields=["status", "ended_at", "end_reason"])
    audit.record(by, "plan.ended", plan)
    unfold(plan, by=by)
    return plan


@action
def note_reading(patient: Patient, *, by: Person) -> None:
    """Note that someone looked at what a patient is to have."""
    audit.record_reading(by, "plans.read", patient, patient=patient.pk)


@action
def complete_step(step: Step, *, by: Person, done_on: date | None = None) -> Step:
    """Mark a step done, today or on an earlier day (elsewhere, perhaps); the next one follows from that day."""
    require(by, Right.QUEUE_WORK)
    plan, step = _pending(step)
    day = done_on or today_of(plan)
    if not plan.patient.birth_date <= day <= today_of(plan):
        raise Invalid(fields={"done_on": TOO_FAR})
    mark_done(step, day, by=by)
    if line := line_of(step):
        settle_line(line, done=True, by=by)
    unfold(plan, by=by)
    return step


@action
def skip_step(step: Step, *, why: str, by: Person) -> Step:
    """Leave one occurrence out, and say why; the next one follows from the day it was due."""
    require(by, Right.PROTOCOL_ENROL)
    plan, step = _pending(step)
    line = line_of(step)
    mark_skipped(step, why, by=by)
    if line is not None:
        withdraw_line(line, by=by)
        step.task_id = None
        step.save(update_fields=["task_id"])
    unfold(plan, by=by)
    return step


@action
def reopen_step(step: Step, *, by: Person) -> Step:
    """Undo a step marked done or skipped by mistake; what had been planned after it is planned again."""
    require(by, Right.QUEUE_WORK)
    plan = _active(step.plan_id)
    step = plan.steps.get(pk=step.pk)
    refuse_unless(step.status in Step.OVER, StepSettled())
    line = line_of(step)
    in_task = line is not None and Task.objects.to_do().filter(pk=line.task_id).exists()
    mark_pending(step, in_task=in_task, by=by)
    if line is not None and in_task:
        settle_line(line, done=False, by=by)
    unfold(plan, by=by)
    step.refresh_from_db()
    return step


def mark_done(step: Step, day: date, *, by: Person | None) -> None:
    """The step's own rows only; the caller holds the plan and unfolds it."""
    step.status, step.done_on, step.done_by = Status.DONE, day, by
    step.save()
    step.moves.create(status=Status.DONE, by=by)
    audit.record(by, "step.done", step, patient=step.plan.patient_id, organisation=step.plan.patient.organisation_id)


def mark_skipped(step: Step, why: str, *, by: Person | None) -> None:
    """The step's own rows only; the caller holds the plan and unfolds it."""
    step.status = Status.SKIPPED
    step.save()
    step.moves.create(status=Status.SKIPPED, by=by, why=why)
    audit.record(by, "step.skipped", step, patient=step.plan.patient_id, organisation=step.plan.patient.organisation_id)


def mark_pending(step: Step, *, in_task: bool, by: Person | None) -> None:
    """To do again: in its task when it is still there, else it will open anew.

    `StepFollowed` once a later occurrence is settled.
    """
    later = step.plan.steps.filter(code=step.code, occurrence__gt=step.occurrence, status__in=Step.OVER)
    refuse_unless(not later.exists(), StepFollowed())
    step.status = Status.DUE if in_task else Status.PLANNED
    step.task_id = step.task_id if in_task else None
    step.done_on, step.done_by = None, None
    step.save()
    step.moves.create(status=step.status, by=by)
    audit.record(
        by, "step.reopened", step, patient=step.plan.patient_id, organisation=step.plan.patient.organisation_id
    )


@action
def advance(plan_id: UUID) -> bool:
    """Open what has become due in a plan; false when another worker is at it or it has ended."""
    held = Plan.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=plan_id, status=Plan.Status.ACTIVE)
    if not held.exists():
        return False
    unfold(locked_plan(plan_id), by=None)
    return True


def _active(plan_id: UUID) -> Plan:
    plan = locked_plan(plan_id)
    refuse_unless(plan.status == Plan.Status.ACTIVE, PlanEnded())
    return plan


def _pending(step: Step) -> tuple[Plan, Step]:
    """The plan, held, and its step as it stands now; `StepSettled` unless it is still to do."""
    plan = _active(step.plan_id)
    step = plan.steps.get(pk=step.pk)
    refuse_unless(step.status in Step.PENDING, StepSettled())
    return plan, step
