"""How agendas and appointments are shown and asked for: the same shape over HTTP and in events."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, NaiveDatetime, PlainSerializer, WithJsonSchema

from coordination.accounts.schemas import Named, PersonRef, person_ref
from coordination.agenda.models import Agenda, Appointment, AppointmentType
from coordination.agenda.times import wall_time
from coordination.patients.schemas import PatientRef, patient_ref

LONGEST = 12 * 60
"""Minutes of the longest appointment."""


def _to_the_minute(local: datetime) -> datetime:
    if not 2000 <= local.year < 2100:
        raise ValueError("year out of reach")
    return local.replace(second=0, microsecond=0, fold=0)


WallTime = Annotated[
    NaiveDatetime,
    AfterValidator(_to_the_minute),
    PlainSerializer(lambda local: local.strftime("%Y-%m-%dT%H:%M"), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-11-23T14:05"]}),
]
"""A time as the clock on the wall says it, without a zone: "2026-11-23T14:05"."""

Minutes = Annotated[int, Field(ge=5, le=LONGEST)]
Agendas = Annotated[list[UUID], Field(min_length=1, max_length=12)]
Note = Annotated[str, Field(max_length=300)]


class AgendaOut(Schema):
    """The column of a person, a room or a piece of equipment."""

    id: UUID
    kind: str
    name: str
    colour: str
    person: PersonRef | None
    site: Named | None


class TypeOut(Schema):
    """A kind of appointment, in words that never leave the centre."""

    id: UUID
    name: str
    minutes: int
    colour: str


class TypeRef(Schema):
    id: UUID
    name: str
    colour: str


class AgendasOut(Schema):
    items: list[AgendaOut]
    types: list[TypeOut]
    heads: dict[str, int]


class AppointmentOut(Schema):
    """An appointment as its agendas show it."""

    id: UUID
    agendas: list[UUID]
    patient: PatientRef | None
    type: TypeRef | None
    status: str
    local_start: WallTime
    local_end: WallTime
    minutes: int
    time_zone: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    note: str
    task_id: UUID | None
    booked_by: PersonRef | None
    version: int


class AppointmentsOut(Schema):
    items: list[AppointmentOut]
    heads: dict[str, int]


class AppointmentIn(Schema):
    """What is booked; without minutes, those of the type, else 20."""

    agendas: Agendas
    local_start: WallTime
    patient: UUID | None = None
    type: UUID | None = None
    minutes: Minutes | None = None
    note: Note = ""
    task_id: UUID | None = None


class AppointmentPatch(Schema):
    """What changes, and the version that was on the screen."""

    version: int
    agendas: Agendas | None = None
    local_start: WallTime | None = None
    minutes: Minutes | None = None
    note: Note | None = None


class FirstFree(Schema):
    """The first free time, in the wall time of the place; null when there is none in reach."""

    local_start: WallTime | None


def agenda_out(agenda: Agenda) -> AgendaOut:
    """A column; `person` and `site` are expected to be loaded."""
    return AgendaOut(
        id=agenda.pk,
        kind=agenda.kind,
        name=agenda.name,
        colour=agenda.colour,
        person=person_ref(agenda.person) if agenda.person else None,
        site=Named(id=agenda.site.pk, name=agenda.site.name) if agenda.site else None,
    )


def type_out(kind: AppointmentType) -> TypeOut:
    """A kind of appointment."""
    return TypeOut(id=kind.pk, name=kind.name, minutes=kind.minutes, colour=kind.colour)


def appointment_out(appointment: Appointment) -> AppointmentOut:
    """An appointment; reads its patient, type, author and occupations."""
    kind, zone = appointment.type, appointment.time_zone
    return AppointmentOut(
        id=appointment.pk,
        agendas=sorted(occupation.agenda_id for occupation in appointment.occupations.all()),
        patient=patient_ref(appointment.patient) if appointment.patient else None,
        type=TypeRef(id=kind.pk, name=kind.name, colour=kind.colour) if kind else None,
        status=appointment.status,
        local_start=appointment.wall_start,
        local_end=wall_time(appointment.ends_at, zone),
        minutes=appointment.minutes,
        time_zone=zone,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        note=appointment.note,
        task_id=appointment.task_id,
        booked_by=person_ref(appointment.booked_by) if appointment.booked_by else None,
        version=appointment.version,
    )


def appointment_payload(appointment: Appointment) -> dict[str, Any]:
    """The same shape for events."""
    return appointment_out(appointment).model_dump(mode="json")
