"""The routes of queues and tasks."""

from typing import Any
from uuid import UUID

from ninja import Router
from ninja import Status as Answer

from coordination.accounts.models import Person
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.streams.queries import heads
from coordination.tasks import actions, queries
from coordination.tasks.actions import Line, NewTask, Origin
from coordination.tasks.models import Queue, Task
from coordination.tasks.origins import origin_label
from coordination.tasks.schemas import (
    QueuesOut,
    Status,
    TaskDetail,
    TaskEdit,
    TaskIn,
    TaskOut,
    TasksOut,
    TickIn,
    task_detail,
    task_out,
)

router = Router(tags=["tasks"])


@router.get("/queues", response=QueuesOut)
def list_queues(request: SignedInRequest, every: bool = False) -> QueuesOut:
    """The queues one works, with their counts; with `every`, those of the whole centre, to hand over to."""
    at = heads(queries.streams_of(request.person, queries.Asked()))
    return QueuesOut(items=queries.queues_of(request.person, every=every), heads=at)


@router.get("/tasks", response=TasksOut)
def list_tasks(
    request: SignedInRequest,
    queue: UUID | None = None,
    patient: UUID | None = None,
    mine: bool = False,
    status: Status | None = None,
    done: bool = False,
) -> TasksOut:
    """What is to do, or with `done` what is closed."""
    asked = queries.Asked(queue=queue, patient=patient, mine=mine, status=status, done=done)
    at = heads(queries.streams_of_list(request.person, asked))
    found = queries.find(request.person, asked)
    return TasksOut(items=[task_out(task) for task in found.tasks], more=found.more, heads=at)


@router.post("/tasks", response={201: TaskOut})
@idempotent
def create_task(request: SignedInRequest, body: TaskIn) -> Answer[TaskOut]:
    new = NewTask(
        queue=_queue(request.person, body.queue),
        title=body.title,
        patient=_patient(request.person, body.patient) if body.patient else None,
        note=body.note,
        priority=body.priority,
        due_on=body.due_on,
        assignee=_colleague(request.person, body.assignee) if body.assignee else None,
        origin=_origin(request.person, body),
        checklist=[Line(label) for label in body.checklist],
    )
    return Answer(201, task_out(actions.create_task(new, by=request.person)))


@router.get("/tasks/{uuid:task_id}", response=TaskDetail)
def read_task(request: SignedInRequest, task_id: UUID) -> TaskDetail:
    at = heads(queries.streams_of(request.person, queries.Asked()))
    task = queries.with_moves(Task.objects.visible_to(request.person)).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task_detail(actions.note_reading(task, by=request.person), at)


@router.patch("/tasks/{uuid:task_id}", response=TaskOut)
def edit_task(request: SignedInRequest, task_id: UUID, body: TaskEdit) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.edit_task(task, _changes(request.person, body), by=request.person))


@router.post("/tasks/{uuid:task_id}/claim", response=TaskOut)
def claim_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.claim_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/release", response=TaskOut)
def release_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.release_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/wait", response=TaskOut)
def hold_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.hold_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/complete", response=TaskOut)
def complete_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.complete_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/reopen", response=TaskOut)
def reopen_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.reopen_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/cancel", response=TaskOut)
def cancel_task(request: SignedInRequest, task_id: UUID) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.cancel_task(task, by=request.person))


@router.post("/tasks/{uuid:task_id}/checklist/{uuid:item_id}/tick", response=TaskOut)
def tick_line(request: SignedInRequest, task_id: UUID, item_id: UUID, body: TickIn) -> TaskOut:
    task = visible_or_404(Task, request.person, task_id)
    return task_out(actions.tick_line(task, item_id, done=body.done, by=request.person))


def _queue(person: Person, queue: UUID) -> Queue:
    found = Queue.objects.addressable_by(person).filter(pk=queue).first()
    if found is None:
        raise NotFound
    return found


def _patient(person: Person, patient: UUID) -> Patient:
    """In the person's care, or known to them by identity: someone who phones may not be in care yet."""
    for scope in (Patient.objects.visible_to(person), Patient.objects.identifiable_by(person)):
        if found := scope.filter(pk=patient).first():
            return found
    raise NotFound


def _colleague(person: Person, colleague: UUID) -> Person:
    found = Person.objects.visible_to(person).working().filter(pk=colleague).first()
    if found is None:
        raise NotFound
    return found


def _origin(person: Person, body: TaskIn) -> Origin | None:
    if body.origin_kind is None or body.origin_id is None:
        return None
    return Origin(body.origin_kind, body.origin_id, origin_label(body.origin_kind, body.origin_id, person=person))


def _changes(person: Person, body: TaskEdit) -> dict[str, Any]:
    changes = body.model_dump(exclude_unset=True)
    if body.queue:
        changes["queue"] = _queue(person, body.queue)
    if body.assignee:
        changes["assignee"] = _colleague(person, body.assignee)
    return changes
