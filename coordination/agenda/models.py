"""Agendas of people, rooms and equipment, and the appointments in them."""

from datetime import UTC, datetime
from typing import Self

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

from coordination.accounts.models import Organisation, Person
from coordination.accounts.rights import Right
from coordination.agenda.errors import STATES, CannotMove, NoSuchTime
from coordination.agenda.times import SkippedTime, Span, span_of
from coordination.base.ids import uuid7
from coordination.base.models import Record
from coordination.patients.models import Patient


class AgendaQuerySet(models.QuerySet["Agenda"]):
    def visible_to(self, person: Person) -> Self:
        """The agendas of one's centre, for those who may see agendas and who patients are; one's own always."""
        sees = person.may(Right.AGENDA_SEE) and person.may(Right.PATIENT_IDENTIFY)
        centre = Q(organisation_id=person.organisation_id) if sees else Q(pk=None)
        return self.filter(centre | Q(person=person))


class Agenda(Record):
    """The time of one person, room or piece of equipment. Its id is that of its detailed stream."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ROOM = "room"
        EQUIPMENT = "equipment"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="agendas", help_text="the centre"
    )
    site = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="agenda")
    name = models.CharField(max_length=80)
    colour = models.CharField(max_length=7, default="#0f766e")
    neutral_stream_id = models.UUIDField(
        default=uuid7, unique=True, help_text="the stream that says busy or free and nothing more"
    )

    objects = AgendaQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class AppointmentTypeQuerySet(models.QuerySet["AppointmentType"]):
    def visible_to(self, person: Person) -> Self:
        """Those of one's centre."""
        return self.filter(organisation_id=person.organisation_id)


class AppointmentType(Record):
    """A kind of appointment: its length and its colour. Its name never leaves the centre."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="appointment_types")
    name = models.CharField(max_length=80)
    minutes = models.PositiveSmallIntegerField(default=20)
    colour = models.CharField(max_length=7, default="#0f766e")

    objects = AppointmentTypeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, person: Person) -> Self:
        """The appointments held in the agendas this person sees."""
        return self.filter(
            pk__in=Occupation.objects.filter(agenda__in=Agenda.objects.visible_to(person)).values("appointment_id")
        )

    def shown(self) -> Self:
        """With everything a payload needs, in two queries."""
        return self.select_related("patient", "type", "booked_by").prefetch_related("occupations")


class Appointment(Record):
    """A patient, a time, and everything that is taken by it (FHIR Appointment)."""

    class Status(models.TextChoices):
        BOOKED = "booked"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"

    MOVES: dict[Status, frozenset[Status]] = {
        Status.BOOKED: frozenset({Status.CONFIRMED, Status.CANCELLED}),
        Status.CONFIRMED: frozenset({Status.BOOKED, Status.CANCELLED}),
        Status.CANCELLED: frozenset({Status.BOOKED, Status.CONFIRMED}),
    }

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="appointments", help_text="the centre"
    )
    site = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="appointments")
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, null=True, related_name="appointments")
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    # What a person planned keeps its wall time and zone; the instants are derived from them.
    local_start = models.DateTimeField(help_text="wall time as planned, stored as if it were UTC")
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    task_id = models.UUIDField(null=True, help_text="the task it was booked from")
    version = models.PositiveIntegerField(default=0, help_text="iCalendar SEQUENCE")
    told_version = models.PositiveIntegerField(
        default=0, help_text="the version at which its time or place last changed: the one mails are about"
    )
    booked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        # the appointments of one patient's story
        indexes = [models.Index(fields=["patient", "starts_at"], name="appointment_of_patient")]

    @property
    def wall_start(self) -> datetime:
        """The naive wall time as planned."""
        return self.local_start.replace(tzinfo=None)

    @property
    def span(self) -> Span:
        """What it takes, in instants."""
        return Span(self.starts_at, self.ends_at)

    def plan(self, local_start: datetime, minutes: int) -> None:
        """Set its wall time and length, and the instants that follow; `NoSuchTime` when the clocks skip it."""
        try:
            span = span_of(local_start, minutes, self.time_zone)
        except SkippedTime as error:
            raise NoSuchTime from error
        self.local_start, self.minutes = local_start.replace(tzinfo=UTC), minutes
        self.starts_at, self.ends_at = span.start, span.end

    def move_to(self, status: Status) -> None:
        """Go to another state if the table of moves allows it and nobody moved first; `CannotMove` otherwise."""
        before = self.Status(self.status)
        same = Appointment.objects.filter(pk=self.pk, status=before)
        if status not in self.MOVES[before] or not same.update(status=status):
            raise CannotMove(state=STATES[before].say())
        self.status = status


class AppointmentMoveQuerySet(models.QuerySet["AppointmentMove"]):
    def visible_to(self, person: Person) -> Self:
        """The life of the appointments this person sees."""
        return self.filter(appointment__in=Appointment.objects.visible_to(person))


class AppointmentMove(Record):
    """One change of an appointment: what happened, and the state and time it left; by null is the patient."""

    class Kind(models.TextChoices):
        BOOKED = "booked"
        MOVED = "moved"
        CHANGED = "changed"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"
        RESTORED = "restored"

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Appointment.Status)
    starts_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AppointmentMoveQuerySet.as_manager()


class OccupationQuerySet(models.QuerySet["Occupation"]):
    def visible_to(self, person: Person) -> Self:
        """What is taken in the agendas this person sees."""
        return self.filter(agenda__in=Agenda.objects.visible_to(person))

    def taken(self) -> Self:
        """Those that hold their time; a cancelled appointment's do not."""
        return self.filter(released=False)


class Occupation(Record):
    """A resource taken for a time. The database refuses two at once (`occupation_no_overlap`, made in SQL)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="occupations")
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="occupations")
    during = DateTimeRangeField()
    released = models.BooleanField(default=False, help_text="given back by a cancellation, kept to know where it was")

    objects = OccupationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "agenda"], name="occupation_once")]


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def visible_to(self, person: Person) -> Self:
        """Those of the appointments this person sees."""
        return self.filter(appointment__in=Appointment.objects.visible_to(person))


class AnswerLink(Record):
    """The one address by which a patient answers about one appointment; only the digest of its secret is kept."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="answer_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = AnswerLinkQuerySet.as_manager()
