"""The writes of tasks: each checks the right, moves rows, records, tells the queue and the patient's circle."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from coordination.accounts.absences import worker_for
from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.patients.actions import tell_story
from coordination.patients.models import CareTeam, Opposition, Patient
from coordination.patients.sharing import home_circle
from coordination.streams import log as streams
from coordination.streams.actions import open_stream
from coordination.tasks import signals
from coordination.tasks.errors import AlreadyClaimed, CannotMove, Closed
from coordination.tasks.models import ChecklistItem, Queue, Task
from coordination.tasks.origins import circle_of
from coordination.tasks.queries import fresh
from coordination.tasks.rules import may_work
from coordination.tasks.schemas import task_payload

Status = Task.Status
Priority = Task.Priority


@dataclass(frozen=True)
class Origin:
    """What a task was made from; `label` says it in words."""

    kind: str
    id: UUID
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a new task's checklist; may stand for something above, such as a step of a plan."""

    label: str
    origin_kind: str = ""
    origin_id: UUID | None = None


@dataclass(frozen=True)
class NewTask:
    """A task to be; without a circle it is its origin's, else that through which its maker cares for the patient.

    What is meant for somebody absent goes to whoever stands in for them.
    """

    queue: Queue
    title: str
    patient: Patient | None = None
    care_team: CareTeam | None = None
    note: str = ""
    priority: str = Priority.ROUTINE
    due_on: date | None = None
    late_after: date | None = None
    assignee: Person | None = None
    origin: Origin | None = None
    checklist: Sequence[Line] = ()


@action
def open_queue(team: Team, *, name: str, code: str, organisation: Organisation) -> Queue:
    """A team's queue and its stream."""
    queue = Queue.objects.create(team=team, name=name, code=code, organisation=organisation)
    open_stream(queue.pk, kind="queue", organisation=organisation.pk)
    audit.record(None, "queue.opened", queue, organisation=organisation.pk)
    return queue


@action
def create_task(new: NewTask, *, by: Person | None, from_above: bool = False) -> Task:
    """Put a task in a queue, any one of the centre: that is how work is handed to another team.

    `from_above`: it follows from an act for which the right has been checked, e.g. enrolling a patient.
    """
    refuse_unless(by is None or from_above or by.may(Right.QUEUE_WORK))
    origin = new.origin
    assignee = worker_for(new.assignee) if new.assignee else None
    task = Task.objects.create(
        organisation_id=new.queue.organisation_id,
        queue=new.queue,
        title=new.title,
        patient=new.patient,
        care_team=new.care_team or _circle(new, by),
        note=new.note,
        priority=new.priority,
        due_on=new.due_on,
        late_after=new.late_after,
        assignee=assignee,
        origin_kind=origin.kind if origin else "",
        origin_id=origin.id if origin else None,
        origin_label=origin.label[:200] if origin else "",
        created_by=by,
    )
    task.moves.create(status=Status.OPEN, by=by)
    _add_lines(task, new.checklist)
    signals.task_created.send(Task, task=task, by=by)
    if assignee:
        _tell_assignee(task, by)
    return _tell(task, "task.created", by)


@action
def append_lines(
    task: Task, lines: Sequence[Line], *, title: str, late_after: date | None = None, by: Person | None
) -> None:
    """Add lines to a task that something above has made; its title and last day become ones that fit them all."""
    last = min((day for day in (task.late_after, late_after) if day), default=None)
    Task.objects.filter(pk=task.pk).update(title=title, late_after=last)
    _add_lines(task, lines)
    _tell(task, "task.lines_added", by)


def _add_lines(task: Task, lines: Sequence[Line]) -> None:
    last = task.checklist.aggregate(last=Max("position"))["last"] or 0
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            task=task,
            position=position,
            label=line.label[:200],
            origin_kind=line.origin_kind,
            origin_id=line.origin_id,
        )
        for position, line in enumerate(lines, start=last + 1)
    )


