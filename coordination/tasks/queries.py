"""Reading queues and tasks, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from coordination.accounts.models import Person, earliest
from coordination.accounts.rights import Right
from coordination.patients.models import CareTeam
from coordination.tasks.models import ChecklistItem, Queue, Task, TaskMove
from coordination.tasks.schemas import QueueOut, queue_out

PAGE = 300

Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Asked:
    """What of the tasks a list shows; those that are closed only when asked for."""

    queue: UUID | None = None
    patient: UUID | None = None
    mine: bool = False
    status: str | None = None
    done: bool = False


@dataclass(frozen=True)
class Found:
    """The first tasks of a list, and whether there are more."""

    tasks: list[Task]
    more: bool


def with_references(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Everything that `task_out` shows, in three queries whatever the number of tasks."""
    lines = ChecklistItem.objects.select_related("done_by")
    return tasks.select_related(
        "organisation", "queue", "patient", "claimed_by", "assignee", "created_by", "done_by"
    ).prefetch_related(Prefetch("checklist", lines))


def with_moves(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The same, and the moves."""
    return with_references(tasks).prefetch_related(Prefetch("moves", TaskMove.objects.select_related("by")))


def fresh(task: Task) -> Task:
    """The task as it stands now in this transaction, with everything that an event shows."""
    return with_references(Task.objects.all()).get(pk=task.pk)


def find(person: Person, asked: Asked) -> Found:
    """The tasks a person sees: urgent first, then by due day; those that are closed, latest first."""
    tasks = Task.objects.visible_to(person).filter(_narrowed(asked, person))
    if asked.done:
        tasks = tasks.exclude(status__in=Task.TO_DO).order_by(F("done_at").desc(nulls_last=True), "-created_at", "-id")
    else:
        tasks = tasks.order_by(_URGENCY, F("due_on").asc(nulls_last=True), "created_at", "id")
        tasks = tasks if asked.status else tasks.to_do()
    rows = list(with_references(tasks)[: PAGE + 1])
    return Found(rows[:PAGE], more=len(rows) > PAGE)


_URGENCY = Case(
    When(priority=Task.Priority.URGENT, then=Value(0)),
    When(priority=Task.Priority.HIGH, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def _narrowed(asked: Asked, person: Person) -> Q:
    wanted = Q()
    if asked.queue:
        wanted &= Q(queue_id=asked.queue)
    if asked.patient:
        wanted &= Q(patient_id=asked.patient)
    if asked.status:
        wanted &= Q(status=asked.status)
    if asked.mine:
        wanted &= mine(person)
    return wanted


def mine(person: Person) -> Q:
    """Claimed by someone, or meant for them or for whom they stand in for and claimed by nobody else."""
    return Q(claimed_by=person) | Q(assignee__in=person.self_and_absent, claimed_by=None)


def streams_of(person: Person, asked: Asked) -> list[UUID]:
    """The streams that tell of changes to a list: the queues one works, the circles of the patient asked for."""
    queues = Queue.objects.visible_to(person)
    if asked.queue:
        queues = queues.filter(pk=asked.queue)
    found = list(queues.values_list("pk", flat=True))
    if asked.patient:
        circles = CareTeam.objects.visible_to(person).filter(patient_id=asked.patient)
        found += circles.values_list("pk", flat=True)
    return found


def streams_of_list(person: Person, asked: Asked) -> list[UUID]:
    """The same, and one's own inbox where tasks of other queues may stand: it tells of those meant for one."""
    found = streams_of(person, asked)
    return found if asked.queue or asked.patient else [*found, person.pk]


def queues_of(person: Person, *, every: bool) -> list[QueueOut]:
    """The queues one works with their counts; every queue of the centre when asked, those of others without counts."""
    found = Queue.objects.addressable_by(person) if every else Queue.objects.visible_to(person)
    worked = set(person.team_ids)
    counts = _counts(person)
    return [
        queue_out(queue, works=queue.team_id in worked, counts=counts.get(queue.pk, (0, 0, 0)))
        for queue in found.select_related("team").order_by("name")
    ]


def _counts(person: Person) -> dict[UUID, Counts]:
    """To do, late and one's own, for each queue that one works."""
    to_do = Task.objects.visible_to(person).filter(queue__in=Queue.objects.visible_to(person)).to_do()
    late = Task.objects.filter(queue__organisation_id=person.organisation_id).late()
    rows = (
        to_do.order_by()
        .values_list("queue_id")
        .annotate(
            all=Count("pk"), late=Count("pk", filter=Q(pk__in=late.values("pk"))), own=Count("pk", filter=mine(person))
        )
    )
    return {queue: (to_do_, late_, own) for queue, to_do_, late_, own in rows}


def may_join_queues(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """The queues a person works, each until one of the two rights or the standing in for a colleague ends.

    A queue's stream says what its tasks say, and those are about patients: it takes the right to read files too.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not person.may(Right.QUEUE_WORK) or not person.may(Right.PATIENT_READ):
        return {}
    until = earliest(person.may_until(Right.QUEUE_WORK), person.may_until(Right.PATIENT_READ))
    queues = Queue.objects.visible_to(person).filter(pk__in=stream_ids).values_list("pk", "team_id")
    return {queue: earliest(until, person.teams_until[team]) for queue, team in queues}
