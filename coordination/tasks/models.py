"""Shared queues and the care tasks in them."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.base import clock
from coordination.base.models import Record
from coordination.patients.models import CareTeam, Opposition, Patient
from coordination.tasks.errors import CannotMove


class QueueQuerySet(models.QuerySet["Queue"]):
    def visible_to(self, person: Person) -> Self:
        """The queues of this person's teams, for those who may work queues."""
        if not person.may(Right.QUEUE_WORK):
            return self.none()
        return self.filter(team_id__in=person.team_ids)

    def addressable_by(self, person: Person) -> Self:
        """The queues into which this person may put a task: every one of the centre."""
        if not person.may(Right.QUEUE_WORK):
            return self.none()
        return self.filter(organisation_id=person.organisation_id)


class Queue(Record):
    """A team's shared list of things to do. Its id is its stream's."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="queues", help_text="the centre"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="queues")
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=40, help_text="secretariat, coordination, …")

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="queue_code_once")]

    def __str__(self) -> str:
        return self.name


def _opposed(**to: object) -> Exists:
    """The task's patient opposes this."""
    return Exists(Opposition.objects.in_force().filter(patient=OuterRef("patient"), **to))


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, person: Person) -> Self:
        """Those of the circles this person sees, and those that came to them outside a circle.

        That is: in a queue they work, meant for them or for whom they stand in for, or made by them before the patient
        was in anybody's care. What is about a patient also takes the right to read files, and stays closed to those
        whom the patient opposes.
        """
        if not person.may(Right.QUEUE_WORK):
            return self.none()
        handed = Q(assignee__in=person.self_and_absent) | Q(created_by=person, care_team=None)
        handed |= Q(queue__team_id__in=person.team_ids) & ~Q(_opposed(team=OuterRef("queue__team")))
        if not person.may(Right.PATIENT_READ):
            return self.filter(handed, patient=None, organisation_id=person.organisation_id)
        against = Opposition.objects.against(person).filter(patient=OuterRef("patient"))
        circles = CareTeam.objects.visible_to(person)
        reached = Q(care_team__in=circles) | handed & ~Q(Exists(against))
        return self.filter(reached, organisation_id=person.organisation_id)

    def to_do(self) -> Self:
        """Neither done nor cancelled."""
        return self.filter(status__in=Task.TO_DO)

    def late(self) -> Self:
        """To do, and past the last day on which they were in time, by the calendar of their centre."""
        zones = self.to_do().order_by().values_list("organisation__time_zone", flat=True).distinct()
        past = Q(pk=None)
        for zone in zones:
            today = clock.today(zone)
            in_zone = Q(organisation__time_zone=zone)
            past |= in_zone & (Q(late_after__lt=today) | Q(late_after=None, due_on__lt=today))
        return self.to_do().filter(past)


class Task(Record):
    """Something that someone of a team has to do, by a time, often about a patient (FHIR Task)."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLAIMED = "claimed"
        WAITING = "waiting"
        DONE = "done"
        CANCELLED = "cancelled"

    class Priority(models.TextChoices):
        ROUTINE = "routine"
        HIGH = "haute"
        URGENT = "urgent"

    MOVES: dict[Status, frozenset[Status]] = {
        Status.OPEN: frozenset({Status.CLAIMED, Status.WAITING, Status.DONE, Status.CANCELLED}),
        Status.CLAIMED: frozenset({Status.OPEN, Status.WAITING, Status.DONE, Status.CANCELLED}),
        Status.WAITING: frozenset({Status.OPEN, Status.CLAIMED, Status.DONE, Status.CANCELLED}),
        Status.DONE: frozenset({Status.OPEN}),
        Status.CANCELLED: frozenset({Status.OPEN}),
    }
    TO_DO = frozenset({Status.OPEN, Status.CLAIMED, Status.WAITING})

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="tasks", help_text="the centre"
    )
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="tasks")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="tasks")
    care_team = models.ForeignKey(
        CareTeam, on_delete=models.PROTECT, null=True, related_name="tasks", help_text="the circle whose business it is"
    )
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.ROUTINE)
    due_on = models.DateField(null=True)
    late_after = models.DateField(null=True, help_text="late only after this day; after due_on when null")
    claimed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="claimed_tasks")
    assignee = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        related_name="assigned_tasks",
        help_text="the named professional it is meant for",
    )
    origin_kind = models.CharField(max_length=40, blank=True, help_text="message, plan, delivery, …")
    origin_id = models.UUIDField(null=True)
    origin_label = models.CharField(max_length=200, blank=True, help_text="what it came from, in words")
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            # what is left to do in a queue, latest first
            models.Index(
                fields=["queue", "due_on"], name="task_to_do", condition=Q(status__in=["open", "claimed", "waiting"])
            ),
            # the tasks of one patient's story
            models.Index(fields=["patient", "created_at"], name="task_of_patient"),
            # from a message or a plan to its tasks
            models.Index(fields=["origin_kind", "origin_id"], name="task_by_origin"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_to_do(self) -> bool:
        """Neither done nor cancelled."""
        return self.status in self.TO_DO

    @property
    def late_days(self) -> int:
        """Calendar days, where the centre is, since the last day on which it was in time; 0 for what is not late."""
        last = self.late_after or self.due_on
        if not last or not self.is_to_do:
            return 0
        return max(timedelta(0), clock.today(self.organisation.time_zone) - last).days

    def move_to(self, status: Status, *, by: Person | None, **also: object) -> None:
        """Go to another state if the table of moves allows it and nobody moved first; `CannotMove` otherwise.

        `also` are fields written in the same statement.
        """
        before = self.Status(self.status)
        same = Task.objects.filter(pk=self.pk, status=before)
        if status not in self.MOVES[before] or not same.update(status=status, **also):
            raise CannotMove
        for name, value in {"status": status, **also}.items():
            setattr(self, name, value)
        self.moves.create(status=status, by=by)


class TaskMoveQuerySet(models.QuerySet["TaskMove"]):
    def visible_to(self, person: Person) -> Self:
        """The moves of the tasks this person sees."""
        return self.filter(task__in=Task.objects.visible_to(person))


class TaskMove(Record):
    """One change of a task's state."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(max_length=10, choices=Task.Status)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = TaskMoveQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]


class ChecklistQuerySet(models.QuerySet["ChecklistItem"]):
    def visible_to(self, person: Person) -> Self:
        """The lines of the tasks this person sees."""
        return self.filter(task__in=Task.objects.visible_to(person))


class ChecklistItem(Record):
    """One line of a task; may stand for a step of a plan."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_id = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        # from a step to the line that stands for it
        indexes = [models.Index(fields=["origin_kind", "origin_id"], name="checklist_by_origin")]

    def __str__(self) -> str:
        return self.label