@action
def edit_task(task: Task, changes: dict[str, Any], *, by: Person) -> Task:
    """Change what a task says, for whom and in which queue it is; `changes` are fields of the model.

    A due day set by hand is also the last day in time. The former queue only learns that the task has left it.
    """
    _begin(task, by)
    refuse_unless(task.is_to_do, Closed())
    before = task.queue_id
    if "due_on" in changes:
        changes = {**changes, "late_after": None}
    if changes.get("assignee"):
        changes = {**changes, "assignee": worker_for(changes["assignee"])}
    was = {name: getattr(task, name) for name in changes}
    for name, value in changes.items():
        setattr(task, name, value)
    task.save(update_fields=list(changes))
    audit.record(by, "task.changed", task, detail={"changes": audit.changes(was, changes)})
    if changes.get("assignee"):
        _tell_assignee(task, by)
    if task.queue_id != before:
        streams.append(before, "task.left", {"id": str(task.pk)}, actor=by.pk)
        shown = _tell(task, "task.created", by, audited=True)
        signals.task_changed.send(Task, task=shown, by=by)
        return shown
    return _tell(task, "task.changed", by, audited=True)


@action
def note_reading(task: Task, *, by: Person) -> Task:
    """Note that someone opened a task about a patient."""
    if task.patient_id:
        audit.record_reading(by, "task.read", task)
    return task


@action
def requeue_task(task: Task, queue: Queue, *, gone: Collection[UUID], by: Person | None) -> Task:
    """Put a task in the queue of whoever takes over, free for anyone; it is no longer meant for those who are `gone`.

    The act from which it follows, such as a transfer, has checked the right.
    """
    signals.task_changing.send(Task, task=task)
    task.refresh_from_db(from_queryset=Task.objects.select_for_update(of=("self",)))
    before, task.queue = task.queue_id, queue
    if task.assignee_id in gone:
        task.assignee = None
    if task.claimed_by_id and (task.claimed_by_id in gone or queue.pk != before):
        task.move_to(Status.OPEN, by=by, claimed_by=None)
    task.save(update_fields=["queue", "assignee"])
    audit.record(by, "task.requeued", task, organisation=task.organisation_id)
    if queue.pk != before:
        streams.append(before, "task.left", {"id": str(task.pk)}, actor=by.pk if by else None)
    return _tell(task, "task.created" if queue.pk != before else "task.changed", by, audited=True)


@action
def claim_task(task: Task, *, by: Person) -> Task:
    """Take a task. Of two people who claim at one moment one is first; the other is told who has it."""
    refuse_unless(may_work(by, task))
    task.refresh_from_db()
    if _has(task, by):
        return fresh(task)
    free = Task.objects.filter(pk=task.pk, status__in=[Status.OPEN, Status.WAITING], claimed_by=None)
    if not free.update(status=Status.CLAIMED, claimed_by=by):
        task.refresh_from_db()
        refuse_unless(_has(task, by), _why_not_free(task))
        return fresh(task)
    task.moves.create(status=Status.CLAIMED, by=by)
    return _tell(task, "task.claimed", by)


def _has(task: Task, person: Person) -> bool:
    return task.status == Status.CLAIMED and task.claimed_by_id == person.pk


def _why_not_free(task: Task) -> CannotMove | AlreadyClaimed:
    if task.is_to_do and task.claimed_by:
        return AlreadyClaimed(who=task.claimed_by.display_name)
    return CannotMove()


@action
def release_task(task: Task, *, by: Person) -> Task:
    """Give a task back to its queue; anyone who works it may, so that an absence blocks nothing."""
    _begin(task, by)
    refuse_unless(task.is_to_do, CannotMove())
    task.move_to(Status.OPEN, by=by, claimed_by=None)
    return _tell(task, "task.released", by)


@action
def hold_task(task: Task, *, by: Person) -> Task:
    """Say that a task waits for somebody or something; whoever holds it keeps it."""
    _begin(task, by)
    task.move_to(Status.WAITING, by=by)
    return _tell(task, "task.waiting", by)


@action
def complete_task(task: Task, *, by: Person) -> Task:
    """Done, and with it every line that was not."""
    _begin(task, by)
    now = clock.now()
    holder = task.claimed_by or by
    task.move_to(Status.DONE, by=by, done_at=now, done_by=by, claimed_by=holder)
    task.checklist.filter(done_at=None).update(done_at=now, done_by=by)
    signals.task_done.send(Task, task=task, by=by)
    return _tell(task, "task.completed", by)


@action
def reopen_task(task: Task, *, by: Person) -> Task:
    """To do again, for anyone; its lines stay as they were."""
    _begin(task, by)
    refuse_unless(not task.is_to_do, CannotMove())
    task.move_to(Status.OPEN, by=by, done_at=None, done_by=None, claimed_by=None)
    signals.task_reopened.send(Task, task=task, by=by)
    return _tell(task, "task.reopened", by)


