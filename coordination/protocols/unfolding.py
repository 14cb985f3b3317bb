"""Following the schedule: a plan's pending steps are brought in line with it, and those that open become tasks.

Everything here runs in an action that holds the plan's row. Running it again changes nothing: what is wanted follows
from what is over, and `step_occurrence_once` lets no occurrence exist twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from coordination.accounts.models import Person
from coordination.base import clock
from coordination.protocols.definitions import StepDefinition
from coordination.protocols.facts import Given
from coordination.protocols.library import definition_of
from coordination.protocols.models import Plan, Step, StepMove
from coordination.protocols.routing import Route, roster_of
from coordination.protocols.schedule import Due, Past, Proposal, propose
from coordination.streams import log as streams
from coordination.tasks.actions import Line, NewTask, Origin, append_lines, create_task, withdraw_line
from coordination.tasks.models import ChecklistItem, Queue, Task

Status = Step.Status
PRIORITIES: list[str] = [Task.Priority.ROUTINE, Task.Priority.HIGH, Task.Priority.URGENT]


def locked_plan(plan_id: UUID) -> Plan:
    """The plan, held until the end of the transaction: the first lock that any write about it takes."""
    plans = Plan.objects.select_for_update(of=("self",), no_key=True)
    return plans.select_related("protocol", "care_team__patient__organisation", "patient__organisation").get(pk=plan_id)


def today_of(plan: Plan) -> date:
    """The calendar day where the patient's centre is."""
    return clock.today(plan.patient.organisation.time_zone)


def proposals_of(plan: Plan, steps: Iterable[Step], today: date) -> list[Proposal]:
    """What the schedule says today, given the plan's steps that are over; nothing for an ended plan."""
    if plan.status != Plan.Status.ACTIVE:
        return []
    history: defaultdict[str, list[Past]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.occurrence):
        if step.status in Step.OVER:
            history[step.code].append(Past(step.due_on, step.done_on))
    facts = Given.of_plan(plan).facts(plan.patient)
    proposals = propose(definition_of(plan.protocol), facts, today, history)
    return [proposal for proposal in proposals if proposal.code not in plan.left_out]


def unfold(plan: Plan, *, by: Person | None) -> None:
    """Bring the pending steps in line with the schedule, open what is to do, and tell the circle."""
    today = today_of(plan)
    steps = list(plan.steps.all())
    wanted = {(found.code, found.occurrence): found.due for found in proposals_of(plan, steps, today) if found.due}
    for step in steps:
        if step.status in Step.PENDING and (step.code, step.occurrence) not in wanted:
            _withdraw(step, by)
    known = {(step.code, step.occurrence): step for step in steps}
    definition = definition_of(plan.protocol)
    for (code, occurrence), due in wanted.items():
        if (before := known.get((code, occurrence))) is not None:
            _move(before, due, today, by)
        else:
            _plan(plan, definition.step(code), occurrence, due)
    open_steps(plan, today, by=by)
    streams.append(
        plan.care_team_id, "story.changed", {"what": "plan", "id": str(plan.pk)}, actor=by.pk if by else None
    )


def _plan(plan: Plan, said: StepDefinition, occurrence: int, due: Due) -> None:
    """A new occurrence."""
    Step.objects.create(
        plan=plan,
        code=said.id,
        occurrence=occurrence,
        title=said.title,
        role=said.role,
        remindable=said.patient_reminder is not None,
        due_on=due.due_on,
        opens_on=due.opens_on,
        late_after=due.late_after,
    )


def _move(step: Step, due: Due, today: date, by: Person | None) -> None:
    """Give a known occurrence its days; one that was withdrawn, or that no longer is to do now, is planned again."""
    days = (due.due_on, due.opens_on, due.late_after)
    again = step.status == Status.WITHDRAWN or (step.status == Status.DUE and due.opens_on > today)
    if not again and days == (step.due_on, step.opens_on, step.late_after):
        return
    step.due_on, step.opens_on, step.late_after = days
    if again:
        _leave_task(step, by)
        step.status = Status.PLANNED
        step.moves.create(status=Status.PLANNED, by=by)
    step.save()


def _withdraw(step: Step, by: Person | None) -> None:
    """It is no longer proposed; nothing is left of one that was only planned."""
    if step.status == Status.PLANNED and not step.moves.exists():
        step.delete()
        return
    _leave_task(step, by)
    step.status = Status.WITHDRAWN
    step.save()
    step.moves.create(status=Status.WITHDRAWN, by=by)


def _leave_task(step: Step, by: Person | None) -> None:
    line = line_of(step)
    if line is not None:
        withdraw_line(line, by=by)
    step.task_id = None


def line_of(step: Step) -> ChecklistItem | None:
    """The line that stands for a step in the task it is in."""
    if not step.task_id:
        return None
    return ChecklistItem.objects.filter(task_id=step.task_id, origin_kind="step", origin_id=step.pk).first()


# Opening


def open_steps(plan: Plan, today: date, *, by: Person | None) -> None:
    """Turn the planned steps whose window has opened into lines of tasks: one task per role and due day."""
    opening = list(plan.steps.filter(status=Status.PLANNED, opens_on__lte=today).order_by("due_on", "title"))
    if not opening:
        return
    roster = roster_of(plan.care_team)
    order = {step.id: place for place, step in enumerate(definition_of(plan.protocol).steps)}
    opening.sort(key=lambda step: order.get(step.code, 0))
    groups: defaultdict[tuple[str, date], list[Step]] = defaultdict(list)
    for step in opening:
        groups[step.role, step.due_on].append(step)
    for (role, _), steps in groups.items():
        _open_group(plan, steps, roster.route(role), by)


def _open_group(plan: Plan, steps: Sequence[Step], route: Route, by: Person | None) -> None:
    task = _task_for(plan, steps, route, route.queue, by) if route.queue else None
    for step in steps:
        step.status = Status.DUE
        step.task_id = task
    Step.objects.bulk_update(steps, ["status", "task_id"])
    StepMove.objects.bulk_create(StepMove(step=step, status=Status.DUE, by=by) for step in steps)


def _task_for(plan: Plan, steps: Sequence[Step], route: Route, queue: Queue, by: Person | None) -> UUID:
    """A task of the same role and day that is still to do, with these lines added; else a new one."""
    lines = [Line(step.title, "step", step.pk) for step in steps]
    siblings = plan.steps.filter(role=steps[0].role, due_on=steps[0].due_on, status=Status.DUE)
    to_do = Task.objects.to_do().filter(pk__in=siblings.values("task_id")).first()
    if to_do is not None:
        late_after = min(step.late_after for step in steps)
        append_lines(to_do, lines, title=plan.protocol.title, late_after=late_after, by=by)
        return to_do.pk
    definition = definition_of(plan.protocol)
    new = NewTask(
        queue=queue,
        title=steps[0].title if len(steps) == 1 else plan.protocol.title,
        patient=plan.patient,
        care_team=plan.care_team,
        priority=max((definition.step(step.code).priority for step in steps), key=PRIORITIES.index),
        due_on=steps[0].due_on,
        late_after=min(step.late_after for step in steps),
        assignee=route.assignee,
        origin=Origin("plan", plan.pk, plan.protocol.title),
        checklist=lines,
    )
    return create_task(new, by=by, from_above=True).pk
