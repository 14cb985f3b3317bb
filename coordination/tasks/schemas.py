"""How queues and tasks are shown: the same shape over HTTP and in events."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from coordination.accounts.models import Person
from coordination.accounts.schemas import Named, PersonRef, person_ref
from coordination.patients.schemas import PatientRef, patient_ref
from coordination.tasks.models import ChecklistItem, Queue, Task

Status = Literal["open", "claimed", "waiting", "done", "cancelled"]
Priority = Literal["routine", "haute", "urgent"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(max_length=4000)]


class QueueOut(Named):
    """A queue with what is left to do in it."""

    code: str
    team: Named
    works: bool = Field(description="whether the asker is of its team; the counts of other queues are 0")
    open: int
    late: int
    mine: int = Field(description="to do, claimed by the asker or meant for them")


class QueuesOut(Schema):
    items: list[QueueOut]
    heads: dict[str, int]


class OriginOut(Schema):
    """What a task was made from; `label` may be empty."""

    kind: str
    id: UUID
    label: str


class ChecklistOut(Schema):
    """One line of a task."""

    id: UUID
    label: str
    done_at: datetime | None
    done_by: PersonRef | None


class TaskOut(Schema):
    """A task as lists and events carry it."""

    id: UUID
    queue: Named
    patient: PatientRef | None
    title: str
    note: str
    status: Status
    priority: Priority
    due_on: date | None
    late_after: date | None = Field(description="late only after this day; after due_on when null")
    late_days: int
    claimed_by: PersonRef | None
    assignee: PersonRef | None
    origin: OriginOut | None
    checklist: list[ChecklistOut]
    created_by: PersonRef | None
    created_at: datetime
    done_at: datetime | None
    done_by: PersonRef | None


class TasksOut(Schema):
    items: list[TaskOut]
    more: bool
    heads: dict[str, int]


class MoveOut(Schema):
    """One change of a task's state."""

    status: Status
    by: PersonRef | None
    at: datetime


class TaskDetail(TaskOut):
    """A task with its whole life."""

    moves: list[MoveOut]
    heads: dict[str, int]


class TaskIn(Schema):
    """A new task."""

    queue: UUID
    title: Title
    patient: UUID | None = None
    note: Note = ""
    priority: Priority = "routine"
    due_on: date | None = None
    assignee: UUID | None = None
    origin_kind: Annotated[str, StringConstraints(max_length=40)] | None = None
    origin_id: UUID | None = None
    checklist: Annotated[list[Title], Field(max_length=50)] = []

    @model_validator(mode="after")
    def _whole_origin(self) -> "TaskIn":
        if (self.origin_kind is None) != (self.origin_id is None):
            raise ValueError("origin_kind and origin_id go together")
        return self


class TaskEdit(Schema):
    """What of a task may be changed; only what is sent changes, null empties."""

    title: Title | None = None
    note: Note | None = None
    priority: Priority | None = None
    due_on: date | None = None
    assignee: UUID | None = None
    queue: UUID | None = None

    @model_validator(mode="after")
    def _kept(self) -> "TaskEdit":
        for name in self.model_fields_set & {"title", "note", "priority", "queue"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be emptied")
        return self


class TickIn(Schema):
    done: bool


def task_out(task: Task) -> TaskOut:
    """A task, its references and its lines; see `queries.with_references` for reading many."""
    return TaskOut(**_fields(task))


def task_detail(task: Task, heads: dict[str, int]) -> TaskDetail:
    """A task with its moves, oldest first."""
    moves = [
        MoveOut.model_validate({"status": move.status, "by": _person(move.by), "at": move.at})
        for move in task.moves.all()
    ]
    return TaskDetail(**_fields(task), moves=moves, heads=heads)


def task_payload(task: Task) -> dict[str, Any]:
    """The same as `task_out`, for an event."""
    return task_out(task).model_dump(mode="json")


def queue_out(queue: Queue, *, works: bool, counts: tuple[int, int, int]) -> QueueOut:
    """A queue; `counts` are what is to do, late and one's own."""
    to_do, late, mine = counts
    team = Named(id=queue.team_id, name=queue.team.name)
    return QueueOut(
        id=queue.pk, name=queue.name, code=queue.code, team=team, works=works, open=to_do, late=late, mine=mine
    )


def _fields(task: Task) -> dict[str, Any]:
    plain = ("title", "note", "status", "priority", "due_on", "late_after", "late_days", "created_at", "done_at")
    people = ("claimed_by", "assignee", "created_by", "done_by")
    return {
        "id": task.pk,
        "queue": Named(id=task.queue_id, name=task.queue.name),
        "patient": patient_ref(task.patient) if task.patient else None,
        "origin": _origin(task),
        "checklist": [_line(item) for item in task.checklist.all()],
        **{name: getattr(task, name) for name in plain},
        **{name: _person(getattr(task, name)) for name in people},
    }


def _origin(task: Task) -> OriginOut | None:
    if not task.origin_id:
        return None
    return OriginOut(kind=task.origin_kind, id=task.origin_id, label=task.origin_label)


def _line(item: ChecklistItem) -> ChecklistOut:
    return ChecklistOut(id=item.pk, label=item.label, done_at=item.done_at, done_by=_person(item.done_by))


def _person(person: Person | None) -> PersonRef | None:
    return person_ref(person) if person else None