@action
def cancel_task(task: Task, *, by: Person | None) -> Task:
    """Nobody is going to do it."""
    _begin(task, by)
    task.move_to(Status.CANCELLED, by=by)
    signals.task_cancelled.send(Task, task=task, by=by)
    return _tell(task, "task.cancelled", by)


@action
def tick_line(task: Task, line: UUID, *, done: bool, by: Person) -> Task:
    """Tick or untick one line; the last tick does not complete the task. Doing it twice changes nothing."""
    _begin(task, by)
    refuse_unless(task.is_to_do, Closed())
    item = task.checklist.filter(pk=line).first()
    if item is None:
        raise NotFound
    if (item.done_at is not None) == done:
        return fresh(task)
    _set_line(item, done=done, by=by)
    signals.checklist_ticked.send(ChecklistItem, item=item, by=by, done=done)
    return _tell(task, "task.line_ticked" if done else "task.line_unticked", by)


@action
def settle_line(line: ChecklistItem, *, done: bool, by: Person | None) -> None:
    """Tick or untick a line because what it stands for changed above; the caller holds its own locks."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=line.task_id)
    if not task.is_to_do or (line.done_at is not None) == done:
        return
    _set_line(line, done=done, by=by)
    _tell(task, "task.line_ticked" if done else "task.line_unticked", by)


@action
def withdraw_line(line: ChecklistItem, *, by: Person | None) -> None:
    """Take away a line that no longer stands for anything; a task left without any line is cancelled."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=line.task_id)
    line.delete()
    if not task.is_to_do:
        return
    if not task.checklist.exists():
        task.move_to(Status.CANCELLED, by=by)
    _tell(task, "task.line_withdrawn", by)


def _set_line(line: ChecklistItem, *, done: bool, by: Person | None) -> None:
    line.done_at = clock.now() if done else None
    line.done_by = by if done else None
    line.save(update_fields=["done_at", "done_by"])


def _begin(task: Task, by: Person | None) -> None:
    """The right, then the locks: those above first, then the task's own row, read afresh under it."""
    refuse_unless(may_work(by, task))
    signals.task_changing.send(Task, task=task)
    task.refresh_from_db(from_queryset=Task.objects.select_for_update(of=("self",)))


def _circle(new: NewTask, by: Person | None) -> CareTeam | None:
    """The origin's circle, else that of the maker's trade, else the only one of the patient's that they see."""
    if not new.patient or not by:
        return None
    origin = circle_of(new.origin.kind, new.origin.id) if new.origin else None
    if origin and origin.patient_id == new.patient.pk:
        return origin
    seen = list(CareTeam.objects.visible_to(by).filter(patient=new.patient))
    home = next((one for one in seen if one.circle == home_circle(by.profession)), None)
    return home or (seen[0] if len(seen) == 1 else None)


def _tell_assignee(task: Task, by: Person | None) -> None:
    """A named professional may not follow the queue: their own inbox says that something is theirs."""
    if task.assignee_id and task.assignee_id != (by and by.pk):
        streams.append(task.assignee_id, "task.assigned", {"id": str(task.pk)}, actor=by.pk if by else None)


def _withheld(task: Task) -> bool:
    """Whether somebody may not read of this task's patient: its queue is then told an id, to be fetched."""
    opposed = Opposition.objects.in_force().filter(patient=task.patient_id)
    return task.patient_id is not None and opposed.exists()


def _tell(task: Task, what: str, by: Person | None, *, audited: bool = False) -> Task:
    """Record the act, tell the queue and the circle; the task as they will see it."""
    actor = by.pk if by else None
    if not audited:
        audit.record(by, what, task, patient=task.patient_id, organisation=task.organisation_id)
    shown = fresh(task)
    kind = "task.created" if what == "task.created" else "task.changed"
    if _withheld(shown):
        streams.append(shown.queue_id, "task.withheld", {"id": str(shown.pk)}, actor=actor)
    else:
        streams.append(shown.queue_id, kind, task_payload(shown), actor=actor)
    if kind == "task.changed":
        signals.task_changed.send(Task, task=shown, by=by)
    if shown.care_team_id:
        streams.append(shown.care_team_id, "story.changed", {"what": "task", "id": str(shown.pk)}, actor=actor)
    elif shown.patient_id:
        tell_story(shown.patient_id, "task", shown.pk, actor)
    return shown
