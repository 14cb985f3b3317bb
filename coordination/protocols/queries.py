"""Reading the library, the plans and the ledger, in few queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from coordination.accounts.models import Person
from coordination.accounts.schemas import person_ref
from coordination.base import clock
from coordination.patients.models import CareTeam, Patient
from coordination.patients.roles import role_label
from coordination.patients.schemas import patient_ref
from coordination.protocols.definitions import Condition, ProtocolDefinition, StepDefinition
from coordination.protocols.facts import Given, flags_of, measures_of
from coordination.protocols.labels import ANCHORS, COMPUTED_ANCHORS, FOLLOWING_ANCHORS
from coordination.protocols.library import definition_of
from coordination.protocols.models import Plan, ProtocolVersion, Reminder, Step
from coordination.protocols.routing import COORDINATION, TO_ORIENT, Roster, roster_of
from coordination.protocols.schedule import Proposal, State, propose
from coordination.protocols.schemas import (
    Coded,
    ConditionOut,
    CoveredOut,
    EnrolledOut,
    LateStep,
    NextStep,
    PlanOut,
    PreviewOut,
    ProposalOut,
    ProtocolLine,
    ProtocolOut,
    ProtocolRef,
    ReminderOut,
    SeasonOut,
    SourceOut,
    StepDefinitionOut,
    StepOut,
    To,
    WaitingOut,
    WindowOut,
)
from coordination.protocols.unfolding import proposals_of, today_of
from coordination.tasks.models import Task
from notifications.models import Delivery

# The library


def library(person: Person) -> list[ProtocolLine]:
    """The current protocols by title, with what the asker's patients have in them."""
    plans = Plan.objects.visible_to(person).filter(status=Plan.Status.ACTIVE)
    today = clock.today(person.organisation.time_zone)
    late = Step.objects.pending().filter(plan__in=plans, late_after__lt=today)
    enrolled = Counter(dict(plans.order_by().values_list("code").annotate(Count("pk"))))
    behind = Counter(dict(late.order_by().values_list("plan__code").annotate(Count("pk"))))
    current = ProtocolVersion.objects.filter(current=True).order_by("title")
    return [_line(version, enrolled[version.code], behind[version.code]) for version in current]


def _line(version: ProtocolVersion, enrolled: int, late: int) -> ProtocolLine:
    definition = definition_of(version)
    return ProtocolLine(
        **_ref(version).model_dump(),
        domain=definition.domain,
        audience=list(definition.audience),
        subject=definition.subject,
        source_year=definition.source_year,
        steps_count=len(definition.steps),
        enrolled=enrolled,
        late=late,
    )


def enrolled(person: Person, code: str) -> list[EnrolledOut]:
    """The asker's patients with an active plan on a protocol, whatever its version: those most behind first."""
    plans = Plan.objects.visible_to(person).filter(status=Plan.Status.ACTIVE, code=code)
    pending = Prefetch("steps", Step.objects.pending().order_by("late_after", "due_on", "title"))
    rows = plans.select_related("patient").prefetch_related(pending)
    today = clock.today(person.organisation.time_zone)
    found = [_enrolled(plan, list(plan.steps.all()), today) for plan in rows]
    return sorted(found, key=lambda one: (-one.late, one.patient.name))


def _enrolled(plan: Plan, pending: list[Step], today: date) -> EnrolledOut:
    first = pending[0] if pending else None
    return EnrolledOut(
        id=plan.pk,
        patient=patient_ref(plan.patient),
        since=date.fromisoformat(plan.anchors["inclusion"]),
        late=sum(step.late_after < today for step in pending),
        next=NextStep(title=first.title, due_on=first.due_on, late_days=max(0, (today - first.late_after).days))
        if first
        else None,
    )


def protocol_out(version: ProtocolVersion) -> ProtocolOut:
    """A protocol for display."""
    definition = definition_of(version)
    given = sorted(definition.anchors - COMPUTED_ANCHORS - FOLLOWING_ANCHORS, key=lambda name: name != "inclusion")
    return ProtocolOut(
        **_ref(version).model_dump(),
        domain=definition.domain,
        audience=list(definition.audience),
        subject=definition.subject,
        owner_role_label=role_label(definition.owner_role),
        source_year=definition.source_year,
        sources=[SourceOut(ref=found.ref, year=found.year, url=found.url) for found in definition.source],
        note=definition.note,
        eligibility=_conditions(definition.eligibility),
        steps=[_step_definition(step) for step in definition.steps],
        anchors=[Coded(code=name, label=ANCHORS[name].say()) for name in given],
        flags=flags_of(definition),
        measures=measures_of(definition),
    )


