"""Agendas of people, rooms and equipment, and the appointments in them."""

from typing import Self

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

from coordination.accounts.models import Organisation, Person
from coordination.accounts.rights import Right
from coordination.base.ids import uuid7
from coordination.base.models import Record
from coordination.patients.models import Patient


class AgendaQuerySet(models.QuerySet["Agenda"]):
    def visible_to(self, person: Person) -> Self:
        """The agendas of one's centre, for those who may see agendas; one's own always."""
        centre = Q(organisation_id=person.organisation_id) if person.may(Right.AGENDA_SEE) else Q(pk=None)
        return self.filter(centre | Q(person=person))


class Agenda(Record):
    """The time of one person, room or piece of equipment. Its id is that of its detailed stream."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ROOM = "room"
        EQUIPMENT = "equipment"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="agendas", help_text="the centre")
    site = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="agenda")
    name = models.CharField(max_length=80)
    colour = models.CharField(max_length=7, default="#0f766e")
    neutral_stream_id = models.UUIDField(default=uuid7, help_text="the stream that says busy or free and nothing more")

    objects = AgendaQuerySet.as_manager()


class AppointmentType(Record):
    """A kind of appointment: its length and its colour. Its name never leaves the centre."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="appointment_types")
    name = models.CharField(max_length=80)
    minutes = models.PositiveSmallIntegerField(default=20)
    colour = models.CharField(max_length=7, default="#0f766e")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, person: Person) -> Self:
        """The appointments held in the agendas this person sees."""
        return self.filter(
            pk__in=Occupation.objects.filter(agenda__in=Agenda.objects.visible_to(person)).values("appointment_id")
        )


class Appointment(Record):
    """A patient, a time, and everything that is taken by it (FHIR Appointment)."""

    class Status(models.TextChoices):
        BOOKED = "booked"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"

    MOVES: dict[Status, frozenset[Status]] = {
        Status.BOOKED: frozenset({Status.CONFIRMED, Status.CANCELLED}),
        Status.CONFIRMED: frozenset({Status.CANCELLED}),
        Status.CANCELLED: frozenset(),
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="appointments", help_text="the centre")
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
    booked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        # the appointments of one patient's story
        indexes = [models.Index(fields=["patient", "starts_at"], name="appointment_of_patient")]


class AppointmentMove(Record):
    """One change of an appointment: booked, moved, confirmed or cancelled; by null is the patient."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Occupation(Record):
    """A resource taken for a time. The database refuses two at once (`occupation_no_overlap`, made in SQL)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="occupations")
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="occupations")
    during = DateTimeRangeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "agenda"], name="occupation_once")]


class AnswerLink(Record):
    """The one address by which a patient answers about one appointment; only the digest of its secret is kept."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="answer_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
