"""Care protocols as they were loaded, patients' plans on them, and the steps of those plans."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from coordination.accounts.models import Person
from coordination.base import clock
from coordination.base.models import Record
from coordination.patients.models import CareTeam, Patient


class ProtocolVersion(Record):
    """One version of a care protocol; never changed once a plan follows it."""

    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    definition = models.JSONField(help_text="the validated definition, see `definitions.py`")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the definition: one version, one text")
    current = models.BooleanField(default=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="protocol_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="protocol_current_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person) -> Self:
        """The plans of the circles this person belongs to."""
        return self.filter(care_team__in=CareTeam.objects.visible_to(person))


class Plan(Record):
    """One patient on one version of a protocol (FHIR CarePlan)."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        ENDED = "ended"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    care_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="plans")
    protocol = models.ForeignKey(ProtocolVersion, on_delete=models.PROTECT, related_name="plans")
    code = models.SlugField(max_length=60, help_text="the protocol's, whatever its version")
    anchors = models.JSONField(help_text="{anchor: ISO date}; `inclusion` is always there")
    flags = models.JSONField(default=list, help_text="set by a professional, e.g. dt2.equilibre")
    measures = models.JSONField(default=dict, help_text="set by a professional, e.g. {measure.pied_grade: 2}")
    left_out = models.JSONField(default=list, help_text="ids of the steps unticked at inclusion")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True, help_text="in the words of whoever ended it")
    enrolled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "code"], condition=Q(status="active"), name="plan_active_once")
        ]


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, person: Person) -> Self:
        """The steps of the plans this person sees."""
        return self.filter(plan__in=Plan.objects.visible_to(person))

    def pending(self) -> Self:
        """Neither done, nor skipped, nor withdrawn."""
        return self.filter(status__in=Step.PENDING)


class Step(Record):
    """One occurrence of a protocol's step in a plan: due on a day, done on a day."""

    class Status(models.TextChoices):
        PLANNED = "planned"
        DUE = "due"
        DONE = "done"
        SKIPPED = "skipped"
        WITHDRAWN = "withdrawn"

    PENDING = frozenset({Status.PLANNED, Status.DUE})
    OVER = frozenset({Status.DONE, Status.SKIPPED})

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=60, help_text="the step's id in the protocol")
    occurrence = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    due_on = models.DateField()
    opens_on = models.DateField(help_text="due_on − window.before: from when it is to do")
    late_after = models.DateField(help_text="due_on + window.after: late after this day")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    done_on = models.DateField(null=True)
    task_id = models.UUIDField(null=True, help_text="the task whose checklist carries it")
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    remindable = models.BooleanField(default=False, help_text="the patient is told, once, when it opens")
    changed_at = models.DateTimeField(auto_now=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code", "occurrence"], name="step_occurrence_once")]
        # the sweep for what has become due
        indexes = [
            models.Index(fields=["opens_on"], name="step_to_open", condition=Q(status="planned")),
            # the sweep for what the patient has to be told
            models.Index(fields=["plan"], name="step_to_remind", condition=Q(status="due", remindable=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def late_days(self) -> int:
        """Calendar days, where the centre is, since its window closed; 0 for what is over or in time."""
        if self.status not in self.PENDING:
            return 0
        today = clock.today(self.plan.patient.organisation.time_zone)
        return max(timedelta(0), today - self.late_after).days


class StepMoveQuerySet(models.QuerySet["StepMove"]):
    def visible_to(self, person: Person) -> Self:
        """The moves of the steps this person sees."""
        return self.filter(step__in=Step.objects.visible_to(person))


class StepMove(Record):
    """One change of a step's state."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(max_length=10, choices=Step.Status)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = StepMoveQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, person: Person) -> Self:
        """The mails about a step that this person sees."""
        return self.filter(
            pk__in=Reminder.steps.through.objects.filter(step__in=Step.objects.visible_to(person)).values("reminder")
        )


class Reminder(Record):
    """One neutral mail to a patient about all that is due; the ledger of which steps it covered."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="reminders")
    week = models.CharField(max_length=8, help_text="ISO week, e.g. 2026-W48: at most one a week per patient")
    steps = models.ManyToManyField(Step, related_name="reminders")
    delivery_id = models.UUIDField()
    created_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "week"], name="reminder_once_a_week")]