def _step_definition(step: StepDefinition) -> StepDefinitionOut:
    same = ("title", "kind", "role", "anchor", "first_due", "every", "max_count", "max_count_per", "priority", "note")
    reminder = step.patient_reminder
    return StepDefinitionOut(
        code=step.id,
        role_label=role_label(step.role),
        anchor_label=ANCHORS[step.anchor].say(),
        window=WindowOut(before=step.window.before, after=step.window.after),
        season=SeasonOut(opens=step.season.opens, closes=step.season.closes) if step.season else None,
        conditions=_conditions(step.conditions),
        reminds_patient=reminder is not None,
        detail=reminder.detail if reminder else None,
        **{name: getattr(step, name) for name in same},
    )


def _conditions(conditions: Iterable[Condition]) -> list[ConditionOut]:
    return [ConditionOut(field=found.field, op=found.op, value=found.value) for found in conditions]


def _ref(version: ProtocolVersion) -> ProtocolRef:
    return ProtocolRef(id=version.pk, code=version.code, title=version.title, version=version.version)


# Before enrolling


def preview(patient: Patient, care_team: CareTeam, version: ProtocolVersion, given: Given) -> PreviewOut:
    """What enrolling today would propose, step by step, and to whom."""
    definition = definition_of(version)
    today = clock.today(patient.organisation.time_zone)
    roster = roster_of(care_team)
    proposals = propose(definition, given.facts(patient), today)
    steps = [
        _proposal(definition.step(found.code), found, roster) for found in proposals if found.code not in given.left_out
    ]
    return PreviewOut(steps=steps, due_now=sum(step.state == State.DUE.value for step in steps))


def _proposal(step: StepDefinition, found: Proposal, roster: Roster) -> ProposalOut:
    waits = Coded(code=step.anchor, label=ANCHORS[step.anchor].say()) if found.state == State.WAITING_ANCHOR else None
    route = roster.route(step.role)
    return ProposalOut(
        code=step.id,
        title=step.title,
        role=step.role,
        role_label=role_label(step.role),
        kind=step.kind,
        state=found.state.value,
        due_on=found.due.due_on if found.due else None,
        opens_on=found.due.opens_on if found.due else None,
        late_after=found.due.late_after if found.due else None,
        why=found.why.value if found.why else None,
        waits_for=waits,
        needs=list(found.undecided),
        to=To(kind=route.kind, name=route.name),
    )


# Plans


