"""The routes of the agenda."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Status

from coordination.accounts.models import Person
from coordination.accounts.signin import SignedInRequest
from coordination.agenda import actions, queries
from coordination.agenda.actions import Booking, Change
from coordination.agenda.errors import IN_ORDER, NOT_YOURS, TOO_LONG, NoSuchTime
from coordination.agenda.models import Appointment, AppointmentType
from coordination.agenda.schemas import (
    LONGEST,
    AgendasOut,
    AppointmentIn,
    AppointmentOut,
    AppointmentPatch,
    AppointmentsOut,
    FirstFree,
    agenda_out,
    appointment_out,
    type_out,
)
from coordination.agenda.slots import first_free
from coordination.agenda.times import SkippedTime, instant_of
from coordination.base import clock
from coordination.base.errors import Invalid
from coordination.base.idempotency import idempotent
from coordination.base.language import Sentence
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.streams.queries import heads
from coordination.tasks.models import Task

router = Router(tags=["agenda"])

MOST_DAYS = 62


@router.get("/agendas", response=AgendasOut)
def list_agendas(request: SignedInRequest) -> AgendasOut:
    """The columns one sees and the kinds of appointment, with the heads of their streams."""
    agendas = list(queries.agendas_of(request.person))
    at = heads(agenda.pk for agenda in agendas)
    types = [type_out(kind) for kind in queries.types_of(request.person)]
    return AgendasOut(items=[agenda_out(agenda) for agenda in agendas], types=types, heads=at)


@router.get("/appointments", response=AppointmentsOut)
def list_appointments(
    request: SignedInRequest,
    first: Annotated[date, Query(alias="from")],
    until: date,
    agendas: str = "",
    cancelled: bool = False,
) -> AppointmentsOut:
    """The appointments of some agendas (ids separated by commas; all when none), both days included."""
    _refuse_bad_days(first, until)
    wanted = _ids(agendas)
    seen = queries.agendas_of(request.person)
    ids = list((seen.filter(pk__in=wanted) if wanted else seen).values_list("pk", flat=True))
    at = heads(ids)
    span = queries.days(first, until, request.person.organisation.time_zone)
    found = queries.appointments_in(ids, span, cancelled=cancelled)
    return AppointmentsOut(items=[appointment_out(one) for one in found], heads=at)


@router.get("/appointments/first-free", response=FirstFree)
def find_first_free(
    request: SignedInRequest,
    agendas: str,
    minutes: Annotated[int, Query(ge=5, le=LONGEST)] = actions.USUAL_MINUTES,
    after: Annotated[datetime | None, Query(alias="from")] = None,
) -> FirstFree:
    """The first weekday time at which all these agendas are free, from now or from a wall time of the centre."""
    wanted = queries.agendas_or_404(request.person, _ids(agendas, at_least=1))
    zone = request.person.organisation.time_zone
    begin = max(_instant(after, zone), clock.now()) if after else clock.now()
    taken = queries.taken_spans(wanted, begin)
    return FirstFree(local_start=first_free(taken, after=begin, minutes=minutes, zone=zone))


@router.get("/appointments/{uuid:appointment_id}", response=AppointmentOut)
def read_appointment(request: SignedInRequest, appointment_id: UUID) -> AppointmentOut:
    return appointment_out(actions.note_reading(_visible(request, appointment_id), by=request.person))


@router.post("/appointments", response={201: AppointmentOut})
@idempotent
def book_appointment(request: SignedInRequest, body: AppointmentIn) -> Status[AppointmentOut]:
    booking = Booking(
        agendas=queries.agendas_or_404(request.person, body.agendas),
        local_start=body.local_start,
        minutes=body.minutes,
        patient=_patient(request.person, body.patient),
        type=_type(request.person, body.type),
        note=body.note,
        task_id=visible_or_404(Task, request.person, body.task_id).pk if body.task_id else None,
    )
    return Status(201, appointment_out(actions.book(booking, by=request.person)))


@router.patch("/appointments/{uuid:appointment_id}", response=AppointmentOut)
def change_appointment(request: SignedInRequest, appointment_id: UUID, body: AppointmentPatch) -> AppointmentOut:
    """Move, resize, hand over or annotate."""
    appointment = _visible(request, appointment_id)
    wanted = Change(
        agendas=queries.agendas_or_404(request.person, body.agendas) if body.agendas else None,
        local_start=body.local_start,
        minutes=body.minutes,
        note=body.note,
    )
    return appointment_out(actions.change(appointment, wanted, version=body.version, by=request.person))


@router.post("/appointments/{uuid:appointment_id}/confirm", response=AppointmentOut)
def confirm_appointment(request: SignedInRequest, appointment_id: UUID) -> AppointmentOut:
    return appointment_out(actions.confirm(_visible(request, appointment_id), by=request.person))


@router.post("/appointments/{uuid:appointment_id}/cancel", response=AppointmentOut)
def cancel_appointment(request: SignedInRequest, appointment_id: UUID) -> AppointmentOut:
    return appointment_out(actions.cancel(_visible(request, appointment_id), by=request.person))


@router.post("/appointments/{uuid:appointment_id}/restore", response=AppointmentOut)
def restore_appointment(request: SignedInRequest, appointment_id: UUID) -> AppointmentOut:
    """Take back a cancellation, if the time is still free."""
    return appointment_out(actions.restore(_visible(request, appointment_id), by=request.person))


def _visible(request: SignedInRequest, pk: UUID) -> Appointment:
    return visible_or_404(Appointment, request.person, pk)


def _ids(joined: str, *, at_least: int = 0) -> list[UUID]:
    """Ids separated by commas."""
    try:
        ids = [UUID(one) for one in joined.split(",") if one.strip()]
    except ValueError as error:
        raise Invalid(fields={"agendas": NOT_YOURS}) from error
    if len(ids) < at_least:
        raise Invalid(fields={"agendas": NOT_YOURS})
    return ids


def _refuse_bad_days(first: date, last: date) -> None:
    if last < first or not 2000 <= first.year <= last.year < 2100:
        raise Invalid(fields={"until": IN_ORDER})
    if (last - first).days >= MOST_DAYS:
        raise Invalid(fields={"until": TOO_LONG.say(days=MOST_DAYS)})


def _instant(local: datetime, zone: str) -> datetime:
    """The instant of a query's time: wall time when it has no zone of its own."""
    if not 2000 <= local.year < 2100:
        raise Invalid(fields={"from": Sentence(fr="Date hors de portée.", en="Date out of reach.")})
    try:
        return local if local.tzinfo else instant_of(local.replace(fold=0), zone)
    except SkippedTime as error:
        raise NoSuchTime from error


def _patient(person: Person, pk: UUID | None) -> Patient | None:
    """Someone of the centre whose identity the asker may see; `Invalid` on the field otherwise."""
    if pk is None:
        return None
    patient = Patient.objects.identifiable_by(person).filter(pk=pk).first()
    if patient is None:
        raise Invalid(fields={"patient": NOT_YOURS})
    return patient


def _type(person: Person, pk: UUID | None) -> AppointmentType | None:
    if pk is None:
        return None
    kind = AppointmentType.objects.visible_to(person).filter(pk=pk).first()
    if kind is None:
        raise Invalid(fields={"type": NOT_YOURS})
    return kind