def with_steps(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Everything that `plans_out` reads of the plans themselves, in two queries."""
    steps = Step.objects.select_related("done_by").order_by("due_on", "title", "occurrence")
    related = ("protocol", "enrolled_by", "patient__organisation", "care_team__patient")
    return plans.select_related(*related).prefetch_related(Prefetch("steps", steps))


def plans_of(person: Person, patient: Patient) -> list[PlanOut]:
    """A patient's plans in the asker's circles: active ones first, latest first."""
    plans = Plan.objects.visible_to(person).filter(patient=patient).order_by("status", "-created_at", "-id")
    return plans_out(list(with_steps(plans)))


def plan_out(plan: Plan) -> PlanOut:
    """One plan, read afresh."""
    return plans_out(list(with_steps(Plan.objects.filter(pk=plan.pk))))[0]


def plans_out(plans: Sequence[Plan]) -> list[PlanOut]:
    """Plans with where each pending step goes: its task says it, else the circle as it is today."""
    tasks = _tasks_of(plans)
    circles = {plan.care_team_id: plan.care_team for plan in plans if plan.status == Plan.Status.ACTIVE}
    rosters = {key: roster_of(circle) for key, circle in circles.items()}
    return [_plan(plan, tasks, rosters.get(plan.care_team_id)) for plan in plans]


def _tasks_of(plans: Sequence[Plan]) -> dict[UUID, Task]:
    return _tasks_carrying({step.task_id for plan in plans for step in plan.steps.all() if step.task_id})


def _tasks_carrying(wanted: set[UUID]) -> dict[UUID, Task]:
    return {task.pk: task for task in Task.objects.filter(pk__in=wanted).select_related("queue", "assignee")}


def _plan(plan: Plan, tasks: dict[UUID, Task], roster: Roster | None) -> PlanOut:
    definition, today = definition_of(plan.protocol), today_of(plan)
    steps = list(plan.steps.all())
    proposals = proposals_of(plan, steps, today)
    return PlanOut.model_validate(
        {
            "id": plan.pk,
            "protocol": _ref(plan.protocol),
            **{name: getattr(plan, name) for name in ("status", "anchors", "flags", "measures", "left_out")},
            "enrolled_by": person_ref(plan.enrolled_by) if plan.enrolled_by else None,
            "created_at": plan.created_at,
            "steps": [_step(step, definition, today, _to(step, tasks, roster)) for step in steps],
            "waiting": [_waiting(definition.step(found.code)) for found in proposals if _waits(found)],
            "needs": sorted({name for found in proposals for name in found.undecided}),
        }
    )


def _waits(proposal: Proposal) -> bool:
    return proposal.state == State.WAITING_ANCHOR


def _waiting(step: StepDefinition) -> WaitingOut:
    return WaitingOut(code=step.id, title=step.title, anchor=step.anchor, anchor_label=ANCHORS[step.anchor].say())


def _step(step: Step, definition: ProtocolDefinition, today: date, to: To | None) -> StepOut:
    pending = step.status in Step.PENDING
    plain = ("id", "code", "occurrence", "title", "role", "due_on", "opens_on", "late_after", "status")
    return StepOut.model_validate(
        {
            **{name: getattr(step, name) for name in (*plain, "done_on", "task_id")},
            "role_label": role_label(step.role),
            "kind": definition.step(step.code).kind,
            "late_days": max(0, (today - step.late_after).days) if pending else 0,
            "done_by": person_ref(step.done_by) if step.done_by else None,
            "to": to if pending else None,
        }
    )


def step_out(step: Step) -> StepOut:
    """One step, as its plan shows it."""
    return next(found for found in plan_out(step.plan).steps if found.id == step.pk)


def _to(step: Step, tasks: dict[UUID, Task], roster: Roster | None) -> To | None:
    task = tasks.get(step.task_id) if step.task_id else None
    if task is None:
        route = roster.route(step.role) if roster else None
        return To(kind=route.kind, name=route.name) if route else None
    if task.assignee:
        return To(kind="person", name=task.assignee.display_name)
    if task.queue.code == COORDINATION:
        return To(kind="coordination", name=TO_ORIENT.say())
    return To(kind="team", name=task.queue.name)


# What is behind


MOST_LATE = 50


def late_of(person: Person) -> QuerySet[Step]:
    """The late steps of the asker's patients, those most behind first."""
    plans = Plan.objects.visible_to(person).filter(status=Plan.Status.ACTIVE)
    today = clock.today(person.organisation.time_zone)
    late = Step.objects.pending().filter(plan__in=plans, late_after__lt=today)
    return late.order_by("late_after", "due_on", "title", "pk")


def circles_of_late(person: Person) -> list[UUID]:
    """The circles whose streams tell of the late steps that are listed."""
    listed = late_of(person)[: MOST_LATE + 1].values_list("plan__care_team", flat=True)
    return list(dict.fromkeys(listed))


def late_steps(person: Person) -> list[LateStep]:
    """The late steps of the asker's patients, one more than are listed when there are more."""
    related = ("plan__patient", "plan__protocol")
    steps = list(late_of(person).select_related(*related)[: MOST_LATE + 1])
    tasks = _tasks_carrying({step.task_id for step in steps if step.task_id})
    today = clock.today(person.organisation.time_zone)
    return [_late(step, tasks, today) for step in steps]


def _late(step: Step, tasks: dict[UUID, Task], today: date) -> LateStep:
    return LateStep(
        id=step.pk,
        title=step.title,
        role_label=role_label(step.role),
        due_on=step.due_on,
        late_days=(today - step.late_after).days,
        task_id=step.task_id,
        to=_to(step, tasks, None),
        patient=patient_ref(step.plan.patient),
        protocol=_ref(step.plan.protocol),
    )


# The ledger


def ledger(person: Person, patient: Patient) -> list[ReminderOut]:
    """The reminders a patient was sent, latest first, with the steps of the asker's circles that each covered."""
    steps = Step.objects.visible_to(person).order_by("due_on", "title")
    reminders = Reminder.objects.filter(patient=patient).prefetch_related(Prefetch("steps", steps))
    rows = list(reminders.order_by("-created_at")[:100])
    status = dict(Delivery.objects.filter(pk__in=[row.delivery_id for row in rows]).values_list("pk", "status"))
    return [
        ReminderOut(
            id=row.pk,
            week=row.week,
            at=row.created_at,
            status=status.get(row.delivery_id),
            steps=[CoveredOut(id=step.pk, title=step.title, due_on=step.due_on) for step in row.steps.all()],
        )
        for row in rows
    ]


def streams_of(person: Person, patient: Patient) -> list[UUID]:
    """The streams that tell of a patient's plans: the circles through which the asker cares for them."""
    return list(CareTeam.objects.visible_to(person).filter(patient=patient).values_list("pk", flat=True))
